"""A watcher under observation: every view with the moment at which it was posted."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from fascicle.core.diagnostics import Severity
from fascicle.pipeline.run import Request
from fascicle.typeset.warm.parked_engines import MEMORY
from fascicle.watch.board import ViewBoard
from fascicle.watch.view import View
from fascicle.watch.watcher import EditionWatcher

PATIENCE = 120.0
"""Seconds after which a watcher that posts nothing counts as stuck."""


@dataclass(frozen=True, slots=True)
class Posted:
    """One view."""

    moment: float
    """When it came, by the monotonic clock."""
    view: View
    """What it shows."""

    @property
    def failed(self) -> bool:
        """True when it tells an error."""
        return any(found.severity is Severity.ERROR for found in self.view.diagnostics)


class Observed(ViewBoard):
    """A board that remembers."""

    def __init__(self) -> None:
        super().__init__()
        self.views: list[Posted] = []
        self._came = threading.Condition()

    def post(self, view: View) -> None:
        super().post(view)
        with self._came:
            self.views.append(Posted(time.monotonic(), view))
            self._came.notify_all()

    def until(self, wanted: Callable[[Posted], bool], since: float, seconds: float = PATIENCE) -> Posted:
        """The first view after the moment `since` that is wanted."""
        with self._came:
            self._came.wait_for(lambda: self._first(wanted, since), seconds)
            found = self._first(wanted, since)
        assert found, [posted.view.working or posted.view.diagnostics for posted in self.views[-5:]]
        return found

    def _first(self, wanted: Callable[[Posted], bool], since: float) -> Posted | None:
        return next((one for one in self.views if one.moment >= since and wanted(one)), None)


class Following:
    """Follows the edition `screen` of a publication while the block runs."""

    def __init__(self, project: Path, memory: int = MEMORY, *, request: Request | None = None) -> None:
        self.board = Observed()
        self.watcher = EditionWatcher(request or Request(project), "screen", memory)
        self._stop = threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Following:
        begun = time.monotonic()
        self._thread.start()
        self.settled(begun)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive(), "the watcher is stuck"
        if self._failure:
            raise self._failure

    def settled(self, since: float) -> Posted:
        """The first finished result after a moment: settled pages, or errors."""
        return self.board.until(lambda one: one.view.settled or one.failed, since)

    def caught_up(self) -> None:
        """Wait until the result is that of the files as they are."""
        deadline = time.monotonic() + PATIENCE
        while self.watcher.behind:
            assert time.monotonic() < deadline, "the watcher is stuck"
            time.sleep(0.02)

    def _run(self) -> None:
        try:
            self.watcher.run(self.board, self._stop)
        except BaseException as failure:
            self._failure = failure
            raise
