"""Identifiers of works as authors cite them: DOI, PubMed, arXiv, ISBN."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class Scheme(Enum):
    """Who gives an identifier out."""

    DOI = "doi"
    PMID = "pmid"
    ARXIV = "arxiv"
    ISBN = "isbn"


@dataclass(frozen=True, slots=True)
class Identifier:
    """What names a work in the world."""

    scheme: Scheme
    """Who gives it out."""
    value: str
    """The identifier alone, in its usual form."""


_FORMS = (
    (
        Scheme.DOI,
        re.compile(r"(?:doi:|(?:url:)?https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.IGNORECASE),
    ),
    (Scheme.PMID, re.compile(r"(?:pmid|pubmed):(\d{1,9})", re.IGNORECASE)),
    (
        Scheme.ARXIV,
        re.compile(
            r"(?:arxiv:|(?:url:)?https?://arxiv\.org/(?:abs|pdf)/)(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?",
            re.IGNORECASE,
        ),
    ),
    (Scheme.ISBN, re.compile(r"isbn:([\dXx -]{10,17})", re.IGNORECASE)),
)


def identifier_of(key: str) -> Identifier | None:
    """The identifier that a citation's key is; None for a key that is only a name."""
    for scheme, form in _FORMS:
        if found := form.fullmatch(key):
            value = found[1]
            if scheme is Scheme.ISBN:
                value = re.sub(r"[ -]", "", value).upper()
                if not is_isbn(value):
                    return None
            return Identifier(scheme, value)
    return None


def is_isbn(digits: str) -> bool:
    """Whether ten or thirteen signs are an ISBN by their last, which checks the others (ISO 2108)."""
    if re.fullmatch(r"\d{9}[\dX]", digits):
        values = [10 if sign == "X" else int(sign) for sign in digits]
        return sum(value * (10 - at) for at, value in enumerate(values)) % 11 == 0
    if re.fullmatch(r"97[89]\d{10}", digits):
        return sum(int(sign) * (3 if at % 2 else 1) for at, sign in enumerate(digits)) % 10 == 0
    return False
