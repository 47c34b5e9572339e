"""Forms of biber's control file, kept from build to build of whatever publication: with one of them biber starts at once.

A control file holds what the preamble says of citations, which is the same in all texts of a style, and the keys cited.
A form that does not fit costs the time of a run of biber, never correctness: the pass tells which file it wanted.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from fascicle.typeset import biber
from fascicle.typeset.deliver import deliver_bytes
from fascicle.typeset.job import Job


class Forms:
    """The form for one job's preamble, beside the fonts that the user's publications share."""

    def __init__(self, job: Job, programs: Iterable[Path]) -> None:
        self._path = job.cache / "control" / f"{biber.preamble_key(job.tex, programs)}.bcf"
        self._known: bytes | None = None

    def read(self) -> bytes | None:
        """The form; None before the first build with this preamble."""
        with contextlib.suppress(OSError):
            self._known = self._path.read_bytes()
        return self._known

    def keep(self, bcf: bytes | None) -> None:
        """Keep the form of a settled job's control file. That it cannot be kept is no harm."""
        form = biber.form(bcf) if bcf else None
        if form and form != self._known:
            with contextlib.suppress(OSError):
                deliver_bytes(form, self._path)
