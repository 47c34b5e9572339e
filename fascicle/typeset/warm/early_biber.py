"""biber started as soon as it is known what is cited, before there is a main file, on the form of the last text of its kind.

Another control file than the one guessed costs the time of this run, never correctness: only the job that wants the
very same run takes its result.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from fascicle.core.system.subprocesses import Guardian
from fascicle.typeset import biber
from fascicle.typeset.environment import environment_of, programs_of
from fascicle.typeset.job import Job, Program
from fascicle.typeset.run_folder import RunFolder
from fascicle.typeset.runner import BiberResult, Runner
from fascicle.typeset.warm import bcf_cache

_begun: dict[Path, _Early] = {}


@dataclass(eq=False, slots=True)
class _Early:
    """A run of biber under way."""

    key: str
    """What it sorts (`biber.key`)."""
    folder: Path
    """Where it works."""
    guardian: Guardian
    pool: ThreadPoolExecutor
    result: Future[BiberResult]


def begin(job: Job) -> None:
    """Start biber for a job whose main file is not yet known, unless its last list of works is the right one still."""
    end(job.folder)
    form = bcf_cache.likely(job)
    if form is None:
        return
    bcf = biber.filled(form, job.cited)
    key = biber.key(bcf, job.bibliographies)
    if RunFolder(job.folder, job.name).kept().biber_key == key:
        return
    environment = environment_of(job)
    programs = programs_of(job, environment)
    if Program.BIBER not in programs:
        return
    folder = job.folder / f"ahead-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:  # what is wrong with the folder, the build itself will tell
        return
    guardian = Guardian(folder).__enter__()
    deadline = time.monotonic() + job.limits.seconds
    runner = Runner(job, RunFolder(folder, job.name), guardian, environment, programs, deadline)
    pool = ThreadPoolExecutor(1)
    _begun[job.folder] = _Early(key, folder, guardian, pool, pool.submit(runner.run_biber, "biber", bcf))


def take(job: Job, key: str) -> Future[BiberResult] | None:
    """The run that sorts what `key` says, when it is under way for this job."""
    early = _begun.get(job.folder)
    return early.result if early and early.key == key else None


def end(folder: Path) -> None:
    """End what was begun for a run folder, whether it was of use or not."""
    if early := _begun.pop(folder, None):
        early.guardian.__exit__(None, None, None)
        early.pool.shutdown()
        with contextlib.suppress(OSError):
            shutil.rmtree(early.folder)
