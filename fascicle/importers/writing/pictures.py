"""Pictures copied into figures/, in formats that can be printed, each entered in the ledger."""

from __future__ import annotations

import re
import warnings
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from fascicle.importers.draft import ImportDraft
from fascicle.importers.writing.sections import slug
from fascicle.project.figures.vector_inks import DAMAGE, look_into

_MAGIC = (
    (b"\x89PNG", ".png"), (b"\xff\xd8\xff", ".jpg"), (b"%PDF", ".pdf"), (b"II*\x00", ".tif"), (b"MM\x00*", ".tif"),
    (b"GIF8", ".gif"), (b"BM", ".bmp"), (b"%!PS", ".eps"), (b"\xc5\xd0\xd3\xc6", ".eps"), (b"\x01\x00\x00\x00", ".emf"),
    (b"\xd7\xcd\xc6\x9a", ".wmf"),
)  # fmt: skip
_PLACED = frozenset({".png", ".jpg", ".jpeg", ".pdf", ".tif", ".tiff", ".svg"})
_SAVE = dict.fromkeys((".emf", ".wmf"), ": in Word, save it as PNG or SVG (Save as Picture)")
_DOTS = 300
_MADE_PNG = frozenset({".gif", ".bmp", ".webp"})


class PictureStore:
    """The pictures of one project."""

    def __init__(self, draft: ImportDraft) -> None:
        self.draft = draft
        self.files: dict[str, bytes] = {}
        self.ledger: dict[str, dict[str, Any]] = {}
        self._known: dict[str, str | None] = {}

    def place(self, source: str, given: dict[str, str]) -> str | None:
        """The path of a picture in the project; what is missing or cannot be printed gets a place in the ledger."""
        if source not in self._known:
            self._known[source] = self._taken(source)
        path = self._known[source]
        if path is not None:
            entry = self.ledger[path]
            alt = (given.get("fig-alt") or given.get("alt") or given.get("descr") or "").strip()
            if alt and "alt" not in entry:
                entry["alt"] = " ".join(alt.split())
        return f"figures/{path}" if path else None

    def _taken(self, source: str) -> str | None:
        found = self.draft.pictures(source)
        stem = slug(PurePosixPath(unquote(source)).stem) or "picture"
        if found is None:
            return self._awaited(source, stem, "is not beside the source")
        _, data = found
        ending = _ending(source, data)
        if ending in _MADE_PNG:
            made = _as_png(data)
            if made is None:
                return self._awaited(source, stem, "cannot be read")
            self.draft.report.changed(f"a picture of the format {ending[1:].upper()} is a PNG here", source)
            data, ending = made, ".png"
        if ending == ".pdf" and (drawn := without_fonts(data)):
            self.draft.report.changed(
                "a drawing that does not hold its fonts is a picture of 300 dots an inch here", source
            )
            data, ending = drawn, ".png"
        if ending not in _PLACED or not _sound(data, ending):
            reason = (
                "is damaged"
                if ending in _PLACED
                else f"is of the format {ending[1:].upper() or 'unknown'}, which cannot be printed{_SAVE.get(ending, '')}"
            )
            return self._awaited(source, stem, reason)
        name = self._name(stem, ending, data)
        self.files[name] = data
        self.ledger.setdefault(name, {"permission": "own"})
        self.draft.report.verify(
            "a picture is entered in figures/figures.yaml as the author's own", f"figures/{name}"
        )
        return name

    def awaited(self, stem: str, reason: str, alt: str = "") -> str:
        """A picture that has yet to be made: its name, with a place in the ledger."""
        name = self._name(slug(stem) or "picture", ".png", None)
        self.ledger[name] = {**({"alt": alt} if alt else {}), "permission": "pending"}
        self.draft.report.verify(
            f"a picture {reason}; a plate is printed until it is put there", f"figures/{name}"
        )
        return name

    def _awaited(self, source: str, stem: str, reason: str) -> str:
        return self.awaited(stem, f"{reason} ({source[:80]})")

    def _name(self, stem: str, ending: str, data: bytes | None) -> str:
        name, number = f"{stem}{ending}", 2
        while name in self.ledger and (data is None or self.files.get(name) != data):
            name, number = f"{stem}-{number}{ending}", number + 1
        return name


def _ending(source: str, data: bytes) -> str:
    """The true format, whatever the name says."""
    for magic, ending in _MAGIC:
        if data.startswith(magic):
            return ending
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    if re.search(rb"<svg[\s>]", data[:4000]):
        return ".svg"
    ending = PurePosixPath(source.split("?")[0]).suffix.lower()
    return "" if ending in _PLACED else ending


def _as_png(data: bytes) -> bytes | None:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data)) as picture:
                made = BytesIO()
                picture.convert(
                    "RGBA" if "transparency" in picture.info or picture.mode in ("RGBA", "LA") else "RGB"
                ).save(made, "PNG")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
    return made.getvalue()


def without_fonts(data: bytes) -> bytes | None:
    """A drawing as PNG when it does not hold its fonts, as the program's own check would tell; else None."""
    import pypdfium2

    try:
        if not look_into(data).unembedded:
            return None
        with pypdfium2.PdfDocument(data) as document:
            picture = document[0].render(scale=_DOTS / 72).to_pil()
    except (*DAMAGE, pypdfium2.PdfiumError, MemoryError):
        return None
    made = BytesIO()
    picture.save(made, "PNG", dpi=(_DOTS, _DOTS))
    return made.getvalue()


def _sound(data: bytes, ending: str) -> bool:
    """Whether a picture can be opened."""
    if ending == ".svg":
        return True
    if ending == ".pdf":
        try:
            look_into(data)
        except DAMAGE:
            return False
        return True
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data)) as picture:
                picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return True
