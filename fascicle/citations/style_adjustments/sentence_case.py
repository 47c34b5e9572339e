"""English titles in small letters, as APA prints them and its CSL style leaves to others."""

from __future__ import annotations

import re

from fascicle.citations.style_adjustments.headline import in_small_letters
from fascicle.citations.style_adjustments.proper_names import keeps_capital, names_in
from fascicle.project.bibliography.fields.markup import Chars, Formula, Piece, Styled
from fascicle.project.bibliography.fields.markup import text as plain_text

KEPT = frozenset({"group", "smallcaps"})
"""Styles of pieces whose capitals stay."""
_WORD = re.compile(r"[^\W\d_][\w'’]*", re.UNICODE)
_ENDS = tuple(":?!.—")
_ROMAN = re.compile(r"[IVXLCDM]+")
_ASKED = tuple("?!")
_CLOSING = "\"'”’»)]"
_OPENING = "\"'“‘«([¿¡"


def lowered(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """A title with capitals at its head and after a colon, a stop or a question mark alone.

    Words that hold a capital or a figure further in (`DNA`, `iPhone`, `3D`), letters by themselves (`Generation X`), well-known
    proper names (`French`, `New York`), names in a title that is in small letters already and what stands in braces stay as they are.
    """
    own = (one for one in pieces if not (isinstance(one, Styled) and one.style.endswith("addition")))
    return tuple(_Case(names=in_small_letters(plain_text(own))).pieces(pieces))


class _Case:
    def __init__(self, *, names: bool) -> None:
        self.names = names
        """Whether capitals are those of names already."""
        self.begins = True
        self.before = ""

    def pieces(self, pieces: tuple[Piece, ...]) -> list[Piece]:
        made: list[Piece] = []
        for piece in pieces:
            match piece:
                case Chars(text=text):
                    made.append(Chars(self.text(text)))
                case Formula():
                    self.begins = False
                    made.append(piece)
                case Styled(style=style) if style in KEPT or style.endswith("addition"):
                    self.begins = False
                    self.before = "x"
                    made.append(piece)
                case Styled(style=style, content=content):
                    made.append(Styled(style, tuple(self.pieces(content))))
                    if style == "quoted":
                        self.begins = plain_text(content).endswith(_ASKED)
        return made

    def text(self, text: str) -> str:
        parts, last, names = [], 0, names_in(text)
        for match in _WORD.finditer(text):
            between = text[last : match.start()]
            self.pass_over(between)
            named = any(start <= match.start() < end for start, end in names)
            parts += [
                between,
                self.word(match[0], text[match.end() :][:1], joined=named or self.joined(between)),
            ]
            last = match.end()
            self.before = "x"
        self.pass_over(text[last:])
        return "".join([*parts, text[last:]])

    def joined(self, between: str) -> bool:
        """Whether a word goes on what stands before it without a space, such as a letter in braces or a figure."""
        return bool(self.before) if not between else between[-1].isdigit()

    def pass_over(self, between: str) -> None:
        """What stands between words, which may begin a new part of the title."""
        if not between:
            return
        self.before = ""
        bare = between.strip().rstrip(_OPENING).rstrip()
        if between.endswith(" ") and bare[:1] in _ASKED:
            bare = bare.rstrip(_CLOSING)
        if (
            bare.endswith(_ENDS)
            and between[-1:] != "."
            and (between.endswith(" ") or between[-1] in _OPENING)
        ):
            self.begins = True
        elif any(character.isdigit() for character in between):
            self.begins = False

    def word(self, word: str, following: str, *, joined: bool) -> str:
        begins, self.begins = self.begins, False
        initial = len(word) == 1 and following == "."
        if (
            joined
            or initial
            or (self.names and not begins)
            or any(character.isupper() or character.isdigit() for character in word[1:])
        ):
            return word
        if begins:
            return word[:1].upper() + word[1:]
        keeps = word in {"I’m", "I'm", "I’ve", "I've"} or (len(word) > 1 and _ROMAN.fullmatch(word))
        letter = len(word) == 1 and word != "A"
        return word if keeps or letter or keeps_capital(word) else word.lower()
