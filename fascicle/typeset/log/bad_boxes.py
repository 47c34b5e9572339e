"""Lines and pages that are too full or too empty, and characters that no font has."""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from unicodedata import name as character_name

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.typeset.log.latex_log import LogEntry, LogKind
from fascicle.typeset.log.source_places import LogPlaces

_TOLERANCE = 2.0
"""Points by which a line may stick out without a word: less than a hair's breadth in print, and hard to see."""
_BAD = 10000.0
"""TeX's badness of a page that could not be filled at all."""
_WORDS = 5


def explain_box(entry: LogEntry, places: LogPlaces, problems: Collector, pages: Mapping[int, int]) -> None:
    """Add a bad box that a reader would notice: lines beyond 2 pt, pages that do not fit or are torn apart.

    `pages` gives the line of the main file with which each page begins; TeX names none for a page.
    """
    page = f" (page {entry.page})" if entry.page else ""
    if entry.kind is LogKind.OVERFULL and entry.amount > _TOLERANCE:
        if entry.vertical:
            message = f"a page or column is {entry.amount:.1f} pt too high{page}"
            problems.add(Code.OVERFULL_PAGE, message, places.at(entry.line or pages.get(entry.page or 0)))
        else:
            kept = problems.keeps(Code.OVERFULL_LINE)
            words = _last_words(entry, places) if kept else ""
            end = f": … {words}" if words else ""
            message = f"a line sticks out by {entry.amount:.1f} pt{end}"
            line = _line_of(entry, places) if kept else entry.line
            problems.add(Code.OVERFULL_LINE, message, places.at(line))
    elif entry.kind is LogKind.UNDERFULL and entry.vertical and entry.amount >= _BAD and entry.line is None:
        problems.add(
            Code.UNDERFULL_PAGE, f"a page could not be filled{page}", places.at(pages.get(entry.page or 0))
        )


_COMMAND = re.compile(r"\\[a-zA-Z]+\s*|[{}]|\\-")
_SILENT = re.compile(r"\\[a-zA-Z]+|[\s\d{}~\\-]")
"""What a log leaves out of a line, or has in another form: spaces, figures, commands, possible hyphens."""


def _last_words(entry: LogEntry, places: LogPlaces) -> str:
    """The last words of a line. Of old-style figures the log has none; they are taken from the main file."""
    words = entry.context.split()[-_WORDS:]
    if not words or entry.line is None:
        return " ".join(words)
    text = " ".join(places.lines[entry.line - 1 : entry.end_line or entry.line])
    shown = _stretch(text, "".join(words))
    return " ".join(_COMMAND.sub("", shown).replace("~", " ").split()) if shown else " ".join(words)


def _stretch(text: str, words: str) -> str:
    """The part of the main file's text that has these words, with the figures around them; empty when none has."""
    spoken, kept = _spoken(text)
    wanted = _SILENT.sub("", words)
    at = spoken.find(wanted) if wanted else -1
    if at < 0:
        return ""
    first, last = kept[at], kept[at + len(wanted) - 1] + 1
    while first and text[first - 1].isdigit():
        first -= 1
    while last < len(text) and text[last].isdigit():
        last += 1
    return text[first:last]


@lru_cache(maxsize=1)
def _spoken(text: str) -> tuple[str, array[int]]:
    """What a log has of a text, and where each of its signs stands: found once for all bad lines of a paragraph."""
    kept: array[int] = array("l")
    end = 0
    for silent in _SILENT.finditer(text):
        kept.extend(range(end, silent.start()))
        end = silent.end()
    kept.extend(range(end, len(text)))
    return "".join(text[place] for place in kept), kept


def _line_of(entry: LogEntry, places: LogPlaces) -> int | None:
    """The line within the box's paragraph on which its last words stand."""
    if entry.line is None:
        return None
    text = "\n".join(places.lines[entry.line - 1 : entry.end_line or entry.line]).replace("-", "")
    words = [word.strip(".,;:!?()‘’“”").replace("-", "") for word in reversed(entry.context.split())]
    for word in (word for word in words if len(word) > 3):
        if (at := text.find(word)) >= 0:
            return entry.line + text.count("\n", 0, at)
    return entry.line


def explain_characters(
    entries: Iterable[LogEntry], places: LogPlaces, bibliographies: Mapping[str, str], problems: Collector
) -> None:
    """Add the characters that no font has, one diagnostic for each line that holds some.

    TeX names no line: the characters are looked for in the main file, then in the bibliography. When it left out
    fewer than there are, some places have a font with them; then the first place alone is told.
    """
    counts = Counter(entry.message for entry in entries if "nullfont" not in entry.context)
    at: dict[Span | None, dict[str, None]] = {}
    in_text, in_works = _holding(places.lines, counts), _in_bibliographies(bibliographies, counts)
    for character, count in counts.items():
        lines = in_text[character]
        spans = [places.at(line) for line in lines] or in_works[character] or [None]
        everywhere = sum(places.lines[line - 1].count(character) for line in lines) <= count
        for span in spans if everywhere else spans[:1]:
            at.setdefault(span, {})[character] = None
    for span, characters in at.items():
        names = ", ".join(_describe(character) for character in characters)
        noun = "character" if len(characters) == 1 else "characters"
        hint = "write it another way, or describe it in words"
        problems.add(Code.MISSING_CHARACTER, f"no font has the {noun} {names}", span, hint)


def _holding(lines: Iterable[str], wanted: Iterable[str]) -> defaultdict[str, list[int]]:
    """The lines in which each character stands, all looked for at once."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    signs = {one for one in wanted if len(one) == 1}
    others = [one for one in wanted if len(one) > 1]
    for number, line in enumerate(lines, 1):
        for character in (*(signs & set(line)), *(one for one in others if one in line)):
            found[character].append(number)
    return found


def _in_bibliographies(
    bibliographies: Mapping[str, str], wanted: Iterable[str]
) -> defaultdict[str, list[Span | None]]:
    found: defaultdict[str, list[Span | None]] = defaultdict(list)
    for path, text in bibliographies.items():
        lines = text.split("\n")
        for character, numbers in _holding(lines, wanted).items():
            found[character] += [
                Span(path, number, lines[number - 1].index(character) + 1) for number in numbers
            ]
    return found


def _describe(character: str) -> str:
    """The character, its code point and its name."""
    if len(character) > 1:
        return f"'{character}'"
    shown = character if character.isprintable() else "�"
    name = character_name(character, "")
    return f"'{shown}' (U+{ord(character):04X}{', ' + name.lower() if name else ''})"
