"""The board between the watcher, which posts views of an edition, and whoever shows them. Standard library alone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from fascicle.core.diagnostics import Diagnostic
from fascicle.watch.state import State

if TYPE_CHECKING:
    from fascicle.document.word_count import SectionCount


@dataclass(frozen=True, slots=True)
class View:
    """What a watched edition looks like at one moment."""

    pdf: bytes | None = None
    """The pages to be shown; None: those of the view before stay."""
    early: bool = False
    """True: `pdf` holds the first pages alone; later pages stay those of the view before."""
    settled: bool = False
    """True when cross-references, contents and citations are those of a clean build."""
    working: str = ""
    """What goes on, for a person to read ("typesetting", "settling cross-references"); empty when nothing does."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """What is wrong; while something goes on and no new pages have come, an empty list leaves those before standing."""
    synctex: Path | None = None
    """The .synctex.gz of `pdf`, already rewritten to the author's files; None: unchanged."""
    words: tuple[SectionCount, ...] = ()
    """Words section by section; empty: unchanged."""


class Watcher(Protocol):
    """Follows an edition and posts what becomes of it."""

    def run(self, board: Board, stop: threading.Event) -> None:
        """Post views until `stop` is set; then return soon, with nothing left running."""
        ...


class Board:
    """Takes views from the watcher (any thread) and hands what they add up to to whoever waits (any thread)."""

    def __init__(self) -> None:
        self._state = State()
        self._changed = threading.Condition()
        self._listeners: set[Callable[[], object]] = set()

    def post(self, view: View) -> None:
        """Take a view."""
        with self._changed:
            self._state = self._state.after(view)
            self._changed.notify_all()
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener()

    def latest(self) -> State:
        """What the views so far add up to; its number is that of the last view, 0 before the first."""
        with self._changed:
            return self._state

    def wait(self, after: int, timeout: float) -> State:
        """The latest state, as soon as its number is greater than `after` or `timeout` seconds have passed."""
        with self._changed:
            self._changed.wait_for(lambda: self._state.number > after, timeout)
            return self._state

    def subscribe(self, listener: Callable[[], object]) -> Callable[[], None]:
        """Call `listener` after each view, on the thread that posts it; gives the function that ends this.

        It must not block: an event loop passes `lambda: loop.call_soon_threadsafe(event.set)`.
        """
        with self._changed:
            self._listeners.add(listener)
        return lambda: self._unsubscribe(listener)

    def _unsubscribe(self, listener: Callable[[], object]) -> None:
        with self._changed:
            self._listeners.discard(listener)
