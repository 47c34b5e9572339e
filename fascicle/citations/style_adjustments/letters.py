"""Letters: to whom they were written, for styles that know of it and for those that do not."""

from __future__ import annotations

import re

from fascicle.citations.items.draft import ItemDraft
from fascicle.citations.items.model import Person
from fascicle.citations.styles.styles import CitationStyle

_ADDRESSED = re.compile(r"(Letter|E-?mail|Postcard|Telegram|Note|Memorandum) to (.+)")


def letter(draft: ItemDraft, style: CitationStyle) -> None:
    """A letter as its style has it: with a recipient, or with a title that names him, which every style prints."""
    if draft.type != "personal_communication":
        return
    if style.known:
        _addressed(draft)
    elif _ADDRESSED.fullmatch(draft.words("title")):
        draft.names = {role: people for role, people in draft.names.items() if role != "recipient"}
    elif "recipient" not in style.text and "title" not in draft.texts and "recipient" in draft.names:
        people = " and ".join(map(whole_name, draft.names["recipient"]))
        draft.put("title", f"{draft.words('genre') or 'Letter'} to {people}")
        draft.drop("genre")


def _addressed(draft: ItemDraft) -> None:
    """`Letter to Ann Roe` is no title, but tells to whom it was written."""
    match = _ADDRESSED.fullmatch(draft.words("title"))
    if match is None or "recipient" in draft.names:
        return
    draft.drop("title", "title-short")
    draft.names["recipient"] = (Person(literal=match[2]),)
    if match[1] != "Letter" and "genre" not in draft.texts:
        draft.put("genre", match[1])


def whole_name(person: Person) -> str:
    """A name as a sentence has it."""
    if person.literal:
        return person.literal
    parts = (
        (person.family, person.given) if person.eastern else (person.given, person.particle, person.family)
    )
    return " ".join(part for part in (*parts, person.suffix) if part)
