"""Builds several publications at once.

A line for each while they are built, and a summary at the end.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import click

from fascicle.cli.build_report import write_report
from fascicle.cli.exit_status import SURROUNDINGS_FAILED
from fascicle.cli.reporter import Reporter
from fascicle.cli.summary import pages_of, pending_hint, status_of, summary, with_project_name
from fascicle.cluster.address import ClusterError
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostic_formats import SourceView, columns
from fascicle.core.diagnostics import Diagnostic, counted
from fascicle.core.events import STEPS, Event, Progress
from fascicle.pipeline.build import BuildResult, settings_of
from fascicle.pipeline.parallel import PoolJob, build_jobs, rounds
from fascicle.pipeline.run import Request
from fascicle.project import manifest
from fascicle.project.editions import edition_names

MADE, FRESH, FAILED = "made", "up to date", "failed"
"""What can come of a publication."""
_STYLES = {MADE: "green", FRESH: "dim", FAILED: "bold red"}


@dataclass
class BoardRow:
    """One publication on the board."""

    view: SourceView
    """Its folder, seen from where the author stands."""
    fresh: list[str] = field(default_factory=list)
    """Editions that needed no build."""
    results: list[BuildResult] = field(default_factory=list)
    """What came of the others, in the order of their ends."""
    left: int = 0
    """Editions that have not ended."""
    now: str = ""
    """What is being done; empty before the first of them begins."""
    begun: float = 0.0
    """When it began."""

    @property
    def label(self) -> str:
        """The publication's name in all that is told."""
        return self.view.path("")

    @property
    def outcome(self) -> str:
        """What came of it, or what goes on."""
        if self.left:
            return f"{self.now}, {time.monotonic() - self.begun:.0f} s" if self.now else "waits"
        if any(result.failed for result in self.results):
            return FAILED
        return MADE if self.results else FRESH

    @property
    def details(self) -> str:
        """What came of each edition."""
        built = (_detail(result) for result in self.results)
        return "; ".join([*built, *(f"{edition} up to date" for edition in self.fresh)])

    @property
    def seconds(self) -> str:
        """The time that it took, for the table."""
        spent = sum(result.seconds for result in self.results)
        return f"{spent:.1f} s" if self.results else ""


def _detail(result: BuildResult) -> str:
    count = counted(result.diagnostics)
    if result.failed:
        return f"{result.edition}: {count}"
    pages = f", {pages_of(result)}" if result.pages else ""
    return f"{result.edition}{pages}" + (f" ({count})" if count else "")


class ProgressBoard:
    """Tells how many publications fare: in place on a terminal, else a line for each edition when it has ended."""

    def __init__(self, roots: Sequence[Path], reporter: Reporter) -> None:
        self._reporter = reporter
        self._rows = {root: BoardRow(SourceView(root)) for root in roots}
        self._begun = time.monotonic()

    @property
    def rows(self) -> Sequence[BoardRow]:
        """The publications in order."""
        return list(self._rows.values())

    def expect(self, jobs: Sequence[PoolJob]) -> None:
        """These will be built."""
        for job in jobs:
            self._rows[job.request.project].left += 1

    def fresh(self, job: PoolJob) -> None:
        """An edition needs no build."""
        row = self._rows[job.request.project]
        row.fresh.append(job.edition)
        if not self._reporter.height:
            self._reporter.say(f"{row.label}: {job.edition}: up to date")

    def event(self, job: PoolJob, event: Event) -> None:
        """Something goes on in an edition."""
        row = self._rows[job.request.project]
        row.begun = row.begun or time.monotonic()
        step = event.text if isinstance(event, Progress) else f"{event.number} {STEPS[event.number - 1]}"
        row.now = f"{job.edition}: {step}"
        self.draw()

    def done(self, job: PoolJob, result: BuildResult) -> None:
        """An edition has ended, well or not."""
        row = self._rows[job.request.project]
        row.left -= 1
        row.results.append(result)
        self._reporter.diagnostics(with_project_name(result.diagnostics, row.label), row.view, more=True)
        if not self._reporter.height:
            self._reporter.say(f"{row.label}: {summary(result, row.view)}")
        if hint := pending_hint(result, job.request):
            self._reporter.say(f"{row.label}: {hint}")
        self.draw()

    def draw(self) -> None:
        """Show how it stands. Where there is no room for all, those at work come first."""
        if not self._reporter.height:
            return
        rows = list(self._rows.values())
        if len(rows) + 1 >= self._reporter.height:
            rows.sort(key=lambda row: (not row.left, not row.now))
        width = max(columns(row.label) for row in rows)
        ended = sum(not row.left for row in rows)
        self._reporter.board(
            [
                (f"{ended} of {len(rows)} publications done, {time.monotonic() - self._begun:.0f} s", "bold"),
                *(
                    (f"{_padded(row.label, width)}  {row.outcome}", _STYLES.get(row.outcome, ""))
                    for row in rows
                ),
            ]
        )

    def close(self) -> None:
        """Print the summary: a line for each publication, and the total."""
        self._reporter.rest()
        self._reporter.complete()
        rows = list(self._rows.values())
        outcomes = [row.outcome for row in rows]
        self._reporter.say("")
        for line, outcome in zip(_table(rows), outcomes, strict=True):
            self._reporter.say(line, _STYLES.get(outcome, ""))
        counts = ", ".join(f"{outcomes.count(one)} {one}" for one in (MADE, FRESH, FAILED))
        total = f"{len(rows)} publication{'s'[: len(rows) != 1]}: {counts}"
        self._reporter.say(f"{total}; {time.monotonic() - self._begun:.1f} s", "bold")


def _table(rows: Sequence[BoardRow]) -> Iterator[str]:
    cells = [(row.label, row.outcome, row.seconds, row.details) for row in rows]
    widths = [max(columns(one[column]) for one in cells) for column in range(4)]
    for label, outcome, seconds, details in cells:
        start = f"{_padded(label, widths[0])}  {_padded(outcome, widths[1])}"
        yield f"{start}  {seconds.rjust(widths[2])}  {details}".rstrip()


def _padded(text: str, width: int) -> str:
    """Han characters take two columns of a terminal."""
    return text + " " * (width - columns(text))


@dataclass(frozen=True, slots=True)
class Means:
    """With what several publications are built."""

    at_once: int | None = None
    """How many at once; of a cluster of this machine how many workers."""
    cluster: str = ""
    """Address of a cluster; empty for the cores of this machine."""
    report: Path | None = None
    """A file for the report in JSON."""


def build_several(
    request: Request, roots: Sequence[Path], editions: Sequence[str], means: Means, reporter: Reporter
) -> int:
    """Make `editions` of each publication, or all that it has when none is named; the highest of their statuses."""
    wanted = _wanted(request, roots, editions)
    jobs = [PoolJob(replace(request, project=root), edition) for root in roots for edition in wanted[root]]
    board, settings, status = ProgressBoard(roots, reporter), settings_of(request), 0
    fresh = [job for job in jobs if _is_fresh(job, settings)]
    waiting = [job for job in jobs if job not in fresh]
    board.expect(waiting)
    for job in fresh:
        board.fresh(job)
    try:
        for job, result in _built(waiting, board, means, reporter):
            board.done(job, result)
            status = max(status, status_of(result))
    except ClusterError as error:
        told = Diagnostic(Code.CLUSTER_UNUSABLE, str(error), hints=(error.hint,) if error.hint else ())
        reporter.diagnostics([told], SourceView(Path.cwd()), more=True)
        status = SURROUNDINGS_FAILED
    finally:
        reporter.rest()
        if means.report:
            write_report(means.report, board.rows)
    board.close()
    return status


def _built(
    jobs: Sequence[PoolJob], board: ProgressBoard, means: Means, reporter: Reporter
) -> Iterator[tuple[PoolJob, BuildResult]]:
    """The results, from the cluster or from the cores of this machine."""
    if means.cluster:
        from fascicle.cluster.build import build_on_cluster  # who has no cluster need not wait for it

        address, count = means.cluster, means.at_once
        yield from build_on_cluster(
            jobs, address, board.event, workers=count, tick=board.draw, told=reporter.say
        )
        return
    for group in rounds(jobs):
        yield from build_jobs(group, board.event, means.at_once, board.draw)


def _is_fresh(job: PoolJob, settings: manifest.Settings) -> bool:
    last = manifest.load(job.request.state, job.edition)
    return last is not None and manifest.is_fresh(last, job.request.project, settings)


def _wanted(request: Request, roots: Sequence[Path], editions: Sequence[str]) -> Mapping[Path, list[str]]:
    """The editions of each publication. One that only some of them have is told as an error of the others."""
    known = {root: edition_names(replace(request, project=root).open_sources()) for root in roots}
    if not editions:
        return known
    everywhere = sorted({name for names in known.values() for name in names})
    for edition in editions:
        if edition not in everywhere:
            raise click.UsageError(f"there is no edition '{edition}'; known are: {', '.join(everywhere)}")
    return {root: list(dict.fromkeys(editions)) for root in roots}
