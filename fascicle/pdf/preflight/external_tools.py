"""Where slow checks run their programs: outside programs, and answers kept by the file's hash."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fascicle import __version__
from fascicle.core.system import sandbox
from fascicle.core.system.sandbox import Ran, SandboxPolicy

LIMIT = 300.0
"""Seconds that one program may take."""


@dataclass(frozen=True, slots=True)
class ToolRunner:
    """The programs at hand and the folder in which answers are kept."""

    cache: Path | None = None
    """Folder of answers; None keeps none."""
    verapdf: bool = False
    """True when veraPDF is to judge, too."""

    def answer(self, question: str, data: bytes, ask: Callable[[], object]) -> object:
        """What `ask` says of `data`, as JSON would give it back; asked once for each question and file."""
        if self.cache is None:
            return ask()
        digest = hashlib.sha256(f"{__version__} {question} ".encode() + data).hexdigest()
        path = self.cache / f"{digest[:32]}.json"
        with suppress(OSError, ValueError):
            return json.loads(path.read_text(encoding="utf-8"))
        found = ask()
        with suppress(OSError):  # an answer that cannot be kept is still an answer
            self.cache.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=self.cache, delete=False, encoding="utf-8") as file:
                json.dump(found, file)
            Path(file.name).replace(path)
        return found


class ProgramError(Exception):
    """A program could not be run, or did not do what it is for."""


def need(program: str) -> str:
    """Nothing when `program` is installed; raises ProgramError when it is not."""
    if shutil.which(program) is None:
        raise ProgramError(f"{program} is not installed")
    return ""


def run(
    command: list[str], reads: Iterable[str], writes: Iterable[str] = (), *, virtual_machine: bool = False
) -> Ran:
    """Run a program on files with a time limit; raises ProgramError when it cannot be run or takes too long.

    A `virtual_machine` reserves more memory than it will ever use, and starts helpers.
    """
    kept = {name: os.environ[name] for name in ("PATH", "JAVA_HOME") if name in os.environ}
    try:
        with tempfile.TemporaryDirectory(prefix="fascicle-") as scratch:
            memory = 0 if virtual_machine else None
            wall = SandboxPolicy(
                tuple(reads), (scratch, *writes), LIMIT, memory=memory, processes=virtual_machine
            )
            environment = {**kept, "LC_ALL": "C.UTF-8", "TMPDIR": scratch, "HOME": scratch}
            if virtual_machine:  # Java asks neither TMPDIR nor HOME
                command = [command[0], f"-Djava.io.tmpdir={scratch}", f"-Duser.home={scratch}", *command[1:]]
            return sandbox.run(command, wall, environment, scratch, LIMIT)
    except subprocess.TimeoutExpired as error:
        raise ProgramError(f"{command[0]} did not end within {LIMIT:.0f} seconds") from error
    except OSError as error:
        raise ProgramError(f"{command[0]} cannot be run: {error.strerror or error}") from error
