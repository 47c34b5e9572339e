"""Names of authors as reference lists have them.

Each style's order, initials, and words between them.
"""

from __future__ import annotations

import re

from fascicle.importers.metadata.people import PARTICLES, split_name

_INITIALS = re.compile(r"(?:[A-ZÀ-Þ]\.?(?:[\s-]?)){1,4}|(?:[A-Z][a-z]?\.[\s-]?){1,4}")
_INITIALED = re.compile(
    rf"(?:{_INITIALS.pattern})\s*(?:(?:van|von|de|der|den|del|della|di|da|do|dos|du|la|le|ten|ter|zu)\s*)*"
)
"""Initials, and the small words of a family name that a style puts behind them."""
_VANCOUVER = re.compile(
    r"(?P<family>[^\W\d_][\w'’\- ]+?)\s+(?P<given>(?!(?:I{2,3}|IV|VI{1,3}|IX|X[IVX]{0,3})\b)[A-ZÀ-Þ]{1,3})"
)
_AND = re.compile(r"\s*,?\s+(?:and|&|und|et|y|e)\s+(?!al\b)")
_EDITED = re.compile(
    r"[,\s]*(?:\(\s*(?:eds?|dirs?|hg|hrsg|orgs?|coord|trans)\b\.?\s*\)|\b(?:eds?|dirs?|hg|hrsg|orgs?|coord|trans)\.|\b(?:eds|editors?|translators?)\b|\bed(?=[.,]?\s*$))\)?",
    re.IGNORECASE,
)
_OTHERS = re.compile(r",?\s*(?:et\s+al\.?|(?:and\s+|&\s+|,\s*)others|u\.\s?a\.)\s*(?=[,;]|$)", re.IGNORECASE)
_LONGEST = 60


def read_names(text: str) -> list[dict[str, str]] | None:
    """The people of a list of names; None when it does not look like one."""
    text = re.sub(r",?\s*(?:…|\. \. \.)\s*", ", ", text)
    text = _OTHERS.sub("", _EDITED.sub("", text)).strip(" ,;:")
    text = re.sub(r",\s*\d{4}\s*[–-]\s*(?:\d{4})?\.?$", "", text)
    text = re.sub(r"(?<=[^\W\d_]{2})\.$", "", text) if not re.search(r"\b(?:[JS]r|al)\.$", text) else text
    if not text or re.search(r"[\d“”\"«»?!:]", text) or len(text) > 3000:
        return None
    if ";" in text:
        parts = [read_names(part) for part in re.split(r"\s*;\s*(?:and\s+|&\s+)?", text) if part.strip()]
        return [name for part in parts for name in part] if all(parts) else None  # type: ignore[union-attr]
    pieces = [piece.strip() for piece in _AND.sub(", ", text).split(",") if piece.strip()]
    if any(len(piece) > _LONGEST or len(piece.split()) > 6 for piece in pieces):
        return None
    if len(pieces) > 1 and any(_small(word) for piece in pieces for word in piece.split()):
        return None
    if all(_VANCOUVER.fullmatch(piece) for piece in pieces):
        return [dict(found.groupdict()) for piece in pieces if (found := _VANCOUVER.fullmatch(piece))]
    return _inverted(pieces) or _whole(pieces, text)


def _small(word: str) -> bool:
    """Whether a word in small letters is no part of a name."""
    return word.islower() and word.strip(".") not in PARTICLES and not re.match(r"(?:al|el|ibn|ad|as)-", word)


def _inverted(pieces: list[str]) -> list[dict[str, str]] | None:
    """`Family, Given`, or `Family, I.` again and again, or the first so and the others in the order of speech."""
    made: list[dict[str, str]] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        following = pieces[at + 1] if at + 1 < len(pieces) else ""
        if following and (
            _INITIALED.fullmatch(following) or (at == 0 and _capital(piece) and _capital(following))
        ):
            made.append(_person(piece, following.strip()))
            at += 2
        elif at and " " in piece:
            made.append(split_name(piece))
            at += 1
        elif at:
            return None
        else:
            return None
    return made if all(made) else None


def _person(family: str, given: str) -> dict[str, str]:
    """A family name and the other; small words behind the initials belong to the family."""
    initials = re.fullmatch(
        r"(?P<given>.*?[A-ZÀ-Þ]\.)\s*(?P<small>[a-zà-ÿ]{2,3}(?:\s+[a-zà-ÿ]{2,3})*)", given
    )
    if not initials:
        return {"family": family, "given": given}
    return {"family": family, "given": initials["given"], "non-dropping-particle": initials["small"]}


def _whole(pieces: list[str], text: str) -> list[dict[str, str]] | None:
    """A body, a single name, or names in the order of speech."""
    if len(pieces) == 1 and _capital(text) and len(text.split()) <= 6:
        words = text.split()
        return (
            [split_name(text)]
            if 2 <= len(words) <= 3 and _INITIALS.fullmatch(words[0])
            else [{"literal": text.rstrip(".")}]
        )
    if len(pieces) > 1 and all(" " in piece and _capital(piece) for piece in pieces):
        return [split_name(piece) for piece in pieces]
    return None


def _capital(text: str) -> bool:
    first = next((character for character in text if character.isalpha()), "")
    return (
        first.isupper()
        or bool(re.match(r"(?:van|von|de|del|della|di|da|al-|el-|ʿ|ibn)\b", text))
        or not first.isascii()
    )
