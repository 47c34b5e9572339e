"""Writes a small complete issue or book into a new folder: collection.yaml and two articles."""

from __future__ import annotations

import json
from pathlib import Path

from fascicle.collection.settings.model import Kind
from fascicle.collection.settings.reader import COLLECTION
from fascicle.project import scaffold

_ISSUE = """\
# yaml-language-server: $schema=.schemas/collection.schema.json
# An issue of a journal. docs/collections.md describes every key.
kind: issue

journal:
  title: {title}
  # issn: {{print: 1234-5679, online: 2434-561X}}
  # publisher: Your Press
  # editors: [{{family: Doe, given: Jane}}]
volume: 1
number: 1
date: {date}

pages:
  continuous: issue    # or volume, with first-page: the one after the last issue's last
  opening: right       # articles begin on a right-hand page; next for the next page
  trim: royal          # size of the page, on screen and in print

groups:
  - title: Articles
    articles:
      - path: articles/first
        state: draft   # draft, in-review, proofs, ready
      - articles/second
"""
_BOOK = """\
# yaml-language-server: $schema=.schemas/collection.schema.json
# A book whose chapters have authors of their own. docs/collections.md describes every key.
kind: book
title: {title}
# editors: [{{family: Doe, given: Jane}}]
# publisher: Your Press
# isbn: 978-3-16-148410-0
date: {date}

groups:
  - title: First Part
    articles:
      - chapters/first
  - title: Second Part
    articles:
      - chapters/second
"""
_TEXTS = {
    Kind.ISSUE: (_ISSUE, "articles", "A New Journal"),
    Kind.PROCEEDINGS: (
        _BOOK.replace("kind: book", "kind: proceedings"),
        "chapters",
        "Proceedings of a Conference",
    ),
    Kind.BOOK: (_BOOK, "chapters", "A New Book"),
}
KINDS = tuple(str(kind) for kind in _TEXTS)
"""Kinds of which a small one can be written."""


def write_collection(folder: Path, kind: str, title: str = "") -> tuple[Path, ...]:
    """Write the collection into `folder`, which must be empty or not be there; its files.

    Raises `scaffold.OccupiedError`, or OSError when the folder cannot be written.
    """
    text, below, usual = _TEXTS[Kind(kind)]
    folder = folder.resolve()
    held = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    if folder.exists() and (held or not folder.is_dir()):
        shown = f"is not empty: it holds {', '.join(held[:3])}" if held else "is a file"
        raise scaffold.OccupiedError(f"{folder.name} {shown}")
    made: list[Path] = []
    for name in ("first", "second"):
        made += scaffold.write(
            folder / below / name, scaffold.StarterData(title=f"The {name.capitalize()} Text")
        )
    own = folder / COLLECTION
    stated = text.format(
        title=json.dumps(title or usual, ensure_ascii=False), date=scaffold.today().isoformat()
    )
    own.write_text(stated, encoding="utf-8")
    return (own, write_schema(folder), *made)


def write_schema(folder: Path) -> Path:
    """The schema that the first line of collection.yaml names, for editors."""
    from fascicle.collection.settings.schema import collection_schema
    from fascicle.project.schemas import FOLDER

    path = folder / FOLDER / "collection.schema.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(collection_schema(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path
