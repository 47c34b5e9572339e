"""BibLaTeX files cut into blocks: bibtexparser finds the blocks and fields, we find where each of them stands.

bibtexparser 2 keeps the first line of a block and of a field but no columns, lets a missing comma swallow the next
field, and says of a broken block only where it gave up. So every value is found again in the text and read here.
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.project.bibliography.entry import BibEntry, Field

MONTHS = {
    name: str(number)
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_FIELD_LINE = re.compile(r"^[ \t]*([\w+:.-]+)[ \t]*=[ \t]*[{\"]", re.MULTILINE)
_NEXT_FIELD = re.compile(r"([\w+:.-]+)\s*=\s*")
_VALUE_END = re.compile(r"(?<!\\)[{}]")
_ENTRY_HEAD = re.compile(r"@[ \t]*(\w*)[ \t]*[{(]\s*([^\s,={}\"]*)\s*")


class BibFile:
    """The text of one file, and where in it anything stands."""

    def __init__(self, text: str, file: str, strings: dict[str, str], problems: Collector) -> None:
        self.text = text
        self.file = file
        self.strings = strings
        self.problems = problems
        self.broken: set[str] = set()
        """Keys of entries that could not be read."""
        self._swallowed: list[tuple[str, int, str, int]] = []
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]

    def span(self, offset: int) -> Span:
        """Place of the character number `offset`, counted from 0."""
        line = bisect_right(self._lines, offset)
        return Span(self.file, line, offset - self._lines[line - 1] + 1)

    def entries(self) -> Iterator[BibEntry]:
        """The file's entries in order; broken blocks become diagnostics and reading goes on after them."""
        from bibtexparser import model
        from bibtexparser.splitter import Splitter

        logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
        doubled = (model.DuplicateBlockKeyBlock, model.DuplicateFieldKeyBlock)
        position = 0
        for block in Splitter(self.text).split().blocks:
            raw = block.raw or ""
            position = start = self.text.index(raw, position)
            position += len(raw)
            inner: Any = block.ignore_error_block if isinstance(block, doubled) else block
            match inner:
                case model.Entry():
                    yield from self._entry(inner, start)
                case model.String():
                    self._string(inner, start)
                case model.Preamble():
                    self._preamble(inner.value, start)
                case model.ImplicitComment():
                    self._comment(raw, start)
                case model.ParsingFailedBlock():
                    self._broken(raw, start)

    def _entry(self, block: Any, start: int) -> Iterator[BibEntry]:
        head = _ENTRY_HEAD.match(self.text, start)
        if head is None or not block.key:
            self._error(
                start,
                f"this @{block.entry_type} entry has no key",
                "write a key after the opening brace: @book{key,",
            )
            return
        if re.search(r"\s", block.key):
            message = f"the key '{' '.join(block.key.split())}' has a space or line end in it"
            self._error(head.start(2), message, "a comma is probably missing after the key")
            return
        fields: dict[str, Field] = {}
        self._unread: set[str] = set()
        position = head.end()
        for field in block.fields:
            name_at = self.text.index(field.key, position)
            value_at = self.text.index(field.value, self.text.index("=", name_at + len(field.key)) + 1)
            position = value_at + len(field.value)
            self._swallowed = [(field.key, name_at, field.value, value_at)]
            while self._swallowed:
                self._field(block.key, fields, *self._swallowed.pop())
        yield BibEntry(block.key, block.entry_type.lower(), fields, self.span(start), frozenset(self._unread))

    def _field(
        self, key: str, fields: dict[str, Field], name: str, name_at: int, raw: str, value_at: int
    ) -> None:
        name = name.lower()
        found = self.value(raw, value_at, name)
        if name in fields:
            first = fields[name].span.line
            message = f"the field '{name}' of '{key}' is given twice: first on line {first}"
            self.problems.add(Code.BIB_DUPLICATE_FIELD, message, self.span(name_at), "the first one is used")
        elif found is not None:
            fields[name] = found
        else:
            self._unread.add(name)

    def _string(self, block: Any, start: int) -> None:
        value_at = self.text.index(block.value, self.text.index("=", start) + 1)
        found = self.value(block.value, value_at, block.key)
        if found is not None:
            self.strings[block.key.lower()] = found.value

    def _preamble(self, value: str, start: int) -> None:
        from fascicle.project.bibliography.markup import parse

        at = self.text.index(value, start)
        found = self.value(value.strip(), at + len(value) - len(value.lstrip()), "@preamble")
        if found is None:
            return
        for fault in parse(found.value)[1][:1]:
            message = f"@preamble may not hold {fault.what}"
            hint = "delete the @preamble: Fascicle needs none, and definitions of commands are never run"
            self.problems.add(Code.BIB_TEX, message, found.at(fault.offset), hint)

    def _comment(self, raw: str, start: int) -> None:
        if stray := _FIELD_LINE.search(raw):
            message = f"the field '{stray[1]}' stands outside any entry"
            self._error(
                start + stray.start(1),
                message,
                "the entry before it was closed too early: a brace '}' too many?",
            )

    def _broken(self, raw: str, start: int) -> None:
        """Say what is wrong with a block that bibtexparser gave up on."""
        head = _ENTRY_HEAD.match(self.text, start)
        if head and head[2]:
            self.broken.add(head[2])
        after = self.text[head.end() : head.end() + 1] if head else ""
        if head and after == "=":
            kind = head[1].lower()
            self._error(
                start, f"this @{kind} entry has no key", f"write a key after the opening brace: @{kind}{{key,"
            )
        elif head and head[2] and after != ",":
            self._error(head.end(2), f"a comma is missing after the key '{head[2]}'")
        else:
            self._unclosed(raw, start)

    def _unclosed(self, raw: str, start: int) -> None:
        """Blame the field before the first one that begins inside another field's braces."""
        depth, last, position = 0, None, 0
        for line in _FIELD_LINE.finditer(raw):
            depth += _depth(raw[position : line.start(1)])
            position = line.start(1)
            if depth > 1 and last is not None:
                name, at = last
                self._error(
                    start + at,
                    f"the braces of the field '{name}' are not closed",
                    "add the missing '}' at its end",
                )
                return
            last = (line[1], line.start(1))
        if dangling := re.search(r",\s*([\w-]+)\s*[})]\s*\Z", raw):
            self._error(
                start + dangling.start(1),
                f"the field '{dangling[1]}' has no value",
                "write = and the value in braces",
            )
        elif (comma := re.search(r"[}\"\d]\s*\n?\s*([\w-]+)\s*\Z", raw)) and depth <= 1 and _depth(raw) == 1:
            self._error(
                start + comma.start(1),
                f"'{comma[1]}' is out of place",
                "a comma or an equals sign is missing before or after it",
            )
        else:
            self._error(
                start,
                "this entry is not closed",
                "a closing brace '}' or a quote is missing in it or at its end",
            )

    def value(self, raw: str, offset: int, name: str) -> Field | None:
        """Read `{…}`, `"…"`, numbers and `@string` names joined by `#`; None, with an error, when that fails."""
        pieces: list[tuple[str, int]] = []
        position = 0
        while True:
            position += len(raw[position:]) - len(raw[position:].lstrip())
            piece = self._piece(raw, position, offset, name)
            if piece is None:
                return None
            text, text_at, position = piece
            pieces.append((text, text_at))
            rest = raw[position:].lstrip()
            if not rest:
                break
            position = len(raw) - len(rest)
            if rest[0] != "#":
                hint = "a comma is missing before it" if "=" in rest else "put the whole value in braces"
                word = rest.split(None, 1)[0][:30]
                if next_field := _NEXT_FIELD.match(rest):
                    at = offset + position
                    value_at = at + next_field.end()
                    self._swallowed.append((next_field[1], at, rest[next_field.end() :], value_at))
                self._error(
                    offset + position, f"'{word}' follows the value of '{name}' without a comma", hint
                )
                return Field(pieces[0][0], self.span(offset + pieces[0][1]), len(pieces) == 1)
            position += 1
        literal = len(pieces) == 1 and raw[:1] in '{"'
        return Field("".join(text for text, _ in pieces), self.span(offset + pieces[0][1]), literal)

    def _piece(self, raw: str, start: int, offset: int, name: str) -> tuple[str, int, int] | None:
        """One piece of a value: its text, where the text begins, where the piece ends."""
        if raw.startswith("{", start):
            end = _closing(raw, start)
            return None if end is None else (raw[start + 1 : end], start + 1, end + 1)
        if raw.startswith('"', start):
            end = _quote(raw, start)
            return None if end is None else (raw[start + 1 : end], start + 1, end + 1)
        word = re.compile(r"[^\s#,{}\"=]*").match(raw, start)
        text = word[0] if word else ""
        end = start + len(text)
        if text.isascii() and text.isdigit():
            return text, start, end
        if not text:
            self._error(offset + start, f"the field '{name}' has no value", "write the value in braces")
            return None
        known = {**MONTHS, **self.strings}
        if text.lower() in known:
            return known[text.lower()], start, end
        from fascicle.core.suggestions import get_close_matches

        near = get_close_matches(text.lower(), known, n=1)
        hints = (
            (f"did you mean '{near[0]}'?",)
            if near
            else ("put the value in braces, or define it with @string",)
        )
        self._error(offset + start, f"'{text}' is no @string of this bibliography", *hints)
        return None

    def _error(self, offset: int, message: str, *hints: str) -> None:
        self.problems.add(Code.BIB_SYNTAX, message, self.span(offset), *hints)


def _depth(raw: str) -> int:
    return sum(1 if brace[0] == "{" else -1 for brace in _VALUE_END.finditer(raw))


def _closing(raw: str, start: int) -> int | None:
    """Index of the brace that closes the one at `start`."""
    depth = 0
    for brace in _VALUE_END.finditer(raw, start):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.start()
    return None


def _quote(raw: str, start: int) -> int | None:
    """Index of the quote that closes the one at `start`; quotes inside braces do not count."""
    depth = 0
    for mark in re.compile(r'(?<!\\)[{}"]').finditer(raw, start + 1):
        if mark[0] == '"' and depth == 0:
            return mark.start()
        depth += {"{": 1, "}": -1, '"': 0}[mark[0]]
    return None
