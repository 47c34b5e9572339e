"""A LaTeX package for a journal.

One flat folder of the main file, its list of works, its pictures and its class.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fascicle.core.ready_text import Bib
from fascicle.journals.cited_records import FILE
from fascicle.journals.image_formats import converted, kind_for
from fascicle.journals.profile import FigureFormat, FiguresWhere, JournalProfile, file_name
from fascicle.latex.assemble import Assembled

_PLACED = (FigureFormat.PDF, FigureFormat.PNG, FigureFormat.JPG)
"""Kinds of pictures that pdfLaTeX places."""
_NO_RECORDS = Bib("")
README = "00README.json"
"""What arXiv reads to know how a package is compiled."""


@dataclass(frozen=True, slots=True)
class FlatSources:
    """The files of a package before it is compiled for the first time."""

    name: str
    """Stem of the main file."""
    files: Mapping[str, bytes]
    """All files by name; no name has a folder in it."""
    unread: frozenset[str]
    """Files that TeX itself does not read: bibliographies, directions for the journal."""


def flat_sources(
    assembled: Assembled,
    journal: JournalProfile,
    names: Mapping[str, str],
    classes: Mapping[str, bytes],
    numbers: Mapping[str, int],
    records: Bib = _NO_RECORDS,
) -> FlatSources:
    """The files for TeX in one folder. `names` holds surname and slug for the names of files, `classes` the class,
    `numbers` the figures' numbers by the pictures' paths, `records` the works cited.
    """
    name = file_name(journal.rules.file_name, names)
    tex, files = assembled.tex, dict(classes)
    for (path, picture), typed in zip(assembled.pictures.items(), assembled.placed, strict=True):
        stem = file_name(journal.rules.figure_name, {**names, "number": str(numbers[typed])})
        kind = sent_kind(picture, journal)
        if kind is None:
            continue  # told already
        flat = f"{stem}.{kind.value}"
        tex = tex.replace(f"{{{path}}}", f"{{{flat}}}")
        files[flat] = converted(picture, kind, journal.rules.figure_resolution)
    files |= {other: text.encode() for other, text in assembled.texts.items()}
    files[f"{name}.tex"] = tex.encode()
    if journal.rules.options.get("readme"):
        files[README] = readme(name, journal)
    if records:
        files[FILE] = records.encode()
    return FlatSources(name, files, frozenset({README, FILE}))


def readme(name: str, journal: JournalProfile) -> bytes:
    """00README.json: the compiler, and the file to begin with."""
    record = {
        "process": {"compiler": journal.rules.engine.value},
        "sources": [{"filename": f"{name}.tex", "usage": "toplevel"}],
    }
    return (json.dumps(record, indent=2) + "\n").encode()


def sent_kind(picture: Path, journal: JournalProfile) -> FigureFormat | None:
    """The kind of file as which a picture goes into the package; None when there is none for it.

    Where figures are sent as files of their own, too, those have the journal's formats, and here TeX's will do.
    """
    stated = journal.rules.figure_formats
    if not stated or journal.rules.figures_sent is not FiguresWhere.EMBEDDED:
        return kind_for(picture, _PLACED)
    wanted = tuple(kind for kind in stated if kind in _PLACED)
    return kind_for(picture, wanted) if wanted else None


def wrong_pictures(assembled: Assembled, journal: JournalProfile) -> list[tuple[str, str]]:
    """Pictures that cannot be sent in a format of the journal's: path in the text, and why."""
    kinds = ", ".join(one.value for one in journal.rules.figure_formats)
    return [
        (path, f"the journal takes {kinds}, and pdfLaTeX places none of these")
        for path, picture in assembled.placed.items()
        if sent_kind(picture, journal) is None
    ]


def read_classes(journal: JournalProfile, folder: Path | None) -> tuple[dict[str, bytes], list[str]]:
    """The class files that the author must bring, and the names of those that are not there."""
    found, missing = {}, []
    for name in journal.rules.classes:
        path = folder / name if folder else None
        if path is not None and path.is_file():
            found[name] = path.read_bytes()
        else:
            missing.append(name)
    return found, missing
