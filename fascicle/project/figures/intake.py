"""Takes pictures in as they come: misnamed, turned, in formats TeX cannot place."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.system.ghostscript import GhostscriptError, NotInstalledError, run_ghostscript, written
from fascicle.project.figures.conversion import FigureConverter, fresh_name, key_of
from fascicle.project.figures.images import open_picture, resolution
from fascicle.project.figures.ledger import page_of
from fascicle.project.figures.metadata_removal import without_resolution

if TYPE_CHECKING:
    from PIL import Image

_SIGNS = (
    (b"\x89PNG\r\n", ".png"), (b"\xff\xd8\xff", ".jpg"), (b"II*\0", ".tif"), (b"MM\0*", ".tif"), (b"GIF8", ".gif"),
    (b"%PDF-", ".pdf"), (b"%!PS", ".eps"), (b"\xc5\xd0\xd3\xc6", ".eps"), (b"BM", ".bmp"),
)  # fmt: skip
"""How files of each format begin, and the ending that says so."""
_SAME = {".jpeg": ".jpg", ".tiff": ".tif", ".ps": ".eps"}
FOREIGN = (".gif", ".webp", ".bmp", ".eps")
"""Endings of what is made a PNG or PDF before anything else."""
_LOSSLESS = (
    *(f"-dAutoFilter{kind}Images=false" for kind in ("Color", "Gray")),
    *(f"-d{kind}ImageFilter=/FlateEncode" for kind in ("Color", "Gray")),
    *(f"-dDownsample{kind}Images=false" for kind in ("Color", "Gray", "Mono")),
)
STANDARD_FONTS = frozenset(
    (
        *(f"Helvetica{style}" for style in ("", "-Bold", "-Oblique", "-BoldOblique")),
        *(f"Courier{style}" for style in ("", "-Bold", "-Oblique", "-BoldOblique")),
        *(f"Times-{style}" for style in ("Roman", "Bold", "Italic", "BoldItalic")),
        *("Symbol", "ZapfDingbats"),
    )
)
"""The fonts that every printer has, and old drawings, such as those of R, do not hold."""
_EVERY_FONT = "<< /NeverEmbed [ ] >> setdistillerparams"
_ORIENTATION = 0x112
"""EXIF's tag for how a camera was held."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A picture in a format that the steps after this one know, under a name that says so."""

    name: str
    """Its name in messages, with the right ending."""
    file: Path
    """The file."""
    digest: str
    """What its content is known by."""


def take_in(
    name: str,
    file: Path,
    digest: str,
    span: Span | None,
    figure_converter: FigureConverter,
    problems: Collector,
) -> Taken | None:
    """The picture as it is, or a copy that is upright, rightly named, and of a known format; None with an error."""
    stated = _ending(PurePosixPath(name.partition("#")[0]).suffix)
    found = _kind(file, stated)
    if found == ".eps":
        return _taken(
            name, digest, "eps.pdf", figure_converter, lambda: _from_postscript(file), span, problems
        )
    if found == ".pdf" and (page := page_of(name)) > 1:
        making = f"page{page}.pdf"
        return _taken(name, digest, making, figure_converter, lambda: _one_page(file, page), span, problems)
    if found in FOREIGN:
        return _taken(name, digest, "taken.png", figure_converter, lambda: _as_png(file), span, problems)
    if found in (".jpg", ".png", ".tif") and _turned(file):
        making = f"upright{'.jpg' if found == '.jpg' else '.png'}"
        return _taken(name, digest, making, figure_converter, lambda: _upright(file, found), span, problems)
    if found in (".jpg", ".png") and _sized_wrongly(file):
        making, make = f"sized{found}", lambda: without_resolution(file.read_bytes())
        return _taken(name, digest, making, figure_converter, make, span, problems)
    if found != stated and found is not None:
        return _taken(name, digest, f"named{found}", figure_converter, file.read_bytes, span, problems)
    return Taken(name.partition("#")[0], file, digest)


def _ending(suffix: str) -> str:
    return _SAME.get(suffix.lower(), suffix.lower())


def _kind(file: Path, stated: str) -> str | None:
    """The ending that a file's first bytes ask for; None when they tell nothing."""
    with file.open("rb") as opened:
        begins = opened.read(1024)
    if begins[:4] == b"RIFF" and begins[8:12] == b"WEBP":
        return ".webp"
    if stated == ".bmp" or not begins.startswith(b"BM"):
        for sign, ending in _SIGNS:
            if begins.startswith(sign):
                return ending
    return ".pdf" if b"%PDF-" in begins else None


def _taken(
    name: str,
    digest: str,
    making: str,
    figure_converter: FigureConverter,
    make: Callable[[], bytes],
    span: Span | None,
    problems: Collector,
) -> Taken | None:
    """What `make` makes, kept in the folder of made pictures under a name for its content."""
    suffix = PurePosixPath(making).suffix
    known = key_of(digest, making)
    result = figure_converter.folder / f"{known}{suffix}"
    if not result.exists():
        try:
            data = make()
        except NotInstalledError:
            hint = "install ghostscript (Debian; Homebrew on macOS), or export the picture as PDF"
            problems.add(Code.TOOL_MISSING, f"gs is needed to print {name} and is not there", span, hint)
            return None
        except (GhostscriptError, OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
            hint = "open it in the program that made it and export it again, as PDF, PNG or JPEG"
            message = f"the picture {name} cannot be read"
            problems.add(Code.CORRUPT_PICTURE, message, span, hint, causes=[str(error)])
            return None
        result.parent.mkdir(parents=True, exist_ok=True)
        fresh = fresh_name(result)
        fresh.write_bytes(data)
        fresh.replace(result)
    return Taken(str(PurePosixPath(name.partition("#")[0]).with_suffix(suffix)), result, known)


# -- Rasters ---------------------------------------------------------------------------------------------


def _turned(file: Path) -> bool:
    """Whether a camera says that its picture is to be turned."""
    try:
        with open_picture(file) as image:
            return image.getexif().get(_ORIENTATION, 1) not in (0, 1)
    except (OSError, ValueError, SyntaxError, KeyError, TypeError, MemoryError):
        return False  # told by who looks into it next


def _sized_wrongly(file: Path) -> bool:
    """Whether a picture states a resolution that makes it metres wide, as scanners and old programs do."""
    try:
        with open_picture(file) as image:
            stated = image.info.get("dpi")
            return isinstance(stated, tuple) and resolution(stated) != tuple(map(float, stated))
    except (OSError, ValueError, SyntaxError, KeyError, TypeError, MemoryError):
        return False  # told by who looks into it next


def _upright(file: Path, kind: str) -> bytes:
    from PIL import ImageOps

    with open_picture(file) as image:
        upright = ImageOps.exif_transpose(image)
        if kind == ".jpg":
            return _saved(upright, "JPEG", image.info, quality=95, subsampling=0)
        return _saved(upright.convert("RGB") if upright.mode == "CMYK" else upright, "PNG", image.info)


def _as_png(file: Path) -> bytes:
    """The first frame, without loss, upright."""
    from PIL import ImageOps

    with open_picture(file) as image:
        image.seek(0)
        plain = image.convert("RGBA" if _see_through(image) else "RGB")
        return _saved(ImageOps.exif_transpose(plain), "PNG", image.info)


def _see_through(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info


def _saved(image: Image.Image, form: str, info: dict[str | tuple[int, int], object], **how: int) -> bytes:
    kept = {key: info[key] for key in ("dpi", "icc_profile") if info.get(key)}
    written = BytesIO()
    image.save(written, form, **kept, **how)
    return written.getvalue()


# -- Drawings --------------------------------------------------------------------------------------------


def _from_postscript(file: Path) -> bytes:
    """What lies in the bounding box of a PostScript file, as PDF."""
    return embedded(file.read_bytes(), "in.eps", "-dEPSCrop")


def embedded(data: bytes, name: str = "in.pdf", *more: str) -> bytes:
    """The first page of a drawing as PDF with all its fonts in it, those of every printer too."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / name).write_bytes(data)
        switches = ("-sDEVICE=pdfwrite", "-dEmbedAllFonts=true", "-dAutoRotatePages=/None", *more)
        run_ghostscript([*switches, *_LOSSLESS, "-o", "out.pdf", "-c", _EVERY_FONT, "-f", name], folder)
        return _page(written(folder / "out.pdf"), 1)


def _one_page(file: Path, page: int) -> bytes:
    return _page(file.read_bytes(), page)


def _page(data: bytes, number: int) -> bytes:
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(data), strict=False)
        count = len(reader.pages)
        if number > count:
            raise ValueError(f"it has {count} page{'s'[: count != 1]}, and page {number} is asked for")
        writer = PdfWriter()
        writer.add_page(reader.pages[number - 1])
        writer.metadata = None
        written = BytesIO()
        writer.write(written)
    except (PyPdfError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(str(error)) from error
    return written.getvalue()
