"""BibTeX and BibLaTeX files as entries.

Values put together, what is out of order told at its place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import replace
from re import finditer

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Diagnostic, Severity, Span
from fascicle.project.bibliography.entry import BibEntry, Field
from fascicle.project.bibliography.fields.markup import parse
from fascicle.project.bibliography.files.scanner import (
    Block,
    PieceKind,
    RawField,
    RawPiece,
    ReportedTrouble,
    Trouble,
    scan,
)

MAX_VALUE = 200_000
"""No value put together from `@string` names is longer; doubling ones could fill the memory."""
_MONTH_NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                "November", "December")  # fmt: skip
MONTHS = {name[:3].lower(): str(number) for number, name in enumerate(_MONTH_NAMES, 1)}
"""The names of months that every BibTeX style defines, as numbers."""
_JOINED = {"note": ". ", "keywords": ", "}
"""Fields that exporters and authors write several times, each with what joins their values."""
_COMMA_HINT = "a comma is probably missing before it"


def _of(words: tuple[str, ...], kind: str) -> Mapping[Trouble, tuple[str, str]]:
    """What is said of each trouble, and what to do about it."""
    first, second = (*words, "", "")[:2]
    return {
        Trouble.NO_KEY: (
            f"this @{kind} entry has no key, so nothing can cite it",
            f"write a key after the opening brace: @{kind}{{key,",
        ),
        Trouble.NO_COMMA_AFTER_KEY: (
            f"a comma is missing after the key '{first}'",
            "it is read as if it were there",
        ),
        Trouble.SPACE_IN_KEY: (
            f"the key '{first}' has a space in it, so nothing can cite it",
            "write the key without spaces",
        ),
        Trouble.NO_COMMA: (
            f"'{first}' follows the value of '{second}' without a comma",
            "it is read as if a comma were there" if "=" in first else _COMMA_HINT,
        ),
        Trouble.NO_VALUE: (f"the field '{first}' has no value", "write = and the value in braces"),
        Trouble.OUT_OF_PLACE: (
            f"'{first}' is out of place, and is passed over",
            "a comma or an equals sign is missing before or after it",
        ),
        Trouble.CLOSED_EARLY: (
            f"the entry is closed before its field '{first}'",
            "delete the brace '}' that is too many; the fields after it are read",
        ),
        Trouble.OPEN_FIELD: (
            f"the braces of the field '{first}' are not closed",
            "add the missing '}' at its end",
        ),
        Trouble.OPEN_BLOCK: (
            "this entry is not closed",
            "a closing brace '}' or a quote is missing in it or at its end",
        ),
    }


class BibFile:
    """The text of one file, and where in it anything stands."""

    def __init__(self, text: str, file: str, strings: dict[str, str], problems: Collector) -> None:
        self.text = text
        self.file = file
        self.strings = strings
        self.problems = problems
        self.broken: dict[str, Diagnostic] = {}
        """Keys of entries that could not be read, with what is wrong."""
        self._lines = [0, *(match.end() for match in finditer("\n", text))]

    def span(self, offset: int) -> Span:
        """Place of the character number `offset`, counted from 0."""
        line = bisect_right(self._lines, offset)
        return Span(self.file, line, offset - self._lines[line - 1] + 1)

    def entries(self) -> Iterator[BibEntry]:
        """The file's entries in order. What is wrong with one stands in its `reported`, for those who cite it."""
        for block in scan(self.text):
            if block.kind == "string":
                self._string(block)
            elif block.kind == "preamble":
                self._preamble(block)
            elif block.broken:
                self._broken(block)
            elif block.key:
                yield self._entry(block)
            else:
                self.problems.extend(self._told(block, reported) for reported in block.troubles[:1])

    def _entry(self, block: Block) -> BibEntry:
        own = Collector()
        own.extend(self._told(block, reported) for reported in block.troubles)
        fields: dict[str, Field] = {}
        for field in block.fields:
            name = field.name.lower()
            if name not in fields:
                fields[name] = self._field(field, own)
            elif self._value(field, Collector()) not in {fields[name].value, ""}:
                if name in _JOINED:
                    old = fields[name]
                    joined = f"{old.value.rstrip(' .')}{_JOINED[name]}{self._value(field, Collector())}"
                    fields[name] = Field(joined, old.span, verbatim=False)
                    continue
                first = fields[name].span.line
                message = f"the field '{name}' of '{block.key}' is given twice: first on line {first}"
                own.add(Code.BIB_DUPLICATE_FIELD, message, self.span(field.at), "the first one is used")
        return BibEntry(block.key, block.kind, fields, self.span(block.at), reported=tuple(own))

    def _field(self, field: RawField, problems: Collector) -> Field:
        piece = field.pieces[0]
        literal = len(field.pieces) == 1 and piece.kind in {PieceKind.QUOTED, PieceKind.BARE}
        return Field(self._value(field, problems), self.span(piece.at), literal)

    def _value(self, field: RawField, problems: Collector) -> str:
        """The pieces of a value put together."""
        alone = len(field.pieces) == 1
        parts, length = [], 0
        for piece in field.pieces:
            text = self._piece(piece, problems, alone=alone)
            length += len(text)
            if length > MAX_VALUE and not alone:
                message = f"the value of '{field.name}' is longer than {MAX_VALUE} characters"
                problems.add(
                    Code.BIB_TOO_LARGE,
                    message,
                    self.span(piece.at),
                    "its end is cut off, as is no sound text's",
                )
                break
            parts.append(text)
        return "".join(parts)

    def _piece(self, piece: RawPiece, problems: Collector, *, alone: bool) -> str:
        if piece.kind is not PieceKind.NAME:
            return piece.text
        name = piece.text.lower()
        if name in self.strings:
            return self.strings[name]
        if name in MONTHS:
            return MONTHS[name] if alone else _MONTH_NAMES[int(MONTHS[name]) - 1]
        if name.startswith("\\"):
            return (
                piece.text
            )  # a macro of a journal's name, as astronomers' databases write it; what is none is told later
        from fascicle.core.suggestions import get_close_matches

        near = get_close_matches(name, [*MONTHS, *self.strings], n=1)
        hints = (
            (f"did you mean '{near[0]}'?",)
            if near
            else ("put the value in braces, or define it with @string",)
        )
        message = f"'{piece.text}' is no @string of this bibliography; it is printed as typed"
        problems.add(Code.BIB_UNTIDY, message, self.span(piece.at), *hints)
        return piece.text

    def _string(self, block: Block) -> None:
        for field in block.fields:
            self.strings[field.name.lower()] = self._value(field, self.problems)

    def _preamble(self, block: Block) -> None:
        """What a preamble defines is never run; what it would do to a field is told where the field uses it."""
        for field in block.fields:
            found = self._field(field, Collector())
            for fault in parse(found.value)[1][:1]:
                message = f"@preamble holds {fault.what}; it is passed over"
                hint = "Fascicle needs no @preamble: definitions of commands are never run"
                self.problems.add(
                    Code.BIB_MARKUP, message, found.at(fault.offset), hint, severity=Severity.NOTE
                )

    def _broken(self, block: Block) -> None:
        reported = self._told(block, block.troubles[-1])
        if block.key:
            self.broken.setdefault(
                block.key, replace(reported, code=Code.BIB_SYNTAX, severity=Severity.ERROR)
            )
        else:
            self.problems.extend([reported])

    def _told(self, block: Block, reported: ReportedTrouble) -> Diagnostic:
        message, hint = _of(reported.words, block.kind)[reported.trouble]
        return Diagnostic(Code.BIB_UNTIDY, message, self.span(reported.at), Code.BIB_UNTIDY.severity, (hint,))
