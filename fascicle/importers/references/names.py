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
    r"(?P<family>[^\W\d_][\w'’\- ]+?)\.?\s+(?P<given>(?!(?:I{2,3}|IV|VI{1,3}|IX|X[IVX]{0,3})\b)[A-ZÀ-Þ](?:[.-]?\s?[A-ZÀ-Þ]){0,2}\.?)"
)
_AND = re.compile(r"\s*,?\s+(?:and|&|und|et|y|e|w/|with)\s+(?!(?:et\s+)?al\b)")
_EDITED = re.compile(
    r"[,\s]*(?:\(\s*(?:éds?|eds?|dirs?|hgg?|hrsg|orgs?|coords?|comps?|trans|cur|a cura di)\b\.?\s*\)|\b(?:éds?|eds?|dirs?|hgg?|hrsg|orgs?|coords?|trans)\.|\b(?:eds|editors?|translators?)\b|\bed(?=[.,]?\s*$))\)?",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r",?\s*(?:(?:et\s+)?et\.?\s+al\.?|(?:and\s+|&\s+|,\s*)others|[ue]\.\s?a\.)\s*(?=[,;/]|$)", re.IGNORECASE
)
_BODY_WORD = re.compile(
    r"\s(?:für|of|for|de|des|der|del|della|the|zur)\s.*\s(?:and|und|et|y|e)\s|\s(?:für|for|of the)\s"
)
"""In the name of a ministry or society an “and” joins its fields."""
_TWO = re.compile(r"[^\s,]+,?\s+(?:and|&|und|et|y|e)\s+[^\s,]+")
_TITLES = re.compile(r"^(?:(?:Prof|Professor|Dr|Sir|Rev|Mr|Mrs|Ms)\.?\s+)+(?=[A-ZÀ-Þ])")
_DEGREE = re.compile(r",\s*(?:Ph\.?\s?D|P\.\s?D|M\.\s?D|MD|Esq|S\.\s?J|O\.\s?P)\.?(?=,|;|$)")
_ROLES = re.compile(
    r"\s*\((?:Executive )?(?:Director|Producer|Writer|Host|Artist|Speaker|Photographer|Composer|Regie|Réalisateur|Réal|Realizador|Regista)s?(?:\s*(?:&|and)\s*\w+)?\.?\)",
    re.IGNORECASE,
)
_CAPITALS = re.compile(
    r"(?P<family>(?:(?:de|du|d[’']|van|von|da|del)\s*)?[A-ZÀ-Þ][A-ZÀ-Þ’'-]+(?:\s+[A-ZÀ-Þ][A-ZÀ-Þ’'-]+)*)\s+(?P<given>(?!(?:News|Staff|Team|Institut\w*|Press|Group|Statistics|Department|Office|Report|Foundation|Commission|Committee|Council|Bank|University)\b)[A-ZÀ-Þ][a-zà-ÿ’'-]+\.?(?:[\s-]+(?:[A-ZÀ-Þ][a-zà-ÿ’'-]*\.?|de|du|d[’']\w+)){0,3})"
)
"""`FAMILY Given`, as French lists have it."""
_LONGEST = 60
OTHERS = {"literal": "others"}
"""Stands for those who are not named, as “and others” does in BibLaTeX."""


def read_names(text: str, *, dated: bool = False) -> list[dict[str, str]] | None:
    """The people of a list of names; None when it does not look like one.

    `dated`: a year follows, so that these words can be little else.
    """
    more = bool(_OTHERS.search(text))
    found = _read(_tidy(text), dated=dated)
    return [*found, dict(OTHERS)] if found and more else found


def _read(text: str, *, dated: bool) -> list[dict[str, str]] | None:
    if not text or re.search(r"[\d“”\"«»?!:]", text) or len(text) > 3000:
        return None
    if parts := _separated(text):
        read = [_read(_tidy(part), dated=dated) for part in parts]
        return [name for part in read for name in part] if all(read) else None  # type: ignore[union-attr]
    pieces = [piece.strip() for piece in _AND.sub(", ", text).split(",") if piece.strip()]
    if (
        dated
        and "," not in text
        and _capital(text)
        and 3 <= len(text.split()) < 12
        and _BODY_WORD.search(text)
    ):
        return [{"literal": text}]
    if dated and len(pieces) == 1 and _capital(text) and len(text.split()) < 12 and "." not in text:
        return [{"literal": text}] if len(text.split()) > 3 else _whole(pieces, text)
    if any(len(piece) > _LONGEST or len(piece.split()) > 6 for piece in pieces):
        return None
    pieces = [_TITLES.sub("", piece) for piece in pieces]
    small = [number for number, piece in enumerate(pieces) if any(_small(word) for word in piece.split())]
    if len(pieces) > 1 and small and not (dated and max(small) < 2 and len(pieces[0].split()) == 1):
        return None
    for pattern in (_CAPITALS, _VANCOUVER):
        if all(pattern.fullmatch(piece) for piece in pieces):
            return [_calm(each.groupdict()) for piece in pieces if (each := pattern.fullmatch(piece))]
    if dated and (len(pieces) > 2 or _TWO.fullmatch(text)) and (bare := _families(pieces, text)):
        return bare
    found = _inverted(pieces, dated=dated) or _whole(pieces, text)
    return [_calm(name) for name in found] if found else _families(pieces, text) if dated else None


def _tidy(text: str) -> str:
    """The names without what stands for others, roles, degrees and years of life."""
    text = _ROLES.sub("", text)
    text = re.sub(r",?\s*(?:…|\. \. \.)\s*", ", ", re.sub(r"\sw/\s", " and ", text))
    text = _DEGREE.sub("", _OTHERS.sub("", _EDITED.sub("", text))).replace("..", ".").strip(" ,;:/")
    text = re.sub(r",\s*\d{4}\s*[–-]\s*(?:\d{4})?\.?$", "", text)
    return re.sub(r"(?<=[^\W\d_]{2})\.$", "", text) if not re.search(r"\b(?:[JS]r|al)\.$", text) else text


def _separated(text: str) -> list[str]:
    """The names between semicolons, or between strokes as German lists have them."""
    parts = re.split(r"\s*;\s*(?:and\s+|&\s+)?", text)
    if len(parts) < 2 and "," in text:
        parts = re.split(r"\s*/\s*", text)
    return [part for part in parts if part.strip()] if len(parts) > 1 else []


def _calm(name: dict[str, str]) -> dict[str, str]:
    """A family name in capitals throughout is a look: `BARTHES` is Barthes."""
    family = name.get("family", "")
    if len(family) > 2 and family.isupper() and not name.get("given", "").isupper():
        name["family"] = re.sub(
            r"[^\W\d_]+", lambda word: word[0] if word[0] in ("D", "L") else word[0].capitalize(), family
        )
    return name


def _families(pieces: list[str], text: str) -> list[dict[str, str]] | None:
    """Family names alone, the last after an “and”."""
    if (
        len(pieces) > 1
        and _AND.search(text)
        and all(re.fullmatch(r"(?:[a-z]{2,3}\s)*[^\W\d_][\w’'-]{2,}", piece) for piece in pieces)
    ):
        return [{"family": piece} for piece in pieces]
    return None


def _small(word: str) -> bool:
    """Whether a word in small letters is no part of a name."""
    return word.islower() and word.strip(".") not in PARTICLES and not re.match(r"(?:al|el|ibn|ad|as)-", word)


def _inverted(pieces: list[str], *, dated: bool) -> list[dict[str, str]] | None:
    """`Family, Given`, or `Family, I.` again and again, or the first so and the others in the order of speech."""
    made: list[dict[str, str]] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        following = pieces[at + 1] if at + 1 < len(pieces) else ""
        if following and (
            _INITIALED.fullmatch(following)
            or (at == 0 and (dated or (_capital(piece) and _capital(following))) and not _spoken(piece))
        ):
            made.append(_person(piece, following.strip()))
            at += 2
        elif at and (found := _VANCOUVER.fullmatch(piece)):
            made.append(found.groupdict())
            at += 1
        elif at and (" " in piece or (dated and at == len(pieces) - 1)):
            made.append(split_name(piece))
            at += 1
        else:
            return None
    return made if all(made) else None


def _spoken(piece: str) -> bool:
    """Whether a piece is a whole name with an initial in its middle, and no family name."""
    return bool(re.fullmatch(r"(?:[A-ZÀ-Þ]\w+\s+)?(?:[A-ZÀ-Þ]\.\s*)+[A-ZÀ-Þ][\w’'-]+", piece))


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
        words = pieces[0].split()
        person = 2 <= len(words) <= 4 and (
            (_INITIALS.fullmatch(words[0]) and not re.fullmatch(r"[A-Z]{3,}", words[0]))
            or _spoken(pieces[0])
            or pieces[0] != text
        )
        return [split_name(pieces[0])] if person else [{"literal": text.rstrip(".")}]
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
