"""Works that a reference manager's list has and no citation of the document names."""

from __future__ import annotations

import re
from typing import Any

from fascicle.importers.draft import ImportDraft
from fascicle.importers.references.matching import folded
from fascicle.importers.references.reference_reader import read_reference
from fascicle.importers.word.citations import Works

_SHORTEST = 30
"""Characters of a work; less is a heading or a division of the list."""
_BEGINNING = 40


def add_uncited(draft: ImportDraft) -> None:
    """Make records of them, from their words; they are printed, too."""
    works = Works({str(item["id"]): item for item in draft.items})
    titles = [title for item in draft.items if (title := _key(item))]
    for text in draft.listed:
        words = re.sub(r"[^\w]+", "", folded(text))
        if len(text) < _SHORTEST or any(title in words for title in titles):
            continue
        key = works.key(f"listed:{text}", read_reference(text))
        draft.items.append(works.items[key])
        draft.facts.setdefault("nocite", []).append(key)
        draft.report.verify(
            "a work that the list has and no citation names: its record is read from its words, and nocite has it printed",
            text[:120],
        )


def _key(item: dict[str, Any]) -> str:
    """The beginning of a title, without anything but letters and figures."""
    return re.sub(r"[^\w]+", "", folded(re.sub(r"<[^>]+>", "", str(item.get("title", "")))))[:_BEGINNING]
