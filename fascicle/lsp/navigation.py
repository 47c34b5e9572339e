"""From a name to where it is given and to where it is used, and its renaming everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pygls.exceptions import JsonRpcInvalidParams

from fascicle.core.diagnostics import Span
from fascicle.lsp.names import NameKind, Occurrence, everywhere, name_at
from fascicle.lsp.open_project import OpenProject, Reading
from fascicle.lsp.positions import Positions
from fascicle.project.figures.ledger import ledger_path

Place = tuple[str, int, int]
"""A file, and the characters of it from the first to before the last."""
_PICTURE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)")
_NAME = re.compile(r"[\w][\w.+/:-]*")


def definitions(project: OpenProject, path: str, text: str, offset: int) -> list[Place]:
    """Where the name under the cursor is given; of a picture's path, its entry in the ledger."""
    reading = project.reading
    if reading is None:
        return []
    found = name_at(path, text, offset, reading.bibliography.entries)
    if found is None:
        return list(_picture(project, reading, text, offset))
    given = [place for place, one in _places(project, reading, found) if one.defines]
    label = reading.resolved.labels.get(found.name) if found.kind is NameKind.LABEL else None
    return given or ([_place(project, label.span)] if label else [])


def references(
    project: OpenProject, path: str, text: str, offset: int, *, with_definitions: bool
) -> list[Place]:
    """Where the name under the cursor is used."""
    reading = project.reading
    found = name_at(path, text, offset, reading.bibliography.entries) if reading else None
    if reading is None or found is None:
        return []
    return [place for place, one in _places(project, reading, found) if with_definitions or not one.defines]


def _places(project: OpenProject, reading: Reading, found: Occurrence) -> Iterator[tuple[Place, Occurrence]]:
    for path, one in everywhere(project.written(), found.kind, found.name, reading.bibliography.entries):
        yield (path, one.start, one.end), one


def _place(project: OpenProject, span: Span) -> Place:
    text = Positions(project.text(span.file))
    start = text.offset(text.position(span.line - 1, span.column - 1))
    return span.file, start, start


def _picture(project: OpenProject, reading: Reading, text: str, offset: int) -> Iterator[Place]:
    for found in _PICTURE.finditer(text):
        if found.start(1) <= offset <= found.end(1):
            picture = reading.publication.pictures.get(ledger_path(found[1]))
            if picture and picture.span:
                yield _place(project, picture.span)


def rename(project: OpenProject, path: str, text: str, offset: int, new: str) -> list[tuple[Place, str]]:
    """What is to be written at each place of the name under the cursor."""
    reading = project.reading
    found = name_at(path, text, offset, reading.bibliography.entries) if reading else None
    if reading is None or found is None:
        raise JsonRpcInvalidParams("no citation key and no label stands here")
    new = new.strip().lstrip("@#")
    _refuse(reading, found, new)
    texts = project.written()
    changes = [
        (place, _spelt(texts[place[0]][place[1] : place[2]], new, found.kind))
        for place, _ in _places(project, reading, found)
    ]
    if found.kind is NameKind.LABEL and not any(one.defines for _, one in _places(project, reading, found)):
        changes += _given_by_name(reading, found.name, new)
    return changes


def _refuse(reading: Reading, found: Occurrence, new: str) -> None:
    stem = new if found.kind is NameKind.WORK else _stem(new)
    if not _NAME.fullmatch(stem):
        raise JsonRpcInvalidParams(f"'{new}' is no name: it begins with a letter or digit and has no spaces")
    taken = new in reading.bibliography.entries
    if found.kind is NameKind.LABEL:
        taken = f"{found.name.partition(':')[0]}:{stem}" in reading.resolved.labels
    if taken:
        raise JsonRpcInvalidParams(f"'{new}' is the name of something else already")


def _stem(label: str) -> str:
    """A label without its kind."""
    return re.sub(r"^[A-Za-z]{2,3}[:-](?=.)", "", label)


def _spelt(old: str, new: str, kind: NameKind) -> str:
    """The new name in the spelling of the old one: `fig:x`, `fig-x`, `Fig:x`, or without its kind."""
    if kind is NameKind.WORK:
        return new
    head = old[: len(old) - len(_stem(old))]
    return head + _stem(new)


def _given_by_name(reading: Reading, label: str, new: str) -> Iterator[tuple[Place, str]]:
    """A section that is called by its file's name gets an `id`."""
    for section in reading.publication.sections:
        if section.label == label and section.first_line > 1:
            yield (section.path, len("---\n"), len("---\n")), f"id: {_stem(new)}\n"
