"""Text of a record as BibTeX reads it.

TeX of the plainest sort, accents in names as its styles know them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from fascicle.citations.items.model import OTHERS, Person
from fascicle.citations.items.titles import ADDITION
from fascicle.core.ready_text import Bib
from fascicle.project.bibliography.fields.markup import Chars, Formula, Piece, Styled

_COMMANDS = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$", "&": r"\&", "#": r"\#",
    "%": r"\%", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", '"': r"\textquotedbl{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "\u00a0": "~", "\u00ad": r"\-",
}  # fmt: skip
"""What prints itself. A brace, even after a backslash, would end a field."""
_MARKUP = {
    "emph": r"\emph", "bold": r"\textbf", "smallcaps": r"\textsc", "superscript": r"\textsuperscript",
    "subscript": r"\textsubscript",
}  # fmt: skip
_AROUND = {
    "quoted": ("``", "''"),
    "parens": ("(", ")"),
    "brackets": ("[", "]"),
    "group": ("{", "}"),
    ADDITION: ("{", "}"),
}
_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u", "\u0307": ".",
    "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0323": "d", "\u0327": "c", "\u0328": "k",
}  # fmt: skip
_LETTERS = {
    "ß": r"{\ss}", "ø": r"{\o}", "Ø": r"{\O}", "æ": r"{\ae}", "Æ": r"{\AE}", "œ": r"{\oe}", "Œ": r"{\OE}", "å": r"{\aa}",
    "Å": r"{\AA}", "ł": r"{\l}", "Ł": r"{\L}", "ı": r"{\i}",
}  # fmt: skip
_BRACE = re.compile(r"\\(.)", re.DOTALL)
_IN_TEXT = re.compile(r"\\(?:text[a-z]*|mbox|operatorname)\*?\s*\{(?:[^{}\\]|\\.)*\}", re.DOTALL)
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_SPACES = re.compile("[\\s\u2000-\u200a\u202f\u205f]+")


def words(characters: str) -> Bib:
    """Plain text as TeX that prints it."""
    kept = _UNSEEN.sub("", characters)
    return Bib.proved(_SPACES.sub(" ", "".join(_COMMANDS.get(sign, sign) for sign in kept)))


def markup(pieces: Iterable[Piece]) -> Bib:
    """A text with its markup."""
    return Bib("".join([_piece(piece) for piece in pieces]))


def _piece(piece: Piece) -> Bib:
    match piece:
        case Chars(text=characters):
            return words(characters)
        case Formula(tex=tex):
            return Bib(f"${_formula(tex)}$")
        case Styled(style=style, content=content):
            opening, closing = _AROUND.get(
                style, (f"{_MARKUP[style]}{{", "}") if style in _MARKUP else ("", "")
            )
            return Bib(f"{Bib.proved(opening)}{markup(content)}{Bib.proved(closing)}")


def _formula(tex: str) -> Bib:
    """A formula, which the allow-list has proved for TeX: BibTeX counts the braces that it prints as well."""
    worded = _IN_TEXT.sub(lambda words: _BRACE.sub(lambda sign: _named(sign, "text"), words[0]), tex)
    return Bib.proved(_BRACE.sub(lambda sign: _named(sign, ""), worded))


def _named(sign: re.Match[str], mode: str) -> str:
    side = {"{": "left", "}": "right"}.get(sign[1])
    if side is None:
        return sign[0]
    return rf"\textbrace{side}{{}}" if mode else rf"\{side[0]}brace{{}}"


def people(names: Iterable[Person]) -> Bib:
    """Names as a field has them."""
    return Bib(" and ".join([Bib("others") if person == OTHERS else _name(person) for person in names]))


def spoken(person: Person) -> Bib:
    """A name as a sentence has it."""
    if person.literal or person.eastern:
        return words(_whole(person))
    return words(" ".join(filter(None, (person.given, person.particle, person.family, person.suffix))))


def _whole(person: Person) -> str:
    """A name that is never taken apart: a body's, or one whose family name comes first, with its own script."""
    return " ".join(
        filter(None, (person.literal or f"{person.family} {person.given}".strip(), person.native))
    )


def _name(person: Person) -> Bib:
    if person.literal or person.eastern or not person.family:
        return Bib(f"{{{_accented(_whole(person) or person.given)}}}")
    family = _accented(person.family)
    if re.search(r"(?:^|\s)[a-z]", person.family) or "," in person.family:
        family = Bib(f"{{{family}}}")
    given = _accented(person.given)
    if person.particle and person.keeps_particle:
        family = Bib(f"{_accented(person.particle)} {family}")
    elif person.particle:
        given = Bib(f"{given} {_accented(person.particle)}")
    return Bib(", ".join([part for part in (family, _accented(person.suffix), given) if part]))


def _accented(characters: str) -> Bib:
    r"""Letters with accents as BibTeX sorts and shortens them: `{\"o}` for ö."""
    return Bib("".join(map(_letter, characters)))


def _letter(letter: str) -> Bib:
    if letter in _LETTERS:
        return Bib.proved(_LETTERS[letter])
    base, *marks = list(unicodedata.normalize("NFD", letter))
    if len(marks) == 1 and marks[0] in _ACCENTS and base.isascii() and base.isalpha():
        accent = _ACCENTS[marks[0]]
        bare = rf"\{base}" if base in "ij" and accent not in "cdk" else base
        return Bib.proved(rf"{{\{accent}{{{bare}}}}}" if accent.isalpha() else rf"{{\{accent}{bare}}}")
    return words(letter)
