"""What a style leaves to its records, put into them before the engine sees them."""

from __future__ import annotations

import re

from fascicle.citations.items.draft import PERIODICALS, ItemDraft, draft_of, fitted_item, latin
from fascicle.citations.items.marks import WORD_JOINT
from fascicle.citations.items.model import Item
from fascicle.citations.items.titles import short_title
from fascicle.citations.publication_states import in_words
from fascicle.citations.style_adjustments.letters import letter
from fascicle.citations.styles.styles import CitationStyle
from fascicle.project.bibliography.fields.markup import Styled

FIRM_HYPHEN = "\u2011"
"""Stands for a hyphen in a number that is no range, so that nobody takes it for one."""
_NUMBERS = ("number", "issue", "collection-number")
_NAMED = frozenset({"dataset", "report", "software", "standard"})
_NAME = re.compile(r"^([A-Za-z]{2,})(\d+)$")
"""A number such as ICPSR37080, which is a name."""
_EDITION = re.compile(
    r"\b(?:ed|edn|edition|version|release|printing|impression|draft|e-?book|kindle|audiobook)\b",
    re.IGNORECASE,
)
_ARCHIVAL = frozenset({"personal_communication", "manuscript", "interview"})


def fitted(item: Item, language: str, style: CitationStyle) -> Item:
    """An item with what its style leaves to its records."""
    draft = draft_of(item, language)
    for variable in _NUMBERS:
        draft.change(variable, lambda words: words.replace("-", FIRM_HYPHEN))
    if draft.type in _NAMED:
        draft.change("number", lambda words: _NAME.sub(rf"\1{WORD_JOINT}\2", words))
    if draft.type in _ARCHIVAL and "archive" not in draft.texts:
        draft.move("note", "archive")
    if draft.type in PERIODICALS:
        draft.change("collection-title", _series)
    if draft.words("event-title") in {draft.words("container-title"), draft.words("publisher")}:
        draft.drop("event-title")
    if style.known and draft.type == "paper-conference" and "publisher" in draft.texts:
        draft.type = "chapter"
    if style.known and language.startswith("en"):
        draft.change("edition", _edition)
        if draft.words("edition") == "1":  # manuals want later ones alone
            draft.drop("edition")
    stated = "title-short" in draft.texts
    if not stated and (short := short_title(draft.texts.get("title", ()))):
        draft.texts["title-short"] = short
    if not style.sentence_case:
        draft.drop("reviewed-genre")
    letter(draft, style)
    _fit(draft, language, style, short_stated=stated)
    draft.change("status", lambda state: in_words(state, language))
    if not latin(item) and "title" in draft.texts:
        draft.texts["title"] = (Styled("group", draft.texts["title"]),)
    return fitted_item(item, draft, language)


def _edition(words: str) -> str:
    """`Summer 2019 ed.`, `rev. ed.`: what is no number says that it is an edition."""
    if words.isdigit() or _EDITION.search(words):
        return words
    return "rev. ed." if words.lower() in {"revised", "rev", "rev."} else f"{words} ed."


def _series(words: str) -> str:
    """`2nd ser.`, `n.s.`: which run of a journal its volumes are of."""
    if words.isdigit():
        teens = words[-2:] in {"11", "12", "13"}
        return f"{words}{'th' if teens else {'1': 'st', '2': 'nd', '3': 'rd'}.get(words[-1], 'th')} ser."
    return {"newseries": "n.s.", "oldseries": "o.s."}.get(words, words)


def _fit(draft: ItemDraft, language: str, style: CitationStyle, *, short_stated: bool) -> None:
    """The wants of the manuals that we know; only what the style needs is loaded."""
    if style.sentence_case:
        from fascicle.citations.style_adjustments import apa
        from fascicle.citations.style_adjustments.headline import foreign_names

        apa.fit(draft, language)
        foreign_names(draft)
    elif style.chicago:
        from fascicle.citations.style_adjustments import chicago
        from fascicle.citations.style_adjustments.headline import headline

        chicago.fit(draft, language, notes=style.notes, short_stated=short_stated)
        headline(draft, long_prepositions=True)
    elif style.mla:
        from fascicle.citations.style_adjustments import mla
        from fascicle.citations.style_adjustments.headline import headline

        mla.fit(draft)
        headline(draft, long_prepositions=False)
    else:
        from fascicle.citations.style_adjustments.law import has_legal_types, reporter_in_title
        from fascicle.citations.style_adjustments.unknown_to_styles import placed

        if not has_legal_types(style.text):
            reporter_in_title(draft)
        placed(draft, style.text, language)
