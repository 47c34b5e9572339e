"""A Word document that was sent earlier as a version of the publication: its text in a copy of the sources."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.pipeline.run import Request
from fascicle.redline.merge.merge import copied, merge_word
from fascicle.redline.versions import Version, VersionError


@contextmanager
def word_version(request: Request, file: Path, problems: Collector) -> Iterator[Version]:
    """The publication as `file` has it; what of that cannot be had is told in `problems`.

    Raises VersionError when the file is no Word document of this publication.
    """
    if not file.is_file():
        raise VersionError(f"there is no file '{file}'")
    made = merge_word(request, file.resolve(), whole=True)
    for found in made.problems.sorted():
        raise VersionError(found.message)
    for one in made.unplaced:
        message = f"{file.name} has something that the comparison leaves out: {one.what}"
        problems.add(Code.VERSION_FAULTY, message, one.span)
    with copied(request.project, made.changed) as folder:
        yield Version(folder, file.name)
