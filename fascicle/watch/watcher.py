"""The watcher: builds an edition again whenever a file that it was made from changes."""

from __future__ import annotations

import threading

from fascicle.pipeline.pdf_output import run_folder
from fascicle.pipeline.run import Request, Run
from fascicle.typeset.warm.parked_engines import MEMORY, Parking
from fascicle.watch.board import ViewBoard
from fascicle.watch.build_cycle import Cycle, WatchSession, _quiet
from fascicle.watch.changed_files import Files


class EditionWatcher:
    """Follows one edition of a publication."""

    def __init__(self, request: Request, edition: str, memory: int = MEMORY) -> None:
        self._request, self._edition, self._memory = request, edition, memory
        self._parking: Parking | None = None
        self._files = Files(request.project)
        self._cycle: Cycle | None = None

    @property
    def behind(self) -> bool:
        """True while the result is not that of the files as they are."""
        return self._cycle is None or not self._cycle.done or self._files.changed()

    def engines_wait(self) -> None:
        """Wait until the engines for the next change are where they are wanted."""
        if self._parking:
            self._parking.settled()

    def run(self, board: ViewBoard, stop: threading.Event) -> None:
        """Post views until `stop` is set; then end everything that was begun."""
        folder = run_folder(Run(self._request, self._edition, _quiet))
        with Parking(folder, self._memory) as parking:
            self._parking = parking
            session = WatchSession(self._request, self._edition, board, parking, self._files)
            changed = True
            while changed and not stop.is_set():
                self._cycle = cycle = Cycle(session)
                cycle.begin()
                cycle.wait_until_read(stop)
                changed = self._files.wait(stop, cycle.has_failed)
                cycle.give_up()
                if cycle.failure:
                    raise cycle.failure
