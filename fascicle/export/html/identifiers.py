"""Identifiers of elements: readable ones from the author's labels, each once in the whole text."""

from __future__ import annotations

import re

_OTHER = re.compile(r"[^\w.-]+")
_RESERVED = re.compile(r"(?:mark|note|page)-\d+|text|notes|contents|abstract|acknowledgements")
"""Identifiers that notes and templates have."""


class Identifiers:
    """Gives out identifiers; the same name gets the same one each time.

    `nameless` ones hold nothing of the author's words: an anonymous text may not be told by a label.
    """

    def __init__(self, *, nameless: bool = False) -> None:
        self.nameless = nameless
        self._given: dict[str, str] = {}
        self._taken: set[str] = set()

    def of(self, name: str) -> str:
        """The identifier of a label or another name, such as `fig:x`."""
        if name not in self._given:
            self._given[name] = self._free(self._readable(name))
        return self._given[name]

    def _readable(self, name: str) -> str:
        if self.nameless and ":" in name:
            return f"{name.partition(':')[0]}-{len(self._given) + 1}"
        made = _OTHER.sub("-", name).strip("-.") or "x"
        return made if made[0].isalpha() and not _RESERVED.fullmatch(made) else f"x-{made}"

    def _free(self, wanted: str) -> str:
        free, number = wanted, 1
        while free in self._taken:
            number += 1
            free = f"{wanted}-{number}"
        self._taken.add(free)
        return free
