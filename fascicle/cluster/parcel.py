"""A publication's files as a parcel: paths and digests, and contents that travel but once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

_LEFT_OUT = frozenset({"build", "__pycache__", "node_modules"})
"""Folders that hold nothing of a publication's sources. Hidden ones are left out too."""

_RESULTS = ("build/screen/*.pdf", "build/epub/*.epub")
"""What a page or a book takes up of other editions."""


@dataclass(frozen=True, slots=True)
class ParcelFile:
    """One file."""

    path: str
    """Relative to the publication's folder."""
    digest: str
    """SHA-256 of its content; empty for a link that is sent as one."""
    mtime_ns: int
    """Time of its last change, where it comes from."""
    size: int
    """Bytes."""
    runs: bool = False
    """Whether it may be executed."""
    link: str = ""
    """Where a link leads that is sent as one; empty for a file."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """All of a publication's files."""

    name: str
    """Name of its folder."""
    files: tuple[ParcelFile, ...]
    """The files, in path order."""
    places: Mapping[str, Path] = field(default_factory=dict)
    """Where each content lies, by its digest."""

    def content(self, digest: str) -> bytes | None:
        """A content, read again; None when the file has changed since it was listed."""
        data = self.places[digest].read_bytes()
        return data if hashlib.sha256(data).hexdigest() == digest else None


def parcel_of(root: Path, *, trusted: bool, results: Path | None = None) -> Parcel:
    """The files of a publication. Links of one that is not trusted are sent as links, never followed.

    What other editions have made in `build/` of the folder `results` goes along, for an edition that takes it up.
    """
    files: list[ParcelFile] = []
    places: dict[str, Path] = {}
    found = {path: root / path for path in _walk(root)}
    if results:
        made = (path for one in _RESULTS for path in results.glob(one))
        found |= {path.relative_to(results).as_posix(): path for path in made}
    for path, full in sorted(found.items()):
        if full.is_symlink() and not trusted:
            files.append(ParcelFile(path, "", 0, 0, link=str(full.readlink())))
        elif full.is_file():
            with full.open("rb") as stream:
                stat, digest = os.fstat(stream.fileno()), hashlib.file_digest(stream, "sha256").hexdigest()
            files.append(ParcelFile(path, digest, stat.st_mtime_ns, stat.st_size, bool(stat.st_mode & 0o100)))
            places[digest] = full
    return Parcel(root.name, tuple(files), places)


def _walk(root: Path) -> Iterator[str]:
    """Paths of files and links, not below links to folders."""
    for folder, folders, names in os.walk(root):
        here = Path(folder)
        inside = PurePosixPath(here.relative_to(root).as_posix())
        linked = [name for name in folders if (here / name).is_symlink()]
        kept = [name for name in folders if name not in linked and not name.startswith(".")]
        folders[:] = [name for name in kept if name not in _LEFT_OUT or inside.parts]
        yield from (str(inside / name) for name in (*names, *linked) if not name.startswith("."))


def as_plain(parcel: Parcel) -> list[list[object]]:
    """The list of files as plain data."""
    return [[one.path, one.digest, one.runs, one.link] for one in parcel.files]


def lay_out(files: list[list[object]], contents: Path, target: Path) -> None:
    """Put files into the new folder `target`, their contents from a folder of them; links last."""
    target.mkdir(parents=True)
    for path, digest, runs, link in sorted(files, key=lambda one: bool(one[3])):
        place = target / _inside(str(path))
        place.parent.mkdir(parents=True, exist_ok=True)
        if link:
            place.symlink_to(str(link))
            continue
        place.write_bytes((contents / str(digest)).read_bytes())
        place.chmod(0o700 if runs else 0o600)


def _inside(path: str) -> str:
    """A path that stays in its folder; ValueError for another."""
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts or "\0" in path or not pure.parts:
        raise ValueError(f"the path '{path}' leads out of its folder")
    return path
