"""Drawings (PDF) for a press: what they hold, and their conversion to inks by Ghostscript."""

from __future__ import annotations

import logging
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
)

from fascicle.core.system.ghostscript import (
    GhostscriptError,
    NotInstalledError,
    is_installed,
    run_ghostscript,
    written,
)
from fascicle.project.figures.drawing_characters import is_font, tells_characters, unknown_fonts
from fascicle.project.figures.raster_inks import ColourConversion

DAMAGE = (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)
"""What reading a damaged file can raise."""
_RGB_OPERATOR = re.compile(rb"(?:^|[\s\]>)])(?:rg|RG)(?=[\s/\[(<]|$)|/(?:Device)?RGB\b")
_RGB_SPACES = frozenset({"/DeviceRGB", "/CalRGB", "/Lab"})
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a drawing holds."""

    rgb: bool
    """True when it may use RGB or other colours that are no inks."""
    transparent: bool
    """True when something in it is, or may be, transparent."""
    unembedded: tuple[str, ...]
    """Names of its fonts that are not inside the file."""
    silent: tuple[str, ...]
    """Names of its fonts that do not tell which characters their glyphs stand for."""
    unknown: tuple[str, ...]
    """Those of them of which nobody can say it for every glyph."""
    annotations: int
    """How many links and other annotations lie on its first page."""


# What pypdf says of an untidy drawing that it can read all the same is nobody's business on the terminal.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


def look_into(data: bytes) -> Drawing:
    """What the first page of a PDF holds. Raises one of `DAMAGE` when it cannot be read."""
    reader = PdfReader(BytesIO(data), strict=False)
    page = reader.pages[0]
    held, annotations = list(reached(page)), _at(page, "/Annots")
    dictionaries = [item for item in held if isinstance(item, DictionaryObject)]
    fonts = [item for item in dictionaries if is_font(item)]
    return Drawing(
        rgb=any(_is_rgb(item) for item in held) or _paints_rgb(dictionaries),
        transparent=any(_is_transparent(item) for item in dictionaries),
        unembedded=tuple(dict.fromkeys(name for item in dictionaries for name in _unembedded(item))),
        silent=tuple(
            dict.fromkeys(str(_at(item, "/BaseFont")) for item in fonts if not tells_characters(item))
        ),
        unknown=unknown_fonts(fonts),
        annotations=len(annotations) if isinstance(annotations, ArrayObject) else 0,
    )


def reached(page: DictionaryObject) -> Iterator[object]:
    """Every object that a page's resources and contents reach, annotations and other pages left out."""
    waiting: list[object] = [page.get("/Contents"), page.get("/Group"), page.get_inherited("/Resources")]
    seen: set[int] = set()
    while waiting:
        item = waiting.pop()
        if isinstance(item, IndirectObject):
            if item.idnum in seen:
                continue
            seen.add(item.idnum)
            item = item.get_object()
        yield item
        if isinstance(item, DictionaryObject):
            waiting.extend(value for key, value in item.items() if key not in ("/Parent", "/Annots"))
        elif isinstance(item, ArrayObject):
            waiting.extend(list.__iter__(item))


def _at(item: DictionaryObject, key: str) -> object:
    """The value under `key`, references followed; None when there is none."""
    value = item.get(key)
    return value.get_object() if isinstance(value, IndirectObject) else value


def _is_rgb(item: object) -> bool:
    if isinstance(item, NameObject):
        return str(item) in _RGB_SPACES
    if isinstance(item, ArrayObject) and len(item) > 1 and item[0] == "/ICCBased":
        profile = item[1].get_object()
        return isinstance(profile, DictionaryObject) and _at(profile, "/N") != 1
    return False


def _paints_rgb(dictionaries: list[DictionaryObject]) -> bool:
    streams = [item for item in dictionaries if isinstance(item, StreamObject) and is_content(item)]
    return any(_RGB_OPERATOR.search(stream.get_data()) for stream in streams)


def is_content(stream: StreamObject) -> bool:
    """Pages, forms, tiling patterns and glyphs of Type 3 fonts are drawn; fonts, pictures and profiles are not."""
    kind = _at(stream, "/Subtype")
    return (
        kind == "/Form" or "/PatternType" in stream or set(stream) <= {"/Length", "/Filter", "/DecodeParms"}
    )


def _is_transparent(item: DictionaryObject) -> bool:
    if isinstance(_at(item, "/SMask"), DictionaryObject) or _at(item, "/SMaskInData") in (1, 2):
        return True
    strengths = [_at(item, key) for key in ("/CA", "/ca")]
    if any(isinstance(strength, int | float) and strength < 1 for strength in strengths):
        return True
    modes = _at(item, "/BM")
    found = modes if isinstance(modes, ArrayObject) else [modes] if isinstance(modes, NameObject) else []
    return any(str(mode) not in ("/Normal", "/Compatible") for mode in found)


def _unembedded(item: DictionaryObject) -> Iterator[str]:
    if _at(item, "/Type") != "/Font" or _at(item, "/Subtype") in ("/Type3", "/Type0"):
        return
    descriptor = _at(item, "/FontDescriptor")
    if not isinstance(descriptor, DictionaryObject) or not any(key in descriptor for key in _FONT_FILES):
        yield str(_at(item, "/BaseFont") or "unnamed").lstrip("/")


def neutral_greys(data: bytes) -> bytes:
    """The drawing's first page with every RGB grey as grey, so that it is printed in black ink alone."""
    reader = PdfReader(BytesIO(data), strict=False)
    writer = PdfWriter()
    page = writer.add_page(reader.pages[0])
    page.pop("/Annots", None)
    contents = page.get_contents()
    if contents is not None:
        page[NameObject("/Contents")] = writer._add_object(_greyed(contents, writer))
    for item in list(reached(page)):
        if isinstance(item, StreamObject) and _at(item, "/Subtype") == "/Form":
            changed = _greyed(ContentStream(item, writer), writer)
            item.set_data(changed.get_data())
    return _written(writer)


def _greyed(content: ContentStream, writer: PdfWriter) -> ContentStream:
    operations = []
    for operands, operator in content.operations:
        if operator in (b"rg", b"RG") and len(operands) == 3 and operands[0] == operands[1] == operands[2]:
            operations.append(([operands[0]], b"g" if operator == b"rg" else b"G"))
        else:
            operations.append((operands, operator))
    result = ContentStream(None, writer)
    result.operations = operations
    return result


def _written(writer: PdfWriter) -> bytes:
    result = BytesIO()
    writer.write(result)
    return result.getvalue()


def to_inks(data: bytes, inks: ColourConversion, srgb: Path | None) -> bytes:
    """The drawing in inks, fonts embedded, transparency flattened where it must be. Raises GhostscriptError.

    Ghostscript mixes up colours when it converts and flattens in one go, so these are two runs.
    """
    if not is_installed():
        raise NotInstalledError
    try:
        greys = neutral_greys(data)
    except DAMAGE as error:
        raise GhostscriptError(f"it cannot be read: {error}") from error
    converted = _plain(_run(greys, inks, [*_conversion(inks, srgb), "-dCompatibilityLevel=1.6"]))
    if inks.opaque and look_into(converted).transparent:
        return _plain(_run(converted, inks, [f"-dCompatibilityLevel={min(inks.version, '1.3')}"]))
    return converted


def _run(data: bytes, inks: ColourConversion, switches: list[str]) -> bytes:
    """What Ghostscript makes of a PDF."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "in.pdf").write_bytes(data)
        permitted = f"--permit-file-read={inks.profile}"
        run_ghostscript([*EMBEDDING, *_INKS, *switches, permitted, "-o", "out.pdf", "in.pdf"], folder)
        return written(folder / "out.pdf")


EMBEDDING = (
    *("-sDEVICE=pdfwrite",),
    *("-dEmbedAllFonts=true", "-dSubsetFonts=true"),
    *("-dAutoRotatePages=/None", "-dUseCropBox", "-dPreserveAnnots=false"),
    *(f"-dDownsample{kind}Images=false" for kind in ("Color", "Gray", "Mono")),
    *(f"-dAutoFilter{kind}Images=false" for kind in ("Color", "Gray")),
    *(f"-d{kind}ImageFilter=/FlateEncode" for kind in ("Color", "Gray")),
)
"""Fonts inside the file; the page as it lies; pictures neither scaled nor packed with loss."""


_INKS = ("-sColorConversionStrategy=CMYK", "-sProcessColorModel=DeviceCMYK")


def _conversion(inks: ColourConversion, srgb: Path | None) -> Iterator[str]:
    """By which profiles colours are converted: relative colorimetric, with black point compensation."""
    for kind in ("Output", "Vector", "Image", "Text"):  # pdfwrite converts by the last three
        yield f"-s{kind}ICCProfile={inks.profile}"
    if srgb is not None:
        yield from (f"-sDefaultRGBProfile={srgb}", f"--permit-file-read={srgb}")
    yield from ("-dRenderIntent=1", "-dBlackPtComp=1")


def _plain(data: bytes) -> bytes:
    """The page alone: no clock, no identifier, no metadata of the converter. Groups blend in inks, too."""
    writer = PdfWriter()
    page = writer.add_page(PdfReader(BytesIO(data), strict=False).pages[0])
    for item in reached(page):
        if isinstance(item, DictionaryObject) and _at(item, "/S") == "/Transparency" and "/CS" in item:
            item[NameObject("/CS")] = NameObject("/DeviceCMYK")
    return _written(writer)
