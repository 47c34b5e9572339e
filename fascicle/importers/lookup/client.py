"""Asks registries over the network, politely.

By name, one after another, within limits, each question once.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fascicle import __version__
from fascicle.core.system.atomic_files import deliver_bytes

AGENT = f"Fascicle/{__version__} (builder of academic publications; looks up works that a text cites)"
SECONDS = 20
"""Longest wait for one answer."""
_MOST = 4_000_000
"""Bytes of the longest answer that is read."""
_PAUSE = 0.1
"""Seconds between two questions."""
_BUSY = frozenset({429, 503})
_LONGEST_PAUSE = 10.0

Fetch = Callable[[str, str], bytes]
"""Gets an address, asking for a media type; OfflineError, or UnknownWorkError when there is no such work."""


class OfflineError(Exception):
    """The registry cannot be reached."""


class UnknownWorkError(Exception):
    """The registry knows no such work."""


def fetch(address: str, accept: str) -> bytes:
    """Get an address by HTTPS, waiting once when the registry is busy."""
    request = urllib.request.Request(address, headers={"Accept": accept, "User-Agent": AGENT})  # noqa: S310 - https alone
    for last in (False, True):
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - https alone
                return bytes(answer.read(_MOST + 1)[:_MOST])
        except urllib.error.HTTPError as error:
            if error.code in _BUSY and not last:
                time.sleep(_asked_pause(error.headers.get("Retry-After", "")))
                continue
            if error.code in (404, 410, 400):
                raise UnknownWorkError(str(error)) from error
            raise OfflineError(str(error)) from error
        except (OSError, ValueError) as error:
            raise OfflineError(str(getattr(error, "reason", error))) from error
    raise OfflineError("the registry is busy")


def _asked_pause(stated: str) -> float:
    return min(float(stated), _LONGEST_PAUSE) if stated.isdigit() else 1.0


class Client:
    """Asks, and remembers the answers in a folder."""

    def __init__(self, folder: Path | None = None, ask: Fetch = fetch) -> None:
        self.folder = folder or _cache()
        self.ask = ask

    def json(self, address: str, accept: str = "application/json") -> Any:
        """The answer of an address, as JSON; the errors of `Fetch`."""
        name = hashlib.sha256(f"{accept} {address}".encode()).hexdigest()
        kept = self.folder / f"{name}.json"
        try:
            return json.loads(kept.read_bytes())
        except (OSError, ValueError):
            pass
        data = self.ask(address, accept)
        try:
            answer = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise UnknownWorkError("the answer is not what was asked for") from error
        with contextlib.suppress(OSError):  # a cache that cannot be written is none
            deliver_bytes(data, kept)
        time.sleep(_PAUSE)
        return answer


def _cache() -> Path:
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path("~/.cache").expanduser()) / "fascicle" / "works"
