"""The clause of place, house and year of a typed reference: where it begins, and its parts."""

from __future__ import annotations

import re
from typing import Any

from fascicle.importers.references.parts import DAY, EDITED, EDITION, PAGE, TRANSLATED, YEAR
from fascicle.importers.references.places import is_place

_TOWN = r"(?:[A-Z]\.|St\.|a\.\s?M\.|i\.\s?Br\.|am Main|bei|i\.|[A-ZÀ-Þ(][\w’'()-]+)"
PLACE = rf"{_TOWN}(?:\s(?:[a-z]{{2,3}}\s)?{_TOWN}){{0,3}}(?:,\s*(?:New York|Nueva York|Los Angeles|San Francisco|United States of America|[A-Z][\w.]{{1,14}}|[A-Z]\.\s?[A-Z]\.))?"
PLACES = rf"{PLACE}(?:\s*[;/&–]\s*{PLACE}|\s-\s{PLACE}|\s+(?:and|und|et|y|e)\s+{PLACE}){{0,3}}"
_CLAUSE = re.compile(
    rf"(?:^|(?<=[.,?!»”]\s))(?P<place>{PLACES})\s?:\s*(?P<house>[^\W\d][^,:;“”()]{{1,80}}?)(?P<when>[,;.]?\s*{YEAR})?(?:[.,;]?\s*(?:pp?\.|S\.)\s*\d+(?:\s?[–-]\s?\d+)?)?[.\s]*$"
)
_TOWN_YEAR = re.compile(rf"[,.]\s+(?P<place>{PLACES}(?:\s+u\.\s?a\.)?)\s+(?:\d{{1,2}}\^?)?{YEAR}[.\s]*$")
"""`Title, Town 2011`, as German lists have it."""
_BETWEEN_COMMAS = re.compile(
    rf"[,.]\s+(?P<first>[A-ZÀ-Þ][\w’' -]{{2,40}}),\s*(?P<second>[A-ZÀ-Þ][^,;:]{{2,50}}),\s*{YEAR}[.\s]*$"
)
_CHAPTER = re.compile(r"[.,]\s+[Ii]n\s+(?=[A-ZÀ-Þ])")
_SERIES = re.compile(
    r"\.\s+(?=(?:Number|No\.|Vol(?:ume|\.)) \d+ (?:in|of) |Supplement to |[A-Z][^.]{3,60}\bSeries\.|(?:Studies|Series|Collection|Library|Handbook|Lecture Notes|Texts|Schriften|Beiträge|Collana|Colección|Coleção)\b)"
)
_BRACKETS = re.compile(
    r"\s*\((?P<inside>[^()]{6,120})\)[.,]?(?P<pages>\s*(?:(?:at\s+)?pp?\.?\s*)\d+(?:\s?[–-]\s?\d+)?)?[.\s]*$"
)
_DATE_ONLY = re.compile(
    rf"(?:\d{{1,2}}\.?\s)?(?:[^\W\d]{{2,12}}\.?[\s/–-]+){{0,2}}(?:\d{{1,2}},\s*)?{YEAR}|.*\b(?:ed|edn|edition|vols?|pp?|no|Aufl|Hg|Hrsg|dir|eds)\b\.?.*",
    re.IGNORECASE,
)
HOUSE = re.compile(
    rf"(?:^|(?<=[.,(;]\s)|(?<=\())(?P<place>{PLACES})\s?:\s*(?P<house>[^\W\d][^,:;“”()]{{1,80}}?(?:,\s*(?:Inc|Ltd|Taylor & Francis Group)\.?)?)(?:[,;.]?\s*(?:{YEAR}))?[)]?(?:[.,;]\s*(?:(?:pp?\.|S\.)\s*)?(?P<pages>{PAGE}))?[.\s]*$"
)
MLA_HOUSE = re.compile(
    rf"(?:^|(?<=[.,]\s))(?P<house>(?:[A-Z]\.\s?)*[A-ZÀ-Þ][^.,:;“”\d]{{1,60}}(?:,\s*(?:Inc|Ltd|LLC|Taylor & Francis Group)\.?)?),\s*(?:{DAY})?{YEAR}(?:[.,;]\s*(?:pp?\.\s*)?(?P<pages>{PAGE}))?[.\s]*$"
)
_COMMAS = re.compile(
    rf"(?P<place>[A-ZÀ-Þ][\w’' -]{{2,25}}),\s*(?P<house>(?:(?:de|van|von|le|la|du)\s)?[A-ZÀ-Þ][^,;:]{{2,50}}),\s*{YEAR}(?:,\s*pp?\.\s*(?P<pages>{PAGE}))?[.\s]*$"
)
_FILM = re.compile(r"\b(?:dir\.|directed by|film|dvd|documentary)\b", re.IGNORECASE)
_THESIS = re.compile(
    r"\b(?:phd|doctoral|master[’']?s|ma|bachelor[’']?s)\s+(?:thesis|diss(?:ertation)?)\b|\bdiss\.|\bTese\b|\bDissertação\b",
    re.IGNORECASE,
)


def publication_start(text: str) -> int:
    """Where place and house begin, or what stands before them: editors, translators, an edition; 0 when there is none."""
    found = _CLAUSE.search(text)
    if found and not found["when"] and not is_place(found["place"]):
        found = None
    if not found:
        found = town_before_year(text)
    if not found:
        commas = _BETWEEN_COMMAS.search(text)
        found = commas if commas and (is_place(commas["first"]) or is_place(commas["second"])) else None
    if not found or _CHAPTER.search(text, 0, found.start()):
        return 0
    before = [
        each.start() for pattern in (EDITION, EDITED, TRANSLATED, _SERIES) if (each := pattern.search(text))
    ]
    return min([start for start in before if 3 < start < found.start()], default=found.start())


def town_before_year(text: str) -> re.Match[str] | None:
    """A known town and a year at the end, with nothing between them."""
    for comma in re.finditer(r"[,.]\s", text):
        town = _TOWN_YEAR.match(text, comma.start())
        if town and (is_place(town["place"]) or _one_of_several(town["place"])):
            return town
    return None


def _one_of_several(text: str) -> bool:
    parts = text.split("/")
    return len(parts) > 1 and "," not in text and any(is_place(part) for part in parts)


def without_brackets(text: str) -> str:
    """The text with a publication in brackets at its end, `Title (London: House 1988) p. 26`, written as a clause."""
    found = _BRACKETS.search(text)
    if not found:
        return text
    inside = found["inside"].strip(" .,")
    if _DATE_ONLY.fullmatch(inside) or not re.search(rf"{YEAR}$|^{PLACES}\s?:", inside):
        return text
    place, comma, rest = inside.partition(",")
    if comma and ":" not in inside and is_place_like(place, rest):
        inside = f"{place}: {rest.strip()}"
    inside = re.sub(rf"(?<=[^\s,;]),?\s+({YEAR})$", r", \1", inside)
    pages = re.sub(r"^\s*(?:at\s+)?pp?\.?\s*", ", p. ", found["pages"] or "")
    return f"{text[: found.start()].rstrip(' .,')}. {inside}{pages}."


def is_place_like(place: str, rest: str) -> bool:
    """Whether the first of two parts is the place: known, or followed by what names itself a publisher."""
    return is_place(place) or bool(
        re.search(r"\b(?:Publish\w+|Press|Books?|Verlag|Ltd|Editor\w*|Éditions?)\b", rest)
    )


def house(tail: str) -> dict[str, Any]:
    """Place, publisher, series and pages of what follows a book's title."""
    if town := town_before_year(f", {tail}"):
        shelf = _series(tail[: max(town.start() - 2, 0)])
        in_series = {"collection-title": shelf} if shelf else {}
        return {"type": "book", "publisher-place": town["place"]} | in_series
    kind = "thesis" if _THESIS.search(tail) else "motion_picture" if _FILM.search(tail) else "book"
    for pattern in (HOUSE, _COMMAS, MLA_HOUSE):
        if found := pattern.search(tail):
            fields = {
                "publisher-place": found.groupdict().get("place"),
                "publisher": found["house"].strip(" ."),
                "page": found["pages"],
                "collection-title": _series(tail[: found.start()]),
            }
            return {"type": kind, **_sorted({key: value.strip() for key, value in fields.items() if value})}
    left = re.sub(rf"[.,]?\s*(?:(?:{DAY})?{YEAR}|n\.\s?d)[.\s]*$", "", tail).strip(" .")
    series, _, name = left.rpartition(". ")
    if name and is_place(name) and not series:
        return {"type": kind, "publisher-place": name}
    if name and len(name) < 120 and not re.search(r"\d", name):
        if is_place(series) or ("(" not in series and re.fullmatch(PLACES, series)):
            return {"type": kind, "publisher-place": series, "publisher": name}
        shelf = _series(series)
        return {"type": kind, "publisher": name} | ({"collection-title": shelf} if shelf else {})
    return {"type": kind if left else "document"}


def _sorted(fields: dict[str, str]) -> dict[str, str]:
    """Place and house, each where it belongs: lists have them in either order, or one of them alone."""
    house, place = fields.get("publisher", ""), fields.get("publisher-place", "")
    named = re.search(r"\b(?:University|Press|Verlag|Publish\w+|Books|Éditions|Editorial|Editore)\b", place)
    if (is_place(house) or named) and house and not is_place(place):
        fields = {key: value for key, value in fields.items() if key not in ("publisher", "publisher-place")}
        return fields | {"publisher-place": house} | ({"publisher": place} if place else {})
    return fields


def _series(text: str) -> str:
    """What stands between a title and its publisher, when it may be a series."""
    text = text.strip(" .,()")
    return text if 1 < len(text.split()) < 14 and text[:1].isupper() and not re.search(r"[“”:]", text) else ""


def cut(text: str) -> tuple[str, str]:
    """A book's title without italics: up to its stop, or to the publisher after a comma."""
    if town := town_before_year(text):
        return text[: town.start()].strip(" .,"), text[town.start() :]
    if found := HOUSE.search(text) or MLA_HOUSE.search(text) or _COMMAS.search(text):
        head = text[: found.start()].strip(" .,")
        if head:
            title, _, more = head.partition(". ")
            return title.strip(" .,"), f"{more}. {text[found.start() :]}" if more else text[found.start() :]
    title, _, rest = text.partition(". ")
    return title.strip(" .,"), rest
