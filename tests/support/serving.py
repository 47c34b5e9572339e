"""A preview served for tests: a board to post to, and a server beside the test."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fascicle.watch.board import ViewBoard
from fascicle.watch.preview.presenter import Presenter
from fascicle.watch.preview.serve import PreviewServer

TOKEN = "0123456789abcdef" * 3


@contextmanager
def served(board: ViewBoard, project: Path, editor: str = "", port: int = 0) -> Iterator[str]:
    """Serve the board as long as the block runs; gives the address."""
    server, stop = PreviewServer(Presenter(board, project, editor), TOKEN, port), threading.Event()
    thread = threading.Thread(target=server.run, args=(stop,))
    thread.start()
    try:
        yield server.url
    finally:
        stop.set()
        thread.join()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])
