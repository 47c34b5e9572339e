"""The texts that print must show, block by block: what the finished file is read against."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fascicle.diagnostics import Span


class Flow(StrEnum):
    """Which of a publication's streams of text a block belongs to; each keeps its own order."""

    BODY = "body"
    """The running text."""
    NOTE = "note"
    """A footnote."""
    FLOAT = "float"
    """A caption or a row of a table, which may move."""
    MATTER = "matter"
    """Title, abstract and what else stands before or after the text."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something printed whose form is not known beforehand: a citation, a number, a formula."""

    longest: int
    """How many characters it may take, white space not counted."""
    must_hold: str = ""
    """Characters that stand in it, such as a citation's page."""


@dataclass(frozen=True, slots=True)
class BlockText:
    """One block's text as it is to be printed."""

    name: str
    """What it is, for a message: paragraph, heading, note, caption, row of a table."""
    flow: Flow
    """Where it is to be looked for."""
    span: Span
    """Where its author wrote it."""
    pieces: tuple[str | Gap, ...]
    """Text and gaps in order."""
