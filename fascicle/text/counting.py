"""How long a text is: words of the sections and of their notes, citations and list of works left out."""

from __future__ import annotations

import re

from fascicle.text.document import Document
from fascicle.text.prose import runs
from fascicle.text.tree import Note, walk

_WORD = re.compile(
    r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\U00020000-\U0003ffff]"
    r"|[^\W\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff]+(?:[-'’][^\W\u3400-\u9fff\u3040-\u30ff]+)*"
)
"""A word; of Han characters and kana each one counts, as editors in East Asia count."""


def counted(document: Document) -> tuple[int, int]:
    """Words of the sections without their notes, and words of the notes."""
    everything = tuple(
        (parsed.title, parsed.epigraph, parsed.epigraph_source, parsed.blocks) for parsed in document.sections
    )
    notes = sum(_words(node.content) for node in walk(everything) if isinstance(node, Note))
    return _words(everything) - notes, notes


def _words(root: object) -> int:
    return sum(len(_WORD.findall(run.text)) for run in runs(root))
