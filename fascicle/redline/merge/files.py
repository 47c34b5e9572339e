"""The author's files as texts, and changes of them by place."""

from __future__ import annotations

import difflib
from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path

from fascicle.core.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of a file replaced."""

    file: str
    """Path relative to the project."""
    start: int
    """First character that goes."""
    end: int
    """Character behind the last that goes."""
    text: str
    """What comes."""
    paragraph: int
    """Number of the returned paragraph that asks for it."""


@dataclass(slots=True)
class SourceFiles:
    """The files that a merge reads, each read once, line ends as they are."""

    project: Path
    """The publication's folder."""
    _texts: dict[str, str] = field(default_factory=dict)
    _lines: dict[str, list[int]] = field(default_factory=dict)

    def text(self, file: str) -> str:
        """A file's text; empty when it cannot be read as one."""
        if file not in self._texts:
            try:
                self._texts[file] = (self.project / file).read_bytes().decode("utf-8")
            except (OSError, UnicodeDecodeError):
                self._texts[file] = ""
        return self._texts[file]

    def offset(self, file: str, line: int, column: int) -> int:
        """The number of the character at a line and column; the text's length for one behind its end."""
        starts = self._starts(file)
        start = starts[min(line, len(starts)) - 1]
        return min(start + column - 1, len(self.text(file)))

    def range(self, span: Span) -> tuple[int, int] | None:
        """The characters of a span; None for one that is a point."""
        if span.end_line is None or span.end_column is None:
            return None
        return (
            self.offset(span.file, span.line, span.column),
            self.offset(span.file, span.end_line, span.end_column),
        )

    def place(self, file: str, offset: int) -> Span:
        """The line and column of a character."""
        starts = self._starts(file)
        line = bisect_right(starts, offset)
        return Span(file, line, offset - starts[line - 1] + 1)

    def _starts(self, file: str) -> list[int]:
        if file not in self._lines:
            starts, at = [0], self.text(file).find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = self.text(file).find("\n", at + 1)
            self._lines[file] = starts
        return self._lines[file]

    def changed(self, edits: list[Edit]) -> dict[str, str]:
        """The texts of all files that `edits` change; of two that overlap the later one is left out."""
        made: dict[str, str] = {}
        for file in dict.fromkeys(edit.file for edit in edits):
            text, kept, end = self.text(file), [], 0
            own = sorted((one for one in edits if one.file == file), key=lambda one: (one.start, one.end))
            for edit in own:
                if edit.start < end:
                    continue
                kept += [text[end : edit.start], edit.text]
                end = edit.end
            made[file] = "".join(kept) + text[end:]
        return made

    def patch(self, changed: dict[str, str]) -> str:
        """The changes as a unified diff."""
        parts: list[str] = []
        for file, text in sorted(changed.items()):
            lines = difflib.unified_diff(
                self.text(file).splitlines(keepends=True),
                text.splitlines(keepends=True),
                f"a/{file}",
                f"b/{file}",
            )
            parts += [
                line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
            ]
        return "".join(parts)
