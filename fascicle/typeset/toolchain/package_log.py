"""Runs the package manager: its words go to a file, and what it is doing is told after one, two, four … minutes."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

MINUTE = 60.0
_LAST = 5


def log_path() -> Path:
    """The file that holds what the package manager said last."""
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path("~/.cache").expanduser()) / "fascicle" / "packages.log"


def run_logged(command: Sequence[str], tell: Callable[[str], None]) -> int:
    """Run `command` to its end with its words added to the log; gives its exit status."""
    path = log_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as log:
        log.write(f"$ {' '.join(command)}\n".encode())
        log.flush()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        wait, passed = 1, 0
        while True:
            try:
                return process.wait(wait * MINUTE)
            except subprocess.TimeoutExpired:
                passed, wait = passed + wait, passed + wait
                tell(f"  {passed} min: {(last_lines(1) or [''])[0]}")
            except BaseException:
                process.terminate()
                process.wait()
                raise


def begin_log() -> None:
    """Forget what was said before."""
    log_path().unlink(missing_ok=True)


def last_lines(count: int = _LAST) -> list[str]:
    """The last lines of the log, the errors alone where it has any."""
    try:
        lines = log_path().read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    said = [line.strip()[:160] for line in lines if line.strip() and not line.startswith("$ ")]
    errors = [line for line in said if line.startswith(("E: ", "Err:", "dpkg: error"))]
    return (errors or said)[-count:]
