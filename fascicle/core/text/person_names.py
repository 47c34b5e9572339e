"""Family and given names in a name as people write it."""

from __future__ import annotations

import re

_BODIES = re.compile(
    r"\b(?:the|and|of|for|university|institut\w*|group|team|collective|consortium|society|association|committee|"
    r"museum|centre|center|press|network|project|lab|laboratory|foundation|council|ministry|library|archive)\b",
    re.IGNORECASE,
)
"""Words by which the name of a body is known."""
_PARTICLES = re.compile(
    r"^(.+?) ((?:(?:van|von|de|del|della|der|den|di|da|dos|du|la|le|ten|ter|zu|zum|zur) )*\S+)$"
)
"""Given names, and the family name with what stands before it."""


def family_and_given(name: str) -> tuple[str, str]:
    """Both, of `Jane van Gogh` or `van Gogh, Jane`; the whole name and "" for a body or a person of one name."""
    name = name.strip()
    family, comma, given = (part.strip() for part in name.partition(","))
    if not comma and not _BODIES.search(name) and (parts := _PARTICLES.match(name)):
        given, family = parts.groups()
    return (family, given) if family and given else (name, "")
