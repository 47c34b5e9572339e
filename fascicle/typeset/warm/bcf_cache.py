"""Forms of biber's control file, kept from build to build of whatever publication: with one of them biber starts at once.

A control file holds what the preamble says of citations, which is the same in all texts of a style, and the keys cited.
A form that does not fit costs the time of a run of biber, never correctness: the pass tells which file it wanted.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from fascicle.core.system.atomic_files import deliver_bytes
from fascicle.typeset import biber
from fascicle.typeset.job import Job
from fascicle.typeset.run_folder import digest


class Forms:
    """The form for one job's preamble, beside the fonts that the user's publications share."""

    def __init__(self, job: Job, programs: Iterable[Path]) -> None:
        self._path = job.cache / "control" / f"{biber.preamble_key(job.tex, programs)}.bcf"
        self._kind = _kind(job)
        self._known: bytes | None = None

    def read(self) -> bytes | None:
        """The form; None before the first build with this preamble."""
        with contextlib.suppress(OSError):
            self._known = self._path.read_bytes()
        return self._known

    def keep(self, bcf: bytes | None) -> None:
        """Keep the form of a settled job's control file. That it cannot be kept is no harm."""
        form = biber.form(bcf) if bcf else None
        if not form:
            return
        with contextlib.suppress(OSError):
            if form != self._known:
                deliver_bytes(form, self._path)
            if self._kind and _name_in(self._kind) != self._path.name:
                deliver_bytes(self._path.name.encode(), self._kind)


def likely(job: Job) -> bytes | None:
    """The form of the last job of this kind, for one whose main file is not yet known."""
    kind = _kind(job)
    name = _name_in(kind) if kind else ""
    with contextlib.suppress(OSError):
        return kind.with_name(name).read_bytes() if kind and name else None
    return None


def _kind(job: Job) -> Path | None:
    """The file that names the form of a job's kind."""
    return job.cache / "control" / f"{digest(job.kind.encode())[:20]}.kind" if job.kind else None


def _name_in(kind: Path) -> str:
    """The name of the form that such a file holds; empty when there is none."""
    return Path(kind.read_text("utf-8")).name if kind.exists() else ""
