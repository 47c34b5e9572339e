"""Addresses that a page may link to, in the form that browsers and validators take."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

_SCHEMES = frozenset({"http", "https", "mailto"})
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_PATH = "/%:@!$&'()*+,;=-._~"


def safe_address(target: str) -> str:
    """`target` as it may stand in `href`; empty when it is no address of the web, of mail or of a DOI."""
    text = target.strip()
    if text[:4].lower() == "doi:":
        text = f"https://doi.org/{text[4:].lstrip()}"
    try:
        parts = urlsplit(text)
        if parts.scheme.lower() not in _SCHEMES:
            return ""
        if parts.scheme.lower() == "mailto":
            return f"mailto:{_quoted(parts.path)}" + (f"?{_quoted(parts.query)}" if parts.query else "")
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return ""
    if not host or re.search(r"[\s<>\"\\^`{|}]", host):
        return ""
    query, fragment = _quoted(parts.query, "?"), _quoted(parts.fragment, "?")
    return urlunsplit((parts.scheme.lower(), host, _quoted(parts.path), query, fragment))


def _quoted(text: str, more: str = "") -> str:
    return quote(_LONE_PERCENT.sub("%25", text), safe=_PATH + more)
