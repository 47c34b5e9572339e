"""Records as the MLA Handbook, 9th edition, wants them."""

from __future__ import annotations

import re

from fascicle.citations.items.draft import TOGETHER, ItemDraft
from fascicle.citations.style_adjustments.letters import whole_name

_BODIES = ("publisher", "archive", "authority", "archive_collection")


def fit(draft: ItemDraft) -> None:
    """Change a draft to what the handbook prints."""
    for variable in _BODIES:
        draft.change(variable, shortened)
    draft.change("publisher", lambda words: words.replace("; ", " / "))
    if draft.type.startswith("article-") and "page" not in draft.texts:
        draft.move("number", "archive_location")
    if draft.type in {"webpage", "software"}:
        draft.drop("genre")
    _kind(draft)
    if draft.type == "personal_communication":
        _letter(draft)
    if draft.type == "manuscript" and "archive" in draft.texts:
        draft.move("issued", "original-date")
    if draft.type == "interview":
        _interview(draft)
    _seen(draft)
    _law(draft)
    _body(draft)


def _kind(draft: ItemDraft) -> None:
    """What kinds of works want differently from other manuals."""
    match draft.type:
        case "patent":
            draft.dates.pop("original-date", None)
            number = draft.words("number")
            grouped = f"{int(number):,}" if number.isdigit() else number
            draft.put("number", f"{draft.words('genre')} {grouped}".strip())
            draft.drop("genre")
        case "thesis":
            draft.drop("number")
            draft.move("archive", "source")
        case "article":
            draft.drop("number")
            draft.move("publisher", "container-title")
        case "speech":
            draft.drop("genre")
            if "issued" in draft.dates:
                draft.dates.setdefault("event-date", draft.dates["issued"])
        case "broadcast":
            draft.drop(*(["volume"] if draft.words("genre") == "season" else []))
            draft.drop(*(["medium"] if draft.words("medium").endswith("podcast") else []))
        case "report":
            draft.change("genre", lambda words: words[:1].upper() + words[1:])
        case "book" | "chapter" if (
            draft.words("medium") in {"Kindle", "e-book", "E-book"} and "edition" not in draft.texts
        ):
            draft.put("edition", f"{draft.words('medium')} ed.")
            draft.drop("medium")
    draft.drop(TOGETHER)
    editors = draft.names.get("editor", ())
    if editors and editors == draft.names.get("translator"):
        draft.put(TOGETHER, "1")


def _interview(draft: ItemDraft) -> None:
    """An interview in an archive has its day beside the one who asked; one on a site stands in it."""
    if "title" not in draft.texts and "genre" not in draft.texts:
        draft.put("genre", "Interview")
    elif "title" in draft.texts and "interviewer" in draft.names:
        draft.drop("genre")
    if "URL" in draft.texts:
        draft.move("publisher", "container-title")
    if "container-title" not in draft.texts and "publisher" not in draft.texts:
        draft.move("issued", "original-date")


def shortened(name: str) -> str:
    """`U of Chicago P`, `Oxford UP`, `Northwestern U`; `and` for an ampersand, no `The`."""
    name = re.sub(r"\bUniversity Press\b", "UP", name)
    name = re.sub(r"\bUniversity of ([\w .’'-]+?) Press\b", r"U of \1 P", name)
    name = re.sub(r"\bUniversity\b", "U", name)
    return re.sub(r"^The (?=\S)", "", name.replace(" & ", " and "))


def _seen(draft: ItemDraft) -> None:
    """What a work of art is, at the end; the theatre after the day."""
    if draft.type in {"graphic", "map"} and "title" in draft.texts:
        draft.move("genre", "medium")
    if draft.type == "map" and "medium" not in draft.texts:
        draft.put("medium", "Map")
    if draft.type == "performance":
        draft.move("genre", "medium")
        draft.move("event-place", "archive")


def _letter(draft: ItemDraft) -> None:
    """`Letter to Charles Fremont`, then the day."""
    draft.move("issued", "event-date")
    people = [whole_name(person) for person in draft.names.get("recipient", ())]
    if people:
        draft.put("genre", f"{draft.words('genre') or 'Letter'} to {' and '.join(people)}")


def _law(draft: ItemDraft) -> None:
    """The standard citation, without stops, in place of a container."""
    if draft.type not in {"legal_case", "legislation"} or "container-title" not in draft.texts:
        return
    reporter = draft.words("container-title")
    short = reporter.replace(".", "") if re.fullmatch(r"(?:[A-Z]\.)+", reporter) else reporter
    parts = (draft.words("volume"), short, draft.words("page"))
    citation = " ".join(part for part in parts if part)
    number = draft.words("number")
    law = f"Pub. L. {number}. " if number and draft.type == "legislation" else ""
    court = (
        f". {draft.words('authority')}" if draft.type == "legal_case" and "authority" in draft.texts else ""
    )
    draft.drop("container-title", "volume", "page", "number", "authority")
    draft.put("genre", f"{law}{citation}{court}")


def _body(draft: ItemDraft) -> None:
    """Where one organisation is author and publisher the entry begins with the title."""
    authors = draft.names.get("author", ())
    site, publisher = draft.words("container-title"), draft.words("publisher")
    name = authors[0].literal if len(authors) == 1 else ""
    if name and (shortened(name) == publisher or (draft.type == "webpage" and name == site)):
        draft.names = {role: people for role, people in draft.names.items() if role != "author"}
