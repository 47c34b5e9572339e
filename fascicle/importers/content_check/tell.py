"""Holds the count of the source against that of the project, read again by the program's own parser."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

from fascicle.core.diagnostics import Collector
from fascicle.core.model import TrustSettings
from fascicle.document.document import parse_document
from fascicle.document.tree import Cell, Cite, Figure, Math, Node, Note
from fascicle.importers.content_check.kinds import TOLD_BY, Census, Counted
from fascicle.importers.content_check.marked_up import in_html, in_jats, in_latex, in_markdown
from fascicle.importers.content_check.office import in_open_document, in_word
from fascicle.importers.draft import ImportSource
from fascicle.importers.latex.joined import joined
from fascicle.importers.latex.tables import whole_cells
from fascicle.importers.markdown.gather import gather
from fascicle.importers.report import Kind, Report
from fascicle.importers.sources import bytes_of, matching, text_of
from fascicle.project.publication import read_publication
from fascicle.project.sources import Sources

_MARKDOWN = frozenset({"markdown", "rmarkdown", "quarto", "myst"})


def tell_counts(source: ImportSource, project: Path, report: Report) -> None:
    """Say what the source holds and how much of it is here; what is neither here nor told is to be looked for."""
    there = count_source(source)
    here = count_project(project)
    for kind in Counted:
        if not there[kind]:
            continue
        report.read_as(
            f"{there[kind]} {kind} by an independent count, {min(here[kind], there[kind])} of them here"
        )
        lacking = there[kind] - here[kind] - _told(kind, report)
        if lacking > 0:
            report.verify(f"{lacking} of {there[kind]} {kind} of the source may not be here; look for them")


def _told(kind: Counted, report: Report) -> int:
    """How many of a kind the report speaks of already."""
    remarks = [remark for each in (Kind.LEFT_OUT, Kind.VERIFY) for remark in report.of(each)]
    return sum(remark.times for remark in remarks if re.search(TOLD_BY[kind], remark.text))


def count_source(source: ImportSource) -> Census:
    """What a source holds; nothing for one that cannot be counted."""
    try:
        return _count_source(source)
    except (ET.ParseError, zipfile.BadZipFile, OSError, ValueError, RecursionError):
        return Census()


def _count_source(source: ImportSource) -> Census:
    if source.kind == "word":
        return in_word(source.path)
    if source.kind == "odt":
        return in_open_document(source.path)
    if source.kind == "myst":
        return sum((in_markdown(text) for _, text in gather(source, Report()).texts), Census())
    if source.kind in _MARKDOWN:
        return in_markdown(text_of(source.path))
    if source.kind == "manubot":
        parts = matching(source.root, "[0-9]*.md", source.root / "content")
        return sum((in_markdown(text_of(part)) for part in parts if part.stem != "00.front-matter"), Census())
    if source.kind == "latex":
        return in_latex(whole_cells(joined(source.path, source.root, Report()).text))
    if source.kind == "jats":
        return in_jats(bytes_of(source.path))
    return in_html(text_of(source.path)) if source.kind == "html" else Census()


def count_project(project: Path) -> Census:
    """What a project's text holds."""
    publication = read_publication(Sources(project), Collector())
    found = Census()
    if publication is not None:
        for node in parse_document(publication, TrustSettings(), Collector()).nodes():
            found.update(_counted(node))
    return found


def _counted(node: Node) -> Census:
    match node:
        case Note():
            return Census({Counted.NOTES: 1})
        case Cell():
            return Census({Counted.CELLS: node.filled})
        case Figure():
            return Census({Counted.PICTURES: 1})
        case Math():
            return Census({Counted.FORMULAS: 1})
        case Cite():
            return Census({Counted.CITATIONS: len(node.citations)})
        case _:
            return Census()
