"""Reads LaTeX's log: errors, warnings, bad boxes and missing characters, each with its file and line of TeX.

The log is prose for a terminal, not a format. Whatever stands in it, reading it neither fails nor loops: every step
consumes at least one line, what is not understood is passed over, and of what is endless the beginning is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class LogKind(StrEnum):
    """What an entry is."""

    ERROR = "error"
    """TeX, LaTeX, a class or a package gives up on something."""
    WARNING = "warning"
    """LaTeX, a class or a package warns."""
    OVERFULL = "overfull"
    """A line or page holds more than its width or height."""
    UNDERFULL = "underfull"
    """A line or page is stretched."""
    MISSING_CHARACTER = "missing character"
    """A font lacks a character; it was left out of the page."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One message of the log."""

    kind: LogKind
    """What it is."""
    message: str
    """Its text in one line, without the words `on input line N`. For a bad box the box's kind, for a missing
    character the character."""
    file: str = ""
    """TeX file that was read, as TeX names it, without a leading `./`; empty when the log does not tell."""
    line: int | None = None
    """Line of that file, from 1; None when the log does not tell."""
    end_line: int | None = None
    """Last line, for bad boxes; None elsewhere."""
    context: str = ""
    """For an error what TeX had read of the line when it stopped; for a runaway argument its text; for a bad box its
    text; for a missing character the font."""
    package: str = ""
    """Name of the package or class that speaks; empty for TeX and LaTeX themselves."""
    token: str = ""
    """For an error the last command that TeX had read, with its backslash."""
    amount: float = 0.0
    """For an overfull box by how many points; for an underfull one its badness; else 0."""
    vertical: bool = False
    """True for a bad box that is a page or column."""
    page: int | None = None
    """Number of the page of a bad box, where the log tells it."""


_ERROR = re.compile(r"! (?P<text>.*)|(?P<file>\S[^:\n]*\.[A-Za-z]\w{0,9}):(?P<line>\d+): (?P<message>.*)")
# What LaTeX of 2025 has the engine pass over; LuaTeX writes it as an error, but without the stop that ends one.
_IGNORED = re.compile(
    r"(?:\S[^:\n]*\.[A-Za-z]\w{0,9}:\d+: )?"
    r"(?:ignored error:? [\w ]+|Infinite glue shrinkage found in box being split(?!\.))"
)
_LUA_ERROR = re.compile(r"[()\s]*\[\\directlua\]:\d+: (?!in )(.*)|error:  ?(\(.*)")
_SPEAKER = re.compile(
    r"(?:(?P<latex>LaTeX3?|LaTeX Font|LaTeX hooks|pdfTeX|LuaTeX)|(?:Package|Class|Module) (?P<package>\S+))"
    r" (?P<level>Warning|Info|Error|Note|Message):? ?(?P<text>.*)"
)
_BOX = re.compile(
    r"(?P<kind>Overfull|Underfull) \\(?P<axis>[hv])box \((?:badness (?P<badness>\d+)|(?P<amount>\d+(?:\.\d+)?)pt too \w+)\)"
    r"(?P<where>.*)"
)
_LINES = re.compile(r"at lines? (\d+)(?:--(\d+))?")
_MISSING = re.compile(
    r"Missing character: There is no (?P<character>.+?)(?: \(U\+(?P<code>[0-9A-Fa-f]+)\))? in font (?P<font>.+?)!?$"
)
_SOURCE_LINE = re.compile(r"l\.(\d+) ?(.*)")
_ON_LINE = re.compile(r"on input line (\d+)\b\.?")
_CONTINUED = re.compile(r"\((?P<name>[^()\s]+)\) {2,}(?P<text>.*)|\((?P<bare>[^()\s]+)\) *")
_TOKEN = re.compile(r"\\(?:[A-Za-z@_:]+\*?|.)")
_FONT_SWITCH = re.compile(r"\\[A-Z][A-Za-z0-9]*/[^/\s]*/[^/\s]*/[^/\s]*/[\d.]+ ?")
_FILE = re.compile(r'"(?P<quoted>[^"\n]+)"|(?P<plain>(?:\.{0,2}/)?[^\s()<>"\[\]{}]+\.[A-Za-z]\w{0,9})')
_PAGE = re.compile(r"[\s()]*\[(\d+)")
_WIDTH = 79
_CONTEXT_LINES = 40
_DIGITS = 9
"""A line or page whose number has more digits is none."""
LONGEST = 1000
"""Characters of a message or its context that are taken: nobody reads more, and patterns are tried on all of them."""


def read_log(log: str) -> list[LogEntry]:
    """All entries of a log, in its order. Never fails, whatever the text is."""
    return list(_LogReader(unwrap(log.splitlines())).entries())


def unwrap(lines: list[str]) -> list[str]:
    """Join lines that TeX has cut at 79 characters or bytes, if it has cut any: no line is then longer than that."""
    if any(len(line) > _WIDTH for line in lines):
        return lines
    pieces: list[list[str]] = []
    cut = False
    for line in lines:
        if cut and not _starts_message(line):
            pieces[-1].append(line)
        else:
            pieces.append([line])
        cut = _is_cut(line)
    return ["".join(parts) for parts in pieces]


def _is_cut(line: str) -> bool:
    """Whether a line is as long as TeX's longest: 79 bytes, or one or two less where a character did not fit in."""
    size = len(line.encode("utf-8", "replace"))
    return len(line) == _WIDTH or (_WIDTH - (0 if line.isascii() else 2) <= size <= _WIDTH)


class _LogReader:
    """Goes through the lines once, keeping the stack of open files."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._at = 0
        self._stack: list[str] = []
        self._runaway = ""

    def entries(self) -> Iterator[LogEntry]:
        while self._at < len(self._lines):
            line = self._lines[self._at]
            self._at += 1
            entry = self._read(line)
            if entry:
                yield entry

    def _read(self, line: str) -> LogEntry | None:
        if line.startswith("Runaway "):
            self._runaway = self._runaway_text()
            return None
        if match := _IGNORED.match(line):
            self._follow_files(line[match.end() :])
            return None
        if match := _LUA_ERROR.match(line):
            self._follow_files(line.partition("[")[0])
            return self._error(None, None, f"Lua error: {match[1]}" if match[1] else match[2])
        if match := _ERROR.match(line):
            return self._error(match["file"], match["line"], match["text"] or match["message"] or "")
        if match := _BOX.match(line):
            return self._box(match)
        if match := _MISSING.match(line):
            return self._missing(match)
        if match := _SPEAKER.match(line):
            return self._speaker(match)
        self._follow_files(line)
        return None

    def _runaway_text(self) -> str:
        """The line below the words `Runaway argument?`, unless the error itself stands there already."""
        if self._at >= len(self._lines) or _starts_message(self._lines[self._at]):
            return ""
        self._at += 1
        return self._lines[self._at - 1]

    @property
    def _file(self) -> str:
        return self._stack[-1] if self._stack else ""

    # -- Errors ----------------------------------------------------------------------------------------

    def _error(self, file: str | None, line: str | None, message: str) -> LogEntry:
        """An error, with the lines that TeX prints below it: more of the message, where it stood, its advice."""
        speaker = _SPEAKER.match(message)
        package = (speaker["package"] or "") if speaker else ""
        text = speaker["text"] if speaker and speaker["level"] == "Error" else message
        text = " ".join([text, *self._more(package)])
        context, token, at = self._context()
        runaway, self._runaway = self._runaway, ""
        number = _number(line) if line else at
        return LogEntry(
            LogKind.ERROR,
            _clipped(text.strip()),
            _plain_name(file) if file else self._file,
            number,
            context=_clipped(runaway or context),
            package=_clipped(package),
            token=_clipped(token),
        )

    def _more(self, package: str) -> Iterator[str]:
        """The rest of a message that has several lines."""
        while self._at < len(self._lines):
            line = self._lines[self._at]
            match = _CONTINUED.match(line)
            if match and (match["name"] or match["bare"]) == package:
                self._at += 1
                yield (match["text"] or "").strip()
            elif line.startswith(" " * 10) and line.strip():
                self._at += 1
                yield line.strip()
            else:
                return

    def _context(self) -> tuple[str, str, int | None]:
        """What TeX had read of the line, the last command in it, and the line's number; then skip its advice."""
        first = ""
        for offset, line in enumerate(self._lines[self._at : self._at + _CONTEXT_LINES]):
            if match := _SOURCE_LINE.match(line):
                self._at += offset + 2
                self._skip_advice()
                return match[2], _last_token(first or match[2]), _number(match[1])
            if line.startswith("<*>"):
                self._at += offset + 1
                self._skip_advice()
                return "", _last_token(first), None
            if offset and (_starts_message(line) or line.startswith("***")):
                break
            if not first and not line.startswith(
                ("See the", "Type ", "For immediate", "<inserted", "<to be", " ->", " ...")
            ):
                first = line if _TOKEN.search(line) else ""
        return "", "", None

    def _skip_advice(self) -> None:
        """Pass over TeX's advice, which ends with an empty line."""
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if _starts_message(line):
                return
            self._at += 1
            if not line.strip():
                return

    # -- Warnings, boxes, characters -------------------------------------------------------------------

    def _speaker(self, match: re.Match[str]) -> LogEntry | None:
        """A message of LaTeX, a class or a package; information is passed over with all its lines."""
        package = match["package"] or ("Font" if match["latex"] == "LaTeX Font" else "")
        text = " ".join(part for part in (match["text"].strip(), *self._more(package)) if part)
        if match["level"] != "Warning":
            return None
        before, *rest = _ON_LINE.split(text)
        # Between the parts stand the numbers; TeX Live names the line once, at the message's end.
        text = "".join([before.rstrip(), *(part.rstrip() for part in rest[1::2])]).strip()
        line = _number(rest[0]) if rest else None
        return LogEntry(LogKind.WARNING, _clipped(text), self._file, line, package=_clipped(package))

    def _box(self, match: re.Match[str]) -> LogEntry:
        """A bad box and the text in it, which ends with an empty line or a line ` []`."""
        lines = _LINES.search(match["where"])
        text: list[str] = []
        while self._at < len(self._lines):
            line = self._lines[self._at]
            page = match["axis"] == "v" and line.startswith(("[", "(", ")"))
            if page or not line.strip() or _starts_message(line):
                break
            self._at += 1
            if line == " []":
                break
            text.append(line)
        first = _number(lines[1]) if lines else None
        last = _number(lines[2]) if lines and lines[2] else None
        kind = LogKind.OVERFULL if match["kind"] == "Overfull" else LogKind.UNDERFULL
        return LogEntry(
            kind,
            f"{match['kind']} \\{match['axis']}box",
            self._file,
            first,
            last,
            _box_text(" ".join(text))[-LONGEST:],
            amount=float(match["badness"] or match["amount"] or 0),
            vertical=match["axis"] == "v",
            page=self._next_page(),
        )

    def _next_page(self) -> int | None:
        """The page that is shipped out next, as far as the following lines tell."""
        for line in self._lines[self._at : self._at + 4]:
            if match := _PAGE.match(line):
                return _number(match[1])
        return None

    def _missing(self, match: re.Match[str]) -> LogEntry:
        character = match["character"]
        if match["code"] and int(match["code"], 16) < 0x110000:
            character = chr(int(match["code"], 16))
        return LogEntry(
            LogKind.MISSING_CHARACTER, _clipped(character), self._file, context=_clipped(match["font"])
        )

    # -- Files -----------------------------------------------------------------------------------------

    def _follow_files(self, line: str) -> None:
        """Follow the parentheses of a line: TeX opens one with a file's name and closes it with the file."""
        at = 0
        while at < len(line):
            if line[at] == "(":
                name = _FILE.match(line, at + 1)
                self._stack.append(_plain_name(name["quoted"] or name["plain"]) if name else self._file)
                at = name.end() if name else at + 1
            else:
                if line[at] == ")" and self._stack:
                    self._stack.pop()
                at += 1


def _starts_message(line: str) -> bool:
    return bool(
        _ERROR.match(line)
        or _SPEAKER.match(line)
        or _BOX.match(line)
        or line.startswith(("Runaway ", "Missing character: "))
    )


def _number(digits: str) -> int | None:
    return int(digits) if len(digits) <= _DIGITS else None


def _clipped(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _plain_name(name: str) -> str:
    return name.strip('"').removeprefix("./")


def _last_token(text: str) -> str:
    tokens = _TOKEN.findall(text)
    return tokens[-1] if tokens else ""


def _box_text(text: str) -> str:
    """The words of a bad box, without font names, boxes and the marks of possible hyphens."""
    text = _FONT_SWITCH.sub("", text).replace("[]", " ").replace("|", "")
    return " ".join(text.split())
