"""A LaTeX text read part by part where pandoc cannot read the whole, so that one fault does not refuse it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fascicle.core.pandoc_ast import Blocks, attr, code_block
from fascicle.importers.draft import ImportRefusedError
from fascicle.importers.plain_source import latex_text
from fascicle.importers.reading import LATEX, SourceReader, Tree
from fascicle.importers.report import Report

_TOKEN = re.compile(
    r"\\begin\{(?P<literal>verbatim|lstlisting|minted|Verbatim)\*?\}.*?\\end\{(?P=literal)\*?\}"
    r"|(?<!\\)%[^\n]*|(?P<begin>\\begin\s*\{)|(?P<end>\\end\s*\{)|\\.|(?P<open>\{)|(?P<close>\})|(?P<gap>\n[ \t]*\n)",
    re.DOTALL,
)
_BODY = re.compile(r"(.*?\\begin\{document\})(.*?)(\\end\{document\}.*)?\Z", re.DOTALL)
_HEADING = re.compile(r"\s*\\(?:part|chapter|(?:sub){0,2}section|paragraph)\b")
_DEFINES = re.compile(r"\s*\\(?:(?:re)?new|provide)(?:command|environment)\b")
_MOST_READINGS = 150


def read_whole_or_parts(text: str, reader: SourceReader, name: str, report: Report) -> Tree:
    """What pandoc reads of a text; a part that it cannot read stands as it was typed, and is told."""
    try:
        return reader.tree(text.encode(), LATEX, name, "--verbose")
    except ImportRefusedError as refused:
        found = _BODY.match(text)
        if "in reasonable time" in str(refused) or found is None:
            raise
        return _Parts(reader, name, report, found[1]).read(found[2], refused)


class _Parts:
    """The readings of one text."""

    def __init__(self, reader: SourceReader, name: str, report: Report, preamble: str) -> None:
        self.reader, self.name, self.report = reader, name, report
        self.preamble = preamble
        self.left = _MOST_READINGS
        self.meta: dict[str, Any] = {}

    def read(self, body: str, refused: ImportRefusedError) -> Tree:
        """All blocks, and what the preamble says of the whole."""
        front = self._tree("\\maketitle")
        if front is None:
            raise refused
        parts = list(_parts(body))
        first = self.preamble.count("\n") + 1
        lines, line = [], first
        for part in parts:
            lines.append(line)
            line += part.count("\n")
        blocks = self._between(parts, lines, 0, len(parts))
        return Tree(blocks, {**self.meta, **front.meta})

    def _between(self, parts: list[str], lines: list[int], start: int, end: int) -> Blocks:
        text = "".join(parts[start:end])
        if not text.strip():
            return []
        if (tree := self._tree(text)) is not None:
            self.meta = {**tree.meta, **self.meta}
            return tree.blocks
        if end - start == 1 or not self.left:
            mended = _closed(text)
            if mended != text and (tree := self._tree(mended)) is not None:
                self.report.verify(
                    "braces without their other half are left out", f"about line {lines[start]}"
                )
                return tree.blocks
            return self._as_typed(text, lines[start])
        middle = (start + end) // 2
        return [*self._between(parts, lines, start, middle), *self._between(parts, lines, middle, end)]

    def _tree(self, text: str) -> Tree | None:
        if not self.left:
            return None
        self.left -= 1
        try:
            whole = f"{self.preamble}\n{text}\n\\end{{document}}"
            return self.reader.tree(whole.encode(), LATEX, self.name)
        except ImportRefusedError:
            return None

    def _as_typed(self, text: str, line: int) -> Blocks:
        words = " ".join(latex_text(text).split())
        if _DEFINES.match(text) or not re.search(r"[^\W\d_]{2}", words):
            self.report.left_out("LaTeX without words that pandoc's reader cannot read", f"line {line}")
            return []
        self.report.verify(
            "a part that pandoc's reader cannot read stands as it was typed", f"line {line}: {words[:70]}"
        )
        return [code_block(text.strip("\n"), attr("", ["latex"]))]


def _parts(body: str) -> Iterator[str]:
    """The body cut at empty lines outside of environments and braces, and at headings outside of environments."""
    braces = environments = start = 0
    for found in _TOKEN.finditer(body):
        if found["begin"] or found["end"]:
            environments = max(0, environments + (1 if found["begin"] else -1))
        if found["begin"] or found["end"] or found["open"]:
            braces += 1
        elif found["close"]:
            braces = max(0, braces - 1)
        elif found["gap"] and not environments and (not braces or _HEADING.match(body, found.end())):
            yield body[start : found.end()]
            start, braces = found.end(), 0
    yield body[start:]


def _closed(text: str) -> str:
    """The text without braces that nothing closes or nothing opens."""
    opened: list[int] = []
    wrong: list[int] = []
    for found in _TOKEN.finditer(text):
        if found["begin"] or found["end"] or found["open"]:
            opened.append(found.end() - 1)
        elif found["close"]:
            wrong += [] if opened else [found.start()]
            opened = opened[:-1]
    kept = set(wrong) | set(opened)
    return "".join(sign for at, sign in enumerate(text) if at not in kept)
