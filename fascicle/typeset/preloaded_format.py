r"""TeX formats that hold the packages of a main file: made once for all texts that begin alike.

A format holds macros, and nothing of what packages have told Lua. So it is made from the first lines of the main file
as far as they load packages that are known to tell Lua nothing and to ask for no clock; that they did not is looked at
while it is made. The engine then gets these lines as empty ones. It is at the text in a third of the time, and gives
the same bytes as without.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fascicle.core.system.atomic_files import deliver, deliver_bytes
from fascicle.core.system.locks import LockedError, wait_for_lock
from fascicle.typeset.environment import LARGE_PAGES
from fascicle.typeset.format_source import AFTER, BEFORE, PROOF, head_of
from fascicle.typeset.job import Job, Program
from fascicle.typeset.result_cache import digest_of, read_outside, stamp, stamps

_RECORD = 1
_REMEMBERED = 12
"""Formats that stay, each of 20 to 30 MB; the one used longest ago goes first."""
_PASSING = ("TMPDIR", "SOURCE_DATE_EPOCH", LARGE_PAGES)
_GZIP = b"\x1f\x8b"

REFUSED = 3
"""Exit status of an engine that found something which no format holds."""


@dataclass(frozen=True, slots=True)
class Dumped:
    """What a run that dumps a format gave."""

    status: int
    """Its exit status, or `REFUSED`."""
    path: Path
    """The format."""
    read: str
    """The list of what it read (.fls)."""
    words: str
    """Its last words, which say why there is no format."""


Maker = Callable[[str], Dumped]
"""Lets a file dump a format."""
Prover = Callable[["Preloaded", str], str]
"""Compiles a main file with a format: empty when that works, else the last words of the engine."""


@dataclass(frozen=True, slots=True)
class Preloaded:
    """A format and the lines that it stands for."""

    path: Path
    """The format."""
    head: str
    """The first lines of the main file."""
    read: tuple[str, ...]
    """Files of the TeX system that it was made from."""

    @property
    def lines(self) -> int:
        """Number of the lines that it stands for."""
        return self.head.count("\n")

    def serves(self, tex: str) -> bool:
        """Whether a main file begins with these lines."""
        return tex.startswith(self.head)


def latest_head(cache: Path) -> str:
    """The lines that the format used last stands for; empty without any."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        path = max((cache / "formats").glob("*.fmt"), key=lambda path: path.stat().st_mtime_ns, default=None)
        if path:
            return str(json.loads(path.with_suffix(".json").read_bytes())["head"])
    return ""


def why_none(cache: Path) -> str:
    """Why the last format that was tried could not be made; empty when nothing tells."""
    texts = [path.read_text("utf-8") for path in (cache / "formats").glob("*.why")]
    return texts[-1].strip() if texts else ""


class Formats:
    """The format for one job's packages, kept beside the fonts that the user's publications share."""

    def __init__(self, job: Job, environment: Mapping[str, str], programs: Mapping[Program, Path]) -> None:
        self._job = job
        self._head = head_of(job.tex)
        self._folder = job.formats or job.cache / "formats"
        settings = (f"{name}={value}" for name, value in sorted(environment.items()) if name not in _PASSING)
        engine = programs.get(Program.LUALATEX)
        key = digest_of(BEFORE, self._head, AFTER, job.name, stamp(engine) if engine else "", *settings)[:20]
        self._path = self._folder / f"{key}.fmt"
        self._record = self._path.with_suffix(".json")

    def find(self) -> Preloaded | None:
        """The format, when there is one and nothing that it was made from has changed."""
        state = self._state()
        if state is None or not state["usable"]:
            return None
        with contextlib.suppress(OSError):
            os.utime(self._path)
        return Preloaded(self._path, self._head, tuple(state["read"]))

    def find_or_make(self, make: Maker, prove: Prover, seconds: float) -> Preloaded | None:
        """The format, made when there is none yet; None where the packages do not allow it, or the disk."""
        if not self._head:
            return None
        with contextlib.suppress(OSError, LockedError):
            if self._state() is None:
                self._folder.mkdir(parents=True, exist_ok=True)
                with (self._folder / "lock").open("a") as lock:
                    wait_for_lock(lock.fileno(), seconds, needless=lambda: self._state() is not None)
                    if self._state() is None:
                        self._make(make, prove)
        return self.find()

    def _state(self) -> dict[str, Any] | None:
        """What is known of the format; None when nothing is, or nothing that holds any more."""
        try:
            state: dict[str, Any] = json.loads(self._record.read_bytes())
            if state["format"] != _RECORD or state["system"] != stamps(state["read"]):
                return None
            if state["usable"] and state["size"] != self._path.stat().st_size:
                return None
            own = set(self._job.inputs)
            if own & {os.path.basename(path) for path in state["read"]}:  # noqa: PTH119 - hundreds of names
                return {**state, "usable": False}
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return state

    def _make(self, make: Maker, prove: Prover) -> None:
        """Make the format and keep it, or that there can be none; and why."""
        dumped = make(BEFORE + self._head + AFTER)
        if dumped.status not in (0, REFUSED):
            self._tell(dumped.words)
            return  # an error of TeX's, which the document itself will tell
        read, why = sorted(read_outside(dumped.read, self._job.cache)), dumped.words
        made, usable = dumped.path, dumped.status == 0
        if usable:
            made = _uncompressed(made)
            why = prove(Preloaded(made, self._head, tuple(read)), self._head + PROOF)
            usable = not why
        if usable:
            deliver(made, self._path)
        self._tell("" if usable else why)
        state = {
            "format": _RECORD,
            "usable": usable,
            "size": made.stat().st_size if usable else 0,
            "read": read,
            "system": stamps(read),
            "head": self._head,
        }
        deliver_bytes(json.dumps(state, indent=0).encode(), self._record)
        self._forget_oldest()

    def _tell(self, why: str) -> None:
        """Keep for `fascicle doctor` why there is no format; nothing where there is one."""
        path = self._path.with_suffix(".why")
        if why:
            deliver_bytes(why.encode(), path)
        else:
            path.unlink(missing_ok=True)

    def _forget_oldest(self) -> None:
        formats = sorted(self._folder.glob("*.fmt"), key=lambda path: path.stat().st_mtime_ns)
        for path in formats[:-_REMEMBERED]:
            path.unlink(missing_ok=True)
            path.with_suffix(".json").unlink(missing_ok=True)


def _uncompressed(path: Path) -> Path:
    """The same format without compression, which costs a fifth of an engine's start; TeX reads either."""
    with path.open("rb") as stream:
        if stream.read(2) != _GZIP:
            return path
    plain = path.with_suffix(".plain.fmt")
    with gzip.open(path) as reader, plain.open("wb") as writer:
        shutil.copyfileobj(reader, writer, 1 << 20)
    return plain
