"""Readers of what strangers write, each with a text that once took it the square of its length, or more."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from fascicle.citations.styles.style_file import BrokenStyleError, read_style
from fascicle.core.diagnostics import Collector
from fascicle.document.markdown.parser import Origin, ParseOptions, parse_blocks
from fascicle.export.pandoc.formulas import known_to_pandoc
from fascicle.importers.latex.joined import joined
from fascicle.importers.latex.prepare import prepared
from fascicle.importers.latex.tables import whole_cells
from fascicle.importers.markdown.myst import myst
from fascicle.importers.markdown.wiki import criticised, wiki
from fascicle.importers.report import Report
from fascicle.project.bibliography.library import read_bibliography
from fascicle.project.figures.svg_references import outside_reference
from fascicle.project.sources import Sources

Read = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class GrowingReader:
    """One reader and its text."""

    read: Read
    """Reads a text."""
    part: str
    """What the text repeats."""
    before: str = ""
    """How it begins."""
    after: str = ""
    """How it ends."""
    size: int = 120_000
    """Characters for which the square of the length takes minutes, and the length alone a moment."""

    def text(self, times: float = 1) -> str:
        """A text of this size, or of another."""
        size = int(self.size * times)
        return self.before + self.part * (size // len(self.part)) + self.after


def _markdown(text: str) -> object:
    return parse_blocks(text, Origin("a.md", 1, 1), ParseOptions("en-GB", False), Collector())


def _style(text: str) -> object:
    try:
        return read_style(text)
    except BrokenStyleError:
        return None


def _in_file(name: str, read: Callable[[Path], object]) -> Read:
    def of(text: str) -> object:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_text(text, encoding="utf-8")
            return read(path)

    return of


def _latex(text: str) -> object:
    read = _in_file("a.tex", lambda path: joined(path, path.parent, Report()).text)
    return prepared(str(read(text)), Report())


def _bibliography(path: Path) -> object:
    return read_bibliography(Sources(path.parent), [(path.name, None)], Collector())


_DOCUMENT = "\\documentclass{article}\\begin{document}"
_BIB, _SVG = _in_file("a.bib", _bibliography), _in_file("a.svg", outside_reference)
READERS: Mapping[str, GrowingReader] = {
    "emphasis, plus signs": GrowingReader(_markdown, "_+_+", size=30_000),
    "emphasis, semicolons": GrowingReader(_markdown, "_;_;", size=30_000),
    "tags that are begun": GrowingReader(_markdown, "<a", size=150_000),
    "space behind an entry": GrowingReader(_BIB, " ", "@book{a, title = {A}}", "x"),
    "an address in a drawing": GrowingReader(_SVG, " ", "<svg style='x: url(", "'/>"),
    "a style's parent": GrowingReader(_style, "a", '<style xmlns="http://purl.org/net/xbiblio/csl"><link rel="independent-parent" href="', '/b"/></style>'),
    "environments that are not ended": GrowingReader(_latex, "\\begin{verbatim}", _DOCUMENT, size=400_000),
    "drawings that are not ended": GrowingReader(_latex, "\\begin{tikzpicture}", _DOCUMENT, size=400_000),
    "algorithms that are not ended": GrowingReader(_latex, "\\begin{algorithm}[", _DOCUMENT, size=400_000),
    "links of wikis": GrowingReader(lambda text: wiki(text, Report()), "![[a"),
    "spaces before a block's name": GrowingReader(lambda text: wiki(text, Report()), " ", "a", "x"),
    "editors' marks": GrowingReader(lambda text: criticised(text, "accept", Report()), "{++a{~~b", "{++a++}"),
    "directives that are not closed": GrowingReader(lambda text: myst(text, Report()), "```{note}\n", size=240_000),
    "delimiters of a formula": GrowingReader(known_to_pandoc, "\\big/", size=400_000),
    "tables in cells": GrowingReader(whole_cells, "\\begin{tabular}[", size=400_000),
    "labels of headings": GrowingReader(lambda text: myst(text, Report()), " ", "(a)=\n# a", "x"),
}  # fmt: skip
