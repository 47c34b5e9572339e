"""Cases and acts in styles that know no law.

The reporter's citation behind the name, so that nothing is lost.
"""

from __future__ import annotations

import re

from fascicle.citations.items.draft import ItemDraft
from fascicle.project.bibliography.fields.markup import Chars

_TYPES = re.compile(r'type="([^"]*\b(?:legal_case|legislation)\b[^"]*)"')
_LAW = frozenset({"bill", "hearing", "legal_case", "legislation", "regulation", "treaty"})


def has_legal_types(style: str) -> bool:
    """Whether a style's file has forms of its own for cases and acts, other than those of books."""
    return any(set(types.split()) <= _LAW for types in _TYPES.findall(style))


def reporter_in_title(draft: ItemDraft) -> None:
    """`Brown v. Board of Education, 347 U.S. 483` as a title."""
    if draft.type not in {"legal_case", "legislation"} or "container-title" not in draft.texts:
        return
    number = draft.words("number")
    reporter = [draft.words(name) for name in ("volume", "container-title", "page")]
    parts = [f"Pub. L. No. {number}" if number else "", " ".join(part for part in reporter if part)]
    added = "".join(f", {part}" for part in parts if part)
    draft.texts.setdefault("title-short", draft.texts.get("title", ()))
    draft.texts["title"] = (*draft.texts.get("title", ()), Chars(added))
    draft.drop("number", "volume", "container-title", "page")
