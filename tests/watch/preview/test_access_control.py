"""The guard by itself: whatever lies behind it, nobody reaches it who does not come from the preview's own page."""

from __future__ import annotations

import asyncio

import pytest

from fascicle.watch.preview.access_control import Guard, Message, Receive, Scope, Send

GOOD: dict[str, object] = {
    "type": "http",
    "method": "GET",
    "path": "/token/",
    "headers": [(b"Host", b"127.0.0.1:8000")],
}


async def _open(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers whoever reaches it."""
    await send({"type": "http.response.start", "status": 200, "headers": []})


async def _nothing() -> Message:
    return {"type": "http.request"}


def answers(**changed: object) -> list[Message]:
    """What the guard sends back to a request that is good but for what is `changed`."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(Guard(_open, "token", 8000)({**GOOD, **changed}, _nothing, send))
    return sent


def test_the_pages_own_request_is_let_through() -> None:
    assert answers()[0]["status"] == 200


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"headers": []}, 421),
        ({"headers": [(b"host", b"127.0.0.1:8001")]}, 421),
        ({"headers": [(b"host", b"127.0.0.1:8000"), (b"host", b"evil.example")]}, 421),
        ({"headers": [*GOOD["headers"], (b"origin", b"http://evil.example")]}, 403),
        ({"headers": [*GOOD["headers"], (b"origin", b"null")]}, 403),
        ({"headers": [*GOOD["headers"], (b"sec-fetch-site", b"same-site")]}, 403),
        ({"path": "/"}, 403),
        ({"path": "/toke/"}, 403),
        ({"method": "POST"}, 405),
        ({"method": "OPTIONS"}, 405),
    ],
)
def test_all_else_is_refused(changed: dict[str, object], status: int) -> None:
    assert answers(**changed)[0]["status"] == status


def test_no_socket_is_opened() -> None:
    assert answers(type="websocket") == [{"type": "websocket.close", "code": 1008}]
