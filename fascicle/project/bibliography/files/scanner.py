"""A BibTeX file cut into blocks and fields in one pass, each with its place.

What is out of order is said, not raised.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

_HEAD = re.compile(r"@\s{0,9}([^\W\d_][\w-]{0,60})?\s{0,9}([{(])")
_BOUNDARY = re.compile(
    r"^[ \t]*@[ \t]{0,9}(?:(?:string|preamble|comment)[ \t]{0,9}[{(]"
    r"|\w{1,60}[ \t]{0,9}[{(]\s{0,99}[^\s,={}()\"]+[ \t]{0,9},)",
    re.MULTILINE | re.IGNORECASE,
)
"""The beginning of a block at the beginning of a line: no block before it reaches further."""
_KEY = re.compile(r"[^,{}\n]*")
_FIELD_FOR_KEY = re.compile(r"[\w+-]+(?:\s+=.*|\s*=\s*(?:\".*)?)", re.DOTALL)
_KEY_AND_FIELD = re.compile(r"(\S+)\s+[\w+-]+\s*=.*", re.DOTALL)
_SKIPPED = re.compile(r"(?:[\s,]++|%[^\n]*+)*+")
_NAME = re.compile(r"[^\s=,{}()\"#%@][^\s=,{}()\"#]*")
_BLANK = re.compile(r"\s*")
_WORD = re.compile(r"[^\s#,{}\"=()%]+")
_BARE = re.compile(r"[^\n,{}\"#]*")
_BARE_IN_PARENTHESES = re.compile(r"[^\n,{}()\"#]*")
_CONTINUED = re.compile(r"\s*+,?\s*+[\w+:.-]++\s*+=\s*+[{\"\d]")
_NEXT_FIELD = re.compile(r"[\w+:.-]+\s*=")
_NOT_BLANK = re.compile(r"\S+")
_BRACE = re.compile(r"[{}]")
_BRACE_OR_QUOTE = re.compile(r'\\"|[{}"]')
_UNESCAPED = re.compile(r"\\[{}]|[{}]")
_FIELD_LINE = re.compile(r"^[ \t]*([\w+:.-]+)[ \t]*=[ \t]*[{\"]", re.MULTILINE)


class PieceKind(Enum):
    """How a piece of a value is written."""

    QUOTED = "quoted"
    """In braces or quotes."""
    NUMBER = "number"
    """A number."""
    NAME = "name"
    """A name, which `@string` defines."""
    BARE = "bare"
    """Several words without braces or quotes."""


@dataclass(frozen=True, slots=True)
class RawPiece:
    """One piece of a value; pieces are joined by `#`."""

    kind: PieceKind
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class RawField:
    """One field of a block."""

    name: str
    at: int
    pieces: tuple[RawPiece, ...]


class Trouble(Enum):
    """What is out of order in a block, and whether it was understood all the same."""

    NO_KEY = "no key"
    NO_COMMA_AFTER_KEY = "no comma after the key"
    SPACE_IN_KEY = "space in the key"
    NO_COMMA = "no comma between fields"
    NO_VALUE = "no value"
    OUT_OF_PLACE = "out of place"
    CLOSED_EARLY = "closed too early"
    OPEN_FIELD = "a field's braces are not closed"
    OPEN_BLOCK = "the block is not closed"


FATAL = frozenset({Trouble.OPEN_FIELD, Trouble.OPEN_BLOCK})
"""Troubles after which it cannot be said what the block holds."""


@dataclass(frozen=True, slots=True)
class ReportedTrouble:
    """One trouble and where it is."""

    trouble: Trouble
    at: int
    words: tuple[str, ...] = ()


@dataclass(slots=True)
class Block:
    """An entry, a `@string` or a `@preamble`; text outside of blocks is none."""

    kind: str
    """The word after `@` in small letters."""
    at: int
    """Index of the `@`."""
    key: str = ""
    key_at: int = 0
    fields: list[RawField] = field(default_factory=list)
    troubles: list[ReportedTrouble] = field(default_factory=list)

    @property
    def broken(self) -> bool:
        """True when what it holds cannot be said."""
        return any(reported.trouble in FATAL for reported in self.troubles)


def scan(text: str) -> Iterator[Block]:
    """The blocks of a file in order. Time grows with the text's length alone."""
    ends = [match.start() for match in _BOUNDARY.finditer(text)]
    position = 0
    while (head := _HEAD.search(text, position)) is not None:
        if _commented(text, head.start()):
            line_end = text.find("\n", head.start())
            position = line_end if line_end >= 0 else len(text)
            continue
        number = bisect_right(ends, head.start())
        limit = ends[number] if number < len(ends) else len(text)
        kind = (head[1] or "").lower()
        if kind == "comment":
            end = _closing(text, head.end() - 1, limit, _BRACE) if head[2] == "{" else None
            position = end + 1 if end is not None else head.end()
            continue
        block, position = _block(text, head, limit)
        yield block


def _commented(text: str, at: int) -> bool:
    """True for an `@` on a line that begins with a percent sign."""
    start = text.rfind("\n", max(0, at - 200), at) + 1
    return text[start:at].lstrip()[:1] == "%"


def _block(text: str, head: re.Match[str], limit: int) -> tuple[Block, int]:
    """One block and where it ends; braces after a backslash count, as in BibTeX, or else do not, where that is right."""
    strict = _Scanner(text, head, limit, _BRACE)
    block, end = strict.read()
    if block.broken and "\\" in text[head.start() : limit]:
        lenient, other_end = _Scanner(text, head, limit, _UNESCAPED).read()
        if not lenient.broken:
            return lenient, other_end
    return block, end


class _Scanner:
    """Reads one block."""

    def __init__(self, text: str, head: re.Match[str], limit: int, brace: re.Pattern[str]) -> None:
        self.text, self.limit, self.brace = text, limit, brace
        self.position = head.end()
        self.closer = {"{": "}", "(": ")"}[head[2]]
        self.block = Block((head[1] or "").lower(), head.start())

    def read(self) -> tuple[Block, int]:
        """The block and the index after it."""
        if self.block.kind == "preamble":
            self.skip(_BLANK)
            self.value("@preamble", self.position)
            self.position = self.text.find(self.closer, self.position, self.limit) + 1 or self.limit
            return self.block, self.position
        if self.block.kind != "string":
            self.key()
        while not self.block.broken and self.one_field():
            pass
        return self.block, max(self.position, self.block.at + 1)

    def tell(self, trouble: Trouble, at: int, *words: str) -> None:
        self.block.troubles.append(ReportedTrouble(trouble, at, words))

    def skip(self, pattern: re.Pattern[str]) -> None:
        if match := pattern.match(self.text, self.position, self.limit):
            self.position = match.end()

    def here(self) -> str:
        return self.text[self.position : self.position + 1] if self.position < self.limit else ""

    def key(self) -> None:
        self.skip(_BLANK)
        at = self.block.key_at = self.position
        match = _KEY.match(self.text, at, self.limit)
        key = match[0].rstrip() if match else ""
        if not key or _FIELD_FOR_KEY.fullmatch(key):
            self.tell(Trouble.NO_KEY, self.block.at)
            return
        both = _KEY_AND_FIELD.fullmatch(key)
        self.block.key = " ".join((both[1] if both else key).split())
        self.position = at + len(both[1] if both else key)
        self.skip(_BLANK)
        if both or self.here() not in {",", self.closer, ""}:
            self.tell(Trouble.NO_COMMA_AFTER_KEY, at + len(self.block.key), self.block.key)
        elif " " in self.block.key:
            self.tell(Trouble.SPACE_IN_KEY, at, self.block.key)

    def one_field(self) -> bool:
        """Read one field; False at the end of the block."""
        self.skip(_SKIPPED)
        at = self.position
        if at >= self.limit:
            self.unclosed()
            return False
        if self.here() == self.closer:
            self.position += 1
            if _CONTINUED.match(self.text, self.position, self.limit) and self.block.kind != "string":
                self.skip(_SKIPPED)
                self.tell(Trouble.CLOSED_EARLY, self.position, self.name())
                return True
            return False
        name = self.name()
        if not name:
            self.tell(Trouble.OUT_OF_PLACE, at, self.here())
            self.past_garbage()
            return True
        self.position = at + len(name)
        self.skip(_BLANK)
        if self.here() != "=":
            ended = self.here() in {",", self.closer}
            self.tell(Trouble.NO_VALUE if ended else Trouble.OUT_OF_PLACE, at, name)
            return True
        self.position += 1
        self.value(name, at)
        return True

    def name(self) -> str:
        match = _NAME.match(self.text, self.position, self.limit)
        return match[0] if match else ""

    def past_garbage(self) -> None:
        """Go on after what is no field: a group as a whole, or one character."""
        if self.here() == "{":
            end = _closing(self.text, self.position, self.limit, self.brace)
            self.position = self.limit if end is None else end + 1
        else:
            self.position += 1

    def value(self, name: str, at: int) -> None:
        pieces: list[RawPiece] = []
        while True:
            self.skip(_BLANK)
            piece = self.piece()
            if piece is None:
                if self.block.broken:
                    return
                self.tell(Trouble.NO_VALUE, at, name)
                break
            pieces.append(piece)
            self.skip(_BLANK)
            if self.here() != "#":
                break
            self.position += 1
        if pieces:
            self.block.fields.append(RawField(name, at, tuple(pieces)))
            self.after(name)

    def after(self, name: str) -> None:
        """What follows a value must be a comma or the end."""
        if self.here() in {",", self.closer, "%", ""}:
            return
        match = _NOT_BLANK.match(self.text, self.position, self.limit)
        self.tell(Trouble.NO_COMMA, self.position, match[0][:30] if match else "", name)
        if _NEXT_FIELD.match(self.text, self.position, self.limit):
            return
        if self.here() in "{}":
            self.past_garbage()
        else:
            self.position = match.end() if match else self.position + 1

    def piece(self) -> RawPiece | None:
        start = self.position
        sign = self.here()
        if sign in {"{", '"'}:
            end = (
                _closing(self.text, start, self.limit, self.brace)
                if sign == "{"
                else _quote(self.text, start, self.limit)
            )
            if end is None:
                self.unclosed()
                return None
            self.position = end + 1
            return RawPiece(PieceKind.QUOTED, self.text[start + 1 : end], start + 1)
        word = _WORD.match(self.text, start, self.limit)
        if word is None:
            return None
        bare = (_BARE if self.closer == "}" else _BARE_IN_PARENTHESES).match(self.text, start, self.limit)
        text = bare[0].rstrip() if bare else word[0]
        if len(text) > len(word[0]) and "=" not in text:
            self.position = start + len(text)
            return RawPiece(PieceKind.BARE, text, start)
        self.position = word.end()
        number = word[0].isascii() and word[0].isdigit()
        return RawPiece(PieceKind.NUMBER if number else PieceKind.NAME, word[0], start)

    def unclosed(self) -> None:
        """Blame the field before the first one that begins inside another field's braces."""
        raw, start = self.text[self.block.at : self.limit], self.block.at
        depth, last, position = 0, None, 0
        for line in _FIELD_LINE.finditer(raw):
            between = raw[position : line.start(1)]
            depth += between.count("{") - between.count("}")
            position = line.start(1)
            if depth > 1 and last is not None:
                self.tell(Trouble.OPEN_FIELD, start + last[1], last[0])
                break
            last = (line[1], line.start(1))
        else:
            self.tell(Trouble.OPEN_BLOCK, start)
        self.position = self.limit


def _closing(text: str, start: int, limit: int, brace: re.Pattern[str]) -> int | None:
    """Index of the brace that closes the one at `start`."""
    depth = 0
    for match in brace.finditer(text, start, limit):
        if len(match[0]) == 1:
            depth += 1 if match[0] == "{" else -1
            if depth == 0:
                return match.start()
    return None


def _quote(text: str, start: int, limit: int) -> int | None:
    """Index of the quote that closes the one at `start`; quotes inside braces do not count."""
    depth = 0
    for mark in _BRACE_OR_QUOTE.finditer(text, start + 1, limit):
        if mark[0] == '"' and depth <= 0:
            return mark.start()
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
    return None
