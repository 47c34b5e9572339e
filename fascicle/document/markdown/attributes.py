"""Braces: `{#id .class key=value}` read, and those of figures, headings and so on checked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Severity, Span
from fascicle.core.identifiers import language
from fascicle.core.suggestions import get_close_matches
from fascicle.document.labels import label_like
from fascicle.document.markdown.source import Passage
from fascicle.document.tree import Attributes

# A name excludes brackets, so that no two attempts to read braces can walk over the same characters.
_ITEM = re.compile(
    r"""\s*+(?:
      \#(?P<id>[^\s{}\[\]()"']++)
    | \.(?P<class>[^\s{}\[\]()"'=]++)
    | (?P<unnumbered>-)(?=[\s}])
    | =(?P<raw>[\w.+-]++)
    | (?P<key>[\w:][\w:.-]*+)=(?:"(?P<double>(?:\\.|[^"\\])*+)"|'(?P<single>(?:\\.|[^'\\])*+)'|(?P<bare>[^\s{}"'\[\]()]++))
    )(?=[\s}])""",
    re.VERBOSE,
)
_NAME = re.compile(r"#([^\s{}\[\]()\"']+)")
_SPACE = re.compile(r"\s*+")
_UNESCAPE = re.compile(r"\\([^\w\s])")
_MEASURE = re.compile(r"(\d+(?:\.\d+)?|\.\d+)(%|mm|cm|in|pt|pc|em|px)")
_PART = re.compile(r"(\d*\.?\d*)\\(?:text|line|column|paper)(?:width|height)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?|\.\d+")
LIKE_ATTRIBUTES = re.compile(r"\{\s*+(?:[#.][\w-]|-\s|[\w-]++\s*+=|(\w))[^{}\n]{0,200}\}")
"""Braces that try to be attributes; group 1 when they begin with a bare word, as a set of numbers may."""
BAD_BRACES = "these braces cannot be read as attributes"
BRACES_HINT = "write {#name .class key=value}, with a space between them and none around the equals sign"


@dataclass(frozen=True, slots=True)
class Braces:
    """What stands between two braces."""

    attributes: Attributes
    """Identifier, classes and pairs; without a span."""
    raw: str
    """The format of `{=latex}`; empty when it is none."""
    end: int
    """Offset after the closing brace."""


def read_braces(text: str, start: int, end: int | None = None) -> Braces | None:
    """The attributes whose opening brace stands at `start`, or None when they cannot be read."""
    limit = len(text) if end is None else end
    name, raw = "", ""
    classes: list[str] = []
    pairs: list[tuple[str, str]] = []
    at = start + 1
    while item := _ITEM.match(text, at, limit):
        at = item.end()
        if item["id"]:
            name = item["id"]
        elif item["class"]:
            classes.append(item["class"])
        elif item["unnumbered"]:
            classes.append("unnumbered")
        elif item["raw"]:
            raw = item["raw"]
        else:
            pairs.append((item["key"], _value(item)))
    space = _SPACE.match(text, at, limit)
    at = space.end() if space else at
    if at >= limit or text[at] != "}":
        return None
    return Braces(Attributes(name, tuple(classes), tuple(pairs)), raw, at + 1)


def salvaged(text: str, start: int, end: int) -> Attributes:
    """Of braces that cannot be read the identifier alone, so that references to it are not told as well."""
    found = _NAME.search(text, start, end)
    return Attributes(found[1] if found else "", (), ())


def _value(item: re.Match[str]) -> str:
    if item["bare"] is not None:
        return item["bare"]
    quoted = item["double"] if item["double"] is not None else item["single"]
    return _UNESCAPE.sub(r"\1", quoted or "").replace("\n", " ")


def placed(braces: Braces, span: Span, *kinds: str) -> Attributes:
    """The attributes with their place; the identifier as a label where it is one of these kinds."""
    return replace(braces.attributes, id=label_like(braces.attributes.id, *kinds), span=span)


def passage_attributes(passage: Passage, start: int, *kinds: str) -> tuple[Braces, Attributes] | None:
    """The braces at `start` of a passage, also with their place; see `placed` for `kinds`."""
    braces = read_braces(passage.text, start)
    return (braces, placed(braces, passage.span(start, braces.end), *kinds)) if braces else None


@dataclass(frozen=True, slots=True)
class Known:
    """What one kind of element may carry in its braces."""

    what: str
    """The element's name in messages."""
    keys: tuple[str, ...] = ()
    """Keys it knows."""
    classes: tuple[str, ...] = ()
    """Classes it knows."""
    measures: tuple[str, ...] = ()
    """Keys whose value is a length."""
    kind: str = ""
    """What its labels begin with."""


FIGURE = Known("a figure", ("width", "height", "page"), ("here", "wide"), ("width", "height"), "fig")
_OTHERS = (
    "alt",
    "fig-alt",
    "fig-align",
    "fig-cap",
    "fig-env",
    "fig-pos",
    "fig-scap",
    "short-caption",
    "title",
    "style",
)
"""Keys of figures that mean something to other programs alone, apart from the text for those who cannot see them."""
HEADING = Known("a heading", ("lang",), ("unnumbered", "unlisted"), kind="sec")
TABLE = Known("a table", (), ("here", "wide"), kind="tbl")
EQUATION = Known("an equation", kind="eq")


def in_units(attributes: Attributes) -> Attributes:
    r"""Others' lengths in units: a bare number is pixels, or below one a part of the line, as `0.5\textwidth` is."""
    pairs = tuple(
        (key, _in_units(value) if key in ("width", "height") else value) for key, value in attributes.pairs
    )
    return replace(attributes, pairs=pairs) if pairs != attributes.pairs else attributes


def _in_units(value: str) -> str:
    if _NUMBER.fullmatch(value):
        return f"{value}px" if float(value) > 1 or "." not in value else f"{float(value) * 100:g}%"
    if part := _PART.fullmatch(value):
        return f"{float(part[1] or 1) * 100:g}%"
    return value.replace(" ", "")


def with_page(path: str, attributes: Attributes) -> str:
    """A picture's path, with the page of it that `page=2` asks for."""
    page = attributes.get("page")
    return f"{path}#page={page}" if page and page.isdecimal() and int(page) > 0 else path


def check_attributes(given: Attributes, known: Known, problems: Collector) -> None:
    """Report keys, classes and lengths that `known` does not have; other classes only as a warning."""
    for key, value in given.pairs:
        if key not in known.keys:
            if known is FIGURE and key in _OTHERS:
                continue
            message = f"{known.what} has no attribute '{key}'"
            problems.add(Code.UNKNOWN_ATTRIBUTE, message, given.span, _advice(key, known.keys, known))
        elif key in known.measures:
            _check_measure(key, value, given.span, problems)
    for name in given.classes:
        if name not in known.classes:
            message = f"the class '.{name}' has no effect on {known.what}"
            hint = _advice(name, known.classes, known, mark=".")
            problems.add(Code.UNKNOWN_ATTRIBUTE, message, given.span, hint, severity=Severity.WARNING)
    check_language(given, problems)


def check_language(given: Attributes, problems: Collector) -> None:
    """Report a `lang` that is no language tag."""
    tag = given.get("lang")
    if tag is None:
        return
    try:
        language(tag)
    except ValueError as error:
        problems.add(Code.WRONG_VALUE, f"'{tag}' is not a language tag", given.span, str(error))


def _advice(name: str, known: Iterable[str], where: Known, mark: str = "") -> str:
    near = get_close_matches(name, tuple(known), n=1, cutoff=0.6)
    if near:
        return f"did you mean '{mark}{near[0]}'?"
    allowed = [*where.keys, *(f".{each}" for each in where.classes)]
    listed = ", ".join(allowed)
    return f"{where.what} may have an identifier" + (f" and {listed}" if listed else " alone")


def _check_measure(key: str, value: str, span: Span | None, problems: Collector) -> None:
    match = _MEASURE.fullmatch(value)
    if not match:
        problems.add(
            Code.BAD_MEASURE,
            f"'{value}' is not a length that {key} can have",
            span,
            f"write a number and one of %, mm, cm, in, pt, pc, em, px, without a space, such as {key}=80% or {key}=5cm",
        )
    elif float(match[1]) == 0:
        problems.add(
            Code.BAD_MEASURE, f"{key} is zero", span, "leave it out to print the picture at its own size"
        )
