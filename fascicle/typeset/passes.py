"""Which files TeX writes and reads back, and whether a further pass is needed, and why."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import PurePosixPath

from fascicle.typeset.job import RerunReason
from fascicle.typeset.pause_point import begin_line
from fascicle.typeset.run_folder import digest

_RESULTS = (".pdf", ".log", ".fls", ".synctex.gz", ".synctex", ".synctex(busy)", ".txt")
_REASONS = {
    ".aux": RerunReason.REFERENCES,
    ".toc": RerunReason.CONTENTS,
    ".lof": RerunReason.CONTENTS,
    ".lot": RerunReason.CONTENTS,
    ".out": RerunReason.BOOKMARKS,
}
_STRUCTURE = re.compile(
    r"\\(?:(?:sub)*section|chapter|part|paragraph|caption|label|bookmark)\b|fasciclecaption"
)
_ORDER = tuple(RerunReason)
FLEETING = ".ends"
"""How the name ends of a file whose later lines rest on earlier ones: no other build may start from it, or the same text
could give other pages."""


def structure(tex: str) -> str:
    """Digest of the lines that TeX writes into files to read them back: headings, captions, labels, and the preamble."""
    begin = begin_line(tex) - 1
    lines = tex.split("\n")
    return digest("\n".join([*lines[:begin], *filter(_STRUCTURE.search, lines[begin:])]).encode())


def is_auxiliary(name: str) -> bool:
    """Whether TeX may read this file of its own in a later pass."""
    return not name.endswith(_RESULTS)


def rerun_reason(
    before: Mapping[str, bytes], after: Mapping[str, bytes], read: Collection[str]
) -> RerunReason | None:
    """Why the next pass would not give the same result, or None when all is stable.

    `before` are the files that the pass found, `after` those that stand there now, `read` the names that it read.
    A file that was there and was not read cannot matter; a new one may be read as soon as it is there.
    """
    changed = changed_files(before, after, read)
    reasons = {_REASONS.get(PurePosixPath(name).suffix, RerunReason.AUXILIARY) for name in changed}
    return min(reasons, key=_ORDER.index) if reasons else None


def changed_files(
    before: Mapping[str, bytes], after: Mapping[str, bytes], read: Collection[str]
) -> list[str]:
    """Names of the files that are the reason for a further pass."""
    return sorted(
        name
        for name in before.keys() | after.keys()
        if before.get(name) != after.get(name) and (name in read or name not in before)
    )


def files_read(recorder: str) -> tuple[set[str], set[str]]:
    """Relative names that the .fls file lists as read: all of them, and those read before the document's begin.

    LaTeX reads the .aux file first thing when the document begins, so what comes before it was read by the preamble.
    """
    everything: set[str] = set()
    early: set[str] = set()
    begun = False
    for line in recorder.splitlines():
        kind, _, name = line.partition(" ")
        if name.startswith("/") or kind not in ("INPUT", "OUTPUT"):
            continue
        name = name.removeprefix("./")
        begun = begun or name.endswith(".aux")
        if kind == "INPUT":
            everything.add(name)
            if not begun:
                early.add(name)
    return everything, early
