"""A work while it is made ready for one citation style."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from fascicle.citations.items.model import Item, Person
from fascicle.project.bibliography.fields.markup import Chars, Piece, Styled, text

Pieces = tuple[Piece, ...]

PERIODICALS = frozenset({
    "article-journal", "article-magazine", "article-newspaper", "periodical", "review", "review-book", "post-weblog",
})  # fmt: skip
"""Types that appear in journals, newspapers, magazines and blogs."""
LEGAL = frozenset({"bill", "hearing", "legal_case", "legislation", "regulation", "treaty"})
"""Types of law."""
AHEAD = "ahead of print"
"""The state of an article that has no issue yet."""
TITLE_FIRST = "annote"
"""CSL's variable that tells our style files that no editor or translator stands in place of an author."""

REPRINTED = "keyword"
"""CSL's variable that tells our style files that a work with an older date is a reprint of it."""

TOGETHER = REPRINTED
"""The same one tells our MLA style, which asks for no reprints, that editor and translator are one."""


@dataclass(slots=True)
class ItemDraft:
    """A work being fitted."""

    type: str
    """Its CSL type."""
    texts: dict[str, Pieces]
    """CSL's text variables."""
    names: dict[str, tuple[Person, ...]]
    """CSL's name variables."""
    dates: dict[str, str]
    """CSL's date variables."""
    english: bool
    """Whether its title is English."""

    def words(self, variable: str) -> str:
        """A variable without its markup."""
        return text(self.texts.get(variable, ()))

    def put(self, variable: str, words: str) -> None:
        """Set a variable to plain words."""
        self.texts[variable] = (Chars(words),)

    def change(self, variable: str, by: Callable[[str], str]) -> None:
        """Change the characters of a variable, in its markup too."""
        if pieces := self.texts.get(variable):
            self.texts[variable] = changed(pieces, by)

    def drop(self, *variables: str) -> None:
        """Leave variables out."""
        for variable in variables:
            self.texts.pop(variable, None)

    def move(self, old: str, new: str) -> None:
        """Give a text or a date another name where that one is free."""
        if old in self.texts and new not in self.texts:
            self.texts[new] = self.texts.pop(old)
        if old in self.dates and new not in self.dates:
            self.dates[new] = self.dates.pop(old)


def draft_of(item: Item, language: str) -> ItemDraft:
    """A work as its record has it."""
    return ItemDraft(item.type, dict(item.texts), dict(item.names), dict(item.dates), english(item, language))


def fitted_item(item: Item, draft: ItemDraft, language: str) -> Item:
    """The work that a draft has become."""
    return replace(
        item,
        type=draft.type,
        texts={name: pieces for name, pieces in draft.texts.items() if pieces},
        names=draft.names,
        dates=draft.dates,
        language=item.language or (language if latin(item) else ""),
    )


def changed(pieces: Pieces, by: Callable[[str], str]) -> Pieces:
    """Pieces whose characters are changed."""
    made: list[Piece] = []
    for piece in pieces:
        match piece:
            case Chars(text=characters):
                made.append(Chars(by(characters)))
            case Styled(style=style, content=content):
                made.append(Styled(style, changed(content, by)))
            case _:
                made.append(piece)
    return tuple(made)


def english(item: Item, language: str) -> bool:
    """Whether a work's title is English, as far as its entry says."""
    return (item.language or language).startswith("en") and latin(item)


def latin(item: Item) -> bool:
    """Whether most letters of a title are Latin."""
    letters = [character for character in text(item.texts.get("title", ())) if character.isalpha()][:40]
    return 2 * sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters) >= len(letters)
