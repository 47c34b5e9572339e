"""The import as a whole: read, made ours, written beside its place, checked, moved in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from fascicle.core.diagnostics import Collector, Severity
from fascicle.importers.content_check.tell import tell_counts
from fascicle.importers.draft import ImportDraft, ImportRefusedError, ImportSource
from fascicle.importers.latex.reader import read_piece
from fascicle.importers.metadata.language import read_language
from fascicle.importers.read import read_source
from fascicle.importers.reading import SourceReader, make_reader
from fascicle.importers.references.typed_list import read_typed
from fascicle.importers.references.uncited import add_uncited
from fascicle.importers.report import Report
from fascicle.importers.sources import find_source
from fascicle.importers.tree.contents import keep_typed_numbers, without_contents
from fascicle.importers.tree.frames import unframed
from fascicle.importers.tree.labels import read_labels, resolve_references
from fascicle.importers.tree.pictures import lift_pictures
from fascicle.importers.tree.raw import RawParts
from fascicle.importers.tree.statements import read_statements
from fascicle.importers.tree.tidy import tidy
from fascicle.importers.word_check import tell_missing, tell_repeated
from fascicle.importers.writing.project import ProjectWriter
from fascicle.importers.writing.sections import slug

if TYPE_CHECKING:
    from fascicle.importers.lookup.registries import Lookup

Check = Callable[[Path], Collector]
"""The program's own check of a project."""
_HARMLESS = frozenset({".git", ".DS_Store"})


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import made."""

    folder: Path
    """The project."""
    files: tuple[str, ...]
    """Its files."""
    report: Report
    """What is to be told."""
    found: Collector = field(default_factory=Collector)
    """What the program's own check says of it."""


def import_text(
    path: Path, folder: Path | None, changes: str, check: Check, lookup: Lookup | None = None
) -> ImportOutcome:
    """Make a project of the text at `path`; ImportRefusedError tells why it cannot be made, and then nothing is left.

    With `lookup`, works that are cited by an identifier alone are looked up.
    """
    source = find_source(path)
    if folder is not None:
        _refuse_occupied(folder)
    reader = make_reader()
    report = Report()
    try:
        draft = read_source(source, reader, report, changes)
        draft.look_up = lookup or draft.look_up
        read_language(draft)
        read_typed(draft)
        add_uncited(draft)
        files = _files(draft, reader)
        if lookup and lookup.offline:
            report.verify("works could not be looked up, for a registry cannot be reached", lookup.offline)
    except RecursionError:
        raise ImportRefusedError(f"{path.name} is nested more deeply than any text") from None
    folder = folder or Path(slug(source.path.stem) + ("-fascicle" if source.path.is_dir() else ""))
    _refuse_occupied(folder)
    return _moved_in(source, folder.resolve(), files, report, check)


def _files(draft: ImportDraft, reader: SourceReader) -> dict[str, bytes]:
    """The tree made ours and written."""
    raw = RawParts(reader, draft.report, lambda text: read_piece(text, reader, draft.report))
    blocks = raw.resolve(unframed(draft.blocks, draft.report))
    blocks = lift_pictures(read_statements(blocks), draft.report)
    blocks, labels = read_labels(blocks, draft.report)
    blocks = without_contents(tidy(blocks, draft.report), draft.report)
    keep_typed_numbers(blocks, draft.facts, draft.report)
    draft.blocks = resolve_references(blocks, labels, draft.report)
    files = ProjectWriter(draft, labels).write()
    if draft.words:
        tell_missing(draft.words, files, draft.report)
        tell_repeated(draft.words, files, draft.report)
    return files


def _refuse_occupied(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise ImportRefusedError(f"{folder} is a file", "name a folder that does not exist yet")
    held = (
        sorted(each.name for each in folder.iterdir() if each.name not in _HARMLESS)
        if folder.is_dir()
        else []
    )
    if held:
        shown = ", ".join(held[:3]) + (f" and {len(held) - 3} more" if len(held) > 3 else "")
        raise ImportRefusedError(
            f"{folder} is not empty: it holds {shown}",
            "name a folder that does not exist yet; nothing in it was changed",
        )


def _moved_in(
    source: ImportSource, folder: Path, files: dict[str, bytes], report: Report, check: Check
) -> ImportOutcome:
    """Write into a folder beside, check it there, and rename it."""
    stage = folder.parent / f".{folder.name}.{os.getpid()}"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        stage.mkdir()
    except OSError as error:
        raise ImportRefusedError(
            f"{folder} cannot be written: {error.strerror or error}", surroundings=True
        ) from error
    try:
        for name, data in files.items():
            target = stage / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        found = check(stage)
        tell_counts(source, stage, report)
        text = "\n".join(_report(source, report, found))
        (stage / "import-report.md").write_text(text + "\n", encoding="utf-8")
        shutil.rmtree(stage / "build", ignore_errors=True)
        if folder.exists():
            for each in sorted(stage.iterdir()):
                each.rename(folder / each.name)
        else:
            stage.rename(folder)
    except OSError as error:
        raise ImportRefusedError(
            f"{folder} cannot be written: {error.strerror or error}", surroundings=True
        ) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return ImportOutcome(folder, (*files, "import-report.md"), report, found)


def _report(source: ImportSource, report: Report, found: Collector) -> list[str]:
    lines = [f"# Import of {source.path.name}", "", *report.lines()]
    worth = [item for item in found.sorted() if item.severity is not Severity.NOTE]
    lines += ["## What the program's own check says", ""]
    lines += [
        f"- {item.severity}: {f'{item.span}: ' if item.span else ''}{item.message}" for item in worth
    ] or ["No problems found."]
    return lines
