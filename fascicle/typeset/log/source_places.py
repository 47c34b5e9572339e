"""Finds the author's place for a message of TeX's, also where TeX names another file or no line at all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from pathlib import PurePosixPath

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Span
from fascicle.latex.line_map import LineMap
from fascicle.typeset.log.latex_log import LogEntry
from fascicle.typeset.log.missing_files import font_hint, package_hint

_ENDED_BY = re.compile(r"\\begin\{(.+?)\}(?: on input line (\d+))? ended by \\end\{(.+?)\}")
_UNDEFINED_ENVIRONMENT = re.compile(r"Environment (\S+) undefined")
_FILE_NOT_FOUND = re.compile(r"File `([^']+?)(?:\.\w+)?' not found")
_OPTION_CLASH = re.compile(r"Option clash for package ([^\s.]+)")
_FOR_PACKAGE = re.compile(r"Unknown option .* for (?:package|class) [`']([^']+)'")
_OPTION = re.compile(r"Unknown option ['`‘\"]?([^'`’\"\s]+)|(\S+) undefined\.?$")
_FONT_NAME = re.compile(
    r"[\"“](.+?)[\"”] cannot be found|[Ff]ont (?:\\[^\s=]+=)?\[?([^\s:;=\]]+)(?:[:;=\]]\S*)? ?(?:at \S+ )?(?:not loadable|not found)"
)

_LABEL = re.compile(r"\\label\{([^{}]*)\}")
_LOADING = re.compile(r"\\(?:usepackage|RequirePackage|documentclass|LoadClass|input|include)\b")
_BETWEEN_NAMES = re.compile(r"[{},\s]+")
_HEADING = re.compile(
    r"\s*\\(?:fascicleunnumbered\b.*)?\\?(?:part|chapter|(?:sub)*section|(?:sub)?paragraph)\b"
)


def font_name(message: str) -> str:
    """The font that a message misses; empty when it misses none."""
    match = _FONT_NAME.search(message)
    return (match[1] or match[2]) if match else ""


class LogPlaces:
    """The main file's lines and where they come from."""

    def __init__(self, tex: str, linemap: LineMap, main: str) -> None:
        self.lines = tex.split("\n")
        self._linemap = linemap
        self._main = main

    def at(self, line: int | None) -> Span | None:
        """The author's place of a line of the main file."""
        return self._linemap.at(line) if line else None

    def of(self, entry: LogEntry) -> Span | None:
        """The author's place of an entry of the log."""
        if match := _ENDED_BY.match(entry.message):
            if match[3] == "document" and match[2]:
                return self.at(int(match[2]))
        elif (line := self._named(entry)) is not None:
            return self.at(line)
        if entry.file == self._main and entry.line:
            return self.at(self.written(entry.line))
        if not entry.file or entry.file == self._main:
            return self.at(self._runaway(entry))
        return self.at(self.loading(PurePosixPath(entry.file).stem))

    def written(self, line: int) -> int:
        """The line, or the last one before it that is not empty: TeX notices at a paragraph's end what is wrong in it."""
        while 1 < line <= len(self.lines) and not self.lines[line - 1].strip():
            line -= 1
        return line

    def is_end(self, line: int) -> bool:
        """Whether the document ends on a line: what was left open is noticed there."""
        return 0 < line <= len(self.lines) and self.lines[line - 1].startswith("\\end{document}")

    def loading(self, package: str, last: bool = False) -> int | None:
        """The line that loads a package or class."""
        found = self._loaded[package]
        return found[-1 if last else 0] if found else None

    def holding(self, text: str) -> list[int]:
        """The lines in which `text` stands."""
        return [number for number, line in enumerate(self.lines, 1) if text in line] if text else []

    def labelled(self, label: str) -> list[int]:
        """The lines that give something this label."""
        return self._labels[label]

    def same_paragraph(self, one: int, other: int) -> bool:
        """Whether two lines belong to one paragraph; the empty line that ends it counts as its last."""
        first, last = sorted((one, other))
        return all(line.strip() and not _HEADING.match(line) for line in self.lines[first - 1 : last - 1])

    def ends_what_failed(self, entry: LogEntry, earlier: Iterable[LogEntry]) -> bool:
        """Whether an environment meets the wrong end only because an earlier error had spoilt its begin."""
        if not (match := _ENDED_BY.match(entry.message)):
            return False
        for other in earlier:
            undefined = _UNDEFINED_ENVIRONMENT.match(other.message)
            if undefined and undefined[1] in (match[1], match[3]):
                return True
            mismatch = _ENDED_BY.match(other.message)
            if mismatch and mismatch[1] == match[3]:  # its begin has been used up
                return True
            if match[2] and other.line == int(match[2]) and other.file == entry.file:
                return True
        return False

    def remedy(self, entry: LogEntry, code: Code) -> str:
        """What to install, for a package or font that is missing."""
        if code is Code.TEX_PACKAGE_MISSING and (match := _FILE_NOT_FOUND.search(entry.message)):
            return package_hint(match[1])
        if code is Code.TEX_FONT_MISSING and (name := font_name(entry.message)):
            return font_hint(name)
        return ""

    def _named(self, entry: LogEntry) -> int | None:
        """The line that names what is missing: TeX notices that only further down, or in a file of its own."""
        if match := _OPTION_CLASH.search(entry.message):
            return self.loading(match[1], last=True)
        if match := _OPTION.match(entry.message):
            package = _FOR_PACKAGE.search(entry.message)
            return self._given_option(match[1] or match[2]) or (self.loading(package[1]) if package else None)
        if match := _FILE_NOT_FOUND.search(entry.message):
            if entry.file == self._main and entry.line:
                return None
            return self.loading(PurePosixPath(match[1]).stem) or next(iter(self.holding(match[1])), None)
        if name := font_name(entry.message).replace(" ", ""):
            return next((number for number, line in enumerate(self._plain, 1) if name in line), None)
        return None

    def _given_option(self, option: str) -> int | None:
        """The line that loads a package or class with an option: the package that refuses it may be another one."""
        pattern = re.compile(
            r"\\(?:usepackage|RequirePackage|documentclass|LoadClass)\[[^\]]*\b" + re.escape(option) + r"\b"
        )
        return next((number for number, line in self._loading if pattern.search(line)), None)

    def _runaway(self, entry: LogEntry) -> int | None:
        """The line where a runaway argument begins, which TeX gives as text without a line."""
        words = entry.context.lstrip("{ ")[:40].split("\\par")[0].strip()
        while words:
            if found := [n for n, line in enumerate(self._plain, 1) if words.replace(" ", "") in line]:
                return found[0]
            words = words.rpartition(" ")[0]
        return None

    @cached_property
    def _loading(self) -> list[tuple[int, str]]:
        """The lines that load packages, with their numbers: messages of packages may be as many as lines."""
        return [(number, line) for number, line in enumerate(self.lines, 1) if _LOADING.search(line)]

    @cached_property
    def _loaded(self) -> defaultdict[str, list[int]]:
        """By the name of each package, class and file the lines that load it."""
        loaded: defaultdict[str, list[int]] = defaultdict(list)
        for number, line in self._loading:
            names = _BETWEEN_NAMES.split(line[line.index("\\") :])
            for name in dict.fromkeys(part for word in names for part in (word, word.rpartition(".")[0])):
                loaded[name].append(number)
        return loaded

    @cached_property
    def _labels(self) -> defaultdict[str, list[int]]:
        labels: defaultdict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(self.lines, 1):
            for label in dict.fromkeys(_LABEL.findall(line)):
                labels[label].append(number)
        return labels

    @cached_property
    def _plain(self) -> list[str]:
        """The lines without spaces, since TeX prints one behind every command."""
        return [line.replace(" ", "") for line in self.lines]
