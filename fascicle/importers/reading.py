"""pandoc's readers, asked once for each text and held to limits."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from fascicle.core.diagnostics import Collector
from fascicle.core.pandoc_ast import Json
from fascicle.core.system.pandoc import Pandoc, PandocAnswer, find_pandoc
from fascicle.importers.draft import ImportRefusedError

MARKDOWN = "markdown-latex_macros"
"""Pandoc's Markdown."""
COMMONMARK = (
    MARKDOWN
    + "+lists_without_preceding_blankline-blank_before_header-blank_before_blockquote+autolink_bare_uris"
)
"""The same, read as those programs do that follow CommonMark."""
HTML = "html+tex_math_dollars+smart"
LATEX = "latex"


@dataclass(slots=True)
class Tree:
    """What pandoc read."""

    blocks: list[Json]
    """The text."""
    meta: dict[str, Any]
    """The metadata, as pandoc has it."""
    messages: tuple[dict[str, Any], ...] = ()
    """What pandoc said of it."""


@dataclass(slots=True)
class SourceReader:
    """The readers, with what they have read before."""

    pandoc: Pandoc
    """The program."""
    _pieces: dict[tuple[str, str], list[Json]] = field(default_factory=dict)

    def tree(self, data: bytes, form: str, name: str, *options: str) -> Tree:
        """A whole text; ImportRefusedError when it cannot be read."""
        answer = self.pandoc.read(data, form, *options)
        if answer.failure:
            raise _refusal(answer, name)
        try:
            found = json.loads(answer.output)
        except RecursionError:
            raise ImportRefusedError(f"{name} is nested more deeply than any text") from None
        return Tree(found["blocks"], found["meta"], answer.messages)

    def piece(self, text: str, form: str) -> list[Json]:
        """The blocks of a short text; none when it cannot be read."""
        key = (form, text)
        if key not in self._pieces:
            answer = self.pandoc.read(text.encode(), form, seconds=20)
            self._pieces[key] = [] if answer.failure else json.loads(answer.output)["blocks"]
        return json.loads(json.dumps(self._pieces[key])) if self._pieces[key] else []


def make_reader() -> SourceReader:
    """The readers; ImportRefusedError when pandoc is not there."""
    problems = Collector()
    pandoc = find_pandoc(problems, "to read texts of other programs")
    if pandoc is None:
        found = next(iter(problems))
        raise ImportRefusedError(found.message, *found.hints[:1], surroundings=True)
    return SourceReader(pandoc)


def _refusal(answer: PandocAnswer, name: str) -> ImportRefusedError:
    if answer.late:
        return ImportRefusedError(
            f"{name} cannot be read in reasonable time", "look for a macro that calls itself"
        )
    lines = [line for line in answer.failure.splitlines() if line.strip()]
    if any("Loop encountered" in line for line in lines):
        return ImportRefusedError(
            f"{name} cannot be read: {lines[0][:300]}", "look for a macro that calls itself, and take it out"
        )
    if any("heap" in line.lower() for line in lines):
        return ImportRefusedError(f"{name} needs too much memory to be read")
    hint = "open it in the program that made it and save it again"
    if name.endswith(".tex"):
        hint = "mend the source there, or take that part out for the import"
    return ImportRefusedError(f"{name} cannot be read: {' '.join(lines[:3])[:300]}", hint)
