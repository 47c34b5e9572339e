"""Paragraphs and tables laid out as in a word processor, which Markdown reads as something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

_INDENTED = re.compile(r"(?: {4,}|\t+)(\S.*)$")
_ITEM = re.compile(r"[ ]{0,3}(?:[-*+]|\(?\w{1,4}[.)]|:|~|\[\^[^\]]+\]:)[ \t]")
_SENTENCE = re.compile(r"[^\W\d_].*[.!?…:;][\"”’»)\]]*(?:\[\^[^\]]{1,99}\])?\s*$")
_TABBED = re.compile(r"\S\t+(?=\S)")
_SPACED = re.compile(r"(?<![\w*\\])(\*{1,2}|_{1,2})(?=[^\s*_])([^*_\n]*[^\s*_])[ \t]+\1(?![\w*])")
_OPENING = re.compile(r"(?<![\w*\\])\*(?=[^\W\d_])")
_FEWEST_WORDS = 6
_LONGEST_CELL = 40


@dataclass(frozen=True, slots=True)
class Place:
    """A place that is laid out so."""

    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last one."""
    instead: str | None = None
    """What to write in its place."""


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def indented_prose(text: str) -> Iterator[Place]:
    """Paragraphs of whole sentences that are indented, and so become code."""
    before, blank, within = "", True, False
    for start, line in _lines(text):
        if not line.strip():
            blank = True
            continue
        found = _INDENTED.match(line)
        prose = bool(found) and _is_prose(found[1]) if found else False
        if found and blank and prose and (within or not (_ITEM.match(before) or _INDENTED.match(before))):
            yield Place(start, start + len(line), found[1])
            within = True
        elif not found:
            within = False
        before, blank = (line if not within else ""), False


def _is_prose(text: str) -> bool:
    return len(text.split()) >= _FEWEST_WORDS and bool(_SENTENCE.match(text))


def typed_tables(text: str) -> Iterator[Place]:
    """Lines whose cells are kept apart by tabs or semicolons, which become one paragraph."""
    for paragraph in _paragraphs(text):
        lines = [line for _, line in paragraph]
        if len(lines) > 1 and (_by_tabs(lines) or _by_semicolons(lines)):
            yield Place(paragraph[0][0], paragraph[-1][0] + len(lines[-1]))


def _paragraphs(text: str) -> Iterator[list[tuple[int, str]]]:
    for filled, lines in groupby(_lines(text), key=lambda line: bool(line[1].strip())):
        if filled:
            yield list(lines)


def _by_tabs(lines: list[str]) -> bool:
    counts = {len(_TABBED.findall(line)) for line in lines}
    return len(counts) == 1 and counts.pop() > 0 and not any(line.startswith((" ", "\t")) for line in lines)


def _by_semicolons(lines: list[str]) -> bool:
    counts = {line.count(";") for line in lines}
    cells = [cell.strip() for line in lines for cell in line.split(";")]
    short = all(len(cell) <= _LONGEST_CELL for cell in cells)
    return (
        len(lines) > 2
        and len(counts) == 1
        and counts.pop() > 1
        and short
        and not lines[-1].endswith((".", "]"))
    )


def spaced_emphasis(text: str) -> Iterator[Place]:
    """Signs of emphasis with a space before those that are to end it."""
    for found in _SPACED.finditer(text):
        yield Place(found.start(), found.end(), f"{found[1]}{found[2]}{found[1]}")


def unclosed_emphasis(text: str) -> Iterator[Place]:
    """An asterisk that opens emphasis and is the only one of its paragraph."""
    for paragraph in _paragraphs(text):
        whole = "\n".join(line for _, line in paragraph)
        if whole.count("*") == 1 and (found := _OPENING.search(whole)):
            yield Place(paragraph[0][0] + found.start(), paragraph[0][0] + found.end())
