"""What people type by hand who come from a word processor: citations, numbers, marks of notes, headings."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from fascicle.document.other_syntax.kinds import KnownIdentifiers, Syntax

_NAME = r"[^\W\d_a-z][\w’'-]{1,30}"
_NAMES = rf"({_NAME})(?: et al\.?|(?:(?:,| and| &| und| et|, and|, &) {_NAME}){{1,3}})?"
_YEAR = r"((?:1[4-9]|20)\d\d)[a-z]?"
_IN_KEY = re.compile(r"(?<!\d)\d{4}(?!\d)")
_LEAD = r"((?:see|See|cf\.|Cf\.|e\.g\.|vgl\.|Vgl\.|voir|Voir) )?"
_PAGES = r"(?:[,:] ?((?:pp?\. ?|S\. ?)?\d[\d–-]{0,12}))?"
_FIGURE = r"(?:Figures?|Figs?\.|Abbildung|Abb\.)"
_TABLE = r"(?:Tables?|Tabelle|Tab\.|Tableau)"
_NUMBER = r"[ \u00a0]?(\d{1,2})"
_WORKS = (
    r"(?:References|Bibliography|Works [Cc]ited|Literature|Literatur|Literaturverzeichnis|Bibliographie"
    r"|Bibliografía|Bibliografia|Referencias|Références)"
)
_TIMES = re.compile(
    r"january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|fall"
    r"|winter|januar|februar|märz|mai|juni|juli|oktober|dezember|janvier|février|mars|avril|juin|juillet|août|septembre"
    r"|octobre|novembre|décembre",
    re.IGNORECASE,
)
"""Capitalised words before a year in what an editor puts into a quotation."""


def _plain(name: str) -> str:
    """A family name as keys have it: small letters without accents."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def _keys(name: str, year: str, known: KnownIdentifiers) -> list[str]:
    """Keys of works that begin with this name and hold this year, as reference managers make them."""
    start = _plain(name)
    return [key for plain, key in _by_year(known.keys).get(year, ()) if plain.startswith(start)]


@lru_cache(maxsize=4)
def _by_year(keys: frozenset[str]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for key in sorted(keys):
        for year in set(_IN_KEY.findall(key)):
            found.setdefault(year, []).append((_plain(key), key))
    return found


def _citation(match: re.Match[str], known: KnownIdentifiers) -> str | None:
    found = _keys(match[2], match[3], known)
    if len(found) != 1:
        return None
    pages = (match[4] or "").replace("S. ", "p. ")
    pages = f"p. {pages}" if pages[:1].isdigit() else pages
    return f"[{match[1] or ''}@{found[0]}{', ' if pages else ''}{pages}]"


def _is_no_time(match: re.Match[str], _known: KnownIdentifiers) -> bool:
    return not _TIMES.fullmatch(match[2])


def _has_record(match: re.Match[str], known: KnownIdentifiers) -> bool:
    return bool(_keys(match[2], match[3], known))


def _with_key(match: re.Match[str], known: KnownIdentifiers) -> str | None:
    return f"[@{match[1]}, {match[2]}]" if match[1] in known.keys else None


def _is_key_with_year(match: re.Match[str], known: KnownIdentifiers) -> bool:
    return match[1] in known.keys and any(letter.isdigit() for letter in match[1])


def _several_keys(match: re.Match[str], known: KnownIdentifiers) -> str | None:
    return "[" + "; ".join(f"@{key}" for key in re.split(r"; ?", match[1])) + "]"


def _are_keys(match: re.Match[str], known: KnownIdentifiers) -> bool:
    return all(key in known.keys for key in re.split(r"; ?", match[1]))


def _labels(prefix: str, known: KnownIdentifiers) -> list[str]:
    return [label for label in sorted(known.labels) if label.startswith(prefix)]


def _is_ours(prefix: str, match: re.Match[str], known: KnownIdentifiers) -> bool:
    """Whether so many are labelled here, and the place is neither a locator of a citation nor another's figure."""
    line = match.string[max(0, match.start() - 200) : match.start()].rpartition("\n")[2]
    after = match.string[match.end() : match.end() + 9]
    others = re.match(r"[\w.]|,? (?:of|in|from|by) ", after)
    return (
        int(match[1]) <= len(_labels(prefix, known))
        and line.count("[") <= line.count("]")
        and not line.rstrip().endswith(("’s", "'s", "his", "her", "their"))
        and not others
    )


def _only_label(prefix: str, known: KnownIdentifiers) -> str | None:
    labels = _labels(prefix, known)
    return f"@{labels[0]}" if len(labels) == 1 else None


def _is_heading(match: re.Match[str], _known: KnownIdentifiers) -> bool:
    """Hashtags are no headings: a lone word of mixed letters, or a sentence that begins with one."""
    words = match[2].split()
    if len(match[1]) > 1:
        return True
    hashtag = len(words) == 1 and re.search(r"[a-z][A-Z]|\d", words[0])
    return not hashtag and len(words) <= 12 and match[2].rstrip()[-1] not in ".,;:"


def _has_picture(match: re.Match[str], _known: KnownIdentifiers) -> bool:
    return "![" in match.string


def _has_table(match: re.Match[str], _known: KnownIdentifiers) -> bool:
    return "\n|" in match.string


_NOT_LISTED = "is printed as typed, and its work is not listed"
_AS_TEXT = "is printed as a paragraph of the text"
_TWICE = "is printed with two numbers"
_NO_LINK = "is printed as typed and leads nowhere"
TYPED_KINDS: tuple[Syntax, ...] = (
    Syntax(
        "a picture whose file name holds both spaces and round brackets",
        re.compile(r"!\[([^\[\]\n]{0,400})\]\(([^()<>\"\n]{1,200}\([^()<>\"\n]{0,50}\)[^()<>\"\n]{1,50})\)"),
        "put angle brackets around the name: ![Caption](<figures/Photo (1).jpg>)",
        lambda match, _known: f"![{match[1]}](<{match[2]}>)",
        applies=lambda match, _known: " " in match[2],
    ),
    Syntax(
        "a heading without a space after its signs",
        re.compile(r"(?:(?<=\n\n)|\A)(#{1,6})([^\W\d_][^\n]*)"),
        "write a space between them: ## Heading",
        lambda match, _known: f"{match[1]} {match[2]}",
        applies=_is_heading,
    ),
    Syntax(
        "a key of the bibliography without its @",
        re.compile(r"(?<![\]!\\@^\w])\[([\w:.+/-]{2,80}), ([^\[\]\n@]{1,60})\](?![\[({:])"),
        "write [@key, p. 5]",
        _with_key,
        applies=_is_key_with_year,
    ),
    Syntax(
        "a key of the bibliography without its @",
        re.compile(r"(?<![\]!\\@^\w])\[([\w:.+/-]{2,80}(?:; ?[\w:.+/-]{2,80}){1,9})\](?![\[({:])"),
        "write [@key; @other]",
        _several_keys,
        applies=_are_keys,
    ),
    Syntax(
        "a citation typed as a name and a year",
        re.compile(rf"(?<![\]!\\@^])\[{_LEAD}{_NAMES},? {_YEAR}{_PAGES}\](?![\[({{:])"),
        "give the work a record in bib/, and write its key: [@smith2001, p. 5]; \\[ prints the bracket itself",
        _citation,
        applies=_is_no_time,
        fate=_NOT_LISTED,
    ),
    Syntax(
        "a citation typed as a name and a year",
        re.compile(rf"(?<![\]\\\w])\({_LEAD}{_NAMES},? {_YEAR}{_PAGES}\)"),
        "the work has a record: write its key, [@smith2001, p. 5], and it is printed as the style wants and listed",
        _citation,
        applies=_has_record,
        fate=_NOT_LISTED,
    ),
    Syntax(
        "a caption typed with its number",
        re.compile(rf"(?:(?<=\n\n)|\A)[*_]{{0,2}}{_FIGURE}{_NUMBER}[.:] [^\n]{{1,400}}"),
        "write its words into the picture's square brackets, ![Words](figures/map.png){#fig:map}: the number is added",
        applies=_has_picture,
        fate=_AS_TEXT,
    ),
    Syntax(
        "a caption typed with its number",
        re.compile(rf"(?:(?<=\n\n)|\A)[*_]{{0,2}}{_TABLE}{_NUMBER}[.:] [^\n]{{1,400}}"),
        "write its words under the table after a colon, : Words {#tbl:data}, with an empty line before: the number is added",
        applies=_has_table,
        fate=_AS_TEXT,
    ),
    Syntax(
        "a caption typed with its number",
        re.compile(rf"!\[{_FIGURE}{_NUMBER}[.:] ([^\[\]\n]{{1,400}})\]"),
        "leave 'Figure 1.' out: the number is added",
        lambda match, _known: f"![{match[2]}]",
        fate=_TWICE,
    ),
    Syntax(
        "a figure's number typed by hand",
        re.compile(rf"(?<![\w*]){_FIGURE}{_NUMBER}(?!\d)"),
        "write its label, @fig:map: word and number are printed, and stay right when figures move",
        lambda _match, known: _only_label("fig:", known),
        applies=lambda match, known: _is_ours("fig:", match, known),
        fate=_NO_LINK,
    ),
    Syntax(
        "a table's number typed by hand",
        re.compile(rf"(?<![\w*]){_TABLE}{_NUMBER}(?!\d)"),
        "write its label, @tbl:data: word and number are printed, and stay right when tables move",
        lambda _match, known: _only_label("tbl:", known),
        applies=lambda match, known: _is_ours("tbl:", match, known),
        fate=_NO_LINK,
    ),
    Syntax(
        "a note's number typed by hand",
        re.compile(r"(?<=[^\W\d_]{2}[.,;:!?”»])(?:[¹²³⁰⁴-⁹]{1,3}|\[\d{1,3}\](?![\[(:]))(?=\s|\Z)"),
        "write [^1] there, and the note in a paragraph of its own: [^1]: The note.",
    ),
    Syntax(
        "a list of works typed by hand",
        re.compile(rf"^#{{1,6}} {_WORKS}[ \t]*(?=\n+[^\W_a-z#:!|<][^\n]*\b(?:1[4-9]|20)\d\d)", re.MULTILINE),
        "works with a record in bib/ that are cited by [@key] are listed by themselves; take out here what is listed there",
        applies=lambda _match, known: bool(known.keys),
        fate="is printed beside the one that the program makes",
    ),
)
"""In the order in which they are looked for, after the others; every pattern is bounded, for a text may begin such a
thing a million times."""
