"""Titles for CSL: title and subtitle as one, and what stands after them in another script or language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fascicle.citations.items.quoted_words import quoted
from fascicle.core.text.titles import title_separator
from fascicle.project.bibliography.fields.markup import Chars, Piece, Styled, parse, plain, text
from fascicle.project.bibliography.library import BibEntry
from fascicle.project.bibliography.titles import foreign_script, roman_title

ADDITION = "addition"
"""Style of the pieces that follow a title in another script: never italic as a whole, their capitals as they are."""

_CUT = re.compile(r":\s|(?<=[?!])\s")


def rich(value: str) -> tuple[Piece, ...]:
    """A field's value with its markup; empty when nothing would be printed."""
    if not value:  # most fields of most entries
        return ()
    pieces = parse(value)[0]
    if not text(pieces).strip():
        return ()
    return _stripped(quoted(pieces))


def titled(entry: BibEntry, language: str) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    """`title`, and `original-title` for those who read the item and not the list."""
    head, after = _forms(entry, language)
    subtitle, own = rich(entry.text("subtitle")), rich(entry.text("titleaddon"))
    title = with_subtitle(head, subtitle)
    if after:
        title = (*title, Chars(" "), Styled(ADDITION, after))
    if own:
        title = (*title, Styled(ADDITION, (Chars(". "), *own)))
    yield "title", title
    yield "original-title", rich(entry.text("origtitle"))


def with_subtitle(title: tuple[Piece, ...], subtitle: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """A title and its subtitle after a colon, or after the title's own question or exclamation mark."""
    if not title or not subtitle:
        return title or subtitle
    return _joined(*title, Chars(title_separator(text(title))), *subtitle)


def _joined(*pieces: Piece) -> tuple[Piece, ...]:
    """Pieces in which characters that follow one another are one piece."""
    made: list[Piece] = []
    for piece in pieces:
        match piece, made[-1:]:
            case Chars(text=characters), [Chars(text=before)]:
                made[-1] = Chars(before + characters)
            case _:
                made.append(piece)
    return tuple(made)


def short_title(title: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """A title up to its colon and without what follows it in another script; empty when that is the whole of it."""
    made: list[Piece] = []
    for piece in title:
        match piece:
            case Styled(style=style) if style == ADDITION:
                return _stripped(tuple(made))
            case Chars(text=characters) if cut := _CUT.search(characters):
                return _stripped((*made, Chars(characters[: cut.start()])))
        made.append(piece)
    return ()


def _forms(entry: BibEntry, language: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The title that heads an entry and what follows it, as our LaTeX lists print them."""
    title, original = rich(entry.text("title")), rich(entry.text("origtitle"))
    roman, translation = rich(entry.text("transliteration")), rich(entry.text("translation"))
    replaced = bool(roman) and foreign_script(plain(entry.text("title")), language)
    if replaced:
        title, original, roman = roman, original or title, ()
    if roman == title:
        roman = ()
    if title and (translation or replaced):
        title = (Styled("group", title),)
    upright: tuple[Piece, ...] = (Styled("emph", roman),) if roman else ()
    upright += (Chars(" "),) if roman and original else ()
    upright += original
    if translation:
        joint = (Chars(" "),) if upright else ()
        return title, (*upright, *joint, Chars("["), *translation, Chars("]"))
    if upright and roman_title(entry, language):
        return title, upright
    return title, (Chars("["), *upright, Chars("]")) if upright else ()


def _stripped(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Pieces without spaces at their two ends."""
    found = list(pieces)
    if found and isinstance(found[0], Chars):
        found[0] = Chars(found[0].text.lstrip())
    if found and isinstance(found[-1], Chars):
        found[-1] = Chars(found[-1].text.rstrip())
    return tuple(piece for piece in found if piece != Chars(""))
