"""Finds characters that no font can print, at the places where the author typed them, before TeX leaves holes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.document.document import Document
from fascicle.document.tree import CodeBlock, Math, ReferenceList, Text, walk
from fascicle.document.tree import InlineCode as Literal
from fascicle.latex.fonts.scripts import hint_for
from fascicle.project.bibliography.library import Bibliography
from fascicle.project.math.unicode_symbols import lacked_signs

HINT = "write it another way, or describe it in words"
PDFTEX_HINT = (
    "pdfLaTeX, which this journal runs, has few scripts: write it in Latin letters, or describe it in words"
)


@dataclass(frozen=True, slots=True)
class _Missing:
    """Characters that no font has, and what to do about them."""

    characters: frozenset[str]
    hint: str


_SHOWN = 24
"""Characters of a row that a message shows."""


def check_characters(
    document: Document, cited: Iterable[str], absent: frozenset[str], problems: Collector, hint: str = HINT
) -> None:
    """Tell where each of the `absent` characters stands: in texts, YAML values and cited entries."""
    if not absent:
        return
    missing = _Missing(absent, hint)
    worded: set[int] = set()
    for node in document.nodes():
        match node:
            case ReferenceList(works=works):
                worded |= {id(inner) for work in works for inner in walk((work.label, work.content))}
            case _ if id(node) in worded:
                pass  # told below, at the field that it comes from
            case Text(span, text) | Literal(span, text) | CodeBlock(span, text) | Math(span, text):
                _tell(text, span, missing, problems)
                if isinstance(node, Math) and (signs := lacked_signs(text) & absent):
                    _tell("".join(sorted(signs)), span, missing, problems, exact=False)
            case _:
                pass
    _check_values(document, missing, problems)
    bibliography: Bibliography = document.publication.bibliography
    for key in cited:
        for field in bibliography.entries[key].fields.values():
            _tell(field.value, field.span, missing, problems, exact=False)


def _check_values(document: Document, missing: _Missing, problems: Collector) -> None:
    """Names, keywords and the like, which are printed without being parsed."""
    publication = document.publication
    parsed = {**document.inlines, **document.blocks}
    for path, value in _texts(publication.data.model_dump(by_alias=True)):
        if path not in parsed:
            _tell(value, publication.places.of(*path), missing, problems, exact=False)
    for picture in publication.pictures.values():
        if picture.data and picture.data.alt and picture.span:
            _tell(picture.data.alt, picture.places.of("alt"), missing, problems, exact=False)


def _texts(value: object, path: tuple[str | int, ...] = ()) -> Iterable[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(item, (*path, key))
    elif isinstance(value, tuple | list):
        for number, item in enumerate(value):
            yield from _texts(item, (*path, number))


def _tell(text: str, span: Span, missing: _Missing, problems: Collector, *, exact: bool = True) -> None:
    """One message for a row of missing characters, of several words it may be."""
    simple = exact and "\n" not in text and span.end_line in (None, span.line)
    for begin, end in _rows(text, missing.characters):
        column = span.column + begin if simple else span.column
        place = Span(span.file, span.line, column, span.line, column + end - begin) if simple else span
        row = text[begin:end]
        problems.add(Code.MISSING_CHARACTER, _sentence(row), place, hint_for(row) or missing.hint)


def _rows(text: str, missing: frozenset[str]) -> Iterable[tuple[int, int]]:
    """Where missing characters stand, beside one another or with spaces between."""
    begin = end = -1
    for offset, character in enumerate(text):
        if character in missing:
            if begin < 0 or text[end:offset].strip(" "):
                if begin >= 0:
                    yield begin, end
                begin = offset
            end = offset + 1
    if begin >= 0:
        yield begin, end


def _sentence(row: str) -> str:
    if len(row) == 1:
        name = unicodedata.name(row, "a character without a name")
        return f"no font has the character '{row}' (U+{ord(row):04X}, {name.lower()})"
    shown = row if len(row) <= _SHOWN else f"{row[:_SHOWN]}…"
    scripts = {unicodedata.name(one, "").split(" ")[0].lower() for one in row if one.isalpha()} - {""}
    kind = f" ({', '.join(sorted(scripts))})" if scripts else ""
    return f"no font has the characters '{shown}'{kind}"
