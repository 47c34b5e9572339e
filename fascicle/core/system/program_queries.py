"""Short questions to programs: their version, where a file of theirs is; asked behind the wall."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Sequence

from fascicle.core.system.sandbox import Ran, SandboxPolicy, run

SECONDS = 30
"""Time that an answer may take."""
_KEPT = ("PATH", "TMPDIR", "TEXMFROOT", "TEXMFDIST", "SELFAUTOLOC", "SYSTEMROOT")


def asked(command: Sequence[str], data: bytes | None = None, seconds: float = SECONDS) -> Ran | None:
    """What a program answers; None when it cannot be started or takes too long. It may write nothing but its answer."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    with tempfile.TemporaryDirectory(prefix="fascicle-") as scratch:
        environment = {**kept, "LC_ALL": "C.UTF-8", "HOME": scratch}
        try:
            return run(command, SandboxPolicy((), (scratch,), seconds), environment, scratch, seconds, data)
        except (OSError, subprocess.TimeoutExpired):
            return None


def told(command: Sequence[str]) -> str:
    """What it prints, as text; empty when it gives no answer."""
    answer = asked(command)
    return answer.stdout.decode("utf-8", "replace") if answer else ""
