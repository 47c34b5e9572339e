"""Checks of what a printer's standard forbids on a page and in a file, and of what it wants to be told."""

from __future__ import annotations

from collections.abc import Iterator

from pypdf.generic import ArrayObject, DictionaryObject, NullObject, StreamObject

from fascicle.core.diagnostic_codes import Code
from fascicle.pdf.objects import array, dictionaries, dictionary, entry, follow, name, number, reachable
from fascicle.pdf.preflight.check import Broken, Check, CheckContext
from fascicle.pdf.preflight.checks.colours import for_screen
from fascicle.pdf.reading.inspection import Box

LAID_OVER = frozenset({"/TrapNet", "/PrinterMark"})
"""Annotations that are made for presses."""
IDLE = frozenset({"/Identity", "/Default", "NullObject"})
"""Transfer functions that change nothing."""
EARLIER = ("X-1", "X-3")
"""Standards that know neither layers nor JPEG 2000 nor 16 bits a channel."""


def nothing_laid_over(proof: CheckContext) -> Iterator[Broken]:
    """No link, note or form field lies on the printed page."""
    for index, page in enumerate(proof.file.reader.pages):
        boxes = proof.file.boxes[index]
        printed = boxes.get("/BleedBox") or boxes.get("/TrimBox") or boxes.get("/MediaBox")
        for annotation in array(page, "/Annots"):
            kind = name(annotation, "/Subtype")
            if kind not in LAID_OVER and (not proof.promises.annotations or _overlap(annotation, printed)):
                what = {"/Link": "a link", "/Widget": "a form field"}.get(kind, "a note")
                yield Broken(f"{what} lies on page {index + 1}", index + 1)


def links_allowed(proof: CheckContext) -> str:
    """Files for reading may have links."""
    return "" if not proof.promises.annotations or not for_screen(proof) else "links are allowed"


def _overlap(annotation: object, printed: Box | None) -> bool:
    corners = [follow(side) for side in array(annotation, "/Rect")]
    if len(corners) != 4 or printed is None:
        return True
    left, bottom, right, top = (float(side) if isinstance(side, int | float) else 0.0 for side in corners)
    across = min(left, right) < printed[2] and max(left, right) > printed[0]
    return across and min(bottom, top) < printed[3] and max(bottom, top) > printed[1]


def no_bookmarks(proof: CheckContext) -> Iterator[str]:
    """The file has no bookmarks."""
    if proof.file.outlines:
        yield f"the file has {len(proof.file.outlines)} bookmarks"


def bookmarks_allowed(proof: CheckContext) -> str:
    """Most printers do not mind."""
    return "bookmarks are allowed" if proof.promises.bookmarks else ""


def facts_stated(proof: CheckContext) -> Iterator[str]:
    """What PDF/X wants to know of every file: whether it is trapped, when it was made, which file it is."""
    info = proof.file.info
    if info.get("Trapped", "") not in ("/True", "/False"):
        yield "the file does not say whether it is trapped"
    for key in ("CreationDate", "ModDate", "Title"):
        if not info.get(key):
            yield f"Info has no {key}"
    if not _identified(proof):
        yield "the file has no identifier"


def _identified(proof: CheckContext) -> bool:
    held = follow(proof.file.reader.trailer.get("/ID"))
    return isinstance(held, ArrayObject) and len(held) == 2


def nothing_forbidden(proof: CheckContext) -> Iterator[str]:
    """Nothing that a press would do by itself, or that would change what is printed."""
    root = proof.file.root
    for holder, key, what in (
        (root, "/AcroForm", "a form"),
        (dictionary(root, "/Names"), "/EmbeddedFiles", "attached files"),
        (proof.file.reader.trailer, "/Encrypt", "an encryption"),
    ):
        if not isinstance(entry(holder, key), NullObject):
            yield f"the file holds {what}"
    old = any(level in _level(proof) for level in EARLIER)
    if old and "/OCProperties" in root:
        yield "the file has layers"
    for item in dictionaries(reachable([proof.file.reader.trailer.raw_get("/Root")]).values()):
        yield from _of_item(item, old)


def _level(proof: CheckContext) -> str:
    return (
        proof.output_options.standard.title
        if proof.output_options
        else proof.file.info.get("GTS_PDFXVersion", "")
    )


def _of_item(item: DictionaryObject, old: bool) -> Iterator[str]:
    kind = name(item, "/Subtype")
    if isinstance(item, StreamObject) and kind == "/PS":
        yield "the file holds PostScript"
    if "/OPI" in item:
        yield "a picture stands for another one that is elsewhere (OPI)"
    if kind == "/Image":
        yield from _of_picture(item, old)
    if name(item, "/Type") == "/ExtGState":
        for key in ("/TR", "/TR2"):
            if key in item and str(entry(item, key)) not in IDLE:
                yield "colours are changed by a transfer function"


def _of_picture(item: DictionaryObject, old: bool) -> Iterator[str]:
    if "/Alternates" in item:
        yield "a picture has others that may be printed in its place"
    if old and number(item, "/BitsPerComponent", 8) > 8:
        yield "a picture has 16 bits a channel, which this standard does not know"
    filters = entry(item, "/Filter")
    names = [str(follow(one)) for one in filters] if isinstance(filters, ArrayObject) else [str(filters)]
    if old and "/JPXDecode" in names:
        yield "a picture is compressed as JPEG 2000, which this standard does not know"
    if "/LZWDecode" in names:
        yield "a picture is compressed as LZW"


CHECKS = (
    Check("laid-over", "No link, note or form field lies on the printed page", Code.ANNOTATIONS, nothing_laid_over,
          left_out=links_allowed, press="no annotations inside the bleed"),
    Check("no-bookmarks", "There are no bookmarks", Code.BOOKMARKS, no_bookmarks, True, bookmarks_allowed),
    Check("press-facts", "Trapping, dates and identifier are stated", Code.NOT_FOR_PRINT, facts_stated,
          left_out=for_screen, press="trapping, dates, title, file identifier"),
    Check("press-safe", "Nothing in the file changes what is printed", Code.NOT_FOR_PRINT, nothing_forbidden,
          left_out=for_screen, press="no forms, attachments, PostScript, OPI, alternate pictures or transfer functions; no layers, JPEG 2000 or 16-bit pictures (X-1a, X-3); no LZW"),
)  # fmt: skip
"""In the order of the report."""
