"""Environments of a LaTeX text, found in time that grows with the text, whatever of them is never ended."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Environment:
    """One environment."""

    begin: re.Match[str]
    r"""What begins it, `\begin` and its arguments; its group `kind` is the name."""
    inner: str
    """What stands in it."""
    end: int
    """Where its end is over."""

    @property
    def text(self) -> str:
        """The whole of it."""
        return self.begin.string[self.begin.start() : self.end]


def environments(text: str, begin: re.Pattern[str]) -> Iterator[Environment]:
    """The environments that `begin` finds and that are ended, one after the other; none inside another."""
    at = 0
    missing: set[str] = set()
    while found := begin.search(text, at):
        ending = f"\\end{{{found['kind']}}}"
        close = -1 if ending in missing else text.find(ending, found.end())
        if close < 0:
            missing.add(ending)
            at = found.end()
            continue
        at = close + len(ending)
        yield Environment(found, text[found.end() : close], at)


def with_environments(text: str, begin: re.Pattern[str], change: Callable[[Environment], str]) -> str:
    """The text with something else in the place of each of them."""
    parts: list[str] = []
    at = 0
    for found in environments(text, begin):
        parts += [text[at : found.begin.start()], change(found)]
        at = found.end
    return "".join([*parts, text[at:]])
