"""Joins finished PDFs: the pages as they are, everything that leads through them made one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NullObject, NumberObject

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.pdf.finish.finish import PageLabels
from fascicle.pdf.finish.page_boxes import BOXES
from fascicle.pdf.joining.bookmarks import join_bookmarks
from fascicle.pdf.joining.destinations import join_destinations, prefix_links
from fascicle.pdf.joining.parts import Copied, Part, copied, is_tagged
from fascicle.pdf.joining.structure import join_structure
from fascicle.pdf.objects import inherited, uncollected
from fascicle.pdf.pypdf_log import warnings_told


@dataclass(frozen=True, slots=True)
class Joined:
    """All parts in one file, which is still to be finished."""

    pdf: bytes
    """The file."""
    labels: tuple[PageLabels, ...]
    """How its pages are counted."""
    starts: tuple[int, ...]
    """Index of the first page of each part."""
    tagged: bool
    """Whether it has a tree of tags."""


@uncollected()
def join(parts: Sequence[Part], problems: Collector, *, blank_after: int = 0) -> Joined | None:
    """The parts one after the other, with `blank_after` pages at the end; None, with an error, when one cannot be read."""
    with warnings_told(problems, "the PDFs to be joined"):
        try:
            return _joined(parts, blank_after)
        except (PyPdfError, OSError, ValueError, KeyError, AssertionError, RecursionError) as error:
            problems.add(Code.UNREADABLE_PDF, "the PDFs cannot be joined", causes=(str(error),))
            return None


def _joined(parts: Sequence[Part], blank_after: int) -> Joined:
    writer = PdfWriter()
    found = [copied(part, writer) for part in parts]
    for part in found:
        prefix_links(part)
    labels, starts = _lay_out(writer, found, blank_after)
    join_destinations(writer, found)
    join_bookmarks(writer, found)
    tagged = all(map(is_tagged, found))
    join_structure(writer, found)
    stream = BytesIO()
    writer.write(stream)
    return Joined(stream.getvalue(), labels, starts, tagged)


def _lay_out(
    writer: PdfWriter, parts: Sequence[Copied], blank_after: int
) -> tuple[tuple[PageLabels, ...], tuple[int, ...]]:
    """One tree of all pages, with blank ones between; their labels, and where each part begins."""
    tree = DictionaryObject({NameObject("/Type"): NameObject("/Pages")})
    writer._add_object(tree)
    pages: list[DictionaryObject] = []
    labels: list[PageLabels] = []
    starts: list[int] = []
    for part in parts:
        own = part.part
        if own.blank_before:
            # A blank page goes on counting where the pages before it end.
            pages += [_blank(writer, part.pages[0], pages) for _ in range(own.blank_before)]
        starts.append(len(pages))
        labels.append(PageLabels(len(pages), own.style, first=own.first))
        for page in part.pages:
            _settle(page)
        pages += part.pages
    pages += [_blank(writer, pages[-1], pages) for _ in range(blank_after)]
    for page in pages:
        page[NameObject("/Parent")] = tree.indirect_reference or tree
    tree[NameObject("/Kids")] = ArrayObject(page.indirect_reference or page for page in pages)
    tree[NameObject("/Count")] = NumberObject(len(pages))
    writer.root_object[NameObject("/Pages")] = tree.indirect_reference or tree
    return tuple(labels), tuple(starts)


def _settle(page: DictionaryObject) -> None:
    """Write into a page what it has from the tree above it, which it leaves."""
    for key in ("/Resources", "/MediaBox", "/CropBox", "/Rotate"):
        if key not in page and not isinstance(value := inherited(page, key), NullObject):
            page[NameObject(key)] = value.indirect_reference or value


def _blank(writer: PdfWriter, like: DictionaryObject, before: Sequence[DictionaryObject]) -> DictionaryObject:
    """An empty page of the same size; its boxes are those of the page two before, which lies on the same side."""
    page = DictionaryObject(
        {NameObject("/Type"): NameObject("/Page"), NameObject("/Resources"): DictionaryObject()}
    )
    model = before[-2] if len(before) > 1 else like
    for key in BOXES:
        if key in model or key == "/MediaBox":
            page[NameObject(key)] = (
                ArrayObject(box) if isinstance(box := inherited(model, key), ArrayObject) else box
            )
    writer._add_object(page)
    return page
