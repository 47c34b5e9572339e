"""Whether a finished file holds every block of the text, in its order or anywhere else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fascicle.document.expected_text import BlockText, Flow, Gap

_SKIPPED = re.compile(r"[\s\u00ad\u200b-\u200d\u2060\ufeff]+")
_PREFIX = r"(?:.{0,40}?)"
"""A heading's number, a caption's word and number, a bullet."""
_MOST = 9
"""Paragraphs of the file that one paragraph of the text may become: displayed formulas may stand by themselves."""


def compact(text: str) -> str:
    """A text without white space and other characters that nobody sees."""
    return _SKIPPED.sub("", text)


def missing_blocks(
    blocks: Sequence[BlockText], body: Sequence[str], notes: Sequence[str]
) -> tuple[BlockText, ...]:
    """The blocks that stand neither at their place nor anywhere else."""
    at = dict.fromkeys(Flow, 0)
    missing = []
    for block in blocks:
        pattern = _pattern(block)
        texts = notes if block.flow is Flow.NOTE else body
        found = _search(pattern, texts, at[block.flow])
        if found is None:
            missing.append(block)
        else:
            at[block.flow] = found + 1
    return tuple(missing)


def _search(pattern: re.Pattern[str], texts: Sequence[str], start: int) -> int | None:
    """Where a block stands: after the one before it, else anywhere; perhaps in several paragraphs."""
    order: list[int] = [*range(start, len(texts)), *range(start)]
    for at in order:
        if pattern.fullmatch(texts[at]):
            return at
    for many in range(2, _MOST + 1):
        for at in order:
            if pattern.fullmatch("".join(texts[at : at + many])):
                return at + many - 1
    return None


def _pattern(block: BlockText) -> re.Pattern[str]:
    parts = [
        f".{{0,{piece.longest}}}?" if isinstance(piece, Gap) else re.escape(compact(piece))
        for piece in block.pieces
    ]
    return re.compile(_PREFIX + "".join(parts), re.DOTALL)
