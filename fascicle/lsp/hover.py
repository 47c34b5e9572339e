"""What is shown of the thing under the mouse: a reference, a picture, a heading, a key's meaning."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from fascicle.document.tree import Figure, plain
from fascicle.lsp.completion import said_of
from fascicle.lsp.names import NameKind, name_at
from fascicle.lsp.open_project import OpenProject, Reading
from fascicle.lsp.positions import Positions
from fascicle.lsp.works import reference
from fascicle.lsp.yaml_place import yaml_place
from fascicle.project.figures.ledger import ledger_path
from fascicle.project.model_paths import choices_at, meaning_at


def hover(project: OpenProject, path: str, positions: Positions, place: types.Position) -> types.Hover | None:
    """What is to be shown at a place; None where there is nothing to say."""
    reading = project.reading
    works = reading.bibliography.entries if reading else {}
    found = name_at(path, positions.text, positions.offset(place), works)
    if found and reading:
        said = (
            reference(project, found.name)
            if found.kind is NameKind.WORK
            else _label(project, reading, found.name)
        )
        return _shown(said, positions.between(found.start, found.end)) if said else None
    said = _key(path, positions, place)
    return _shown(said, None) if said else None


def _shown(said: str, where: types.Range | None) -> types.Hover:
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, said), where)


def _label(project: OpenProject, reading: Reading, name: str) -> str:
    label = reading.resolved.labels.get(name)
    if label is None:
        return ""
    figure = next((one for one in reading.resolved.figures if one.attributes.id == name), None)
    return "\n\n".join(_figure(project, reading, figure)) if figure else said_of(label, reading)


def _figure(project: OpenProject, reading: Reading, figure: Figure) -> Iterator[str]:
    """The picture, its caption, and what the ledger says of it."""
    path = ledger_path(figure.path)
    file = project.root / path
    if file.is_file():
        yield f"![{path}]({file.as_uri()})"
    yield plain(figure.caption) or path
    picture = reading.publication.pictures.get(path)
    data = picture.data if picture else None
    if data is None:
        yield "not in the ledger yet"
        return
    facts = (data.permission.value, data.license, data.credit)
    yield "; ".join(fact for fact in facts if fact)


def _key(path: str, positions: Positions, place: types.Position) -> str:
    line = positions.line(place.line)
    key, colon, _ = line.partition(":")
    found = yaml_place(path, positions.text, place.line, len(key) + 2) if colon else None
    if found is None or not found.value or positions.column(place) > len(key):
        return ""
    meaning = meaning_at(found.model, found.path)
    values = choices_at(found.model, found.path)
    return "\n\n".join(filter(None, (meaning, " · ".join(f"`{value}`" for value in values))))
