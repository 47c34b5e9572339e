"""Measures two commands in turns, so that a machine that slows down slows both; keeps the figures and their limits."""

from __future__ import annotations

import json
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

ROUNDS = max(5, int(os.environ.get("FASCICLE_BENCH_ROUNDS", "5")))
"""Pairs of each comparison; five are the least from which a median means something."""
PROCESSOR_TIME = os.environ.get("FASCICLE_BENCH_TIME") == "processor"
"""Whether commands are measured by the processor time of all their processes: for a machine that does other work too."""
PROGRAM = Path(sys.executable).with_name("fascicle")
"""The program as the environment has it: what a user starts, without `make` or a launcher before it."""
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
    "PYTHONWARNINGS": "",
}
"""As it is for users, whose Python keeps what it has compiled."""
_PROBE = Path(__file__).with_name("probe.py")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    name: str
    """What was measured."""
    values: tuple[float, ...]
    """Every measurement; for a comparison the ratio of each pair."""
    unit: str
    """`×` for a ratio, else a unit."""
    limit: float | None = None
    """What the median may be at most; None for a figure that is only told."""
    ours: tuple[float, ...] = ()
    """Seconds of our side of each pair."""
    theirs: tuple[float, ...] = ()
    """Seconds of the other side."""
    note: str = ""
    """What else is to be known."""

    @property
    def median(self) -> float:
        """The middle measurement."""
        return statistics.median(self.values)

    @property
    def kept(self) -> bool:
        """Whether the limit, if there is one, is kept."""
        return self.limit is None or self.median <= self.limit


@dataclass
class Table:
    """All figures of a run."""

    figures: list[Figure] = field(default_factory=list)
    """In the order of their measurement."""
    skipped: dict[str, str] = field(default_factory=dict)
    """What was not measured, and why."""
    busy: float = field(default_factory=lambda: os.getloadavg()[0])
    """Processes that wanted a processor in the minute before."""

    def add(self, figure: Figure) -> Figure:
        """Keep a figure."""
        self.figures.append(figure)
        return figure

    def hold(self, figure: Figure) -> None:
        """Keep a figure, and fail when its limit is not kept."""
        self.add(figure)
        limit = (
            f"{figure.name}: {figure.median:.2f} {figure.unit}, and the limit is {figure.limit} {figure.unit}"
        )
        assert figure.kept, limit

    def lines(self) -> list[str]:
        """The table as text."""
        rows = [("figure", "median", "min", "max", "limit", "", "ours / theirs, median")]
        for one in self.figures:
            times = ""
            if one.ours:
                times = f"{statistics.median(one.ours):.3g} s / {statistics.median(one.theirs):.3g} s"
            limit = "" if one.limit is None else f"{one.limit:g}"
            verdict = "" if one.limit is None else ("kept" if one.kept else "MISSED")
            spread = (f"{value:.2f} {one.unit}" for value in (one.median, min(one.values), max(one.values)))
            rows.append((one.name, *spread, limit, verdict, times or one.note))
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        text = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in rows
        ]
        text += [f"not measured: {name}: {why}" for name, why in self.skipped.items()]
        if PROCESSOR_TIME:
            text.append(
                "Seconds are processor time, but for what is told of a build's inside and of the preview."
            )
        elif self.busy > 0.5:
            text.append(
                f"The machine was busy with other things (load {self.busy:.1f}): read the ratios, not the seconds."
            )
        return text

    def save(self, path: Path) -> None:
        """Write `bench.json`."""
        figures = [
            {
                "name": one.name,
                "unit": one.unit,
                "median": one.median,
                "min": min(one.values),
                "max": max(one.values),
                "values": one.values,
                "limit": one.limit,
                "kept": one.kept,
                "ours": one.ours,
                "theirs": one.theirs,
                "note": one.note,
            }
            for one in self.figures
        ]
        content = {
            "machine": machine(self.busy),
            "versions": versions(),
            "figures": figures,
            "skipped": self.skipped,
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def compare(
    name: str,
    ours: Callable[[int], float],
    theirs: Callable[[int], float],
    limit: float | None,
    rounds: int = ROUNDS,
    note: str = "",
) -> Figure:
    """The ratio ours/theirs over `rounds` pairs, one after the other; each side is given the pair's number.

    Both have run once before, so that neither pays for cold disks and font caches.
    """
    pairs = [(ours(number), theirs(number)) for number in range(rounds)]
    ratios = tuple(mine / other for mine, other in pairs)
    return Figure(
        name, ratios, "×", limit, tuple(mine for mine, _ in pairs), tuple(other for _, other in pairs), note
    )


def _now() -> float:
    """The clock, or the processor time of all children that have ended."""
    if not PROCESSOR_TIME:
        return time.perf_counter()
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def timed(command: Sequence[str | Path], folder: Path, environment: Mapping[str, str] | None = None) -> float:
    """Seconds that a command takes, by the clock or in processor time; it must succeed."""
    begun = _now()
    done = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env={**ENVIRONMENT, **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    seconds = _now() - begun
    if done.returncode:
        output = (done.stdout + done.stderr).decode("utf-8", "replace")
        raise AssertionError(f"{command[0]} ended with status {done.returncode}:\n{output[-2000:]}")
    return seconds


@dataclass(frozen=True, slots=True)
class Probed:
    """One run of the program, looked at from inside."""

    seconds: float
    """From the start of its process to its end."""
    cpu: float
    """Processor time of the process itself, its children not counted."""
    children: float
    """Processor time of its children: TeX, the scripts that draw."""
    memory: float
    """The most memory that the process itself has held, in MB (10⁶ bytes)."""
    engine: float
    """The most memory that one of its children has held, in MB: an engine, where one ran."""
    steps: Mapping[int, float]
    """Seconds of each step."""

    @property
    def outside_tex(self) -> float:
        """Seconds in which the build was not in step 5."""
        return self.seconds - self.steps.get(5, 0.0)


def probed(folder: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> Probed:
    """Build the publication in `folder` in a fresh process that reports on itself."""
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, str(_PROBE), *arguments],
        cwd=folder,
        env={**ENVIRONMENT, **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - begun
    if done.returncode:
        raise AssertionError(f"the build ended with status {done.returncode}:\n{done.stdout}{done.stderr}")
    reported = json.loads(done.stderr.strip().splitlines()[-1])
    steps = {
        int(number): float(taken) for number, taken in re.findall(r"^(\d) \w+ +([\d.]+) s", done.stdout, re.M)
    }
    return Probed(
        seconds,
        reported["cpu"],
        reported["children"],
        reported["memory"] / 1e6,
        reported["engine"] / 1e6,
        steps,
    )


def machine(busy: float) -> dict[str, object]:
    """What the figures were measured on, without its name; `busy` is its load before the first of them."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "cores": cores,
        "memory_gb": round(memory / 1e9, 1),
        "system": _system(),
        "architecture": platform.machine(),
        "date": time.strftime("%Y-%m-%d"),
        "busy": round(busy, 1),
    }


def versions() -> dict[str, str]:
    """Versions of what was measured."""
    asked = {
        "lualatex": ["lualatex", "--version"],
        "latexmk": ["latexmk", "--version"],
        "pandoc": [pandoc() or "pandoc", "--version"],
    }
    found = {"python": platform.python_version(), "fascicle": _first_line([str(PROGRAM), "--version"])}
    found |= {name: _first_line(command) for name, command in asked.items()}
    return found | {name: _package(name) for name in ("typst", "texmark")}


def _package(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not there"


def pandoc() -> str | None:
    """Path of pandoc: the one that the Python package `pypandoc_binary` brings, else the system's."""
    import shutil

    try:
        import pypandoc
    except ImportError:
        return shutil.which("pandoc")
    return str(pypandoc.get_pandoc_path())


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return f"{platform.system()} {platform.release()}"


def _first_line(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return "not there"
    return next((line.strip() for line in done.stdout.splitlines() if line.strip()), "not there")
