"""Rewrites SyncTeX data so that a click in the PDF goes to the author's Markdown, and back.

The format is documented in the manual page synctex(5): `Input:TAG:PATH` lines name files, and each record of a box,
glue or kern begins with its kind, then `TAG,LINE:`. Files are named by absolute paths because editors ask by them.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path

from fascicle.core.diagnostics import Span
from fascicle.latex.line_map import LineMap

_INPUT = re.compile(rb"^Input:(\d+):(.*)$", re.MULTILINE)
_RECORD = re.compile(rb"^([\[(hvgr$f])(\d+),(\d+)", re.MULTILINE)
_POSITIONS = re.compile(rb"^[xk]\d+,\d+.*\n", re.MULTILINE)
"""Records of glyphs and kerns. LuaTeX writes them with the line at which it stood when the page was shipped out."""
_SHEET = re.compile(
    rb"^(?:Input:(?P<input>\d+):(?P<path>.*)|\{(?P<page>\d+)|[\[(hg$](?P<tag>\d+),(?P<line>\d+).*)$",
    re.MULTILINE,
)
_FIRST_INPUT = re.compile(rb"^Input:", re.MULTILINE)


def rewrite(packed: bytes, main: str, linemap: LineMap, locate: Callable[[str], Path]) -> bytes:
    """SyncTeX data (gzip) in which every record of the file called `main` names the author's file and line.

    `locate` gives the absolute path of a file that the line map names. Records of packages and classes are kept as
    they are; a line that comes from nowhere keeps its record's first line of text. The result has no time stamp, so
    that equal input gives equal bytes.
    """
    data = _POSITIONS.sub(b"", gzip.decompress(packed))
    tags = {int(tag): path for tag, path in _INPUT.findall(data)}
    ours = {tag for tag, path in tags.items() if path.decode("utf-8", "replace").rsplit("/", 1)[-1] == main}
    files = _Files(max(tags, default=0), locate)

    def place(match: re.Match[bytes]) -> bytes:
        if int(match[2]) not in ours:
            return match[0]
        span = linemap.block_at(int(match[3]))
        return match[0] if span is None else b"%s%d,%d" % (match[1], files.tag(span), span.line)

    body = _RECORD.sub(place, data)
    body = _FIRST_INPUT.sub(lambda _: files.inputs() + b"Input:", body, count=1)
    return gzip.compress(body, compresslevel=6, mtime=0)


def first_lines(packed: bytes, main: str) -> dict[int, int]:
    """For each page, counted from 1, the first line of the file called `main` that is set on it."""
    lines: dict[int, int] = {}
    ours: set[bytes] = set()
    page = 0
    for match in _SHEET.finditer(gzip.decompress(packed)):
        if match["path"]:
            if match["path"].decode("utf-8", "replace").rsplit("/", 1)[-1] == main:
                ours.add(match["input"])
        elif match["page"]:
            page = int(match["page"])
        elif page and match["tag"] in ours:
            lines[page] = min(lines.get(page, int(match["line"])), int(match["line"]))
    return lines


class _Files:
    """Tags of the author's files, counted on from TeX's own."""

    def __init__(self, last: int, locate: Callable[[str], Path]) -> None:
        self._last, self._locate = last, locate
        self._tags: dict[str, int] = {}

    def tag(self, span: Span) -> int:
        if span.file not in self._tags:
            self._last += 1
            self._tags[span.file] = self._last
        return self._tags[span.file]

    def inputs(self) -> bytes:
        lines = [f"Input:{tag}:{self._locate(file)}\n" for file, tag in self._tags.items()]
        return "".join(lines).encode()
