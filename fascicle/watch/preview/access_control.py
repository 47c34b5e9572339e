"""Lets nobody in but the page whose address was printed.

Checks token, host and origin, and sets what a page may do.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What the page may load and run: its own files alone, and nothing written into it."""
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
)
_WRONG_HOST = (421, "this address is not the preview's")
_OTHER_ORIGIN = (403, "other pages may not use the preview")
_NO_TOKEN = (403, "open the whole address that `fascicle watch` printed")
_METHOD = (405, "the preview is only looked at")


class Guard:
    """An ASGI application around another one; all its paths begin with the token."""

    def __init__(self, app: App, token: str, port: int) -> None:
        self._app, self._token = app, token
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}
        self._origins = {f"http://{host}" for host in self._hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refused = self._refusal(scope)
        if refused:
            await _refuse(*refused, send)
            return
        await self._app({**scope, "root_path": f"/{self._token}"}, receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Why a request is not answered. The host is checked first: a foreign name that leads here is an attack."""
        headers: list[tuple[bytes, bytes]] = list(scope["headers"])
        if _values(headers, b"host") - self._hosts or not _values(headers, b"host"):
            return _WRONG_HOST
        if _values(headers, b"origin") - self._origins:
            return _OTHER_ORIGIN
        if _values(headers, b"sec-fetch-site") - {"same-origin", "none"}:
            return _OTHER_ORIGIN
        given = str(scope["path"]).removeprefix("/").partition("/")[0]
        if not hmac.compare_digest(given.encode(), self._token.encode()):
            return _NO_TOKEN
        return None if scope["method"] in ("GET", "HEAD") else _METHOD


def _values(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> set[str]:
    return {value.decode("latin-1").lower() for key, value in headers if key.lower() == name}


async def _refuse(status: int, reason: str, send: Send) -> None:
    head = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store"), *HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": f"{reason}\n".encode()})


def _with_headers(send: Send) -> Send:
    """Adds the headers to an answer; what is not said to be kept is not kept."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = [(key, value) for key, value in message.get("headers", ())]
            if not any(key == b"cache-control" for key, _ in own):
                own.append((b"cache-control", b"no-store"))
            message = {**message, "headers": [*own, *HEADERS]}
        await send(message)

    return sending
