"""Waits until one of the files that the last build has read is another."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from watchfiles import watch

from fascicle.manifest import Entry, is_current

_QUIET = 5
"""Milliseconds without a change after which saving counts as done."""
_LONGEST = 200
"""Milliseconds after which a build begins even if saving goes on."""
_LOOK = 1000
"""Milliseconds after which a look is taken though nothing was heard: not every file system tells."""


class Files:
    """What the last build has read, whether it was there or not."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        self._reads: tuple[Entry, ...] = ()

    def note(self, reads: Iterable[Entry]) -> None:
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
            for _ in watch(
                *folders,
                watch_filter=None,  # whether a change concerns us is seen by a look at the files themselves
                debounce=_LONGEST,
                step=_QUIET,
                rust_timeout=_LOOK,
                yield_on_timeout=True,
                stop_event=stop,
                raise_interrupt=False,
                recursive=False,
            ):
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

    def _nearest(self, path: Path, told: str) -> Path:
        folder = path if "/*" in told else path.parent
        while not folder.is_dir():
            folder = folder.parent
        return folder
