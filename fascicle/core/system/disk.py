"""Tell a disk without room from other failures of the system."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

_FULL = (errno.ENOSPC, errno.EDQUOT)


def is_full(error: OSError) -> bool:
    """Whether an error means that the disk, or the user's share of it, is full.

    Python looks for a folder that takes temporary files, and where it finds none says that there is no such file.
    """
    if error.errno in _FULL:
        return True
    return error.errno == errno.ENOENT and error.filename is None and bool(full_folder())


def full_folder() -> str:
    """The first folder for temporary files, or else the present one, that takes nothing more; empty when there is none."""
    named = [os.environ.get(name, "") for name in ("TMPDIR", "TEMP", "TMP")]
    for folder in (*filter(None, named), "/tmp", "/var/tmp", str(Path.cwd())):  # noqa: S108 - those that Python takes
        try:
            with tempfile.TemporaryFile(dir=folder) as probe:
                probe.write(b"full?")
        except OSError as error:
            if error.errno in _FULL:
                return folder
    return ""
