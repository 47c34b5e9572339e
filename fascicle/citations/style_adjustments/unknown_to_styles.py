"""What many styles have no place for, put where they all print it.

Works without a title, volumes with titles of their own, reviewed works.
"""

from __future__ import annotations

import re

from fascicle.citations.items.draft import PERIODICALS, ItemDraft, Pieces
from fascicle.citations.style_adjustments.letters import whole_name
from fascicle.project.bibliography.fields.markup import Chars, Styled

_CAPITALS = re.compile(r"\b(?:[A-Z]{2,}|\w*[a-z][A-Z]\w*)\b")
"""Words whose capitals stay, such as PhD and MA."""
_REVIEW = re.compile(r'type="[^"]*\breview\b')


def placed(draft: ItemDraft, style: str, language: str) -> None:
    """Change a draft for a style, given by its text, whose manual is not followed in detail."""
    english = language.startswith("en")
    if "reviewed-title" not in style:
        _reviewed(draft, english=english)
    if draft.type in {"review", "review-book"} and not _REVIEW.search(style):
        draft.type = "article-journal"
    if "title" not in draft.texts:
        _untitled(draft, english=english)
    if "volume-title" not in style:
        _volume(draft)
    if genre := draft.texts.get("genre"):
        draft.texts["genre"] = _kept(genre)


def _reviewed(draft: ItemDraft, *, english: bool) -> None:
    """`Review of The Rooms, by Jane Doe` where the review has no title."""
    reviewed = draft.texts.get("reviewed-title")
    if "title" in draft.texts or not reviewed:
        return
    people = ", ".join(map(whole_name, draft.names.get("reviewed-author", ())))
    before, by = ("Review of ", ", by ") if english else ("", ", ")
    after = (Chars(f"{by}{people}"),) if people else ()
    draft.texts["title"] = (Chars(before), Styled("emph", reviewed), *after)
    draft.drop("reviewed-title")


def _untitled(draft: ItemDraft, *, english: bool) -> None:
    """A work that has no title stands under what describes it."""
    if "genre" in draft.texts:
        described = draft.words("genre")
        draft.put("title", described[:1].upper() + described[1:])
        draft.drop("genre")
    elif draft.type == "interview" and (people := draft.names.get("interviewer")):
        names = ", ".join(map(whole_name, people))
        draft.put("title", f"Interview by {names}" if english else f"Interview: {names}")
        draft.names = {role: named for role, named in draft.names.items() if role != "interviewer"}


def _volume(draft: ItemDraft) -> None:
    """A volume's own title follows that of the whole work."""
    volume = draft.texts.get("volume-title")
    if not volume or draft.type in PERIODICALS:
        return
    whole = "title" if "container-title" not in draft.texts else "container-title"
    draft.texts[whole] = (*draft.texts.get(whole, ()), Chars(": "), *volume)
    draft.drop("volume-title")


def _kept(genre: Pieces) -> Pieces:
    """A description in which no style lowers words such as PhD."""
    made: list[Chars | Styled] = []
    for piece in genre:
        if not isinstance(piece, Chars):
            return genre
        at = 0
        for match in _CAPITALS.finditer(piece.text):
            made += [Chars(piece.text[at : match.start()]), Styled("group", (Chars(match[0]),))]
            at = match.end()
        made.append(Chars(piece.text[at:]))
    return tuple(piece for piece in made if piece != Chars(""))
