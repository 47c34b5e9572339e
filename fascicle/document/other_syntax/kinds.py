"""The table of others' syntax: what each kind looks like, what to write here, and how it is mended."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto


@dataclass(frozen=True, slots=True)
class KnownIdentifiers:
    """What a publication knows by name, so that nothing is mended into what leads nowhere."""

    keys: frozenset[str] = frozenset()
    """Keys of its works."""
    labels: frozenset[str] = frozenset()
    """Labels of its figures, tables, sections and formulas."""


Mend = Callable[[re.Match[str], KnownIdentifiers], str | None]
"""What to write for a place; None when that wants thought."""


class Where(Enum):
    """Which text a pattern is looked for in."""

    TEXT = auto()
    """Outside code, comments and formulas."""
    CODE = auto()
    """Outside blocks of code and comments: the pattern holds backticks itself."""
    ALL = auto()
    """Everywhere: the pattern is the opening line of a block."""


@dataclass(frozen=True, slots=True)
class Syntax:
    """One kind of syntax."""

    what: str
    """What it is, as the beginning of a sentence."""
    pattern: re.Pattern[str]
    """How it looks."""
    hint: str
    """What to write here."""
    mend: Mend | None = None
    """How it is written here; None when nobody can know."""
    where: Where = Where.TEXT
    """Where it is looked for."""
    applies: Callable[[re.Match[str], KnownIdentifiers], bool] = lambda _match, _known: True
    """Whether a place that looks so is meant so."""
    fate: str = "means nothing here and stands as it was typed"
    """What becomes of it, as the end of the sentence."""


_PREFIXES = {
    "tab": "tbl",
    "table": "tbl",
    "tbl": "tbl",
    "fig": "fig",
    "figure": "fig",
    "sec": "sec",
    "eq": "eq",
}
_BRACED = r"\{([^{}\n]*)\}"


def _label(typed: str, known: KnownIdentifiers) -> str | None:
    """A label of ours for one of another program."""
    prefix, mark, rest = typed.strip().partition(":")
    label = f"{_PREFIXES.get(prefix.lower(), prefix)}{mark}{rest}"
    return label if label in known.labels else None


def _reference(match: re.Match[str], known: KnownIdentifiers) -> str | None:
    label = _label(match[1], known)
    return f"@{label}" if label else None


def _number(match: re.Match[str], known: KnownIdentifiers) -> str | None:
    label = _label(match[1], known)
    return f"[-@{label}]" if label else None


def _keys(typed: str, known: KnownIdentifiers) -> list[str] | None:
    keys = [key.strip().removeprefix("@") for key in re.split(r"[,;]", typed)]
    return keys if keys and all(key in known.keys for key in keys) else None


def _citation(match: re.Match[str], known: KnownIdentifiers) -> str | None:
    keys = _keys(match[1], known)
    return "[" + "; ".join(f"@{key}" for key in keys) + "]" if keys else None


def _narrative(match: re.Match[str], known: KnownIdentifiers) -> str | None:
    keys = _keys(match[1], known)
    return f"@{keys[0]}" if keys and len(keys) == 1 else None


def _wrapped(mark: str) -> Mend:
    def mend(match: re.Match[str], _known: KnownIdentifiers) -> str | None:
        inner = match[1]
        return f"{mark}{inner}{mark}" if inner.strip() == inner and inner and "*" not in inner else None

    return mend


def _note(match: re.Match[str], _known: KnownIdentifiers) -> str | None:
    return f"^[{match[1]}]" if match[1].count("[") == match[1].count("]") else None


def _removed(_match: re.Match[str], _known: KnownIdentifiers) -> str:
    return ""


def _comment(match: re.Match[str], _known: KnownIdentifiers) -> str | None:
    return f"<!-- {match[1].strip()} -->" if "--" not in match[1] and ">" not in match[1] else None


def _is_key(match: re.Match[str], known: KnownIdentifiers) -> bool:
    return match[1] in known.keys


def _outdented(match: re.Match[str], _known: KnownIdentifiers) -> str:
    return match[1]


KINDS: tuple[Syntax, ...] = (
    Syntax(
        "a cross-reference of LaTeX",
        re.compile(r"\\(?:auto|c|C|name|page)ref\*?" + _BRACED),
        "write @fig:map, with the label that stands in {#fig:map}",
        _reference,
    ),
    Syntax(
        "a cross-reference of LaTeX to a number",
        re.compile(r"\\(?:eq)?ref\*?" + _BRACED),
        "write @fig:map for 'Figure 3', or [-@fig:map] for the number alone",
        _number,
    ),
    Syntax(
        "a label of LaTeX",
        re.compile(r"\\label" + _BRACED),
        "write {#fig:map}, {#tbl:data}, {#sec:method} or {#eq:sum} after the figure, caption, heading or formula",
    ),
    Syntax(
        "a citation of LaTeX in the sentence",
        re.compile(r"\\(?:citet|textcite|citeauthor|Citet|Textcite)\*?" + _BRACED),
        "write @key, with the work's key in the bibliography",
        _narrative,
    ),
    Syntax(
        "a citation of LaTeX",
        re.compile(r"\\(?:no|paren|foot|auto|full)?cite(?:p|alp|alt|year)?\*?(?:\[[^\[\]\n]*\])*" + _BRACED),
        "write [@key], or [@key, p. 7]",
        lambda match, known: (
            None if "[" in match[0] or match[0].startswith("\\nocite") else _citation(match, known)
        ),
    ),
    Syntax(
        "emphasis of LaTeX",
        re.compile(r"\\(?:emph|textit|textsl)" + _BRACED),
        "write *words*",
        _wrapped("*"),
    ),
    Syntax("bold type of LaTeX", re.compile(r"\\textbf" + _BRACED), "write **words**", _wrapped("**")),
    Syntax("a footnote of LaTeX", re.compile(r"\\footnote" + _BRACED), "write ^[the note]", _note),
    Syntax(
        "a command of LaTeX for pages or spaces",
        re.compile(
            r"(?:(?<=\n)|\A)[ \t]*\\(?:newpage|clearpage|cleardoublepage|pagebreak|noindent|bigskip|medskip|smallskip)"
            r"\b(?:\[\d\])?[ \t]*(?=\n|\Z)"
        ),
        "leave it out: the template decides where pages begin",
        _removed,
    ),
    Syntax(
        "a command of LaTeX",
        re.compile(
            r"\\(?:textsc|texttt|underline|textsuperscript|textsubscript|url|href|includegraphics|vspace|hspace|input|include"
            r"|newpage|clearpage|pagebreak|noindent|bigskip|medskip|smallskip|maketitle|tableofcontents|centering|caption"
            r"|section|subsection|chapter|paragraph|item|gls|todo)\*?(?=[\[{\s]|\b)"
        ),
        "LaTeX is understood between $ signs alone; docs/markdown.md has the same in Markdown",
    ),
    Syntax(
        "an environment of LaTeX",
        re.compile(r"(?:(?<=[^\n])|(?<=[^\n]\n))\\begin" + _BRACED),
        "write a formula between $$ and $$ in a paragraph of its own; a list, a table and a quotation are written in Markdown",
    ),
    Syntax(
        "another command of LaTeX",
        re.compile(r"(?<![\w:\\/.])\\(?!begin\b|end\b)[A-Za-z]{2,}\*?(?:<[^<>\n]*>)?(?=[\[{])"),
        "LaTeX is understood between $ signs alone; docs/markdown.md has the same in Markdown",
    ),
    Syntax(
        "an instruction of XML or PHP",
        re.compile(r"<\?[A-Za-z][\w-]*"),
        "write what it stands for",
    ),
    Syntax(
        "code that R Markdown or Quarto would run",
        re.compile(
            r"^[ ]{0,3}(?:`{3,}|~{3,})[ \t]*\{[ ]*(?:r|R|python|julia|ojs|bash|sql|stata|matlab)\b[^}\n]*\}",
            re.MULTILINE,
        ),
        "nothing is run: save what it draws as a picture in figures/, or leave the braces out to print the code",
        where=Where.ALL,
    ),
    Syntax(
        "a directive of MyST",
        re.compile(r"^[ ]{0,3}(?:`{3,}|:{3,})[ \t]*\{[a-z][\w:-]*\}.*$", re.MULTILINE),
        "write a figure, a table, a formula or a quotation in Markdown; `fascicle import` does it",
        where=Where.ALL,
        applies=lambda match, _known: (
            not re.search(r"\{(?:r|R|python|julia|ojs|bash|sql|stata|matlab)\}", match[0])
        ),
    ),
    Syntax(
        "a value that R Markdown or Quarto would compute",
        re.compile(r"(?<!`)`\{?(?:r|python|julia)\}?[ \t][^`\n]+`(?!`)"),
        "write the value itself",
        where=Where.CODE,
    ),
    Syntax(
        "a shortcode of Quarto",
        re.compile(r"\{\{<\s*/?[\w-]+[^{}\n]*>\}\}"),
        "put the file's text here: each section is a file of its own in content/",
    ),
    Syntax(
        "a value that Jinja or Manubot would fill in",
        re.compile(r"\{\{\s*[\w.]+(?:\s*\|\s*\w+)*\s*\}\}|\{%-?\s*\w+[^{}\n]*%\}"),
        "write the value itself",
    ),
    Syntax(
        "a cross-reference of bookdown",
        re.compile(r"\\@ref\(([\w:.-]+)\)"),
        "write [-@fig:map], or @fig:map with its word",
        _number,
    ),
    Syntax(
        "a label of bookdown",
        re.compile(r"(?<!\])\(\\?#(?:fig|tab|eq|thm|lem|def):[\w.-]+\)"),
        "write {#fig:map}, {#tbl:data} or {#eq:sum}",
    ),
    Syntax(
        "a picture of Obsidian",
        re.compile(r"!\[\[[^\[\]\n]+\]\]"),
        "write ![Caption](figures/picture.png){#fig:picture}",
    ),
    Syntax(
        "a link of a wiki",
        re.compile(r"(?<!!)\[\[(?!_?(?:TOC|toc)_?\]\])[^\[\]\n]+\]\]"),
        "write [words](address), @sec:label for a section or [@key] for a work",
    ),
    Syntax(
        "a citation of MyST",
        re.compile(r"\{cite(?::?[pt])?(?::ps)?\}`([^`\n]+)`"),
        "write [@key], or @key in the sentence",
        lambda match, known: (_narrative if match[0].startswith(("{cite:t}", "{citet}")) else _citation)(
            match, known
        ),
        where=Where.CODE,
    ),
    Syntax(
        "a role of MyST",
        re.compile(r"\{(?:ref|numref|eq|doc|term|math|abbr|sub|sup|download|index)\}`[^`\n]+`"),
        "write @fig:map for a reference, $…$ for a formula, ~2~ and ^2^ for low and high signs",
        where=Where.CODE,
    ),
    Syntax(
        "a citation of Org",
        re.compile(r"\[cite(?:/[\w/]+)?:((?:@[\w:.-]+;?[ ]?)+)\]"),
        "write [@key]",
        _citation,
    ),
    Syntax(
        "a key of the bibliography without its @",
        re.compile(r"(?<![\]!\\@\w])\[([\w:.+/-]+)\](?![\[({:])"),
        "write [@key]",
        _citation,
        applies=_is_key,
    ),
    Syntax(
        "a mark of CriticMarkup",
        re.compile(
            r"\{(?:\+\+.{0,500}?\+\+|--.{0,500}?--|~~.{0,500}?~~|>>.{0,500}?<<|==.{0,500}?==)\}", re.DOTALL
        ),
        "take the change or leave it, and write a remark as <!-- … -->",
    ),
    Syntax(
        "marked text",
        re.compile(r"(?<![=\w])==(?=[^\s=])[^=\n]+?(?<=\S)==(?![=\w])"),
        "write *words* or **words**",
    ),
    Syntax(
        "a place for a list of contents",
        re.compile(r"^[ ]{0,3}\[(?:TOC|toc|\[_?TOC_?\]|\[toc\])\][ \t]*$", re.MULTILINE),
        "leave it out: the template's option `contents` prints the list",
        _removed,
    ),
    Syntax(
        "a callout",
        re.compile(r"^[ ]{0,3}>[ ]*\[![\w-]+\][-+]?.*$", re.MULTILINE),
        "write the text between a line ::: {.callout-note} and a line :::",
    ),
    Syntax(
        "a comment of LaTeX",
        re.compile(r"(?:(?<=\n\n)|\A)%[ \t]*(\S[^\n]*)$", re.MULTILINE),
        "write <!-- the comment -->",
        _comment,
    ),
)
"""In the order in which they are looked for; what an earlier one has taken, a later one leaves."""
