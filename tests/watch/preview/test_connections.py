"""Connections that say nothing are closed, and no more are held than are stated."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from fascicle.watch.board import ViewBoard
from fascicle.watch.preview import connections
from fascicle.watch.preview.serve import HOST
from tests.support.publications import small
from tests.support.serving import TOKEN, served

WHOLE = f"GET /{TOKEN}/icon.svg HTTP/1.1\r\nHost: {HOST}:%d\r\n\r\n"


@pytest.fixture
def port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(connections, "PATIENCE", 0.3)
    with served(ViewBoard(), small(tmp_path), "") as url:
        yield urlsplit(url).port or 0


def _listened_to(held: socket.socket) -> None:
    while held.recv(1 << 16):
        pass


def _until_closed(held: socket.socket) -> bytes:
    held.settimeout(30)
    heard = b""
    try:
        while piece := held.recv(1 << 16):
            heard += piece
    except ConnectionResetError:
        pass
    return heard


@pytest.mark.parametrize("said", ["", "G", "GET / HTTP/1.1\r\nHost: ", WHOLE + "GET / HT"])
def test_who_asks_nothing_whole_is_not_kept(port: int, said: str) -> None:
    with socket.create_connection((HOST, port)) as held:
        held.sendall((said % port if "%d" in said else said).encode())
        heard = _until_closed(held)
    assert (b"200 OK" in heard) == said.startswith(WHOLE)


def test_no_more_are_held_than_are_stated(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "PATIENCE", 60)
    with ExitStack() as stack:
        many = [
            stack.enter_context(socket.create_connection((HOST, port))) for _ in range(connections.MOST + 20)
        ]
        refused = [held for held in many[connections.MOST :] if _until_closed(held) == b""]
        assert len(refused) == 20
        many[0].sendall((WHOLE % port).encode())
        many[0].settimeout(30)
        assert b"200 OK" in many[0].recv(1 << 16)


def test_whoever_listens_to_what_happens_stays(port: int) -> None:
    with socket.create_connection((HOST, port)) as held:
        held.sendall(WHOLE.replace("icon.svg", "events").replace("%d", str(port)).encode())
        held.settimeout(1.5)
        with pytest.raises(TimeoutError):
            _listened_to(held)
