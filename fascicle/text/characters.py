"""Finds characters that no font can print, at the places where the author typed them, before TeX leaves holes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from fascicle.codes import Code
from fascicle.diagnostics import Collector, Span
from fascicle.project.bibliography import Bibliography
from fascicle.text.document import Document
from fascicle.text.tree import Code as Literal
from fascicle.text.tree import CodeBlock, Math, Text


def check_characters(
    document: Document, cited: Iterable[str], missing: frozenset[str], problems: Collector
) -> None:
    """Tell where each of the `missing` characters stands: in texts, YAML values and cited entries."""
    if not missing:
        return
    for node in document.nodes():
        match node:
            case Text(span, text) | Literal(span, text) | CodeBlock(span, text) | Math(span, text):
                _tell(text, span, missing, problems)
            case _:
                pass
    _check_values(document, missing, problems)
    bibliography: Bibliography = document.publication.bibliography
    for key in cited:
        for field in bibliography.entries[key].fields.values():
            _tell(field.value, field.span, missing, problems, exact=False)


def _check_values(document: Document, missing: frozenset[str], problems: Collector) -> None:
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


def _tell(text: str, span: Span, missing: frozenset[str], problems: Collector, *, exact: bool = True) -> None:
    for offset, character in enumerate(text):
        if character in missing:
            name = unicodedata.name(character, "a character without a name")
            message = f"no font has the character '{character}' (U+{ord(character):04X}, {name.lower()})"
            simple = exact and "\n" not in text and span.end_line in (None, span.line)
            column = span.column + offset if simple else span.column
            place = Span(span.file, span.line, column, span.line, column + 1) if simple else span
            hint = "write it another way, or describe it in words"
            problems.add(Code.MISSING_CHARACTER, message, place, hint)
