"""Which addresses a link may lead to.

The web, mail, a DOI, or a place in the publication itself.
"""

from __future__ import annotations

import re

_ALLOWED = re.compile(r"https?://[^\s]|mailto:[^\s]|#", re.IGNORECASE)
_DOI = re.compile(r"doi:\s*(10\.\d{3,9}/\S+)", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_WEB = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?")


def link_target(typed: str) -> str | None:
    """Where a link leads that was typed so; None when it may not lead there."""
    if _CONTROL.search(typed):
        return None
    if doi := _DOI.fullmatch(typed):
        return f"https://doi.org/{doi[1]}"
    return typed if _ALLOWED.match(typed) else None


def hint_for(typed: str) -> str:
    """What to write in the place of an address that leads nowhere."""
    if _WEB.fullmatch(typed):
        return f"write the whole address: https://{typed}"
    return "links lead to http://, https://, mailto: and doi: addresses, and to #labels of the text"
