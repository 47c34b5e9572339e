"""One typed reference read as a record.

Chicago, APA, Harvard, MLA, Vancouver; what cannot be read is kept whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fascicle.importers.metadata.people import split_name
from fascicle.importers.references.containers import published
from fascicle.importers.references.endings import take_endings
from fascicle.importers.references.names import read_names
from fascicle.importers.references.parts import ANY_YEAR, addresses, issued, quoted_start, spoken, year_of
from fascicle.importers.references.publishing import publication_start, without_brackets

_YEAR = r"(?P<year>(?:1[4-9]|20)\d\d(?:[–/-]\d{2,4})?[a-z]?|n\.\s?d\.|forthcoming|in press)"
_ROLE = r"\((?:[Ee]ds?|[Hh]gg?|[Hh]rsg|[Oo]rgs?|[Dd]irs?|[Cc]oords?|[Cc]omps?|[Éé]ds?|[Dd]irectors?|[Pp]roducers?|[Ww]riters?|[Hh]ost|[Rr]egie)\.?\)"
_DATED = re.compile(
    rf"(?P<names>[^(\[“\"]{{2,400}}?(?:{_ROLE})?)[.,]?\s*[(\[]{_YEAR}(?:,\s*[^)\]]{{1,20}})?(?:\s*\[\d{{4}}\])?[)\]][.,:]?\s*(?P<rest>.+)",
    re.DOTALL,
)
_BARE = re.compile(rf"(?P<names>[^(\[“\"]{{2,400}}?)[.,]\s+{_YEAR}[.,:]?\s+(?P<rest>.+)", re.DOTALL)
_UNSIGNED = re.compile(r"[.,]?\s*\(?" + _YEAR + r"\)?[.,]?\s+(?P<rest>.+)", re.DOTALL)
_NUMBER = re.compile(r"\s*(?:\[\d+\]|\(\d+\)|\d+[.)])\s+")
_CUT = re.compile(r"[.:]\s+(?=[“\"«‘]|[\w])")
_WORD_STOP = re.compile(r"[^\W\d_A-ZÀ-Þ]{2,}\.\s(?<!Jr\.\s)(?<!al\.\s)")
_EDITED = re.compile(
    r"\beds?\b|\beditors?\b|\(Hg|\(Hrsg|\bhrsg\.|\b(?:dir|org|orgs|coord)\b\.?\)?", re.IGNORECASE
)
_SLANTED_WORDS = re.compile(r"et\s+al|and others|in|ibid|eds?|and|u\.\s?a", re.IGNORECASE)
_IN = re.compile(r"[,.]\s+(?:in|In|Dans|dans)\s?:\s+|(?<=[”»]),?\s+in\s+(?=[A-ZÀ-Þ])")
_SPOKEN = re.compile(
    r"(?P<names>(?:[A-ZÀ-Þ][\w.’'-]*\s+){1,3}(?:(?:de|van|von|du|della|y|et|and|&)\s+)*[A-ZÀ-Þ][\w.’'-]+|[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ]\.?){1,3}),\s+(?P<rest>[A-ZÀ-Þ].{10,})",
    re.DOTALL,
)
"""Names in the order of speech up to a comma, as footnotes and legal lists have them."""
_SPEECH = re.compile(
    r"(?P<names>[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+)?(?:\s[A-ZÀ-Þ]\.?)+\s(?:De\s|Van\s)?[A-ZÀ-Þ][\w’'-]{2,})\.\s+(?=[A-ZÀ-Þ])"
)
"""`Anne B. Moreau. Title`, as BibTeX prints it."""
_LONGEST = 1_500
"""Characters of a reference; what is longer is none, or several."""
_NON_BREAKING = re.compile(r"(?<=\d)[\u2010\u2011\u2212](?=\d)")
_KIND = re.compile(r"\s*(\((?:[Uu]npublished )?(?:PhD|[Mm]aster[’']?s|[Dd]octoral|MA|Ph\.D\.)[^()]*\))[.,]?")
_EDITION = re.compile(r"\s*(\((?:[^()]*\b(?:ed\b\.?|edition|[Vv]ols?\.|[Nn]o\.|Aufl\.)[^()]*)\))\s*$")
_EDITION_AFTER = re.compile(r",\s+((?:\d+(?:st|nd|rd|th)|[Nn]ew|[Rr]ev\w*\.?)\s+ed\.)(?=\s+[A-ZÀ-Þ])")
_CAPTION = re.compile(r"(?:1[4-9]|20)\d\d")
_RAISED = re.compile(r"\s*\^(\d{1,2})\^\s*(?=(?:1[4-9]|20)\d\d)")
"""A number of the edition raised before the year, as German lists have it."""
_UNSPACED = re.compile(r"(?<=[a-zà-ÿ]{2})\.(?=(?:1[4-9]|20)\d\d[.,:])")


@dataclass(frozen=True, slots=True)
class _Opening:
    """How a reference begins."""

    names: str
    year: str
    rest: str
    """The title and all that follows it."""


def read_reference(text: str, italics: Sequence[str] = ()) -> dict[str, Any]:
    """A record with everything that can be read; without names, year and title the whole text is its title."""
    whole = " ".join(text.split())
    dashed = _NON_BREAKING.sub("–", whole)
    rest, item = addresses(_NUMBER.sub("", dashed, count=1) if _NUMBER.match(dashed) else dashed)
    rest, behind = take_endings(_UNSPACED.sub(". ", rest))
    if raised := _RAISED.search(rest):
        behind["edition"] = raised[1]
        rest = _RAISED.sub(" ", rest)
    slanted = _worth(italics)
    found = _taken_apart(without_brackets(rest), slanted) if len(rest) < _LONGEST else None
    if not found or not found.get("title"):
        return {"type": "document", "title": f"To verify: {whole}", **item, "custom": {"typed": whole}}
    if translators := behind.pop("translators", ""):
        behind["translator"] = spoken(translators)
    return {**found, **behind, **item, "custom": {"typed": whole}}


def _taken_apart(text: str, italics: Sequence[str]) -> dict[str, Any] | None:
    """The record of a reference without what stands behind it."""
    opening = _opening(text, italics)
    found = _record(opening, italics) if opening else None
    if found:
        return found
    named = _SPOKEN.match(text)
    if not named or not publication_start(named["rest"]):
        return None
    return _record(_Opening(named["names"], "", named["rest"]), italics)


def complete(item: dict[str, Any]) -> bool:
    """Whether a title was read, and who or when."""
    named = "issued" in item or "author" in item or "editor" in item
    return named and not str(item["title"]).startswith("To verify")


def leading_names(text: str, italics: Sequence[str] = ()) -> str:
    """The names at the beginning as they are typed, for the lines after it that have a dash in their place."""
    opening = _opening(" ".join(text.split())[:_LONGEST], _worth(italics))
    return opening.names.strip(" ,.") if opening else ""


def _worth(italics: Sequence[str]) -> list[str]:
    """What may be a title among the words in italics: no “et al.”."""
    shown = [_NON_BREAKING.sub("–", " ".join(each.split())).lstrip(" .,") for each in italics]
    return [each for each in shown if each.strip(" .,") and not _SLANTED_WORDS.fullmatch(each.strip(" .,"))]


def _record(opening: _Opening, italics: Sequence[str]) -> dict[str, Any] | None:
    names = read_names(opening.names, dated=bool(opening.year)) if opening.names else []
    if names and len(names) == 1 and "literal" in names[0] and opening.names.rstrip().endswith(","):
        names = [split_name(names[0]["literal"])]
    title, tail, marked = _title(opening.rest, italics)
    year = opening.year or year_of(tail) or ("" if marked else year_of(opening.rest))
    if (
        names is None
        or not title
        or re.search(r",\s*[A-Z]\.?$", title)
        or not (year or marked or (names and publication_start(opening.rest)))
    ):
        return None
    made: dict[str, Any] = {}
    if names:
        made[_role(opening.names)] = names
    if year:
        made["issued"] = issued(year)
    if first := re.fullmatch(r"(\d{4})/\d{4}", year):
        made["original-date"] = issued(first[1])
    found = published(tail, italics, quoted=marked == "quoted")
    return made | {"title": title} | found | ({"type": "motion_picture"} if "director" in made else {})


def _role(names: str) -> str:
    """What the people of a reference did."""
    if re.search(r"\((?:Directors?|Réal|Regie|Dir\. )", names):
        return "director"
    return "editor" if _EDITED.search(names) else "author"


# -- Names, year, the rest --------------------------------------------------------------------------------


def _opening(text: str, italics: Sequence[str]) -> _Opening | None:
    start = _title_start(text, italics)
    if start == 0:
        return _unsigned(text, italics)
    return _author_date(text, start) or _before_title(text, start) or _year_last(text)


def _title_start(text: str, italics: Sequence[str]) -> int:
    """Where the first words in italics or quotation marks stand; far behind when there are none."""
    places = [text.rfind(each) if text.count(each) > 1 else text.find(each) for each in italics[:1]]
    places.append(quoted_start(text))
    return min((place for place in places if place >= 0), default=len(text))


def _author_date(text: str, title: int) -> _Opening | None:
    for pattern in (_DATED, _BARE):
        found = pattern.match(text)
        if not found or found.end("names") > title or found.start("year") > title:
            continue
        names = text[: found.start("year")].rstrip(" ([,")
        stop = pattern is _BARE and _WORD_STOP.search(names)
        if not stop and read_names(names, dated=True):
            return _Opening(names, found["year"], found["rest"])
    return None


def _before_title(text: str, title: int) -> _Opening | None:
    """Names up to a title that is set apart, as MLA and Chicago's bibliographies have it."""
    names = text[:title].rstrip(" ([“\"'‘«_*")
    if title >= len(text) or not names or names[-1] not in ".,:;)":
        return None
    return _Opening(names, "", text[title:]) if read_names(names.rstrip(":")) else None


def _unsigned(text: str, italics: Sequence[str]) -> _Opening | None:
    """A work without a name: its title, and the year directly after it or later."""
    title, tail, marked = _title(text, italics)
    found = _UNSIGNED.match(tail) if marked else None
    if found and not re.match(r"\d", found["rest"]):
        return _Opening("", found["year"], text[: len(text) - len(tail)] + " " + found["rest"])
    return _Opening("", "", text) if title and marked else None


def _year_last(text: str) -> _Opening | None:
    """Names, title, and the year among what follows, when nothing sets the title apart."""
    if spoken_first := _SPEECH.match(text):
        return _Opening(spoken_first["names"], "", text[spoken_first.end() :])
    best: tuple[str, list[dict[str, str]], str] | None = None
    for cut in _CUT.finditer(text):
        before = text[: cut.start()]
        names = None if _WORD_STOP.search(before) or _CAPTION.search(before) else read_names(before)
        if best and (cut[0][0] == ":" or all(_vancouver(name, best[0]) for name in best[1])):
            break
        if names and not any(_too_long(name) for name in names):
            best = (before + cut[0][0].rstrip(":"), names, text[cut.end() :])
    if best is None or not ANY_YEAR.search(best[2]):
        return None
    return _Opening(best[0], "", best[2])


def _too_long(name: dict[str, str]) -> bool:
    """Whether a given name runs on into a title: `Alexander R. The Interface`."""
    return bool(
        re.search(r"\w{2,}\s+(?:[A-ZÀ-Þ]\.\s+)+\w{4,}|\b[A-ZÀ-Þ]\.\s+\w{2,}\s+\w{2,}", name.get("given", ""))
    )


def _vancouver(name: dict[str, str], text: str) -> bool:
    """Whether a name has its initials behind it without a comma: such a list ends at its first full stop."""
    given = name.get("given", "")
    return bool(re.fullmatch(r"[A-ZÀ-Þ]{1,3}", given)) and f"{name.get('family', '')} {given}" in text


# -- The title --------------------------------------------------------------------------------------------


def _title(rest: str, italics: Sequence[str]) -> tuple[str, str, str]:
    """A title, what follows it, and how it is set apart."""
    rest = rest.strip()
    end = _closing(rest)
    first = next((each for each in italics if rest.startswith(each)), "")
    if first and len(first) > end and _alone(rest, first):
        return _italic(rest, first)
    if (end > 0 and not re.match(r"\s*:|\s+[a-zà-ÿ]{2,}", rest[end + 1 :])) or (
        end > 0 and rest[end - 1] in ",.?!"
    ):
        return rest[1:end].strip(" ,.\u00a0"), rest[end + 1 :].lstrip(" .,"), "quoted"
    if inside := _IN.search(rest):
        return rest[: inside.start()].strip(" .“”«»"), f"In {rest[inside.end() :]}", ""
    if not italics and (start := publication_start(rest)):
        return rest[:start].strip(" .,"), rest[start:], ""
    if edition := _EDITION_AFTER.search(rest):
        return rest[: edition.start()].strip(" ."), edition[1] + rest[edition.end() :], ""
    if (start := _before_italics(rest, italics)) > 0:
        return rest[:start].strip(" .,"), rest[start:], ""
    title, stop, tail = sentence(rest)
    if kind := _KIND.search(title) or _EDITION.search(title):
        title, tail, stop = title[: kind.start()], f"{kind[1].strip('()')}. {tail}", "."
    for each in reversed(italics):
        place = rest.rfind(each.strip(" .,"))
        if 3 < place < len(title) and rest[:place].rstrip()[-1] in ".,?!:":
            return rest[:place].strip(" .,"), rest[place:], ""
    return title.strip(" ."), tail if stop else "", ""


def _before_italics(rest: str, italics: Sequence[str]) -> int:
    """Where a journal or book in italics begins, behind a title of one sentence or several; 0 when there is none."""
    for each in italics:
        place = rest.rfind(each)
        if place > 3 and re.search(r"[^\W\d]{3}", each) and re.search(r"[.?!]\s$", rest[:place]):
            return 0 if re.search(r"[.,]\s(?:In|in|En|Em)\s", rest[:place]) else place
    return 0


def _alone(rest: str, first: str) -> bool:
    """Whether the words in italics are all of a title: the name of a species may only begin it, a journal's stand there, too."""
    if re.match(r"\s+\w", rest[len(first) :]) and rest.find(first, len(first)) > 0:
        return False
    return not re.match(r"\s+[a-zà-ÿ(]", rest[len(first) :]) or first.rstrip()[-1:] in ".,:"


def _italic(rest: str, first: str) -> tuple[str, str, str]:
    """A title in italics, with a subtitle outside of them after a colon."""
    tail = rest[len(first) :]
    if first.rstrip().endswith(":") or tail.lstrip().startswith(":"):
        title, _, tail = sentence(rest)
        return title.strip(" ."), tail, "italic"
    return first.strip(" .,"), tail.lstrip(" .,"), "italic"


_PAIRS = {"“": "”", "«": "»", "‘": "’", '"': '"', "„": "“", "‹": "›"}


def _closing(text: str) -> int:
    """Where the quotation that a text begins with ends: another inside it has its own marks."""
    close = _PAIRS.get(text[:1], "")
    if not close:
        return -1
    opened = 0
    for place in range(1, len(text)):
        following = text[place + 1 : place + 2]
        if text[place] == text[0] != close:
            opened += 1
        elif text[place] == close and not (close == "’" and following.isalpha()):
            if not opened:
                return place
            opened -= 1
    return -1


_SUBTITLE = re.compile(
    r"(?P<title>[A-ZÀ-Þ][^.?!:;,\d]{10,}|[A-ZÀ-Þ][^.?!;\d]{25,})\.\s+(?P<tail>[A-ZÀ-Þ].*)", re.DOTALL
)
"""What follows a question in a title, when another sentence comes after it."""


def sentence(text: str) -> tuple[str, str, str]:
    """A title up to its full stop, which no initial and no abbreviation has."""
    for found in re.finditer(r"[.?!](?=\s+[A-ZÀ-Þ“\"(]|\s*$)", text):
        before = text[: found.start()]
        if not re.search(r"(?:^|[\s.])(?:[A-Z]|vol|no|ed|eds|St|Dr|vs|cf)$", before):
            end = found.end() if found[0] != "." else found.start()
            title, tail = text[:end], text[found.end() :].strip()
            if found[0] != "." and (more := _SUBTITLE.match(tail)):
                return f"{title} {more['title']}", ".", more["tail"]
            return title, found[0], tail
    return text.strip(" ."), "", ""
