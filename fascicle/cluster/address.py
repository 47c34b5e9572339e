"""The address of a cluster: where it is, and whether the way to it is encrypted."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

LOCAL = "local"
"""Asks for a cluster of this machine alone, begun for the purpose."""


class ClusterError(Exception):
    """The cluster cannot be used; `hint` says what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def checked(address: str) -> str:
    """A scheduler's address, with its protocol. ClusterError for one that cannot be used or would not be encrypted."""
    whole = address if "://" in address else f"tcp://{address}"
    parts = urlsplit(whole)
    try:
        port = parts.port
    except ValueError:
        port = None
    if parts.scheme not in ("tcp", "tls") or not parts.hostname or not port:
        message = f"'{address}' is no address of a scheduler"
        raise ClusterError(message, "write it as tls://HOST:PORT, or 'local' for the cores of this machine")
    if parts.scheme == "tcp" and not is_loopback(parts.hostname):
        message = (
            f"the way to {parts.hostname} is not encrypted, and whoever can reach it could run programs there"
        )
        raise ClusterError(
            message, "give it as tls://…, and begin its scheduler and workers with certificates"
        )
    return whole


def is_loopback(host: str) -> bool:
    """Whether a host is this machine by itself: `localhost`, 127.0.0.0/8, ::1."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
