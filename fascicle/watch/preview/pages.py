"""The pages to be shown, made of the PDFs on the board.

Those of the last moments are kept for comparing.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import pypdfium2

from fascicle.pdf.pdfium import LOCK
from fascicle.pdf.reading.page_digests import PageSheet, sheets
from fascicle.watch.state import Layer

MOMENTS = 5
"""How many moments are remembered, the present one included."""


class GoneError(Exception):
    """The page asked for is no longer shown."""


class Opened:
    """A PDF opened for drawing and reading."""

    def __init__(self, layer: Layer) -> None:
        self.layer = layer
        self.sheets = sheets(layer.pdf)
        self._closed = False
        with LOCK:
            self.document = pypdfium2.PdfDocument(layer.pdf)

    @cached_property
    def title(self) -> str:
        """The publication's title as the file states it; empty when it does not."""
        with LOCK:
            return str(self.document.get_metadata_value("Title"))

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The pages' own numbers, counted from 1 where they have none."""
        with LOCK:
            given = [self.document.get_page_label(index) for index in range(len(self.sheets))]
        return tuple(label or str(index + 1) for index, label in enumerate(given))

    @cached_property
    def headings(self) -> tuple[tuple[int, str], ...]:
        """Index of the page and text of each bookmark, in page order."""
        found = []
        with LOCK:
            for mark in self.document.get_toc():
                place = mark.get_dest()
                index = place.get_index() if place else None
                if index is not None:
                    found.append((index, mark.get_title()))
        return tuple(sorted(found, key=lambda row: row[0]))

    @contextmanager
    def page(self, index: int) -> Iterator[pypdfium2.PdfPage]:
        """A page as pdfium has it, with nobody else at pdfium. GoneError when the file was let go meanwhile."""
        with LOCK:
            if self._closed:
                raise GoneError
            page = self.document[index]
            try:
                yield page
            finally:
                page.close()

    def close(self) -> None:
        """Let the file go."""
        with LOCK:
            self._closed = True
            self.document.close()


@dataclass(frozen=True, slots=True)
class Page:
    """A page and where it comes from."""

    sheet: PageSheet
    """Its look and size."""
    source: Opened
    """The PDF that has it."""
    index: int
    """Its place there, counted from 0."""

    @property
    def fingerprint(self) -> str:
        """Equal for pages that look alike."""
        return self.sheet.fingerprint

    @property
    def label(self) -> str:
        """Its number as the publication counts."""
        return self.source.labels[self.index]


@dataclass(frozen=True, slots=True)
class ShownEdition:
    """All pages at one moment."""

    pages: tuple[Page, ...] = ()
    """In order."""

    def find(self, fingerprint: str) -> tuple[int, Page] | None:
        """The first page of this look, and its place."""
        return next(
            ((place, page) for place, page in enumerate(self.pages) if page.fingerprint == fingerprint), None
        )

    def nearest(self, fingerprint: str, place: int) -> int:
        """The place of the page of this look that is nearest to `place`; -1 when there is none."""
        places = (at for at, page in enumerate(self.pages) if page.fingerprint == fingerprint)
        return min(places, key=lambda at: abs(at - place), default=-1)

    @property
    def looks(self) -> tuple[str, ...]:
        """The fingerprints of its pages."""
        return tuple(page.fingerprint for page in self.pages)

    @property
    def sources(self) -> frozenset[Opened]:
        """The PDFs that its pages come from."""
        return frozenset(page.source for page in self.pages)


class Book:
    """The pages now, and those of the last moments for comparing: an edit often shows in several steps."""

    def __init__(self) -> None:
        self._moments: tuple[ShownEdition, ...] = (ShownEdition(),)
        self._lock = threading.Lock()

    @property
    def now(self) -> ShownEdition:
        """The pages to be shown."""
        return self._moments[-1]

    def take(self, layers: Sequence[Layer]) -> ShownEdition:
        """Show these PDFs; gives the pages. Raises ValueError for what is no PDF, and the pages stay."""
        with self._lock:
            held = self._moments
            known = {id(source.layer): source for edition in held for source in edition.sources}
            opened = [known.get(id(layer)) or _open(layer) for layer in layers]
            new = ShownEdition(_laid(opened))
            # Pages that look as before are no new moment, and leave what is remembered as it is.
            kept = held[:-1] if new.looks == self.now.looks else held[1 - MOMENTS :]
            self._moments = (*kept, new)
            for source in _sources(held) - _sources(self._moments):
                source.close()
            return new

    def find(self, fingerprint: str) -> Page | None:
        """A page of this look, the newest one."""
        found = self.last_with(fingerprint).find(fingerprint)
        return found[1] if found else None

    def last_with(self, fingerprint: str, place: int | None = None) -> ShownEdition:
        """The newest moment that had such a page, at `place` if there was one; one without pages when none had."""
        having = [edition for edition in reversed(self._moments) if edition.find(fingerprint)]
        there = (
            edition
            for edition in having
            if place is not None and edition.looks[place : place + 1] == (fingerprint,)
        )
        return next(there, having[0] if having else ShownEdition())

    def before(self, fingerprint: str) -> ShownEdition:
        """The moment before the page got this look; one without pages when that is no longer known."""
        moments = self._moments
        return next(
            (edition for edition in reversed(moments) if not edition.find(fingerprint)), ShownEdition()
        )


def _sources(moments: Sequence[ShownEdition]) -> set[Opened]:
    return {source for edition in moments for source in edition.sources}


def _open(layer: Layer) -> Opened:
    try:
        return Opened(layer)
    except Exception as error:  # two readers, each with its own ways to fail on a broken file
        raise ValueError(f"the PDF cannot be read: {error}") from error


def _laid(opened: Sequence[Opened]) -> tuple[Page, ...]:
    """Each page from the first PDF that has it."""
    pages: list[Page] = []
    for source in opened:
        pages += [Page(source.sheets[at], source, at) for at in range(len(pages), len(source.sheets))]
    return tuple(pages)
