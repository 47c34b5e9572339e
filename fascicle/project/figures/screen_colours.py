"""Pictures in printing inks turned into sRGB, for files whose colours are those of screens."""

from __future__ import annotations

import re
import tempfile
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject

from fascicle.core.system.ghostscript import (
    NotInstalledError,
    is_installed,
    run_ghostscript,
    written,
)
from fascicle.project.figures.icc_profiles import find_file
from fascicle.project.figures.images import open_picture
from fascicle.project.figures.raster_inks import upright_inks
from fascicle.project.figures.vector_inks import EMBEDDING, is_content, reached

USUAL_INKS = "FOGRA39L_coated.icc"
"""The printing condition of pictures that state none: coated paper, as most CMYK pictures are made for."""
_INK_OPERATOR = re.compile(rb"(?:[-+.\d]+\s+){4}[kK](?=[\s/\[(<]|$)|/DeviceCMYK\b")


def raster_in_inks(file: Path) -> bool:
    """Whether a raster picture is in CMYK."""
    with open_picture(file) as image:
        return image.mode == "CMYK"


def screen_raster(file: Path) -> bytes:
    """A picture in CMYK as PNG in sRGB, by its own profile or the usual one. Raises OSError or ValueError."""
    from PIL import ImageCms

    with open_picture(file) as image:
        own = image.info.get("icc_profile") or b""
        pixels = upright_inks(image)
        if pixels.mode != "CMYK":
            pixels = pixels.convert("CMYK")
        usual = find_file(USUAL_INKS)
        source = BytesIO(own) if own[16:20] == b"CMYK" else str(usual) if usual else None
        if source is None:
            made = pixels.convert("RGB")
        else:
            flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
            srgb = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(
                pixels, source, srgb, ImageCms.Intent.RELATIVE_COLORIMETRIC, "RGB", flags=flags
            )
            if converted is None:
                raise ValueError("its colours cannot be converted")
            made = converted
        result = BytesIO()
        dpi = image.info.get("dpi")
        made.save(result, "PNG", **({"dpi": dpi} if dpi else {}))
        return result.getvalue()


def drawing_in_inks(data: bytes) -> bool:
    """Whether the first page of a PDF uses inks without saying which ones. Raises what reading a damaged file raises."""
    held = list(reached(PdfReader(BytesIO(data), strict=False).pages[0]))
    return any(_is_ink(item) for item in held)


def _is_ink(item: object) -> bool:
    if isinstance(item, NameObject):
        return str(item) == "/DeviceCMYK"
    return isinstance(item, StreamObject) and is_content(item) and bool(_INK_OPERATOR.search(item.get_data()))


def screen_drawing(data: bytes, srgb: Path | None) -> bytes:
    """The drawing's first page in RGB, fonts embedded. Raises GhostscriptError."""
    if not is_installed():
        raise NotInstalledError
    switches = ["-sColorConversionStrategy=RGB", "-sProcessColorModel=DeviceRGB", "-dCompatibilityLevel=1.6"]
    if srgb is not None:
        switches += [f"-sOutputICCProfile={srgb}", f"--permit-file-read={srgb}"]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "in.pdf").write_bytes(data)
        run_ghostscript([*EMBEDDING, *switches, "-o", "out.pdf", "in.pdf"], folder)
        made = written(folder / "out.pdf")
    writer = PdfWriter()
    writer.add_page(PdfReader(BytesIO(made), strict=False).pages[0])
    result = BytesIO()
    writer.write(result)
    return result.getvalue()
