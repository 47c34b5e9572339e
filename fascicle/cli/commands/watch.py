"""`fascicle watch`: build again after each change, and show the pages in the browser."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import click

from fascicle import DEFAULT_EDITIONS
from fascicle.cli.choices import completer
from fascicle.cli.exit_status import SURROUNDINGS_FAILED
from fascicle.cli.mistyped import edition_hint
from fascicle.cli.options import overrides, shared, trust_templates_option, trust_withheld
from fascicle.cli.reporter import Reporter
from fascicle.core.diagnostic_formats import SourceView
from fascicle.core.diagnostics import Collector, Diagnostic, counted
from fascicle.core.system.signals import until
from fascicle.pipeline.build import surroundings
from fascicle.pipeline.run import Request
from fascicle.project.editions import edition_names
from fascicle.project.publication import PUBLICATION, read_publication
from fascicle.project.sources import Sources
from fascicle.typeset.warm.parked_engines import MEMORY
from fascicle.watch.board import ViewBoard, Watcher
from fascicle.watch.preview import editors
from fascicle.watch.state import State
from fascicle.watch.watcher import EditionWatcher

_GRACE = 2.0
"""Seconds that the watcher has to end what it began."""
_LOOK = 0.5
"""Seconds between two looks whether it is time to end."""
_ENDING = (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM))


@click.command(short_help="Show the pages in the browser while you write.")
@click.argument("edition", required=False, shell_complete=completer("editions"))
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    help="Port of the preview; 0 for any that is free. When not given, 8417 or the first free one after it.",
)
@click.option("--open", "wants_browser", is_flag=True, help="Open the preview in the browser.")
@click.option(
    "--editor",
    envvar="FASCICLE_EDITOR",
    metavar="NAME",
    help="Which editor opens a line: vscode, vscodium, zed, idea, textmate, emacs, none, or an address with {file}, "
    "{line} and {column} in it. When not given, the one of VISUAL or EDITOR.",
)
@click.option("--no-preview", is_flag=True, help="Only print what becomes of the edition.")
@click.option(
    "--memory",
    type=click.IntRange(min=500),
    default=MEMORY >> 20,
    show_default=True,
    metavar="MIB",
    help="Memory for the engines that wait for the next change, about 200 each; more of them are fast in more places.",
)
@click.option(
    "--allow-pending",
    is_flag=True,
    help="Print placeholder plates even where an edition forbids pictures whose permission is pending.",
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help="Change a setting of the edition, as in 'build'.",
)
@shared
@trust_templates_option
def watch(
    edition: str | None,
    port: int | None,
    project: Path,
    form: str,
    editor: str | None,
    settings: tuple[str, ...],
    memory: int,
    *,
    wants_browser: bool,
    no_preview: bool,
    allow_pending: bool,
    strict: bool,
    no_trust: bool,
    trust_templates: bool,
    quiet: bool,
) -> int:
    """Build an edition again whenever one of its files changes, and show its pages in the browser.

    The address printed holds a secret word; only a page opened with it, on this machine, gets an answer. Ctrl-C ends it.
    """
    no_trust = trust_withheld(no_trust=no_trust, trust_templates=trust_templates)
    edition = edition or DEFAULT_EDITIONS[0]
    known = edition_names(Sources(project, trusted=not no_trust, templates=trust_templates))
    if edition not in known:
        raise click.UsageError(f"there is no edition '{edition}'; {edition_hint(edition, known, 'watch')}")
    if not os.path.lexists(project / PUBLICATION):
        return _nothing_to_watch(project, Reporter(form, quiet=quiet))
    request = Request(
        project.resolve(),
        no_trust=no_trust,
        trust_templates=trust_templates,
        allow_pending=allow_pending,
        strict=strict,
        settings=overrides(settings),
        hurried=True,
    )
    reporter = Reporter(form, quiet=quiet)
    address = _address(editor)
    try:
        watching = _Watching(request, edition, EditionWatcher(request, edition, memory << 20), reporter)
        if not no_preview:
            watching.prepare_preview(port, address, wants_browser=wants_browser)
        return watching.run()
    except BrokenPipeError:
        raise
    except OSError as error:
        problems = Collector()
        surroundings(error, problems)
        reporter.diagnostics(problems, SourceView(request.project))
        return SURROUNDINGS_FAILED


def _nothing_to_watch(project: Path, reporter: Reporter) -> int:
    """Say what to type in a folder that is no publication, and leave it as it is."""
    problems = Collector()
    read_publication(Sources(project), problems)
    reporter.diagnostics(problems, SourceView(project))
    return 1


def _address(editor: str | None) -> str:
    """The address template of the editor that is asked for, or of the one in use."""
    try:
        return editors.template_for(editor or editors.usual_editor())
    except editors.EditorError as error:
        raise click.UsageError(f"--editor: {error}") from error


class _Watching:
    """The watcher on a thread, the results printed on another, the server on the main one."""

    def __init__(self, request: Request, edition: str, watcher: Watcher, reporter: Reporter) -> None:
        self._request, self._edition = request, edition
        self._watcher, self._reporter = watcher, reporter
        self._board, self._stop = ViewBoard(), threading.Event()
        self._show: Callable[[threading.Event], object] = until
        self._signal: int | None = None
        self._failure: BaseException | None = None

    def prepare_preview(self, port: int | None, editor: str, *, wants_browser: bool) -> None:
        """Take a port and tell the address."""
        from fascicle.watch.preview.presenter import Presenter
        from fascicle.watch.preview.serve import PortError, PreviewServer, token_of

        project = self._request.project
        presenter = Presenter(self._board, project, editor)
        try:
            server = PreviewServer(presenter, token_of(self._request.state), port)
        except PortError as error:
            raise click.UsageError(f"--port: {error.strerror}") from error
        self._show = server.run
        self._reporter.say(f"preview: {server.url}")
        if wants_browser:
            click.launch(server.url)

    def run(self) -> int:
        """Watch until a signal ends it; gives the exit status."""
        for number in _ENDING:
            if number != _ENDING[-1] or signal.getsignal(number) != signal.SIG_IGN:  # nohup asks us to stay
                signal.signal(number, self._end)
        threads = [threading.Thread(target=work, daemon=True) for work in (self._watch, self._tell)]
        for thread in threads:
            thread.start()
        try:
            self._show(self._stop)
        finally:
            self._stop.set()
            for thread in threads:
                thread.join(_GRACE)
        if self._failure:
            raise self._failure
        if self._signal == signal.SIGINT:
            raise KeyboardInterrupt
        return 128 + self._signal if self._signal else 0

    def _end(self, number: int, frame: FrameType | None) -> None:
        """A signal came: stop, and let a second one end the process whatever it does."""
        self._signal = number
        self._stop.set()
        signal.signal(number, signal.SIG_DFL)

    def _watch(self) -> None:
        try:
            self._watcher.run(self._board, self._stop)
        except BaseException as error:  # told by the main thread, which must end with it
            self._failure = error
        finally:
            self._stop.set()

    def _tell(self) -> None:
        """Print what becomes of the edition; the end when nobody listens any more."""
        state = self._board.latest()
        reported: tuple[Diagnostic, ...] = ()
        while not self._stop.is_set():
            before, state = state, self._board.wait(state.number, _LOOK)
            if state.number == before.number or state.working:
                continue
            try:
                self._print(state, state.diagnostics != reported)
            except BrokenPipeError as error:
                self._failure = error
                self._stop.set()
            except OSError:  # where it goes to is full, and may have room the next time
                continue
            reported = state.diagnostics

    def _print(self, state: State, wants_diagnostics: bool) -> None:
        if wants_diagnostics:
            self._reporter.diagnostics(state.diagnostics, SourceView(self._request.project))
        self._reporter.say(_summary(self._edition, state))


def _summary(edition: str, state: State) -> str:
    count = counted(state.diagnostics)
    if state.old:
        return f"{edition}: {count}. The last good pages stay."
    return f"{edition}: {'settled' if state.settled else 'not made'}{f' ({count})' if count else ''}"
