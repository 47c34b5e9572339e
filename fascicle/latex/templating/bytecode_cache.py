"""Keeps the program's own templates compiled between runs.

Compiling costs more than all else that a check does.

They lie with the program's other compiled modules, where no child process writes, and are as safe as these. Nothing
that a publication brings is ever kept as code: its own templates are compiled each time.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import CodeType

from fascicle.core.builtin_templates import builtin_folder
from fascicle.project.manifest import program_fingerprint

FOLDER = Path(__file__).parent / "__pycache__" / "templates"
"""Beside the compiled modules of this program."""
_MOST = 200
"""So many files are kept; those of other versions of the program go first."""
_this_program = cache(program_fingerprint)


def remembered(source: str, name: str, file: str, compile_it: Callable[[], CodeType]) -> CodeType:
    """The code of a template called `name`; from the cache when it is the program's own and this very program has compiled it before.

    Whatever is wrong with the cache, the template is compiled.
    """
    if not _is_ours(source, file):
        return compile_it()
    parts = (_this_program(), sys.version, name, file, source)
    path = FOLDER / hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
        code = marshal.loads(path.read_bytes())  # noqa: S302 - written below, where no child writes
        if isinstance(code, CodeType):
            return code
    code = compile_it()
    with contextlib.suppress(OSError):
        _keep(path, marshal.dumps(code))
    return code


def _is_ours(source: str, file: str) -> bool:
    """Whether a file under this path, with this very text, comes with the program."""
    try:
        return (builtin_folder().parent / file).read_text(encoding="utf-8") == source
    except (OSError, ValueError):
        return False


def _keep(path: Path, content: bytes) -> None:
    if not FOLDER.parent.is_dir() and not os.access(FOLDER.parent.parent, os.W_OK):
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.write_bytes(content)
    fresh.replace(path)
    former = sorted(FOLDER.iterdir(), key=lambda one: one.stat().st_mtime_ns)
    for old in former[:-_MOST]:
        old.unlink(missing_ok=True)
