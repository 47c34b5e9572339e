"""Runs the preview's server on this machine's own address until it is told to stop."""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import uvicorn

from fascicle.watch.preview.connections import Connection
from fascicle.watch.preview.presenter import Presenter
from fascicle.watch.preview.server import application

HOST = "127.0.0.1"
PORT = 8417
"""The first port that is tried when none is named; the same each time, so that an open page finds the next server."""
_TRIED = 20
_TOKEN = "preview-token"  # noqa: S105 - the name of the file


class PortError(OSError):
    """The port cannot be had."""


def listen(port: int | None) -> socket.socket:
    """A socket on `port` of the loopback address, else on the first free one from `PORT` on. Raises PortError."""
    wanted = [port] if port is not None else [*range(PORT, PORT + _TRIED), 0]
    for number in wanted:
        held = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            held.bind((HOST, number))
            held.listen(64)
        except OSError as error:
            held.close()
            failure = error
        else:
            return held
    raise PortError(failure.errno, f"port {port} cannot be used: {failure.strerror}")


def token_of(build: Path) -> str:
    """The random part of the address: kept in the build folder, readable by its owner alone, so that a page that is
    open finds the next server.
    """
    path = build / _TOKEN
    with contextlib.suppress(OSError):
        held = path.read_text(encoding="ascii", errors="replace").strip()
        if len(held) >= 32 and held.isalnum() and path.stat().st_mode & 0o077 == 0:
            return held
    token = secrets.token_hex(24)
    build.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(token)
    return token


class PreviewServer:
    """The server of one preview."""

    def __init__(self, presenter: Presenter, token: str, port: int | None) -> None:
        self._presenter = presenter
        self._socket = listen(port)
        number = self._socket.getsockname()[1]
        self.url = f"http://{HOST}:{number}/{token}/"
        """The whole address, to be given to the person who writes and to nobody else."""
        self._app = application(presenter, token, number)

    def run(self, stop: threading.Event) -> None:
        """Serve until `stop` is set."""
        config = uvicorn.Config(
            self._app,
            log_config=None,
            access_log=False,
            lifespan="on",
            loop="asyncio",
            http=Connection,
            ws="none",
            proxy_headers=False,
            server_header=False,
            date_header=False,
            timeout_graceful_shutdown=1,
        )
        _Server(config, self._presenter, stop).run(sockets=[self._socket])
        if self._presenter.failure:
            raise self._presenter.failure


class _Server(uvicorn.Server):
    """Ends when it is told to by an event; signals are the command's business."""

    def __init__(self, config: uvicorn.Config, presenter: Presenter, stop: threading.Event) -> None:
        super().__init__(config)
        self._presenter, self._stop = presenter, stop

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def on_tick(self, counter: int) -> bool:
        """Called ten times a second."""
        if self._stop.is_set() or self._presenter.failure:
            self._presenter.closing = True
            self._presenter.wake()
            return True
        return await super().on_tick(counter)
