"""Keeps compiled templates between runs in the user's cache.

Compiling costs more than all else that a check does.
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

from fascicle.project.manifest import program_fingerprint

_this_program = cache(program_fingerprint)


def remembered(source: str, file: str, compile_it: Callable[[], CodeType]) -> CodeType:
    """The code of a template, from the cache when this very program has compiled this very text before.

    Whatever is wrong with the cache, the template is compiled. The cache holds code, and is as safe as the user's own
    folder that it lies in.
    """
    folder = _folder()
    parts = (_this_program(), sys.version, file, source)
    path = folder / hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
        code = marshal.loads(path.read_bytes())  # noqa: S302 - written below, by the same user
        if isinstance(code, CodeType):
            return code
    code = compile_it()
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        fresh.write_bytes(marshal.dumps(code))
        fresh.replace(path)
    return code


def _folder() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111 - never raises
    return Path(home) / "fascicle" / "templates"
