"""Edits tried in a copy of the publication: those are kept that make the text what the document says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from fascicle.export.docx.anchors import letters
from fascicle.redline.merge.comparison import WordComparison
from fascicle.redline.merge.edits import Unplaced
from fascicle.redline.merge.files import Edit
from fascicle.redline.merge.word_text import BREAK

_MOST = 24
"""How often a publication is read with other edits at most, to find those that spoil it."""
_NUMBERS = re.compile(r"\d+")
_TYPED = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})

Tried = Callable[[dict[str, str]], list[str] | None]
"""Reads the publication with other texts of its files: the author's own words of each paragraph; None where it cannot."""


def proved(comparison: WordComparison, tried: Tried) -> tuple[list[Edit], list[Unplaced]]:
    """The edits that come out as meant and change nothing else, and what the others were for."""
    kept = _Proof(comparison, tried).sound(comparison.edits)
    numbers = {one.paragraph for one in kept}
    failed = sorted({one.paragraph for one in comparison.edits} - numbers)
    return kept, [one for number in failed for one in comparison.meant.get(number, ())]


@dataclass
class _Proof:
    """Tries edits together, and in halves where they do not come out."""

    comparison: WordComparison
    tried: Tried
    tries: int = 0

    def sound(self, edits: Sequence[Edit]) -> list[Edit]:
        """Those of `edits` that come out as meant, also together."""
        numbers = sorted({one.paragraph for one in edits})
        failing = self._failing(edits, numbers)
        if not failing:
            return list(edits)
        if failing < set(numbers):
            return self.sound(_of(edits, set(numbers) - failing))
        if len(numbers) == 1:
            return []
        half = set(numbers[: len(numbers) // 2])
        first, second = self.sound(_of(edits, half)), self.sound(_of(edits, set(numbers) - half))
        if not first or not second:
            return first or second
        both = [*first, *second]
        return (
            both if not self._failing(both, {one.paragraph for one in both}) else max(first, second, key=len)
        )

    def _failing(self, edits: Sequence[Edit], numbers: Collection[int]) -> set[int]:
        """The numbers of edits that the changed files do not give; all of them where others' words change, too."""
        if not edits:
            return set()
        self.tries += 1
        texts = self.tried(self.comparison.changed(edits)) if self.tries <= _MOST else None
        if texts is None:
            return set(numbers)
        found = Counter(_folded(text) for text in texts)
        wanted = {
            number: [_folded(part) for part in self.comparison.expected.get(number, "").split(BREAK)]
            for number in numbers
        }
        every = Counter(part for parts in wanted.values() for part in parts if part)
        failing = {
            number
            for number, parts in wanted.items()
            if any(found[part] < every[part] for part in parts if part)
        }
        kept = Counter(filter(None, map(_folded, self.comparison.untouched(numbers))))
        return set(numbers) if not failing and kept - found else failing


def _of(edits: Sequence[Edit], numbers: Collection[int]) -> list[Edit]:
    return [one for one in edits if one.paragraph in numbers]


def _folded(text: str) -> str:
    """A text without numbers, which may follow from others, and with one form of each sign that typography gives several."""
    return _NUMBERS.sub("", letters(text)).translate(_TYPED)
