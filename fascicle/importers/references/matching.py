"""Whether a record is the work that a mention in the text means."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

OTHERS = re.compile(r",?\s*(?:et\.?\s+al\.?|and\s+others|and\s+colleagues|u\.\s?a\.)")
"""Words for authors who are not named."""


def folded(text: str) -> str:
    """A name without accents and capitals."""
    apart = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return (
        "".join(character for character in apart if not unicodedata.combining(character))
        .casefold()
        .strip(" .,")
    )


def people(item: dict[str, Any]) -> list[dict[str, str]]:
    """Those whom a citation names."""
    found: list[dict[str, str]] = item.get("author") or item.get("editor") or item.get("director") or []
    return [person for person in found if person.get("literal") != "others"]


def unnamed(item: dict[str, Any]) -> bool:
    """Whether the list says that there are others."""
    return {"literal": "others"} in (item.get("author") or item.get("editor") or [])


def families(item: dict[str, Any]) -> list[str]:
    """The names that a citation has of them."""
    return [folded(person.get("family") or person.get("literal") or "") for person in people(item)]


def year_of_item(item: dict[str, Any]) -> str:
    """The year of a record; empty when it has none."""
    parts = item.get("issued", {}).get("date-parts") if isinstance(item.get("issued"), dict) else None
    return str(parts[0][0]) if parts and parts[0] else ""


def lettered(item: dict[str, Any], year: str) -> bool:
    """Whether the letter after a year is the one that the list gives the work."""
    typed = item.get("custom", {}).get("typed", "")
    found = re.search(rf"{year[:4]}([a-z])\b", typed)
    return not found or not year[4:] or found[1] == year[4:]


def named(item: dict[str, Any], names: str) -> bool:
    """Whether a record is by those who are named."""
    if not families(item):
        return False
    first, *others = re.split(
        r",?\s+(?:and|&|und|et(?!\s+al)|y|e)\s+|,\s+(?=[A-ZÀ-Þ][a-zà-ÿ]{2,})", OTHERS.sub("", names)
    )
    if not _fits(people(item)[0], first):
        return False
    return all(any(_fits(person, other) for person in people(item)[1:]) for other in others if other.strip())


def _fits(person: dict[str, str], typed: str) -> bool:
    """Whether a name as typed is a person's: the family name, with initials or a given name that agree."""
    family, given = (
        folded(person.get("family") or person.get("literal") or ""),
        folded(person.get("given") or ""),
    )
    name = folded(typed)
    if name in (family, f"{folded(person.get('non-dropping-particle') or '')} {family}"):
        return True
    if not family or family not in name:
        return False
    rest = name.replace(family, " ", 1).strip(" ,.")
    return (
        bool(rest)
        and bool(given)
        and (given.startswith(rest) or (rest[0] == given[0] and len(rest.replace(".", "").split()[0]) == 1))
    )


def counted(item: dict[str, Any], names: str) -> bool:
    """Whether the number of authors is the one that the mention tells."""
    number = len(people(item))
    if OTHERS.search(names):
        return number > 2 or unnamed(item)
    return number == len(re.split(r",?\s+(?:and|&|und|et|y|e)\s+|,\s+", names))
