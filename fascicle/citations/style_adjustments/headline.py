"""English titles that their record writes with capitals already.

Kept as they are, but for what a manual wants otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fascicle.citations.items.draft import ItemDraft
from fascicle.citations.items.titles import ADDITION
from fascicle.project.bibliography.fields.markup import Chars, Piece, Styled, text

_WORD = re.compile(r"[^\W\d_][\w’']*(?:-[\w’']+)*")
_PARTS = re.compile(r"[:.?!—] ")
_SUBTITLE = re.compile(r"[:?!] +[^\W\d_]")
_SMALL = frozenset({
    "a", "an", "the", "and", "but", "or", "nor", "for", "so", "yet", "as", "at", "by", "in", "of", "off", "on", "per",
    "to", "up", "via", "with", "from", "into", "onto", "over", "down", "like", "near", "past", "than", "upon", "vs",
    "de", "da", "del", "della", "di", "du", "des", "la", "le", "les", "van", "von", "der", "den", "el", "al", "y",
})  # fmt: skip
_LONG = frozenset({
    "about", "above", "across", "after", "against", "along", "among", "around", "before", "behind", "below", "beneath",
    "beside", "besides", "between", "beyond", "despite", "during", "except", "inside", "outside", "since", "through",
    "throughout", "toward", "towards", "under", "underneath", "until", "within", "without",
})  # fmt: skip
"""Prepositions of five letters and more."""
_FOREIGN = frozenset({
    "der", "das", "dem", "und", "für", "zum", "zur", "über", "vom", "et", "les", "des", "du", "aux", "sur", "pour", "della",
    "delle", "dei", "degli", "di", "los", "las", "del", "och", "för", "og", "voor", "het",
})  # fmt: skip
"""Small words by which a name is known not to be English."""
_TITLES = ("title", "title-short", "container-title", "volume-title", "reviewed-title", "collection-title")


def headline(draft: ItemDraft, *, long_prepositions: bool) -> None:
    """Keep the engine from the capitals of a title that has them; with `long_prepositions` those get theirs."""
    if not draft.english:
        return
    for variable in _TITLES:
        pieces = draft.texts.get(variable, ())
        if pieces and variable != "collection-title":
            draft.texts[variable] = pieces = _begun(pieces)
        if pieces and foreign(text(_title(pieces))):
            draft.texts[variable] = (Styled("group", _title(pieces)), *pieces[len(_title(pieces)) :])
        elif pieces and variable != "collection-title" and capitalised(text(_title(pieces))):
            made = _raised(pieces) if long_prepositions else pieces
            draft.texts[variable] = (Styled("group", _title(made)), *made[len(_title(made)) :])


def _begun(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """A title whose subtitle has its first capital also behind words in quotation marks or italics."""
    made = list(pieces)
    for at, piece in enumerate(made[1:], 1):
        if isinstance(piece, Chars) and (found := _SUBTITLE.match(piece.text)):
            made[at] = Chars(found[0][:-1] + found[0][-1].upper() + piece.text[found.end() :])
    return tuple(made)


def foreign_names(draft: ItemDraft) -> None:
    """Keep the engine from giving journals and series of other languages the capitals of English ones."""
    for variable in ("container-title", "collection-title"):
        pieces = draft.texts.get(variable, ())
        if foreign(text(pieces)):
            draft.texts[variable] = (Styled("group", pieces),)


def foreign(title: str) -> bool:
    """Whether small words say that a title, such as that of a journal or a series, is of another language."""
    return any(word in _FOREIGN for word in _WORD.findall(title)[1:])


def capitalised(title: str) -> bool:
    """Whether a title is written with capitals: every word but the small ones has one, and there is such a word."""
    words = [word for word in _WORD.findall(title) if word.lower() not in _SMALL | _LONG]
    return (len(words) > 1 or "-" in title) and bool(words) and all(not word[0].islower() for word in words)


def in_small_letters(title: str) -> bool:
    """Whether a title is written in small letters, so that the capitals in it are those of names."""
    words: Iterator[str] = (word for part in _PARTS.split(title) for word in _WORD.findall(part)[1:])
    major = [word for word in words if word.lower() not in _SMALL | _LONG and not word.isupper()]
    small = sum(1 for word in major if word[0].islower())
    return small > 0 and 10 * small >= 3 * len(major)


def _title(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The title without what follows it in another script."""
    for at, piece in enumerate(pieces):
        if isinstance(piece, Styled) and piece.style == ADDITION:
            return pieces[: at - 1] if at and pieces[at - 1] == Chars(" ") else pieces[:at]
    return pieces


def _raised(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    made: list[Piece] = []
    for piece in pieces:
        match piece:
            case Chars(text=characters):
                made.append(Chars(_WORD.sub(_preposition, characters)))
            case Styled(style=style, content=content) if style not in (ADDITION, "group"):
                made.append(Styled(style, _raised(content)))
            case _:
                made.append(piece)
    return tuple(made)


def _preposition(match: re.Match[str]) -> str:
    return match[0].capitalize() if match[0] in _LONG else match[0]
