"""A plain watcher: whenever a file of the publication changes, the edition is built anew."""

from __future__ import annotations

import threading
from pathlib import Path

from watchfiles import watch

from fascicle.diagnostics import Collector
from fascicle.manuscript import Manuscript
from fascicle.pipeline import Result, build_edition
from fascicle.preview.board import Board, View
from fascicle.run import Request
from fascicle.text.wordcount import SectionCount, word_count

FOLDERS = ("content", "bib", "figures", "templates")
"""Where a publication's files lie."""
_QUIET = 50
"""Milliseconds without a change after which saving counts as done."""
_LONGEST = 400
"""Milliseconds after which a build begins even if saving goes on."""
_LOOK = 200
"""Milliseconds between two looks whether one of the folders has come or gone."""


class PlainWatcher:
    """Builds one edition after each change."""

    def __init__(self, request: Request, edition: str) -> None:
        self._request, self._edition = request, edition
        self._words: tuple[SectionCount, ...] = ()

    def run(self, board: Board, stop: threading.Event) -> None:
        """Post views until `stop` is set. A build that runs then is not waited for: the process's end ends it."""
        while not stop.is_set():
            folders = self._folders()
            if not folders:
                self._build(board)
                stop.wait(1)
                continue
            # The first build waits until files are watched, so that nothing saved during it is missed.
            due = True
            for changes in watch(
                *folders,
                debounce=_LONGEST,
                step=_QUIET,
                rust_timeout=_LOOK,
                yield_on_timeout=True,
                stop_event=stop,
                raise_interrupt=False,
            ):
                if self._folders() != folders:
                    break
                if changes or due:
                    due = False
                    self._build(board)

    def _folders(self) -> list[Path]:
        return [folder for name in FOLDERS if (folder := self._request.project / name).is_dir()]

    def _build(self, board: Board) -> None:
        board.post(View(working="typesetting"))
        result = build_edition(self._request, self._edition, lambda event: None, self._count)
        board.post(self._view(result))

    def _count(self, manuscript: Manuscript, problems: Collector) -> None:
        self._words = word_count(manuscript.document, manuscript.resolved.cited).sections

    def _view(self, result: Result) -> View:
        output = self._request.project / result.output
        if result.failed or output.suffix != ".pdf":
            return View(diagnostics=result.diagnostics, words=self._words, settled=not result.failed)
        synctex = output.with_suffix(".synctex.gz")
        return View(
            pdf=output.read_bytes(),
            settled=True,
            diagnostics=result.diagnostics,
            synctex=synctex if synctex.exists() else None,
            words=self._words,
        )
