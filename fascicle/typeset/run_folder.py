"""The folder that a job runs in.

Its lock, what it keeps from build to build, and the folder of each pass.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG

from fascicle.core.system.atomic_files import deliver_bytes
from fascicle.core.system.disk import is_full
from fascicle.core.system.locks import lock_file, wait_for_lock
from fascicle.core.system.sandbox import private

_FORMAT = 3
_PROBE = 1 << 16
Files = Mapping[str, bytes]
"""Files that TeX wrote, by their names relative to the working directory."""


@dataclass(frozen=True, slots=True)
class SavedState:
    """What a settled job leaves for the next one."""

    files: Files = field(default_factory=dict)
    """The files that TeX reads back."""
    structure: str = ""
    """Digest of headings, captions and labels (`passes.structure`)."""


class RunFolder:
    """One edition's run folder. Only `keep` changes what a later job starts from, and it does so by one rename."""

    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self.name = name
        self._state = path / "state.json"

    @contextlib.contextmanager
    def lock(self, seconds: float, waiting: Callable[[], None]) -> Iterator[None]:
        """Hold the folder's lock for the block; `waiting` is called once when it is taken, LockedError after `seconds`."""
        with lock_file(self.path / "lock") as handle:
            wait_for_lock(handle, seconds, waiting)
            yield

    def clean(self) -> None:
        """Remove the pass folders that a killed job left behind."""
        for leftover in self.path.glob("pass-*"):
            shutil.rmtree(leftover, ignore_errors=True)

    def kept(self) -> SavedState:
        """What the last settled job left; nothing when there is no such job, or when a file is not as it was left."""
        try:
            state = json.loads(self._state.read_text("utf-8"))
            if state["format"] != _FORMAT:
                return SavedState()
            files = {name: (self.path / "kept" / name).read_bytes() for name in state["files"]}
            if any(digest(content) != state["files"][name] for name, content in files.items()):
                return SavedState()
            return SavedState(files, state["structure"])
        except (OSError, ValueError, KeyError, TypeError):
            return SavedState()

    def keep(self, kept: SavedState) -> None:
        """Keep the files of a settled job. A kill in between leaves no state, and so the next job starts from nothing."""
        self.forget()
        target = self.path / "kept"
        shutil.rmtree(target, ignore_errors=True)
        for name, content in kept.files.items():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes(content)
        hashes = {name: digest(content) for name, content in kept.files.items()}
        state = {
            "format": _FORMAT,
            "files": hashes,
            "structure": kept.structure,
        }
        deliver_bytes(json.dumps(state, indent=1).encode(), self._state)

    def forget(self) -> None:
        """Keep nothing for the next job."""
        self._state.unlink(missing_ok=True)

    def new_pass(self, label: str, inputs: Mapping[str, Path], texts: Mapping[str, str]) -> Path:
        """A fresh folder for one program, with `inputs` linked in and `texts` written."""
        folder = self.path / f"pass-{label}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name, path in inputs.items():
            put_input(path, folder / name)
        for name, text in texts.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8", newline="\n")
        return folder

    def take(self, folder: Path, suffix: str) -> Path | None:
        """Move the result with `suffix` from a pass folder to the run folder; None when there is none."""
        target = self.path / (self.name + suffix)
        try:
            made = folder / target.name
            if not S_ISREG(made.lstat().st_mode):  # TeX's Lua can make links, which would be followed later
                return None
            made.replace(target)
        except FileNotFoundError:
            return None
        return target

    def full(self) -> bool:
        """True when the disk has no room for another 64 KiB: TeX itself does not notice that its writes fail."""
        probe = self.path / "room"
        try:
            probe.write_bytes(bytes(_PROBE))
        except OSError as error:
            return is_full(error)
        finally:
            with contextlib.suppress(OSError):
                probe.unlink(missing_ok=True)
        return False


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def put_input(path: Path, place: Path, *, copied: bool = False) -> None:
    """Link an input into a pass folder; copy it where the program sees nothing but that folder."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if copied or private():
        shutil.copyfile(path, place)
    else:
        place.symlink_to(path.absolute())


def put_files(folder: Path, files: Files) -> None:
    """Write `files` into a pass folder, dated 1970, so that one sees which of them the pass wrote anew."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
        os.utime(folder / name, (0, 0))


def regular_files(folder: Path) -> Iterator[str]:
    """Names of the regular files in `folder` and below, relative to it; links and pipes are left out."""
    for where, _, names in os.walk(folder):
        for name in names:
            path = Path(where, name)
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(folder).as_posix()
