"""HTML in bibliography fields, as catalogues and reference managers leave it there, made into TeX markup."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from html.entities import html5

_OPENING: Mapping[str, str] = {
    "i": r"\emph{", "em": r"\emph{", "cite": r"\emph{", "italic": r"\emph{", "b": r"\textbf{",
    "strong": r"\textbf{", "bold": r"\textbf{", "sub": r"\textsubscript{", "inf": r"\textsubscript{",
    "sup": r"\textsuperscript{", "sc": r"\textsc{", "scp": r"\textsc{", "q": r"\enquote{",
}  # fmt: skip
"""What the tags that mark words up become; `</…>` becomes the closing brace."""
_UNSEEN = frozenset(
    {"p", "div", "span", "br", "a", "u", "tt", "code", "small", "font", "ul", "ol", "li", "title", "hr"}
)
_SPACED = frozenset({"p", "div", "br", "li", "hr"})
_TAG = re.compile(r"<(/?)(?:jats:)?(mml:[a-z]+|[a-z]+)((?:\s[^<>{}]{0,200})?)(/?)>", re.IGNORECASE)
_ENTITY = re.compile(r"\\?&(?:amp;)?(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_ESCAPED = str.maketrans(
    {c: "\\" + c for c in "&%$#_{}"} | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}"}
)


@dataclass(frozen=True, slots=True)
class Translated:
    """A field's value without HTML, and where its pieces come from."""

    value: str
    """The value with TeX markup alone."""
    places: tuple[tuple[int, int], ...] = ()
    """Pairs of an index in `value` and the index in what was typed, from there on in step."""

    def typed(self, offset: int) -> int:
        """The index in the typed value of the character number `offset`."""
        found = bisect_right(self.places, (offset, 1 << 62)) - 1
        if found < 0:
            return offset
        here, there = self.places[found]
        return there + offset - here


def translated(value: str) -> Translated:
    """`value` with HTML's tags and entities made into TeX markup; what is no HTML stays as it is."""
    if "<" not in value and "&" not in value:
        return Translated(value)
    changes = [*_tags(value), *_entities(value)]
    if not changes:
        return Translated(value)
    parts, places, position, length = list[str](), list[tuple[int, int]](), 0, 0
    for start, end, text in sorted(changes):
        parts += [value[position:start], text]
        length += start - position + len(text)
        position = end
        places.append((length, position))
    return Translated("".join([*parts, value[position:]]), tuple(places))


def escaped(text: str) -> str:
    """Plain text as a field's value: what TeX would act on is escaped."""
    return text.translate(_ESCAPED)


def _entities(value: str) -> list[tuple[int, int, str]]:
    found = []
    for match in _ENTITY.finditer(value):
        name = match[1]
        text = _numbered(name) if name.startswith("#") else html5.get(f"{name};", "")
        if text:
            found.append((match.start(), match.end(), escaped(text)))
    return found


def _numbered(name: str) -> str:
    number = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    return chr(number) if 32 <= number < 0x110000 and not 0xD800 <= number < 0xE000 else ""


def _tags(value: str) -> list[tuple[int, int, str]]:
    """Each known tag with what stands for it: a command where its pair is found in the same braces, else nothing."""
    found: dict[int, tuple[int, int, str]] = {}
    waiting: list[_Opened] = []
    depth, position = 0, 0
    for match in _TAG.finditer(value):
        name = match[2].lower()
        if not _is_tag(name, match[3]):
            continue
        between = value[position : match.start()]
        depth += between.count("{") - between.count("}")
        position = match.end()
        found[match.start()] = (match.start(), match.end(), " " if name in _SPACED else "")
        if match[1]:
            _close(name, match, depth, waiting, found)
        elif not match[4] and (name in _OPENING or name == "span"):
            waiting.append(_Opened(name, match.start(), match.end(), depth, _command(name, match[3])))
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Opened:
    """A tag that waits for the one that closes it."""

    name: str
    start: int
    end: int
    depth: int
    command: str


def _is_tag(name: str, attributes: str) -> bool:
    if name == "a":
        return not attributes or "=" in attributes
    return name in _OPENING or name in _UNSEEN or name.startswith("mml:")


def _command(name: str, attributes: str) -> str:
    if name == "span" and "nocase" in attributes:
        return r"\NoCaseChange{"
    if name == "span" and "small-caps" in attributes:
        return r"\textsc{"
    return _OPENING.get(name, "")


def _close(
    name: str,
    match: re.Match[str],
    depth: int,
    waiting: list[_Opened],
    found: dict[int, tuple[int, int, str]],
) -> None:
    """Pair a closing tag with the last one opened, where names and braces agree."""
    while waiting and (name in _OPENING or name == "span"):
        opened = waiting.pop()
        if opened.name == name and opened.depth == depth:
            if opened.command:
                found[opened.start] = (opened.start, opened.end, opened.command)
                found[match.start()] = (match.start(), match.end(), "}")
            return
