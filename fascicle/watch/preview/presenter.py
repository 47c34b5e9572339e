"""Turns what is on the board into what browsers are told, and wakes them.

Pages are read beside the event loop.
"""

from __future__ import annotations

import asyncio
import json
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.concurrency import run_in_threadpool

from fascicle.core.diagnostic_formats import SourceView
from fascicle.watch.board import ViewBoard
from fascicle.watch.preview import payload
from fascicle.watch.preview.page_images import Pictures
from fascicle.watch.preview.page_text import Texts
from fascicle.watch.preview.pages import Book
from fascicle.watch.preview.synctex import SyncTeX
from fascicle.watch.state import Layer, State


class Presenter:
    """One publication's preview; its methods but `reported` and `places` run on the event loop."""

    def __init__(self, board: ViewBoard, project: Path, editor: str) -> None:
        self.board = board
        self.project = project
        self.editor = editor
        """Address template of the editor; empty for none."""
        self.book, self.pictures, self.texts = Book(), Pictures(), Texts()
        self.closing = False
        """True when the server ends."""
        self.failure: BaseException | None = None
        """A fault of this program that ended the following of the board."""
        self._told, self._number = "", 0
        self._waiting: set[asyncio.Event] = set()
        self._places: tuple[object, SyncTeX] | None = None

    @asynccontextmanager
    async def following(self) -> AsyncIterator[None]:
        """Follow the board as long as the block runs."""
        changed, loop = asyncio.Event(), asyncio.get_running_loop()
        unsubscribe = self.board.subscribe(lambda: loop.call_soon_threadsafe(changed.set))
        task = loop.create_task(self._follow(changed))
        try:
            yield
        finally:
            unsubscribe()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _follow(self, changed: asyncio.Event) -> None:
        try:
            while True:
                changed.clear()
                self._told = await run_in_threadpool(self.reported, self.board.latest())
                self._number += 1
                self.wake()
                await changed.wait()
        except Exception as error:  # else the preview would stand still and say nothing
            self.failure = error

    def wake(self) -> None:
        """Let everybody who waits look again."""
        for event in self._waiting:
            event.set()

    def reported(self, state: State) -> str:
        """The JSON of a state; a PDF that cannot be read leaves the pages as they were."""
        try:
            edition = self.book.take(state.layers)
        except ValueError:
            edition = self.book.now
        return json.dumps(payload.reported(state, edition, self.view(), self.editor), ensure_ascii=False)

    def view(self) -> SourceView:
        """Reads the author's files as they are now."""
        return SourceView(self.project, self.project)

    async def events(self) -> AsyncIterator[str]:
        """What a browser is told, as server-sent events: each state, and a beat when nothing happens."""
        woken, sent = asyncio.Event(), -1
        self._waiting.add(woken)
        try:
            while not self.closing:
                woken.clear()
                if sent != self._number and self._told:
                    sent = self._number
                    yield f"data: {self._told}\n\n"
                else:
                    yield "event: beat\ndata: \n\n"
                try:
                    await asyncio.wait_for(woken.wait(), BEAT)
                except TimeoutError:
                    continue
        finally:
            self._waiting.discard(woken)

    def places(self, layer: Layer) -> SyncTeX | None:
        """The places of a PDF; None when it has no SyncTeX data."""
        try:
            if layer.synctex is None:
                return None
            key = (layer.synctex, layer.synctex.stat().st_mtime_ns)
            held = self._places  # another request, in another thread, may put another file's in its place
            if held is None or held[0] != key:
                held = self._places = (key, SyncTeX(layer.synctex.read_bytes(), self.project))
        except (OSError, EOFError, zlib.error):
            return None
        return held[1]


BEAT = 4.0
"""Seconds between two signs of life. A browser that hears none for some of them takes the connection for lost."""
