"""Completes citation keys, labels, pictures, classes, and the keys and values of YAML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lsprotocol import types

from fascicle.document.labels import KINDS, STATEMENTS
from fascicle.document.markdown.attributes import EQUATION, FIGURE, HEADING, TABLE, Known
from fascicle.document.resolve import Label
from fascicle.document.tree import plain
from fascicle.lsp.open_project import OpenProject, Reading
from fascicle.lsp.positions import Positions
from fascicle.lsp.works import author, entry_of, in_short, title, year
from fascicle.lsp.yaml_place import YamlPlace, yaml_place
from fascicle.lsp.yaml_words import words_at
from fascicle.project.figures.ledger import FOLDER
from fascicle.project.sources import Sources

TRIGGERS = ("@", "#", ".", "(", "/", ":", " ")
_AT = re.compile(r"(?<![\w\\])@\{?([\w:.#$%&\-+?<>~/]*)$")
_PICTURE = re.compile(r"!\[[^\]]*\]\(([^)\s]*)$")
_LINK = re.compile(r"\]\(#([\w:.-]*)$")
_CLASS = re.compile(r"(?P<before>:{3,}[ ]*|[\])$`]|^#+[ ].*|^:[ ].*)\{[^}]*\.(?P<begun>[\w-]*)$")
_DIV = re.compile(r"^[ ]*:{3,}[ ]*(?P<begun>[\w-]*)$")
_PICTURES = (".pdf", ".svg", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".eps", ".webp", ".gif")

SPANS = {
    "smallcaps": "small capitals",
    "underline": "underlined",
    "upright": "upright, inside italics",
}
DIVS = {
    "refs": "the list of works stands here",
    "landscape": "a table or figure on a page on its side",
    "csv-table": "a table from a CSV file of the project: file=data/x.csv",
    "list-table": "a table written as a list of lists",
    "proof": "a proof",
    **{f"callout-{kind}": f"a box: {kind}" for kind in ("note", "tip", "warning", "caution", "important")},
    **{name: f"a {name}; numbered by its label {{#{kind}:…}}" for kind, name in STATEMENTS.items()},
}
"""Classes of divs, with what they do."""


def complete(
    project: OpenProject, path: str, positions: Positions, place: types.Position
) -> list[types.CompletionItem]:
    """What may be written at a place."""
    line, column = positions.line(place.line), positions.column(place)
    if in_yaml := yaml_place(path, positions.text, place.line, column):
        found = _yaml(in_yaml, project, positions, place, column)
        if found or not _AT.search(line[:column]):
            return found
    reading = project.reading
    before = line[:column]

    def replaced(begun: str) -> types.Range:
        start = positions.position(place.line, column - len(begun))
        return types.Range(start, positions.position(place.line, column))

    if reading and (found_at := _AT.search(before)):
        where = replaced(found_at[1])
        return [*_works(reading, where), *_labels(reading, where, found_at[1])]
    if picture := _PICTURE.search(before):
        return _pictures(project, replaced(picture[1]))
    if reading and (link := _LINK.search(before)):
        return list(_labels(reading, replaced(link[1]), link[1]))
    if div := _DIV.search(before):
        return _words(DIVS.items(), replaced(div["begun"]), types.CompletionItemKind.Class)
    if given := _CLASS.search(before):
        return _words(_classes(given["before"]), replaced(given["begun"]), types.CompletionItemKind.Class)
    return []


def _works(reading: Reading, where: types.Range) -> Iterator[types.CompletionItem]:
    """Works, found by key, author, year and title alike."""
    for key in reading.bibliography.entries:
        entry = entry_of(reading, key)
        if entry is None:
            continue
        yield types.CompletionItem(
            key,
            label_details=types.CompletionItemLabelDetails(
                description=f"{author(entry)} {year(entry)}".strip()
            ),
            kind=types.CompletionItemKind.Reference,
            detail=in_short(entry),
            filter_text=f"{key} {author(entry)} {year(entry)} {title(entry)}",
            text_edit=types.TextEdit(where, key),
        )


def _labels(reading: Reading, where: types.Range, begun: str) -> Iterator[types.CompletionItem]:
    first = begun.startswith(tuple(KINDS))
    for label in reading.resolved.labels.values():
        yield types.CompletionItem(
            label.name,
            kind=types.CompletionItemKind.Constant,
            detail=said_of(label, reading),
            sort_text=f"{0 if first else 2}{label.name}",
            text_edit=types.TextEdit(where, label.name),
        )


def said_of(label: Label, reading: Reading) -> str:
    """A heading's words, a figure's caption, or the place of anything else."""
    if label.title:
        return plain(label.title)
    for figure in reading.resolved.figures:
        if figure.attributes.id == label.name and figure.caption:
            return plain(figure.caption)
    return f"{label.span.file}:{label.span.line}"


def _pictures(project: OpenProject, where: types.Range) -> list[types.CompletionItem]:
    sources = Sources(project.root, trusted=not project.no_trust)
    ledger = project.reading.publication.pictures if project.reading else {}
    paths = {path: (picture.data.alt or "" if picture.data else "") for path, picture in ledger.items()}
    for ending in _PICTURES:
        paths |= {
            path: "not in the ledger yet" for path in sources.listing(FOLDER, ending) if path not in paths
        }
    return _words(sorted(paths.items()), where, types.CompletionItemKind.File)


def _classes(before: str) -> Iterable[tuple[str, str]]:
    if before.startswith(":::"):
        return DIVS.items()
    if before == "]":
        return SPANS.items()
    element: Known = FIGURE
    if before.startswith("#"):
        element = HEADING
    elif before.startswith(":"):
        element = TABLE
    elif before == "$":
        element = EQUATION
    return [(name, f"of {element.what}") for name in element.classes]


def _words(
    words: Iterable[tuple[str, str]], where: types.Range, kind: types.CompletionItemKind
) -> list[types.CompletionItem]:
    return [
        types.CompletionItem(word, kind=kind, detail=said or None, text_edit=types.TextEdit(where, word))
        for word, said in words
    ]


def _yaml(
    found: YamlPlace, project: OpenProject, positions: Positions, place: types.Position, column: int
) -> list[types.CompletionItem]:
    begun = found.begun.rpartition(",")[2].lstrip(" [\"'") if found.value else found.begun
    start = positions.position(place.line, column - len(begun))
    where = types.Range(start, positions.position(place.line, column))
    kind = types.CompletionItemKind.Value if found.value else types.CompletionItemKind.Property
    return [
        types.CompletionItem(
            word,
            kind=kind,
            detail=said.partition("\n")[0] or None,
            documentation=said or None,
            text_edit=types.TextEdit(where, word if found.value else f"{word}: "),
        )
        for word, said in words_at(found, project)
    ]
