"""Reads biber's log (.blg): its errors and warnings, with the entry or the file that they are about."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(r"^\[\d+\] \S+?> (?P<level>WARN|ERROR|FATAL|INFO|DEBUG) - (?P<text>.*)$")
_PLAIN = re.compile(r"^(?P<level>WARN|ERROR|FATAL) - (?P<text>.*)$")
_KEY = re.compile(r"(?:[Ee]ntry|[Dd]ataset|key:?|database entry for) '([^']+)'")
_FILE_LINE = re.compile(r"(?:BibTeX subsystem: )?\S*?, line (\d+), ")
_NOISE = re.compile(r"WARNINGS: \d|ERRORS: \d|.*No sort tailoring|Logfile|legacy year field|.*Can't write")


@dataclass(frozen=True, slots=True)
class BiberEntry:
    """One message of biber's."""

    error: bool
    """True for an error, False for a warning."""
    message: str
    """Its text in one line."""
    key: str = ""
    """Citation key of the entry that it is about; empty when it names none."""
    line: int | None = None
    """Line of the .bib file that it names; None when it names none."""


def read_blg(blg: str) -> list[BiberEntry]:
    """All warnings and errors of biber's log. Never fails, whatever the text is."""
    entries: list[BiberEntry] = []
    for line in blg.splitlines():
        match = _LINE.match(line) or _PLAIN.match(line)
        if not match or match["level"] in ("INFO", "DEBUG") or _NOISE.match(match["text"]):
            continue
        text = match["text"].strip()
        key, place = _KEY.search(text), _FILE_LINE.search(text)
        entries.append(
            BiberEntry(
                match["level"] != "WARN",
                _FILE_LINE.sub("", text),
                key[1] if key else "",
                int(place[1]) if place else None,
            )
        )
    return entries
