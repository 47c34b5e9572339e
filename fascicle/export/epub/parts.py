"""The files of a book: its texts, and the contents and cover that lead through them, as its templates see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fascicle.export.html.compose import as_xhtml
from fascicle.export.html.context import NoteText
from fascicle.export.html.nodes import Nodes
from fascicle.export.html.reading import ContentsLine

TITLE, WORKS, BACK, FIGURES, COLOPHON = (
    f"{name}.xhtml" for name in ("title", "works", "back", "figures", "colophon")
)
"""Files besides the sections."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the text."""

    file: str
    """Its name."""
    template: str
    """The template's file that makes it."""
    title: str
    """Its title."""
    body: Nodes
    """Its text."""
    notes: list[NoteText]
    """Its notes."""


def titled(title: str) -> dict[str, Any]:
    """What a template sees of a file without text."""
    return {"title": title, "body": "", "notes": [], "role": ""}


def reported(part: Part) -> dict[str, Any]:
    """What a template sees of a file of the text."""
    notes = [{"number": note.number, "item": as_xhtml([note.item])} for note in part.notes]
    return {**titled(part.title), "body": as_xhtml(part.body), "notes": notes}


def outlined(line: ContentsLine) -> dict[str, Any]:
    """What a template sees of a line of the contents."""
    return {
        "address": f"{line.file}#{line.identifier}",
        "text": as_xhtml(line.nodes),
        "under": [outlined(inner) for inner in line.under],
    }
