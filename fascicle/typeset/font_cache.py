"""LuaTeX's font cache, which one engine alone may fill."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from fascicle.core.system.locks import wait_for_lock

_BEGIN = re.compile(r"\\begin\s*\{document\}")
_FONT_FILES = re.compile(r"[\w+-]+\.(?:otf|ttf|otc|ttc)\b", re.IGNORECASE)
_LOADING = re.compile(
    r"\\(?:documentclass|LoadClass|usepackage|RequirePackage|input|fontspec|set\w*font\w*|newfont\w+|babelfont)\b[^\n]*"
)


class FontCache:
    """The cache folder, and which fonts it has already served.

    A document is known by what its preamble loads: font files, and the class, packages and commands that may load
    others. Its title and its other settings are none of the cache's business.
    """

    def __init__(self, folder: Path, tex: str) -> None:
        self.folder = folder
        self.home = folder / "home"
        preamble = _BEGIN.split(tex, maxsplit=1)[0]
        loads = "\n".join(sorted({*_FONT_FILES.findall(preamble), *_LOADING.findall(preamble)}))
        self._mark = folder / "warm" / hashlib.sha256(loads.encode()).hexdigest()[:20]

    def prepare(self) -> None:
        """Make the folders; OSError when they cannot be made or written."""
        for folder in (self.home, self._mark.parent):
            folder.mkdir(parents=True, exist_ok=True)
        probe = self.folder / "writable"
        probe.touch()

    @property
    def warm(self) -> bool:
        """True when a document that loads the same has been set with this cache."""
        return self._mark.exists()

    @contextlib.contextmanager
    def filling(self, seconds: float = 120.0) -> Iterator[None]:
        """While the block runs, no other job fills the cache; at its good end the cache is warm.

        A job that waited while another one filled the cache with the same fonts has no need to keep others waiting.
        LockedError when other jobs have been filling it for longer than `seconds`.
        """
        with (self.folder / "lock").open("a") as lock:
            locked = wait_for_lock(lock.fileno(), seconds, needless=lambda: self.warm)
            if locked and not self.warm:
                yield
                with contextlib.suppress(OSError):
                    self._mark.touch()
                return
        yield
