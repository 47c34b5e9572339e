"""Pairs delimiters (emphasis, strikeout, quotations) and folds what stands between them into nodes.

The pairing is CommonMark's stack of openers, with Pandoc's rules for what may open and close; the folding keeps
its own stack, so that no nesting, however deep, recurses.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from fascicle.core.diagnostic_codes import Code
from fascicle.document.markdown.inlines.smart_quotes import lone_quote
from fascicle.document.markdown.source import Passage
from fascicle.document.markdown.state import MAX_DEPTH, ParseTask
from fascicle.document.tree import (
    Emph,
    Inline,
    Link,
    Quoted,
    SpanInline,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Text,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters to print."""

    start: int
    """Offset of the first one typed."""
    end: int
    """Offset after the last one typed."""
    text: str
    """As printed."""


@dataclass(slots=True, eq=False)
class Match:
    """Two delimiters that belong together."""

    mark: str
    """`*`, `_`, `~` or a quotation mark."""
    count: int
    """Characters used on either side."""
    start: int
    """Offset of the opening characters."""
    end: int = 0
    """Offset after the closing characters."""
    dead: bool = False
    """True when it stands too deep: both sides are printed as typed."""


@dataclass(slots=True, eq=False)
class Delimiter:
    """A run of delimiters, used up from its left end as closers and from its right end as openers."""

    start: int
    """Offset of the first character not used."""
    end: int
    """Offset after the last character not used."""
    mark: str
    """Its character."""
    opens: bool
    """May open."""
    closes: bool
    """May close."""
    length: int = 0
    """Characters typed."""
    opened: list[Match] = field(default_factory=list)
    """Pairs that it opens, innermost first."""
    closed: list[Match] = field(default_factory=list)
    """Pairs that it closes, innermost first."""

    @property
    def left(self) -> int:
        """Characters not used yet."""
        return self.end - self.start


Part = Piece | Delimiter | Inline


def pair(delimiters: list[Delimiter]) -> None:
    """Find the partners among `delimiters`, in linear time: a search that failed is not made again."""
    openers: list[Delimiter] = []
    floors: dict[tuple[str, bool, int], int] = {}
    for delimiter in delimiters:
        while delimiter.closes and delimiter.left:
            key = (delimiter.mark, delimiter.opens, delimiter.length % 3)
            floor = floors.get(key, 0)
            index = len(openers) - 1
            while index >= floor and not _fits(openers[index], delimiter):
                index -= 1
            if index < floor:
                floors[key] = len(openers)
                break
            _join(openers[index], delimiter)
            del openers[index + (1 if openers[index].left else 0) :]
            for name, height in floors.items():
                if height > len(openers):
                    floors[name] = len(openers)
        if delimiter.opens and delimiter.left:
            openers.append(delimiter)


def _fits(opener: Delimiter, closer: Delimiter) -> bool:
    if opener.mark != closer.mark:
        return False
    if opener.mark in "*_" and (opener.closes or closer.opens):
        # CommonMark's rule of three keeps `*a**b**c*` from pairing `*` with the first half of `**`.
        both = opener.length + closer.length
        return both % 3 != 0 or (opener.length % 3 == 0 and closer.length % 3 == 0)
    return True


def _join(opener: Delimiter, closer: Delimiter) -> None:
    left = min(opener.left, closer.left)
    count = 2 if left == 2 or (opener.left != closer.left and left > 1) else 1
    match = Match(opener.mark, count, opener.end - count, closer.start + count)
    opener.end -= count
    closer.start += count
    opener.opened.append(match)
    closer.closed.append(match)


class Folder:
    """Builds nodes from parts in which the delimiters have been paired."""

    def __init__(self, passage: Passage, work: ParseTask, depth: int) -> None:
        self.passage = passage
        self.work = work
        self.depth = depth
        self._levels: list[tuple[Match | None, list[Inline]]] = [(None, [])]
        self._pieces: list[Piece] = []

    def fold(self, parts: list[Part]) -> tuple[Inline, ...]:
        """The nodes."""
        for part in parts:
            if isinstance(part, Piece):
                self._add(part)
            elif isinstance(part, Delimiter):
                self._delimiter(part)
            else:
                self._flush()
                self._levels[-1][1].append(part)
        self._flush()
        return tuple(self._levels[0][1])

    def _add(self, piece: Piece) -> None:
        """Join characters that stand side by side in the source; over a comment they stay apart."""
        if self._pieces and self._pieces[-1].end != piece.start:
            self._flush()
        self._pieces.append(piece)

    def _delimiter(self, part: Delimiter) -> None:
        for match in part.closed:
            self._close(match)
        if part.left:
            self._leftover(part)
        for match in reversed(part.opened):
            self._open(match)

    def _leftover(self, part: Delimiter) -> None:
        text = self.passage.text[part.start : part.end]
        if part.mark in "*_" and (part.opened or part.closed):
            message = f"'{text}' is left over beside emphasis, and is printed"
            hint = f"write as many signs after the words as before them, or \\{part.mark} for the sign itself"
            self.work.report(Code.UNSUPPORTED_MARKDOWN, message, self.passage, part.start, part.end, hint)
        if part.mark in "\"'":
            text = lone_quote(self.passage.text, part.start, self.work.options.language)
        self._add(Piece(part.start, part.end, text))

    def _open(self, match: Match) -> None:
        if self.depth + len(self._levels) > MAX_DEPTH:
            match.dead = True
            end = match.start + match.count
            self.work.report(
                Code.NESTED_TOO_DEEPLY,
                f"markup is nested deeper than {MAX_DEPTH} levels here",
                self.passage,
                match.start,
                end,
                "the rest of it is printed as typed",
            )
            self._add(Piece(match.start, end, self.passage.text[match.start : end]))
            return
        self._flush()
        self._levels.append((match, []))

    def _close(self, match: Match) -> None:
        if match.dead:
            start = match.end - match.count
            self._add(Piece(start, match.end, self.passage.text[start : match.end]))
            return
        self._flush()
        content = tuple(self._levels.pop()[1])
        self._levels[-1][1].append(self._node(match, content))

    def _node(self, match: Match, content: tuple[Inline, ...]) -> Inline:
        span = self.passage.span(match.start, match.end)
        if match.mark in "\"'":
            return Quoted(span, match.mark == '"', tuple(_inside_quotation(node) for node in content))
        if match.mark == "~":
            return Strikeout(span, content)
        return Strong(span, content) if match.count == 2 else Emph(span, content)

    def _flush(self) -> None:
        pieces = self._pieces
        if not pieces:
            return
        text = "".join([piece.text for piece in pieces])
        if "\t" in text or "\n" in text:
            text = text.replace("\t", " ").replace("\n", " ")
        if text:
            span = self.passage.span(pieces[0].start, pieces[-1].end)
            self._levels[-1][1].append(Text(span, text))
        pieces.clear()


def _inside_quotation(node: Inline) -> Inline:
    """The node with every quotation in it, except those in notes, marked as nested."""
    match node:
        case Quoted(nested=False):
            return replace(node, nested=True)
        case Emph() | Strong() | Strikeout() | Superscript() | Subscript() | Link() | SpanInline():
            content = tuple(_inside_quotation(child) for child in node.content)
            return node if content == node.content else replace(node, content=content)
        case _:
            return node
