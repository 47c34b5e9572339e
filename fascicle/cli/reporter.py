"""The only module that prints: progress, diagnostics, results."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TextIO

from fascicle.cli.program_name import typed
from fascicle.core import diagnostic_formats
from fascicle.core.diagnostic_formats import SourceView
from fascicle.core.diagnostics import Diagnostic, Severity
from fascicle.core.events import STEPS, Event, Progress, StepBegun, StepDone
from fascicle.core.text.visible_text import printable, visible, visible_lines

if TYPE_CHECKING:
    from rich.console import Console
    from rich.live import Live
    from rich.status import Status

_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold cyan"}


class Stream:
    """Standard output or standard error: rich's on a terminal, bare elsewhere, where rich would only take its time to load."""

    def __init__(self, *, stderr: bool) -> None:
        self._stderr = stderr
        self.console: Console | None = None
        """Rich's console; None where there is no terminal."""
        if self._file.isatty() or os.environ.get("FORCE_COLOR"):
            from rich.console import Console

            self.console = Console(highlight=False, soft_wrap=True, stderr=stderr)

    def line(self, text: str, style: str = "", part: tuple[str, str] = ("", "")) -> None:
        """Print a line in a style; `part` gives a piece of it another style."""
        text = printable(visible_lines(text), self._file.encoding)
        if self.console is None:
            print(text, file=self._file, flush=True)
            return
        from rich.text import Text

        styled = Text(text, style)
        begin = text.find(part[0]) if part[0] else -1
        if begin >= 0:
            styled.stylize(part[1], begin, begin + len(part[0]))
        self.console.print(styled)

    @property
    def _file(self) -> TextIO:
        """The stream as it is now: tests, and whoever embeds the program, put others in its place."""
        return sys.stderr if self._stderr else sys.stdout


class Reporter:
    """Prints for one run of the command line.

    Progress and results go to standard output and diagnostics to standard error, except in the formats made for
    machines, where standard output holds diagnostics alone.
    """

    def __init__(self, form: str = "human", *, quiet: bool = False) -> None:
        self.form = form
        """Format of diagnostics, one of `diagnostic_formats.NAMES`."""
        self.quiet = quiet
        """True prints neither progress nor results, only diagnostics."""
        self.machine = form not in ("human", "short")
        """True when standard output is kept for diagnostics."""
        self.out = Stream(stderr=self.machine)
        self.err = Stream(stderr=not self.machine)
        self._status: Status | None = None
        self._live: Live | None = None
        self._kept: list[tuple[Diagnostic, SourceView]] = []
        self._told: set[tuple[str, Diagnostic]] = set()

    def say(self, text: str, style: str = "") -> None:
        """A line of result or progress."""
        if not self.quiet:
            self.out.line(text, style)

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
        console = self.out.console
        if console is None or not console.is_terminal:
            return
        from rich.text import Text

        text = visible(text)
        if self._status is None:
            self._status = console.status(Text(text), spinner="dots")
            self._status.start()
        self._status.update(Text(text))

    def board(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show lines, each with its style, in the place of those shown before; on a terminal alone."""
        console = self.out.console
        if self.quiet or console is None or not console.is_terminal:
            return
        from rich.live import Live
        from rich.text import Text

        if self._live is None:
            # Drawn when told to: a thread of its own would not go well with the processes that are forked meanwhile.
            self._live = Live(console=console, auto_refresh=False, transient=True)
            self._live.start()
        shown = lines[: max(console.height - 1, 1)]
        text = Text("\n", no_wrap=True, overflow="ellipsis").join(
            Text(visible(line), style) for line, style in shown
        )
        self._live.update(text, refresh=True)

    @property
    def height(self) -> int:
        """Lines of the terminal; 0 where there is none."""
        console = self.out.console
        return console.height if console is not None and console.is_terminal else 0

    def rest(self) -> None:
        """End what moves on the terminal."""
        if self._live is not None:
            self._live.stop()
            self._live = None
        if self._status is not None:
            self._status.stop()
            self._status = None

    def complete(self) -> None:
        """Print what waited for the last of the diagnostics."""
        if self.form == "sarif":
            sys.stdout.write(printable(diagnostic_formats.sarif(self._kept), sys.stdout.encoding) + "\n")

    def diagnostics(self, found: Iterable[Diagnostic], view: SourceView, *, more: bool = False) -> None:
        """Print diagnostics in the chosen format.

        With `more` to come, a format that is one document waits for the rest, and for `complete`; what several editions
        of a text have in common is told once.
        """
        self.rest()
        found = self._news(found, view) if more else found
        if self.form == "sarif":
            self._kept += [(item, view) for item in found]
            if not more:
                self.complete()
            return
        if self.form != "human":
            for line in diagnostic_formats.lines(found, self.form, view):
                stream = sys.stdout if self.machine else sys.stderr
                print(printable(line, stream.encoding), file=stream, flush=True)
            return
        for item in found:
            head, *rest = diagnostic_formats.human(item, view).split("\n")
            self.err.line(head, part=(f"{item.severity}[{item.code.value}]", _COLOURS[item.severity]))
            for line in rest:
                hint = line.startswith("  hint:")
                self.err.line(typed(line) if hint else line, style="green" if hint else "")

    def _news(self, found: Iterable[Diagnostic], view: SourceView) -> list[Diagnostic]:
        """What was not told of this publication yet."""
        publication = view.path("")
        news = [one for one in found if (publication, one) not in self._told]
        self._told.update((publication, one) for one in news)
        return news
