"""Raster pictures for a press: RGB becomes ink by the printing condition's profile, transparency becomes paper."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from fascicle.project.figures.images import open_picture, resolution

if TYPE_CHECKING:
    from PIL import Image, ImageCms, ImageFilter

GRID = 33
"""Points along each edge of the cube by which colours are limited: as many as printing profiles have themselves."""
ROWS = 256
"""Rows that are packed at a time, so that a large picture is in memory once."""
_ROUNDING = 2.0
"""Per cent of ink that rounding four inks to 8 bits can add."""


@dataclass(frozen=True, slots=True)
class ColourConversion:
    """What pictures are to become."""

    profile: Path
    """ICC profile of the printing condition, CMYK."""
    digest: str
    """What tells this profile from others."""
    keep_rgb: bool = False
    """True when raster pictures in RGB stay so, with their profile."""
    opaque: bool = False
    """True when nothing may be transparent."""
    max_ink: float | None = None
    """Most ink at any point, in per cent; the profile's own limit holds as well."""
    version: str = "1.6"
    """PDF version whose means a picture may use."""

    @property
    def key(self) -> str:
        """What tells results of these wishes from others."""
        return f"{self.digest} {self.keep_rgb} {self.opaque} {self.max_ink} {self.version}"


@dataclass(frozen=True, slots=True)
class _Pixels:
    """A picture as a PDF holds it."""

    image: Image.Image
    """Its pixels: 1, L, RGB or CMYK."""
    profile: bytes = b""
    """ICC profile of RGB pixels."""


def press_picture(source: Path, inks: ColourConversion) -> bytes:
    """The raster picture at `source` as a PDF of one page of its natural size, without loss.

    Grey stays grey and is printed in black ink; CMYK stays as it is. Raises OSError or ValueError when Pillow cannot
    read it.
    """
    with open_picture(source) as image:
        dpi = resolution(image.info.get("dpi"))
        pixels = _converted(image, inks)
        width, height = pixels.image.width * 72 / dpi[0], pixels.image.height * 72 / dpi[1]
        return _pdf(pixels, width, height)


def _converted(image: Image.Image, inks: ColourConversion) -> _Pixels:
    if image.mode == "1":
        return _Pixels(image)
    if image.mode == "CMYK":
        return _Pixels(upright_inks(image))
    if image.mode in ("LAB",):
        return _Pixels(_to_inks(image, "LAB", b"", inks))
    plain = _on_paper(image)
    if plain.mode == "L":
        return _Pixels(plain)
    if neutral(plain):
        return _Pixels(plain.getchannel(0))
    profile = _rgb_profile(image)
    if inks.keep_rgb:
        return _Pixels(plain, profile)
    return _Pixels(_to_inks(plain, "RGB", profile, inks))


def upright_inks(image: Image.Image) -> Image.Image:
    """CMYK with 255 for full ink. Pillow takes every CMYK JPEG for one of Adobe's, which are stored inverted."""
    from PIL import ImageChops

    if image.format in ("JPEG", "MPO") and "adobe" not in image.info:
        return ImageChops.invert(image)
    return image


def _on_paper(image: Image.Image) -> Image.Image:
    """The picture as L or RGB on white paper."""
    from PIL import Image

    if image.mode.startswith(("I", "F")):
        wide = image.convert("I") if image.mode.startswith("I") else image
        return wide.point(lambda value: value * (1 / 256) + 0.0).convert("L")
    clear = image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info
    if clear:
        rgba = image.convert("RGBA")
        paper = Image.new("RGBA", rgba.size, "white")
        flat = Image.alpha_composite(paper, rgba).convert("RGB")
        return flat.getchannel(0) if image.mode in ("LA", "La", "L") else flat
    return image if image.mode in ("L", "RGB") else image.convert("RGB")


def neutral(image: Image.Image) -> bool:
    """True when no pixel of an RGB picture has a colour: a grey picture that was saved as RGB."""
    from PIL import ImageChops

    red, green, blue = image.split()
    return all(ImageChops.difference(red, other).getextrema()[1] == 0 for other in (green, blue))


def _rgb_profile(image: Image.Image) -> bytes:
    """The picture's own profile; nothing, which means sRGB, when it has none for RGB."""
    own = image.info.get("icc_profile") or b""
    usable = isinstance(own, bytes) and len(own) > 128 and own[16:20] == b"RGB " and own[36:40] == b"acsp"
    return own if usable else b""


def _to_inks(image: Image.Image, mode: str, profile: bytes, inks: ColourConversion) -> Image.Image:
    """LittleCMS: relative colorimetric with black point compensation, as ISO 12647 proofs are made."""
    from PIL import ImageCms

    transform = _transform(mode, profile, inks.profile)
    if mode == "RGB" and inks.max_ink and (table := _limited(transform, inks.max_ink)) is not None:
        return image.filter(table)
    converted = ImageCms.applyTransform(image, transform)
    if converted is None:
        raise ValueError("its colours cannot be converted")
    return converted


@lru_cache(maxsize=8)
def _transform(mode: str, profile: bytes, target: Path) -> ImageCms.ImageCmsTransform:
    from PIL import ImageCms

    if mode == "LAB":
        source = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    else:
        source = ImageCms.ImageCmsProfile(BytesIO(profile) if profile else ImageCms.createProfile("sRGB"))
    return ImageCms.buildTransform(
        source,
        ImageCms.ImageCmsProfile(str(target)),
        mode,
        "CMYK",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


@lru_cache(maxsize=4)
def _limited(transform: ImageCms.ImageCmsTransform, max_ink: float) -> ImageFilter.Color3DLUT | None:
    """A table from RGB to inks of which none goes beyond the limit; None when the profile keeps it by itself.

    Where there is too much ink the three colours give way and black stays, so that darkness is kept.
    """
    from PIL import Image, ImageCms, ImageFilter

    steps = [round(step * 255 / (GRID - 1)) for step in range(GRID)]
    cube = bytes(value for b in steps for g in steps for r in steps for value in (r, g, b))
    grid = ImageCms.applyTransform(Image.frombytes("RGB", (GRID * GRID, GRID), cube), transform)
    if grid is None:
        return None
    inks, most = grid.tobytes(), (max_ink - _ROUNDING) * 2.55
    points = [inks[start : start + 4] for start in range(0, len(inks), 4)]
    if all(sum(point) <= max_ink * 2.55 for point in points):
        return None
    table: list[float] = []
    for cyan, magenta, yellow, black in points:
        colours = cyan + magenta + yellow
        share = min(1.0, max(0.0, most - black) / colours) if colours else 1.0
        table += (cyan * share / 255, magenta * share / 255, yellow * share / 255, black / 255)
    return ImageFilter.Color3DLUT(GRID, table, channels=4, target_mode="CMYK")


def _pdf(pixels: _Pixels, width: float, height: float) -> bytes:
    """A page that the picture fills."""
    from pypdf import PdfWriter
    from pypdf.generic import (
        ArrayObject,
        DecodedStreamObject,
        DictionaryObject,
        EncodedStreamObject,
        NameObject,
        NumberObject,
    )

    image, writer = pixels.image, PdfWriter()
    space: NameObject | ArrayObject = NameObject(
        {"1": "/DeviceGray", "L": "/DeviceGray", "CMYK": "/DeviceCMYK"}.get(image.mode, "/DeviceRGB")
    )
    if image.mode == "RGB":
        profile = EncodedStreamObject()
        profile._data = zlib.compress(pixels.profile or _srgb())
        profile[NameObject("/Filter")] = NameObject("/FlateDecode")
        profile[NameObject("/N")] = NumberObject(3)
        space = ArrayObject([NameObject("/ICCBased"), writer._add_object(profile)])
    held = EncodedStreamObject()
    held._data = _packed(image)
    entries = {
        "/Type": NameObject("/XObject"),
        "/Subtype": NameObject("/Image"),
        "/Width": NumberObject(image.width),
        "/Height": NumberObject(image.height),
        "/ColorSpace": space,
        "/BitsPerComponent": NumberObject(1 if image.mode == "1" else 8),
        "/Filter": NameObject("/FlateDecode"),
    }
    held.update({NameObject(key): value for key, value in entries.items()})
    page = writer.add_blank_page(width=round(width, 4), height=round(height, 4))
    xobjects = DictionaryObject({NameObject("/Im0"): writer._add_object(held)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): xobjects})
    content = DecodedStreamObject()
    content.set_data(f"q {width:.4f} 0 0 {height:.4f} 0 0 cm /Im0 Do Q".encode())
    page[NameObject("/Contents")] = writer._add_object(content)
    result = BytesIO()
    writer.write(result)
    return result.getvalue()


def _packed(image: Image.Image) -> bytes:
    """The pixels, deflated some rows at a time."""
    packer = zlib.compressobj(6)
    parts = []
    for top in range(0, image.height, ROWS):
        strip = image.crop((0, top, image.width, min(top + ROWS, image.height)))
        parts.append(packer.compress(strip.tobytes()))
    return b"".join([*parts, packer.flush()])


def _srgb() -> bytes:
    """The profile of sRGB that LittleCMS makes, without the time of its making."""
    from PIL import ImageCms

    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data[24:36] = bytes(12)
    return bytes(data)
