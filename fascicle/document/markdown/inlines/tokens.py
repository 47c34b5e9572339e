"""What the inline lexer finds: kinds of tokens and what each carries."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from fascicle.document.markdown.attributes import Braces


class InlineTokenKind(Enum):
    """Kinds of inline tokens."""

    TEXT = auto()
    """Characters to print: `text`."""
    SOFT = auto()
    """A line end."""
    HARD = auto()
    """A line end to keep."""
    CODE = auto()
    """Literal text: `text`; `braces` may name a raw format."""
    MATH = auto()
    """A formula: `text`."""
    DISPLAY = auto()
    """A displayed formula: `text`, perhaps with `braces`."""
    AUTOLINK = auto()
    """An address in angle brackets: `text`, with its target in `target`."""
    NOTE = auto()
    """The mark of a footnote: its name in `text`."""
    CITE = auto()
    """A key after `@`: `text`; `flag` when a hyphen stands before it."""
    DELIMITER = auto()
    """A run of `*`, `_`, `~~` or one quotation mark: `text`."""
    OPEN = auto()
    """`[`, `![`, `^[`, or the mark of a superscript or subscript; `match` is the index of its end, or -1."""
    CLOSE = auto()
    """The end of an OPEN, with what follows it: `(target)` or `{attributes}`."""


@dataclass(slots=True)
class Token:
    """One inline token."""

    kind: InlineTokenKind
    """What it is."""
    start: int
    """Offset of its first character in the passage."""
    end: int
    """Offset after its last character."""
    text: str = ""
    """Its content; for OPEN its mark."""
    match: int = -1
    """Index of the other bracket of a pair; -1 when there is none."""
    target: str | None = None
    """A link's target; None when there is none."""
    title: str = ""
    """A link's tooltip."""
    braces: Braces | None = None
    """Attributes after it."""
    braces_at: int = -1
    """Offset of those attributes."""
    flag: bool = False
    """See `InlineTokenKind.CITE`."""
    label: str = ""
    """The label that a key means, such as `fig:map`; empty for the key of a work."""
    opens: bool = False
    """A delimiter that may begin something."""
    closes: bool = False
    """A delimiter that may end something."""
