"""The text of marked content, by page and number, as pdfium reads it."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Iterator, Mapping

import pypdfium2
import pypdfium2.raw as pdfium

from fascicle.pdf.pdfium import LOCK

MarkedText = Mapping[tuple[int, int], str]
"""Texts by the page, counted from 1, and the number of the marked content."""
_SAME_LINE = 1.0
"""Points by which raised words and the like stand off their line at the least, and lines off one another."""


def marked_text(pdf: bytes) -> MarkedText:
    """The text of every piece of marked content. Raises ValueError when pdfium cannot read the file."""
    with LOCK:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise ValueError(f"pdfium cannot read the file: {error}") from error
        try:
            found: dict[tuple[int, int], list[str]] = defaultdict(list)
            for number in range(len(document)):
                for mark, text in _page(document, number):
                    found[number + 1, mark].append(text)
            return {place: "".join(texts) for place, texts in found.items()}
        finally:
            document.close()


def _page(document: pypdfium2.PdfDocument, number: int) -> Iterator[tuple[int, str]]:
    """The texts of a page's marked content in the order in which they are painted."""
    page = document[number]
    held = page.get_textpage()
    heights: dict[int, float] = {}
    try:
        for index in range(pdfium.FPDFPage_CountObjects(page)):
            one = pdfium.FPDFPage_GetObject(page, index)
            if pdfium.FPDFPageObj_GetType(one) != pdfium.FPDF_PAGEOBJ_TEXT:
                continue
            mark = pdfium.FPDFPageObj_GetMarkedContentID(one)
            if mark >= 0:
                height = _height(one)
                if abs(heights.get(mark, height) - height) > _SAME_LINE:
                    yield mark, "\n"
                heights[mark] = height
                yield mark, _text(one, held)
    finally:
        held.close()
        page.close()


def _height(one: object) -> float:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(one, matrix)
    return float(matrix.f)


def _text(one: object, held: pypdfium2.PdfTextPage) -> str:
    size = pdfium.FPDFTextObj_GetText(one, held, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFTextObj_GetText(one, held, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: max(size - 2, 0)].decode("utf-16-le", errors="replace")
