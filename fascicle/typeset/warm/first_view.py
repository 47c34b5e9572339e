"""The first view of a change: the pages down to the one that shows it."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from threading import Event

from fascicle.core.system.atomic_files import read_regular
from fascicle.core.system.subprocesses import Ending
from fascicle.typeset import pause_point
from fascicle.typeset.job import Job
from fascicle.typeset.run_folder import RunFolder
from fascicle.typeset.warm.parked_engines import Parking

_SECONDS = 10.0
"""A first sight that takes longer is none."""


@dataclass(frozen=True, slots=True)
class FirstView:
    """The first pages of the text as it is now."""

    pdf: bytes
    """A PDF file; it may hold more pages, which are not to be looked at."""
    pages: int | None
    """How many of them are whole; None when all are."""


def make_first_view(job: Job, line: int, parking: Parking, stop: Event) -> FirstView | None:
    """The pages down to the one that holds line `line` of the main file; None when no engine waits above it."""
    kept = RunFolder(job.folder, job.name).kept()
    engine = parking.take(job, kept.files, deep=True)
    if engine is None:
        return None
    engine.child.release(pause_point.until(line))
    ending = engine.child.wait(time.monotonic() + _SECONDS, stop)
    pdf, pages = engine.folder / f"{job.name}.pdf", engine.folder / pause_point.PAGES
    try:
        # Environments left open where it was stopped are no matter here; an error before that place is.
        if ending is not Ending.EXITED or engine.child.process.returncode or not pdf.exists():
            return None
        return FirstView(read_regular(pdf), int(read_regular(pages)) if pages.exists() else None)
    except (OSError, ValueError):  # the folder was removed, or the disk is full: the build itself will tell
        return None
    finally:
        shutil.rmtree(engine.folder, ignore_errors=True)


def first_change(before: str, after: str) -> int | None:
    """Number of the first line, from 1, that differs; None when none does."""
    if before == after:
        return None
    one, other = before.split("\n"), after.split("\n")
    for number, (left, right) in enumerate(zip(one, other, strict=False), start=1):
        if left != right:
            return number
    return min(len(one), len(other))
