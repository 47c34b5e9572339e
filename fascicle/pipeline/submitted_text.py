"""The sources as a journal got them, kept so that later versions can be compared with them."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from fascicle.pipeline.run import BUILD

KEPT = f"{BUILD}/submitted"
"""Where they are kept, a folder for each journal; `fascicle clean` leaves it."""
_NAME = re.compile(r"[\w-]+")


def keep_submitted(project: Path, journal: str, paths: Iterable[str]) -> None:
    """Keep copies of the files at `paths`, in the place of those of an earlier submission. Raises OSError."""
    place = project / KEPT
    if place.resolve() != project.resolve() / KEPT:
        return  # a link leads elsewhere
    place.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{journal}-", dir=place))
    try:
        for path in paths:
            source = project / path
            if not source.is_file() or ".." in Path(path).parts or Path(path).is_absolute():
                continue
            (fresh / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, fresh / path)
        fresh.chmod(0o755)
        shutil.rmtree(place / journal, ignore_errors=True)
        fresh.rename(place / journal)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def submitted(project: Path, journal: str) -> Path | None:
    """The folder of what a journal got last; None when nothing is kept."""
    folder = project / KEPT / journal
    return folder if _NAME.fullmatch(journal) and folder.is_dir() and not folder.is_symlink() else None


def journals_with_submissions(project: Path) -> list[str]:
    """The journals of which something is kept."""
    place = project / KEPT
    return sorted(one.name for one in place.iterdir() if _NAME.fullmatch(one.name)) if place.is_dir() else []
