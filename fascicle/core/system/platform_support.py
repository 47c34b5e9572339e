"""Whether this system has what typesetting and the wall need: POSIX's locks, signals and limits."""

from __future__ import annotations

import os

try:
    import fcntl as _fcntl
except ModuleNotFoundError:  # Windows
    POSIX = False
else:
    POSIX = bool(_fcntl)

NO_LINKS = getattr(os, "O_NOFOLLOW", 0)
"""For opening a file only where it is no link; without effect where systems have no such flag."""
NOT_INHERITED = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
"""For opening a file that programs started later do not get, and whose bytes come as they are."""
AT_ONCE = getattr(os, "O_NONBLOCK", 0)
"""For opening what may be a pipe without waiting for its other end."""
