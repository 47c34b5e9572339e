"""Who made a broadcast or a performance, where one person did two things.

`written and directed by`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from fascicle.citations.items.model import Item, Person
from fascicle.citations.postprocessing.closing_quotes import rewritten
from fascicle.document.tree import Inline

_BOTH = (
    re.compile(r"\b([Ww])ritten by ([^,.]+(?:\. [^,.]+)*)(?:, |\. )[Dd]irected by \2(?![^,.])"),
    re.compile(r"\b([Dd])irected by ([^,.]+(?:\. [^,.]+)*)(?:, |\. )[Ww]ritten by \2(?![^,.])"),
)
_LATER = re.compile(r"(?<=, )(?:Written|Directed|Created|Illustrated|Hosted|Narrated|Performed) by\b")


def joined_credits(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """English words in which one who wrote and directed is named once, and what follows a comma begins small."""
    return rewritten(content, lambda texts: [_joined(text) for text in texts])


def _joined(text: str) -> str:
    for pattern in _BOTH:
        text = pattern.sub(
            lambda match: f"{'W' if match[1].isupper() else 'w'}ritten and directed by {match[2]}", text
        )
    return _LATER.sub(lambda match: match[0].lower(), text)


def makers(item: Item) -> tuple[Person, ...]:
    """Writers and directors of a broadcast, each once and with what they did behind the name, as APA lists them."""
    writers, directors = (item.names.get(role, ()) for role in ("script-writer", "director"))
    return (
        *(_with(person, "Writer & Director" if person in directors else "Writer") for person in writers),
        *(_with(person, "Director") for person in directors if person not in writers),
    )


def _with(person: Person, role: str) -> Person:
    return replace(person, native=f"({role})")
