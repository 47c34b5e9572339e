"""The only module that prints: progress, diagnostics, results."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.status import Status

from fascicle import formats
from fascicle.diagnostics import Diagnostic, Severity
from fascicle.events import STEPS, Event, Progress, StepBegun, StepDone
from fascicle.formats import Desk

_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold cyan"}


class Reporter:
    """Prints for one run of the command line.

    Progress and results go to standard output and diagnostics to standard error, except in the formats made for
    machines, where standard output holds diagnostics alone.
    """

    def __init__(self, form: str = "human", *, quiet: bool = False) -> None:
        self.form = form
        """Format of diagnostics, one of `formats.NAMES`."""
        self.quiet = quiet
        """True prints neither progress nor results, only diagnostics."""
        self.machine = form not in ("human", "short")
        """True when standard output is kept for diagnostics."""
        self.out = Console(highlight=False, soft_wrap=True, stderr=self.machine)
        self.err = Console(highlight=False, soft_wrap=True, stderr=not self.machine)
        self._status: Status | None = None

    def say(self, text: str, style: str = "") -> None:
        """A line of result or progress."""
        if not self.quiet:
            self.out.print(escape(text), style=style or None)

    def event(self, event: Event) -> None:
        """Show a build's event: a line for each step, and on a terminal what is going on now."""
        if self.quiet:
            return
        if isinstance(event, StepBegun):
            self._now(f"{event.number} {STEPS[event.number - 1]} {event.edition}")
        elif isinstance(event, Progress):
            self._now(f"5 Typeset {event.edition}: {event.text}")
            self.say(f"            {event.edition}: {event.text}", "dim")
        else:
            self._step_done(event)

    def _step_done(self, event: StepDone) -> None:
        edition = f"{event.edition}: " if event.edition else ""
        detail = f"{edition}{event.detail}"
        self.say(f"{event.number} {STEPS[event.number - 1]:<8}  {event.seconds:6.2f} s  {detail}".rstrip())

    def _now(self, text: str) -> None:
        if not self.out.is_terminal:
            return
        if self._status is None:
            self._status = self.out.status(text, spinner="dots")
            self._status.start()
        self._status.update(escape(text))

    def rest(self) -> None:
        """End what moves on the terminal."""
        if self._status is not None:
            self._status.stop()
            self._status = None

    def diagnostics(self, found: Iterable[Diagnostic], desk: Desk) -> None:
        """Print diagnostics in the chosen format."""
        self.rest()
        if self.form != "human":
            for line in formats.lines(found, self.form, desk):
                (sys.stdout if self.machine else sys.stderr).write(line + "\n")
            return
        for item in found:
            head, *rest = formats.human(item, desk).split("\n")
            label = f"{item.severity}[{item.code.value}]"
            coloured = escape(head).replace(
                escape(label), f"[{_COLOURS[item.severity]}]{escape(label)}[/]", 1
            )
            self.err.print(coloured)
            for line in rest:
                self.err.print(escape(line), style="green" if line.startswith("  hint:") else None)
