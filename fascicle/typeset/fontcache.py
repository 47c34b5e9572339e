"""LuaTeX's font cache: one engine alone fills it, many may read it. luaotfload writes its files in place, not atomically."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from fascicle.typeset.locks import wait_for_lock

_BEGIN = re.compile(r"\\begin\s*\{document\}")


class FontCache:
    """The cache folder, and which preambles it has already served."""

    def __init__(self, folder: Path, tex: str) -> None:
        self.folder = folder
        self.home = folder / "home"
        preamble = _BEGIN.split(tex, maxsplit=1)[0]
        self._mark = folder / "warm" / hashlib.sha256(preamble.encode()).hexdigest()[:20]

    def prepare(self) -> None:
        """Make the folders; OSError when they cannot be made or written."""
        for folder in (self.home, self._mark.parent):
            folder.mkdir(parents=True, exist_ok=True)
        probe = self.folder / "writable"
        probe.touch()

    @property
    def warm(self) -> bool:
        """True when a document with this preamble has been set with this cache."""
        return self._mark.exists()

    @contextlib.contextmanager
    def filling(self, seconds: float = 120.0) -> Iterator[None]:
        """While the block runs, no other job fills the cache; at its good end the cache is warm.

        LockedError when another job has been filling it for longer than `seconds`.
        """
        with (self.folder / "lock").open("a") as lock:
            wait_for_lock(lock.fileno(), seconds)
            yield
        with contextlib.suppress(OSError):
            self._mark.touch()
