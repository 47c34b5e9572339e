"""Figures as files of their own, in a format that the journal takes, under the names that it wants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Severity, Span
from fascicle.core.system.ghostscript import GhostscriptError, is_installed
from fascicle.core.units import TEX_POINTS
from fascicle.journals.image_formats import converted, is_black_and_white, kind_for
from fascicle.journals.profile import FigureFormat, JournalProfile, file_name
from fascicle.project.figures.images import open_picture
from fascicle.project.figures.print_permission import Prepared


@dataclass(frozen=True, slots=True)
class Numbered:
    """A picture with the number of its figure."""

    number: int
    """Counted from 1 in the order of the text."""
    picture: Prepared
    """The picture."""
    span: Span
    """Where the text places it."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A file to be made of a picture."""

    name: str
    """The file's name."""
    kind: FigureFormat
    """Its format."""
    source: Path
    """The picture."""
    path: str
    """The picture's path in the text."""
    span: Span
    """Where the text places it."""


def planned_files(
    figures: list[Numbered],
    journal: JournalProfile,
    names: Mapping[str, str],
    problems: Collector,
    *,
    draft: bool,
) -> list[Planned]:
    """The files to be made; what cannot be had is told, before anything is made.

    A plate has no file: its figure is not there yet.
    """
    planned = []
    for figure in figures:
        if figure.picture.file is None:
            continue
        stem = file_name(journal.rules.figure_name, {**names, "number": str(figure.number)})
        kind = kind_for(figure.picture.file, journal.rules.figure_formats)
        if kind is None:
            kinds = ", ".join(one.value for one in journal.rules.figure_formats)
            message = f"{figure.picture.path} cannot be made a file of a kind that the journal takes: {kinds}"
            problems.add(Code.JOURNAL_FIGURE, message, figure.span)
            continue
        if kind is FigureFormat.EPS and not is_installed():
            message = (
                f"Ghostscript (gs) is needed to make {figure.picture.path} an EPS file, and is not there"
            )
            hint = "'fascicle doctor' says how to get it"
            source = f"rule: {journal.source_of('figure_formats')}"
            problems.add(Code.TOOL_MISSING, message, figure.span, hint, source)
            continue
        _check_resolution(figure, journal, problems, draft=draft)
        name = f"{stem}.{kind.value}"
        planned.append(Planned(name, kind, figure.picture.file, figure.picture.path, figure.span))
    return planned


def figure_files(planned: list[Planned], journal: JournalProfile, problems: Collector) -> dict[str, bytes]:
    """The files by name."""
    made = {}
    for figure in planned:
        try:
            made[figure.name] = converted(figure.source, figure.kind, journal.rules.figure_resolution)
        except (GhostscriptError, OSError, SyntaxError, ValueError) as error:
            message = f"{figure.path} cannot be made {figure.kind.value.upper()}"
            problems.add(Code.JOURNAL_FIGURE, message, figure.span, causes=[str(error)])
    return made


def _check_resolution(figure: Numbered, journal: JournalProfile, problems: Collector, *, draft: bool) -> None:
    """A picture's pixels against its own size: enlarged in print it would have fewer still."""
    file, rules = figure.picture.file, journal.rules.figure_resolution
    if file is None or file.suffix.lower() == ".pdf":
        return

    with open_picture(file) as image:
        dpi = image.width / (figure.picture.width / TEX_POINTS["in"])
        wanted = (rules.line if is_black_and_white(image) else None) or rules.photograph
    if wanted is not None and dpi + 1 < wanted:
        message = f"{figure.picture.path} has {dpi:.0f} pixels an inch at its own size, and the journal asks for {wanted}"
        severity = Severity.NOTE if draft else Severity.ERROR
        source = journal.source_of("figure_resolution")
        problems.add(Code.JOURNAL_FIGURE, message, figure.span, f"rule: {source}", severity=severity)
