"""The board between the watcher, which posts views, and whoever shows them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

from fascicle.watch.state import State
from fascicle.watch.view import View


class Watcher(Protocol):
    """Follows an edition and posts what becomes of it."""

    def run(self, board: ViewBoard, stop: threading.Event) -> None:
        """Post views until `stop` is set; then return soon, with nothing left running."""
        ...


class ViewBoard:
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
