"""A `build/` that a publication without trust brings.

Never believed, and left alone when it is a link.
"""

from __future__ import annotations

from pathlib import Path
from stat import S_ISDIR, S_ISLNK

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Severity
from fascicle.pipeline.run import BUILD, Run

_SEEN = "seen"
_STATE = ("run", "locks", "texts", "pictures", "citations", "proofs", "preview-token")


def check_build_folder(run: Run, folder: str = "") -> bool:
    """Whether results may be put into `folder` of `build/`, the edition's if none is named; of trusted ones always."""
    if not run.request.no_trust:
        return True
    for path in (BUILD, f"{BUILD}/{folder or run.edition}"):
        if what := _in_the_way(run.request.home / path):
            message = f"{path} is {what}, and this publication is not trusted: it is left alone"
            run.problems.add(Code.FOREIGN_BUILD, message, None, f"remove {path} and build again")
            return False
    if run.request.place is None:  # what lies in a collection is its editor's own
        _note_foreign(run)
    return True


def _in_the_way(path: Path) -> str:
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return ""
    return "a link" if S_ISLNK(mode) else "" if S_ISDIR(mode) else "no folder"


def _note_foreign(run: Run) -> None:
    """At the first build without trust: what lies there may be anybody's."""
    seen = run.build / _SEEN
    if seen.exists():
        return
    seen.parent.mkdir(parents=True, exist_ok=True)
    seen.touch()
    folder = run.request.home / BUILD
    brought = [name for name in _STATE if (folder / name).exists() or (folder / name).is_symlink()]
    if brought:
        message = f"{BUILD}/ was not made by a build without trust, and is not read ({', '.join(brought)})"
        run.problems.add(Code.FOREIGN_BUILD, message, severity=Severity.NOTE)
