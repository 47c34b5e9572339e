"""A text between reading and writing: its tree, what it says of itself, and what goes with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fascicle.core.pandoc_ast import Json
from fascicle.importers.report import Report


class ImportRefusedError(Exception):
    """The source cannot be brought in; the message says why, `hint` what to do."""

    def __init__(self, message: str, hint: str = "", *, surroundings: bool = False) -> None:
        super().__init__(message)
        self.hint = hint
        self.surroundings = surroundings


@dataclass(frozen=True, slots=True)
class CarriedBibFile:
    """A bibliography that goes into bib/."""

    name: str
    """Its file name."""
    data: bytes
    """What it holds."""


Pictures = Callable[[str], "tuple[str, bytes] | None"]
"""Finds a picture by its path as the source has it: a file name and its bytes, None when there is none."""


LookUp = Callable[[str], "dict[str, Any] | None"]
"""Finds the CSL item of a work by the key under which it is cited."""


@dataclass(slots=True)
class ImportDraft:
    """A source that has been read."""

    report: Report
    """What is to be told."""
    facts: dict[str, Any] = field(default_factory=dict)
    """Keys of publication.yaml with their values."""
    blocks: list[Json] = field(default_factory=list)
    """The text, as Pandoc's blocks."""
    items: list[dict[str, Any]] = field(default_factory=list)
    """Works, as items of CSL."""
    listed: list[str] = field(default_factory=list)
    """The paragraphs of a list of works that was taken out, for the program prints its own."""
    bibliographies: list[CarriedBibFile] = field(default_factory=list)
    """Bibliography files that are taken as they are."""
    style: tuple[str, bytes] | None = None
    """A citation style of the source's own: its file name and its text."""
    pictures: Pictures = lambda _path: None
    """Finds its pictures."""
    smart: bool = True
    """False when quotation marks and dashes stand in the text as somebody typed them."""
    loose: bool = False
    """True when references typed by hand are to be looked for."""
    look_up: LookUp = lambda _key: None
    """Finds the item of a work that is cited by an identifier and has no record."""
    words: str = ""
    """The text as an independent reader finds it, whose words are looked for in the result."""


@dataclass(frozen=True, slots=True)
class ImportSource:
    """What is to be brought in."""

    path: Path
    """The file or folder."""
    root: Path
    """The folder that nothing is read from outside of."""
    kind: str
    """What it is: word, odt, markdown, quarto, manubot, latex, jats, html, text."""
