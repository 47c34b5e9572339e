"""What the parsing of one text carries from stage to stage.

Options, footnotes, link definitions, limits.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.document.markdown.source import MarkdownSource, Passage
from fascicle.document.tree import Block
from fascicle.project.math.macros import Macro

MAX_DEPTH = 24
"""Inlines inside inlines; more than any author needs, and few enough for every recursive reader of the tree."""
MAX_LEVEL = 32
"""Levels of markdown-it's block tokens (a list and its item are two)."""


@dataclass(frozen=True, slots=True)
class ParseOptions:
    """What the publication says about its texts."""

    language: str = "en-GB"
    """The main language (BCP 47); it chooses the marks of a quotation that is never closed."""
    raw_latex: bool = False
    """True when raw LaTeX is trusted."""
    keys: frozenset[str] = frozenset()
    """Keys of works that look like labels, such as `sec-filing2010`."""
    macros: tuple[tuple[str, Macro], ...] = ()
    """The authors' own commands in formulas, by name."""


@dataclass(slots=True)
class NoteDefinition:
    """A footnote's text, defined once, referred to by its name."""

    span: Span
    """The definition's mark."""
    blocks: Callable[[], tuple[Block, ...]]
    """Makes its blocks; called once."""
    content: tuple[Block, ...] | None = None
    """Its blocks, once made."""
    used: bool = False
    """True when the text refers to it."""


@dataclass(slots=True)
class ParseTask:
    """Everything that the parsing of one text shares."""

    source: MarkdownSource
    """The text."""
    options: ParseOptions
    """Language and trust."""
    problems: Collector
    """Where what is wrong goes."""
    notes: dict[str, NoteDefinition] = field(default_factory=dict)
    """Footnotes by name."""
    meant: set[str] = field(default_factory=set)
    """Names of footnotes that misspelt marks seem to mean."""
    references: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Link definitions `[name]: target "title"`: target and title by normalised name."""
    examples: frozenset[str] = frozenset()
    """Names of the numbered examples, `(@name)`, of the text."""
    in_note: bool = False
    """True while a footnote's text is being parsed."""
    in_cell: bool = False
    """True while the blocks of a table's cell are being parsed."""

    def example(self, name: str) -> str:
        """The label of the numbered example of this name; empty when the text has none."""
        return f"ex:{name}" if name in self.examples else ""

    def report(self, code: Code, message: str, passage: Passage, start: int, end: int, *hints: str) -> None:
        """A diagnostic at a part of a passage."""
        self.problems.add(code, message, passage.span(start, end), *hints)


def reference_name(label: str) -> str:
    """A link definition's name as names are compared: case and white space do not count."""
    return re.sub(r"\s+", " ", label.strip()).casefold()
