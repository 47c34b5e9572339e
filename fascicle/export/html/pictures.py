"""Pictures for a screen: drawings of enough pixels, photographs of not too many, in what browsers show."""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from fascicle.document.document import Document
from fascicle.document.figures.placed_figures import PlacedPicture
from fascicle.export.pandoc.images import placed_pictures
from fascicle.project.figures.images import open_picture
from fascicle.project.figures.print_permission import Prepared

RESOLUTION = 300
"""Pixels an inch of drawings."""
MOST = 2400
"""Most pixels along a side: as many as the text's measure has on the finest screens, three times over."""
_Address = Callable[[str, bytes], str]
_TYPES = {".png": "image/png", ".jpg": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class ScreenPictures:
    """The pictures of a text."""

    placed: Mapping[str, PlacedPicture]
    """By the path typed in the text, each under the name of its file."""
    files: Mapping[str, bytes]
    """The files by these names."""

    def embedded(self) -> dict[str, PlacedPicture]:
        """The pictures with their files in their addresses."""
        return {path: self._addressed(picture, data_address) for path, picture in self.placed.items()}

    def beside(self, folder: str) -> dict[str, PlacedPicture]:
        """The pictures as files of a folder."""
        return {
            path: self._addressed(picture, lambda name, data: f"{folder}/{name}")
            for path, picture in self.placed.items()
        }

    def _addressed(self, picture: PlacedPicture, address: _Address) -> PlacedPicture:
        if picture.file is None:
            return picture
        return replace(picture, file=address(picture.file, self.files[picture.file]))


def screen_pictures(document: Document, prepared: Mapping[str, Prepared]) -> ScreenPictures:
    """The pictures as a screen shows them, named by numbers alone."""
    with tempfile.TemporaryDirectory(prefix="fascicle-") as scratch:
        folder = Path(scratch)
        placed = placed_pictures(document, prepared, folder, RESOLUTION)
        files: dict[str, bytes] = {}
        shown = {}
        for path, picture in placed.items():
            if picture.file is None:
                shown[path] = picture
                continue
            name, data = _for_screen(folder / picture.file)
            files[name] = data
            shown[path] = replace(picture, file=name)
    return ScreenPictures(shown, files)


def data_address(name: str, data: bytes) -> str:
    """A file as an address that holds it."""
    return f"data:{_TYPES[Path(name).suffix]};base64,{base64.b64encode(data).decode('ascii')}"


def media_type(name: str) -> str:
    """The media type of a picture's file."""
    return _TYPES[Path(name).suffix]


def _for_screen(file: Path) -> tuple[str, bytes]:
    """Name and bytes: the file as it is, or scaled down, or written anew in a format that browsers show."""
    from PIL import ImageOps

    with open_picture(file) as image:
        known = file.suffix in _TYPES
        if known and max(image.size) <= MOST and image.getexif().get(0x0112, 1) == 1:
            return file.name, file.read_bytes()
        profile = image.info.get("icc_profile")
        photograph = image.format == "JPEG"
        made = ImageOps.exif_transpose(image)
        if made.mode not in ("L", "LA", "RGB", "RGBA", "P", "1"):
            made = made.convert("RGB")
        if max(made.size) > MOST:
            made = made.convert("RGBA") if made.mode == "P" else made
            made.thumbnail((MOST, MOST))
        stream = BytesIO()
        if photograph:
            made.convert("L" if made.mode == "L" else "RGB").save(
                stream, "JPEG", quality=88, icc_profile=profile
            )
        else:
            made.save(stream, "PNG", optimize=True, icc_profile=profile)
    return f"{file.stem}{'.jpg' if photograph else '.png'}", stream.getvalue()
