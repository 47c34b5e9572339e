"""Waits until one of the files that the last build has read is another."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from watchfiles import watch

from fascicle.project.manifest import FileEntry, is_current

_QUIET = 5
"""Milliseconds without a change after which saving counts as done."""
_LONGEST = 200
"""Milliseconds after which a build begins even if saving goes on."""
_LOOK = 1000
"""Milliseconds after which a look is taken though nothing was heard: not every file system tells."""
_AGAIN = 0.1
"""Seconds after which listening is tried again when it could not be begun."""


class Files:
    """What the last build has read, whether it was there or not."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        self._reads: tuple[FileEntry, ...] = ()

    def note(self, reads: Iterable[FileEntry]) -> None:
        """What has been read is this."""
        with self._lock:
            self._reads = tuple(reads)

    def changed(self) -> bool:
        """Whether anything read would be read otherwise now."""
        with self._lock:
            reads = self._reads
        return not all(is_current(entry, self._root) for entry in reads)

    def wait(self, stop: threading.Event, given_up: Callable[[], bool] = lambda: False) -> bool:
        """Wait for a change; False when `stop` was set, or waiting `given_up`, before one came."""
        while not stop.is_set():
            folders = self._folders()
            for _ in _looks(folders, stop):
                if given_up():
                    return False
                if self.changed():
                    return True
                if self._folders() != folders:
                    break
        return False

    def _folders(self) -> frozenset[Path]:
        """The folders of what was read, or the nearest ones around them that are there."""
        with self._lock:
            paths = {entry.path for entry in self._reads}
        return frozenset(self._nearest(self._root / path.partition("/*")[0], path) for path in paths)

    def _nearest(self, path: Path, reported: str) -> Path:
        folder = path if "/*" in reported else path.parent
        while not _is_folder(folder):
            folder = folder.parent
        return folder


def _looks(folders: Iterable[Path], stop: threading.Event) -> Iterator[object]:
    """Comes whenever a look at the files is due."""
    try:
        yield from watch(
            *folders,
            watch_filter=None,  # whether a change concerns us is seen by a look at the files themselves
            debounce=_LONGEST,
            step=_QUIET,
            rust_timeout=_LOOK,
            yield_on_timeout=True,
            stop_event=stop,
            raise_interrupt=False,
            recursive=False,
        )
    except (OSError, RuntimeError):  # a folder has gone meanwhile, or the system lets nobody else listen
        stop.wait(_AGAIN)
        yield None


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except PermissionError:
        return False
