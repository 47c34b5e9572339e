"""Citations as the document prints them: compared as one word each, and known where they were put elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from fascicle.redline.merge.edits import Hunk, hunks
from fascicle.redline.merge.source_map import SourceMap
from fascicle.redline.merge.word_text import NOTE, OTHER, Character, WordParagraph

PRINTED = "\0"
"""Begins the data of a character that stands for a citation, and no XML can hold it; what was typed for it follows."""
_LEAST = 4
_WORDS = re.compile(r"\w+")
_WORDY = re.compile(r"[^\W\d_]{2}")


@dataclass(slots=True)
class PrintedCitations:
    """What was typed for each printed citation."""

    typed: dict[str, str] = field(default_factory=dict)
    """By what is printed, the citation in the author's files."""
    pattern: re.Pattern[str] | None = None
    """Finds every printed citation."""

    def marked(self, characters: Sequence[Character]) -> list[Character]:
        """Characters that came, each citation among them as one that stands for it."""
        if self.pattern is None:
            return list(characters)
        made: list[Character] = []
        at = 0
        for found in self.pattern.finditer("".join(one.text for one in characters)):
            made += characters[at : found.start()]
            made.append(Character(OTHER, data=PRINTED + self.typed[found[0]]))
            at = found.end()
        return [*made, *characters[at:]]

    def hunks(self, present: str, returned: str) -> list[Hunk]:
        """The differences of two texts, each citation one word, unless words were changed inside of one."""
        found = hunks(present, returned, self.pattern)
        if self.pattern is None or not any(self._is_reworded(present, returned, one) for one in found):
            return found
        return hunks(present, returned)

    def _is_reworded(self, present: str, returned: str, hunk: Hunk) -> bool:
        """Whether what comes in the place of citations has words of theirs, and is none itself."""
        pattern = self.pattern or _WORDS
        gone = " ".join(pattern.findall(present[hunk.begin : hunk.end]))
        come = pattern.sub("", returned[hunk.first : hunk.last])
        return bool(set(_WORDS.findall(gone)) & set(_WORDS.findall(come)))


def printed_citations(sources: SourceMap, paragraphs: Iterable[WordParagraph]) -> PrintedCitations:
    """The citations of a text; those that print a number alone are known by their places only."""
    made = PrintedCitations()
    for printed, typed in _found(sources, paragraphs):
        if len(printed) >= _LEAST and _WORDY.search(printed) and typed:
            made.typed.setdefault(printed, typed)
    if made.typed:
        longest = sorted(made.typed, key=len, reverse=True)
        made.pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)")
    return made


def _found(sources: SourceMap, paragraphs: Iterable[WordParagraph]) -> Iterator[tuple[str, str]]:
    for paragraph in paragraphs:
        for source, group in groupby(paragraph.characters, key=lambda one: one.source and one.source[0]):
            traced = sources.trace.of(source) if source else None
            printed = "".join(one.text for one in group)
            if traced is None or not traced.cites or NOTE in printed:
                continue
            place = sources.range(traced)
            if place is not None:
                yield printed, sources.files.text(place[0])[place[1] : place[2]]
