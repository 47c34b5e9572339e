"""Block rules for the HTML that scholars' Markdown holds: divs, and pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from markdown_it.rules_block import StateBlock

from fascicle.document.markdown.attributes import Braces, read_braces
from fascicle.document.markdown.blocks.containers import own_divs
from fascicle.document.markdown.blocks.lines import first_character, line_text
from fascicle.document.tree import Attributes

_DIV = re.compile(
    r"<div((?:\s+[\w:-]+(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=]+))?)*)\s*>[ \t]*$", re.IGNORECASE
)
_DIV_END = re.compile(r"</div\s*>[ \t]*$", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>=]+))")
_PICTURE = re.compile(r"<(?:img|figure|div|p|center|a|picture)\b", re.IGNORECASE)
_AROUND = frozenset(
    [
        "a",
        "b",
        "br",
        "center",
        "div",
        "em",
        "figcaption",
        "figure",
        "i",
        "img",
        "p",
        "picture",
        "small",
        "source",
        "span",
        "strong",
        "sub",
        "sup",
    ]
)
"""Elements that a picture may stand in or beside, with its caption, and still be a figure."""
_ALONE = frozenset({"br", "img", "source"})
_WIDTH = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+\s*(?:%|px|cm|mm|in|pt|em))")
_MOST_LINES = 40
_LONGEST = 8_000
"""Characters of a figure's HTML."""


@dataclass(slots=True)
class HtmlPicture:
    """A picture of an HTML block."""

    path: str
    """Its file."""
    attributes: Attributes
    """Size, identifier, alternative text."""


@dataclass(slots=True)
class HtmlFigures:
    """What an HTML block of nothing but pictures holds."""

    pictures: list[HtmlPicture] = field(default_factory=list)
    """The pictures in order."""
    caption: str = ""
    """The words beside them."""


def html_div(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`<div id="…">` on a line of its own, up to the line `</div>` that closes it."""
    opening = _DIV.match(line_text(state, start))
    close = _closing_line(state, start, end) if opening else None
    if opening is None or close is None or figures_in(_source(state, start, close)):
        return False
    if silent:
        return True
    token = state.push("div_open", "", 1)
    at = first_character(state, start)
    token.meta = {
        "start": at,
        "braces": _braces(opening[1]),
        "name": None,
        "place": (at, state.eMarks[start]),
    }
    with own_divs(state):
        state.line = start + 1
        state.md.block.tokenize(state, start + 1, close)
    state.line = close + 1
    token.map = [start, state.line]
    state.push("div_close", "", -1)
    return True


def _closing_line(state: StateBlock, start: int, end: int) -> int | None:
    depth = 0
    for line in range(start, end):
        text = line_text(state, line)
        depth += len(re.findall(r"<div\b", text, re.IGNORECASE))
        ends = len(re.findall(r"</div\s*>", text, re.IGNORECASE))
        depth -= ends
        if ends and depth <= 0:
            return line if depth == 0 and _DIV_END.match(text) else None
    return None


def _braces(text: str) -> Braces | None:
    """The attributes of a tag as braces say them."""
    given = {
        name.lower(): first or second or third for name, first, second, third in _ATTRIBUTE.findall(text)
    }
    parts = [f"#{given['id']}"] if given.get("id") else []
    parts += [f".{name}" for name in given.get("class", "").split()]
    parts += [f'{key}="{value}"' for key, value in given.items() if key in ("lang", "layout-ncol", "layout")]
    written = "{" + " ".join(parts) + "}"
    return read_braces(written, 0)


def html_picture(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`<img>`, with what stands around it and nothing else but its caption."""
    if not _PICTURE.match(line_text(state, start)):
        return False
    last = next((line for line in range(start, min(end, start + _MOST_LINES)) if state.isEmpty(line)), end)
    last = min(last, start + _MOST_LINES, end)
    found = figures_in(_source(state, start, last - 1))
    if found is None:
        return False
    if silent:
        return True
    state.line = last
    token = state.push("html_figures", "", 0)
    token.map = [start, last]
    token.meta = {"start": first_character(state, start), "figures": found}
    return True


def _source(state: StateBlock, first: int, last: int) -> str:
    return "\n".join(line_text(state, line) for line in range(first, last + 1))


def figures_in(text: str) -> HtmlFigures | None:
    """The pictures of an HTML text; None when it holds none, or anything else, or more than any figure."""
    if len(text) > _LONGEST:
        return None  # Python's reader takes the square of the time for tags that are not closed
    reader = _Reader()
    try:
        reader.feed(text)
        reader.close()
    except (AssertionError, ValueError):
        return None
    if not reader.sound or reader.open or not reader.found.pictures:
        return None
    reader.found.caption = " ".join("".join(reader.words).split())
    return reader.found


class _Reader(HTMLParser):
    """Gathers pictures and words, and stops being sound at any other element."""

    def __init__(self) -> None:
        super().__init__()
        self.found = HtmlFigures()
        self.words: list[str] = []
        self.open: list[str] = []
        self.sound = True
        self.identifier = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.sound = self.sound and tag in _AROUND
        if tag == "img":
            self.picture(given)
        elif tag not in _ALONE:
            self.open.append(tag)
        self.identifier = self.identifier or given.get("id", "")
        self.words += [" "] if tag in ("br", "p", "figcaption") else []

    def handle_endtag(self, tag: str) -> None:
        if tag in _ALONE:
            return
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.sound = False

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def picture(self, given: dict[str, str]) -> None:
        """Keep a picture, with what the tags around it say."""
        sizes = {key: given[key] for key in ("width", "height") if given.get(key)}
        sizes |= {key: value.replace(" ", "") for key, value in _WIDTH.findall(given.get("style", ""))}
        pairs = (
            *((key, value) for key, value in sizes.items() if value != "auto"),
            ("alt", given.get("alt", "")),
        )
        name = given.get("id") or self.identifier
        self.identifier = ""
        kept = tuple(pair for pair in pairs if pair[1])
        self.sound = self.sound and bool(given.get("src")) and ":" not in given["src"][:8]
        self.found.pictures.append(HtmlPicture(given.get("src", ""), Attributes(name, (), kept)))
