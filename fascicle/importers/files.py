"""Files beside a source: pictures found where they may be, citation styles."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from fascicle.importers.draft import ImportDraft, ImportRefusedError, ImportSource, Pictures
from fascicle.importers.metadata.facts import known_style
from fascicle.importers.sources import bytes_of, inside

_ENDINGS = ("", ".pdf", ".png", ".jpg", ".jpeg", ".svg", ".tif", ".tiff", ".eps", ".gif")
_MANY = 20_000


def picture_finder(root: Path, folders: Iterable[Path], extra: Iterable[str] = ()) -> Pictures:
    """Finds pictures by the path that a text gives, else by their name anywhere below the source's folder."""
    places = [*dict.fromkeys(folders), *(root / name for name in extra)]
    everywhere: dict[str, Path] = {}

    def listed() -> dict[str, Path]:
        if not everywhere:
            everywhere[""] = root
            for number, path in enumerate(sorted(root.rglob("*"))):
                if number > _MANY:
                    break
                if path.is_file() and path.suffix.lower() in _ENDINGS[1:]:
                    everywhere.setdefault(path.name, path)
        return everywhere

    def find(source: str) -> tuple[str, bytes] | None:
        name = unquote(source.split("?")[0].split("#")[0]).strip().removeprefix("file://").lstrip("/")
        base = PurePosixPath(name).name
        if not base:
            return None
        if "://" not in source:
            for ending in _ENDINGS:
                for place in places:
                    if (found := inside(root, name + ending, place)) is not None:
                        return _read(found)
        found = listed().get(base) or next(
            (listed()[base + end] for end in _ENDINGS[1:] if base + end in listed()), None
        )
        return (
            _read(found)
            if found is not None and found.is_file() and found.resolve().is_relative_to(root.resolve())
            else None
        )

    return find


def _read(path: Path) -> tuple[str, bytes] | None:
    try:
        return path.name, bytes_of(path)
    except ImportRefusedError:
        return None


def style_of(stated: str, source: ImportSource, folder: Path, draft: ImportDraft) -> tuple[str, bytes] | None:
    """The citation style that a source names: one that is known, or its file; None, told, when there is neither."""
    if known := known_style(stated):
        draft.facts["citation-style"] = known
        draft.report.read_as("the citation style", f"{stated} → {known}")
        return None
    if (path := inside(source.root, stated, folder)) is not None:
        draft.report.read_as("the citation style, copied as it is", path.name)
        return (path.name, bytes_of(path)) if path.suffix == ".csl" else None
    draft.report.left_out("a citation style that is not known and not beside the source", stated)
    return None
