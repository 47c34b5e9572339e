"""One build after a change: its first view, the whole text, the settled result."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from fascicle.core.diagnostics import Collector
from fascicle.core.events import Event
from fascicle.document.word_count import SectionCount, word_count
from fascicle.latex.assemble import Assembled
from fascicle.pipeline.build import BuildResult, build, surroundings
from fascicle.pipeline.manuscript import Manuscript
from fascicle.pipeline.run import Request, Run
from fascicle.typeset.engine import typeset
from fascicle.typeset.font_cache import FontCache
from fascicle.typeset.job import Job, PassEvent, TypesetOutcome
from fascicle.typeset.run_folder import RunFolder
from fascicle.typeset.warm.first_view import first_change, make_first_view
from fascicle.typeset.warm.parked_engines import Parking
from fascicle.watch.board import ViewBoard
from fascicle.watch.changed_files import Files
from fascicle.watch.parking import parking_requests
from fascicle.watch.view import View


@dataclass(slots=True)
class WatchSession:
    """What one cycle leaves to the next."""

    request: Request
    """What is asked for."""
    edition: str
    """The edition's name."""
    board: ViewBoard
    """Takes the views."""
    parking: Parking
    """The engines that wait."""
    files: Files
    """What was read last."""
    shown: str = ""
    """The main file of the whole pages that were shown last; empty before the first."""


class Cycle:
    """A build on a thread of its own."""

    def __init__(self, session: WatchSession) -> None:
        self._desk = session
        self._stop = threading.Event()
        self._read = threading.Event()
        self._whole = threading.Lock()
        self._is_whole = False
        self._manuscript: Manuscript | None = None
        self._thread = threading.Thread(target=self._run, name="cycle", daemon=True)
        self.failure: BaseException | None = None
        """A fault of the program itself."""

    def begin(self) -> None:
        """Start the build."""
        self._desk.parking.hold()
        self._thread.start()

    def wait_until_read(self, stop: threading.Event) -> None:
        """Wait until it is known what the build depends on."""
        while not (self._read.wait(0.05) or stop.is_set()):
            pass

    @property
    def done(self) -> bool:
        """True when the build has come to its end."""
        return self._thread.ident is not None and not self._thread.is_alive()

    def has_failed(self) -> bool:
        """Whether the program itself is at fault, so that nobody need wait for a change."""
        return self.failure is not None

    def give_up(self) -> None:
        """End the build, whose result nobody wants any more, and wait for its end."""
        self._stop.set()
        self._thread.join()

    # -- On the thread ----------------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            self._build()
        except BaseException as failure:  # the watcher's own thread tells it
            self.failure = failure
        finally:
            self._read.set()

    def _build(self) -> None:
        session = self._desk
        session.board.post(View(working="reading"))
        run = Run(session.request, session.edition, _quiet, typesetting=self._typeset, stop=self._stop)
        result = build(run, self._look)
        if run.sources:
            session.files.note(run.sources.reads)
        if not self._stop.is_set():
            session.board.post(self._seen(result))

    def _look(self, manuscript: Manuscript, problems: Collector) -> None:
        self._manuscript = manuscript
        self._desk.files.note(manuscript.sources.reads)
        self._read.set()

    def _typeset(self, job: Job, assembled: Assembled, tell: Callable[[PassEvent], None]) -> TypesetOutcome:
        """Typeset with the engines that wait, and have others wait for the next change."""
        session = self._desk
        change = first_change(session.shown, job.tex) if session.shown else None
        session.board.post(View(working="typesetting"))
        first = threading.Thread(target=self._glimpse, args=(job, change), name="glimpse", daemon=True)
        if change:
            first.start()
        outcome = typeset(job, lambda event: self._told(event, tell), session.parking, self._stop)
        if change:
            first.join()
        if outcome.pdf:
            session.shown = job.tex
        if FontCache(job.cache, job.tex).warm and not self._stop.is_set():
            kept = RunFolder(job.folder, job.name).kept().files
            session.parking.refill(job, kept, parking_requests(job.tex, assembled.linemap, change))
        return outcome

    def _glimpse(self, job: Job, change: int) -> None:
        """Show the pages down to the changed one, unless the whole text was faster."""
        seen = make_first_view(job, change, self._desk.parking, self._stop)
        with self._whole:
            if seen and not self._is_whole and not self._stop.is_set():
                self._desk.board.post(View(pdf=seen.pdf, early=seen.pages is not None, working="typesetting"))

    def _told(self, event: PassEvent, tell: Callable[[PassEvent], None]) -> None:
        """Show the whole pages of each pass as they come."""
        tell(event)
        if event.pdf is None or self._stop.is_set():
            return
        with self._whole:
            self._is_whole = True
            # Its SyncTeX data come with the settled result, a moment later: to make them ready takes longer than to wait.
            self._desk.board.post(View(pdf=event.pdf.read_bytes(), working="settling cross-references"))

    def _seen(self, result: BuildResult) -> View:
        """What is shown of the build; a result that somebody has removed meanwhile is told."""
        try:
            return self._view(result)
        except OSError as error:
            surroundings(error, problems := Collector())
            return View(diagnostics=(*result.diagnostics, *problems.sorted()))

    def _view(self, result: BuildResult) -> View:
        """What is shown of the finished build."""
        output = self._desk.request.project / result.output
        words = self._words()
        if result.failed or output.suffix != ".pdf":
            return View(diagnostics=result.diagnostics, words=words, settled=not result.failed)
        synctex = output.with_suffix(".synctex.gz")
        return View(
            pdf=output.read_bytes(),
            settled=True,
            diagnostics=result.diagnostics,
            synctex=synctex if synctex.exists() else None,
            words=words,
        )

    def _words(self) -> tuple[SectionCount, ...]:
        found = self._manuscript
        return word_count(found.document).sections if found else ()


def _quiet(event: Event) -> None:
    """The board tells what goes on."""
