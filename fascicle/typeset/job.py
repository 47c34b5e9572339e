"""What a typesetting job is given and what it gives back. Plain records, no behaviour."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Limits:
    """What a job may use before it is stopped."""

    seconds: float = 120.0
    """Wall-clock time of the whole job: every pass together."""
    output: int = 1 << 30
    """Bytes that one program may write into its folder."""
    passes: int = 6
    """LuaLaTeX passes before the job counts as one that does not settle."""
    lock: float = 60.0
    """Seconds to wait for another build of the same run folder."""


@dataclass(frozen=True, slots=True)
class Job:
    """One edition to be typeset."""

    folder: Path
    """The run folder, under `build/`; made when it is not there. It belongs to the engine alone."""
    tex: str
    """The text of the main file, a LaTeX document."""
    cache: Path
    """Folder for LuaTeX's font cache; it outlives the job and is shared between editions."""
    formats: Path | None = None
    """Folder of formats, which TeX reads and never writes; None for `formats` in the cache."""
    name: str = "main"
    """TeX's job name: the main file is `NAME.tex`, the result `NAME.pdf`."""
    inputs: Mapping[str, Path] = field(default_factory=dict)
    """Files that TeX reads, by the relative name under which the main file calls them; linked in, never copied."""
    reads: tuple[Path, ...] = ()
    """Folders that TeX may read besides, for what a trusted author has written for it."""
    limits: Limits = field(default_factory=Limits)
    """What the job may use."""
    epoch: int = 0
    """The document's moment in seconds since 1970 UTC, for SOURCE_DATE_EPOCH."""
    lualatex: Path | None = None
    """The engine; None takes `lualatex` from the PATH."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables set on top of the engine's own small environment."""
    parallel: bool = True
    """Whether the next pass's engine may run beside this pass. The result is the same without."""
    reuse: bool = False
    """Whether the last settled result is given back, and no program runs, when nothing that it depends on is another."""


class Program(StrEnum):
    """A program that the engine runs."""

    LUALATEX = "lualatex"


class RerunReason(StrEnum):
    """Why a program runs."""

    FIRST = "first run"
    """Nothing usable is there from an earlier build."""
    CHANGED = "the text changed"
    """First pass of a job that goes on from an earlier build's files."""
    REFERENCES = "cross-references changed"
    """The .aux file differs from the one that the pass had read."""
    CONTENTS = "the contents list changed"
    """The .toc file, or the list of figures or tables, differs."""
    BOOKMARKS = "the bookmarks changed"
    """The .out file differs."""
    AUXILIARY = "an auxiliary file changed"
    """Another file that TeX writes and reads back differs."""
    STALE = "old auxiliary files did not fit"
    """The pass failed on what an earlier build had left; it is done again from nothing."""
    FINAL = "all is settled, the PDF is to be written"
    """The last pass was a draft, or had been started from other files than the settled ones."""


@dataclass(frozen=True, slots=True)
class Pass:
    """One run of one program."""

    program: Program
    """Which program ran."""
    reason: RerunReason
    """Why it ran."""
    seconds: float
    """Wall-clock time; for an engine that was started early, from its release."""


@dataclass(frozen=True, slots=True)
class PassEvent:
    """What the engine tells while it works."""

    program: Program | None
    """The program; None while the job waits for the lock."""
    reason: RerunReason | None
    """Why it runs; None while the job waits for the lock."""
    number: int
    """Number of the pass, from 1, counted for each program; 0 while the job waits for the lock."""
    seconds: float | None = None
    """Time that it took; None when it has just begun."""
    pdf: Path | None = None
    """The pages of a pass that has ended, in its own folder, where they stay until the next event; None without any."""


Listener = Callable[[PassEvent], None]
"""Is called with each event, always from the thread that called `typeset`."""


class FailureKind(StrEnum):
    """Why there is no PDF."""

    TEX = "tex"
    """TeX reported errors; they are in the log."""
    UNSETTLED = "unsettled"
    """The auxiliary files still changed after the last pass allowed."""
    TIME_LIMIT = "time-limit"
    """The job took longer than its limit."""
    OUTPUT_LIMIT = "output-limit"
    """A program wrote more than its limit."""
    DISK_FULL = "disk-full"
    """There is no room left on the disk of the run folder."""
    NOT_WRITABLE = "not-writable"
    """The run folder, or the font cache, cannot be written."""
    MISSING_PROGRAM = "missing-program"
    """LuaLaTeX is not installed."""
    CRASHED = "crashed"
    """A program died by a signal."""
    STOPPED = "stopped"
    """Whoever asked for the job does not want it any more."""
    LOCKED = "locked"
    """Another build of the same edition did not end in time."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a job gave no PDF."""

    kind: FailureKind
    """The kind."""
    detail: str
    """What exactly: a program, a path, a signal's name, a number; empty when the log tells it all."""


@dataclass(frozen=True, slots=True)
class TypesetOutcome:
    """What a job gave."""

    pdf: Path | None
    """The PDF in the run folder; None when the job failed."""
    synctex: Path | None
    """The SyncTeX file beside it; its input paths name a pass folder inside the run folder."""
    passes: tuple[Pass, ...]
    """What ran, in the order of ending; nothing when the last result is still the result."""
    log: str
    """LaTeX's log of the last pass; empty when none ran."""
    log_path: Path | None
    """Where the raw log is kept."""
    failure: Failure | None
    """Why there is no PDF; None when there is one."""
    console: str = ""
    """What the last pass wrote beside its log."""

    @property
    def settled(self) -> bool:
        """True when every file that TeX reads back was stable at the end."""
        return self.failure is None
