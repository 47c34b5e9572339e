"""Takes an article out of git at a revision, once for each commit, into the collection's own `build/`."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from fascicle.core.system.git import opened

SOURCES = "build/sources"
"""Where the files of revisions lie, in the collection's folder."""
_SHOWN = 12
"""Digits of a commit in a folder's name."""


def taken_out(root: Path, folder: Path, revision: str, key: str) -> Path:
    """The files of `folder` at a revision of the repository that it is in. Raises GitError.

    Nobody's configuration, hooks or filters have a part in it, and links are left out.
    """
    with opened(folder) as repository:
        commit = repository.commit(revision)
        target = root / SOURCES / f"{key}-{commit[:_SHOWN]}"
        if target.is_dir():
            return target
        under = folder.resolve().relative_to(repository.top).as_posix()
        target.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".new-", dir=target.parent) as own:
            fresh = Path(own) / "article"
            fresh.mkdir()
            repository.export(commit, "" if under == "." else under, fresh)
            fresh.replace(target)
    for other in target.parent.iterdir():
        if other != target and other.name[: -_SHOWN - 1] == key:
            shutil.rmtree(other, ignore_errors=True)
    return target
