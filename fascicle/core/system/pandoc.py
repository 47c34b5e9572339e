"""pandoc as a program: where it is, what it says, documents through it, and strangers' texts read by it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.system.atomic_files import read_regular
from fascicle.core.system.program_queries import asked
from fascicle.core.system.sandbox import SandboxPolicy, run

SECONDS = 120
"""Longest time that one run of pandoc may take."""
READING_SECONDS = 60
"""Longest time that reading a stranger's text may take."""
READING_MEGABYTES = 1500
"""Most memory that reading a stranger's text may take: a thesis of 150,000 words takes a third of it."""
OUTPUT = 1 << 29
"""Bytes that it may write."""
ASKING_SECONDS = 10.0
"""Longest time that a pandoc takes to say which documents it reads."""
API = (1, 23)
"""Version of Pandoc's types that we write; pandoc reads documents of equal major and minor number."""


@dataclass(frozen=True, slots=True)
class PandocAnswer:
    """What a run of pandoc gave."""

    output: bytes
    """What it wrote; empty after a failure."""
    messages: tuple[dict[str, Any], ...]
    """Its log: `type`, `verbosity` and more."""
    failure: str = ""
    """Why it wrote nothing; empty when it did."""
    late: bool = False
    """True when it was ended for taking too long."""


@dataclass(frozen=True, slots=True)
class Pandoc:
    """An installed pandoc."""

    path: Path
    """The program."""

    def run(
        self,
        document: Mapping[str, Any],
        to: str,
        *options: str,
        folder: Path | None = None,
        epoch: int = 0,
        seconds: float = SECONDS,
    ) -> PandocAnswer:
        """`document` in the format `to`. Relative paths in it are those of `folder`."""
        source = json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")
        arguments = ("--from=json", f"--to={to}", *options)
        return self._answer(arguments, source, folder=folder, epoch=epoch, seconds=seconds)

    def read(self, source: bytes, form: str, *options: str, seconds: float = READING_SECONDS) -> PandocAnswer:
        """A stranger's text in the format `form` as pandoc's JSON: no file and no address is read, memory is limited."""
        limits = ("+RTS", f"-M{READING_MEGABYTES}m", "-RTS", "--sandbox")
        arguments = (*limits, f"--from={form}", "--to=json", *options)
        return self._answer(arguments, source, folder=None, epoch=0, seconds=seconds)

    def _answer(
        self, arguments: Sequence[str], source: bytes, *, folder: Path | None, epoch: int, seconds: float
    ) -> PandocAnswer:
        with tempfile.TemporaryDirectory(prefix="fascicle-") as scratch:
            log, output = Path(scratch) / "log.json", Path(scratch) / "output"
            command = [
                str(self.path), *arguments, f"--output={output}", f"--log={log}", "--quiet", f"--data-dir={scratch}",
            ]  # fmt: skip
            try:
                reads = (*([str(folder)] if folder else []), *_named(arguments))
                wall = SandboxPolicy(reads, (scratch,), seconds, OUTPUT)
                done = run(command, wall, _environment(epoch), folder or scratch, seconds, source)
            except subprocess.TimeoutExpired:
                return PandocAnswer(b"", (), f"pandoc did not end within {seconds:g} seconds", late=True)
            if done.returncode:
                return PandocAnswer(b"", _log(log), done.stderr.decode("utf-8", "replace").strip())
            return PandocAnswer(read_regular(output), _log(log))

    def data_file(self, name: str) -> bytes:
        """A file that comes with pandoc, such as `default.csl`."""
        command = [str(self.path), f"--print-default-data-file={name}"]
        answer = asked(command, seconds=SECONDS)
        if answer is None or answer.returncode:
            raise OSError(f"pandoc does not give its file {name}")
        return answer.stdout


def find_pandoc(
    problems: Collector, purpose: str = "to write Word documents", span: Span | None = None
) -> Pandoc | None:
    """The pandoc that comes with the program, or one on PATH that reads our documents; None, with an error at `span`, without one."""
    path = _located()
    if path is None:
        found = shutil.which("pandoc")
        old = f"{found} is there, and too old or too new" if found else "it is not there"
        hint = "it comes with the package pypandoc-binary: pip install --force-reinstall pypandoc-binary"
        problems.add(Code.TOOL_MISSING, f"pandoc is needed {purpose}, and {old}", span, hint)
        return None
    return Pandoc(path)


@cache
def _located() -> Path | None:
    """The pinned one first: the same sources give the same bytes."""
    spec = find_spec("pypandoc")
    for folder in spec.submodule_search_locations or () if spec else ():
        for name in ("pandoc", "pandoc.exe"):
            found = Path(folder) / "files" / name
            if found.is_file():
                return found
    on_path = shutil.which("pandoc")
    return Path(on_path) if on_path and _speaks(on_path) else None


def _speaks(path: str) -> bool:
    """Whether a pandoc reads documents of our version."""
    answer = asked([path, "--from=native", "--to=json"], b"[]", ASKING_SECONDS)
    found = re.search(rb'"pandoc-api-version":\[(\d+),(\d+)', answer.stdout if answer else b"")
    return bool(found) and (int(found[1]), int(found[2])) == API if found else False


def failed(answer: PandocAnswer, what: str, problems: Collector) -> bool:
    """Tell a failure of pandoc itself, which is never the author's doing."""
    if not answer.failure:
        return False
    problems.add(Code.CONVERSION_FAILED, f"pandoc could not make {what}", causes=[answer.failure])
    return True


def warned(answer: PandocAnswer, kind: str) -> Sequence[dict[str, Any]]:
    """The messages of one kind."""
    return [message for message in answer.messages if message.get("type") == kind]


def _named(options: Sequence[str]) -> list[str]:
    """The files that options name."""
    values = (option.partition("=")[2] for option in options)
    return [value for value in values if value.startswith("/")]


def _log(path: Path) -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(read_regular(path))) if path.is_file() and not path.is_symlink() else ()


def _environment(epoch: int) -> dict[str, str]:
    """A small, fixed environment: the same result on every machine and day."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8", "HOME": os.devnull, "SOURCE_DATE_EPOCH": str(epoch)}
