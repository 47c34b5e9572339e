"""Where a typed work was published: a journal, a book with editors, a publisher."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from fascicle.importers.references.names import read_names
from fascicle.importers.references.parts import NAMES, spoken, take_edition, take_people, without_day

_YEAR = r"(?:1[4-9]|20)\d\d[a-z]?"
_DAY = r"(?:\d{1,2}\s+)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+(?:\d{1,2},\s*)?"
_WHEN = rf"(?:\(\s*(?:\d{{1,2}}\s)?(?:[^()\d]{{1,30}}\s)?(?:\d{{1,2}},\s*)?{_YEAR}\s*\)|,\s*(?:[A-Z][\w.–/-]*\s+)?(?:\d{{1,2}},\s*)?{_YEAR})"
_NUMBERS = (
    rf"(?:[Vv]ol(?:\.|ume)?\s*)?(?P<volume>(?!(?:1\d|20)\d\d[.,]?\s*$)\d{{1,4}})"
    rf"(?:\s*\((?P<issue>(?![^()]*{_YEAR}\))[\w–/ -]{{1,12}})\)|\.(?P<point>\d{{1,3}})(?!\d)|[,.]?\s*(?:no|iss|issue|nr|Nr|H|n)\.?\s*(?P<number>\d[\d–/-]{{0,8}}))?"
)
_PAGE = r"[A-Za-z]{0,2}\d+(?:\s*[–-]\s*[A-Za-z]{0,2}\d+)?"
_PAGED = rf"(?:\s*[:,.]\s*(?:pp?\.\s*)?(?P<pages>{_PAGE}(?:,\s*\d+(?:\s*[–-]\s*\d+)?)*))?"
_AFTER_NAME = re.compile(rf"[,.\s]*{_NUMBERS}\s*{_WHEN}?{_PAGED}[.\s]*$")
_ISSUE_ONLY = re.compile(
    rf"[,.\s]*(?:no|iss|issue|Nr|nr)\.?\s*(?P<number>\d[\d–/-]{{0,8}})\s*{_WHEN}?{_PAGED}[.\s]*$"
)
_JOURNAL = re.compile(
    rf"(?P<name>[^\d“”]{{3,120}}?)(?P<rest>[,.]?\s*\b(?:{_NUMBERS})\s*{_WHEN}?{_PAGED}[.\s]*)$"
)
_ISSUES = re.compile(rf"(?P<name>[^\d“”]{{3,120}}?){_ISSUE_ONLY.pattern}")
_VANCOUVER = re.compile(
    r"(?P<name>[^\d]{3,120}?)\.?\s+(?P<year>\d{4})(?:\s+[A-Z][a-z]{2}(?:\s+\d+)?)?;\s*(?P<volume>\d+)(?:\((?P<issue>[^)]+)\))?:\s*(?P<pages>[\w–-]+)"
)
_TOWN = r"(?:[A-Z]\.|St\.|[A-ZÀ-Þ(][\w’'()-]+)"
_PLACE = rf"{_TOWN}(?:[ -](?:[a-z]{{2,3}}\s)?{_TOWN}){{0,3}}(?:,\s*(?:[A-Z][\w.]{{1,14}}|[A-Z]\.\s?[A-Z]\.))?"
_HOUSE = re.compile(
    rf"(?:^|(?<=[.,(;]\s)|(?<=\())(?P<place>{_PLACE}(?:\s*[;/&]\s*{_PLACE}|\s+(?:and|und|et)\s+{_PLACE})?)\s?:\s*(?P<house>[^\W\d][^,:;“”()]{{1,80}}?(?:,\s*(?:Inc|Ltd|Taylor & Francis Group)\.?)?)(?:[,;]?\s*(?:{_YEAR}))?[)]?(?:[.,;]\s*(?P<pages>{_PAGE}))?[.\s]*$"
)
_MLA_HOUSE = re.compile(
    rf"(?:^|(?<=[.,]\s))(?P<house>(?:[A-Z]\.\s?)*[A-ZÀ-Þ][^.,:;“”\d]{{1,60}}(?:,\s*(?:Inc|Ltd|LLC|Taylor & Francis Group)\.?)?),\s*(?:{_DAY})?{_YEAR}(?:[.,;]\s*(?:pp?\.\s*)?(?P<pages>{_PAGE}))?[.\s]*$"
)
_COMMAS = re.compile(
    rf"(?P<place>[A-ZÀ-Þ][\w’' -]{{2,25}}),\s*(?P<house>[A-ZÀ-Þ][^,;:]{{2,50}}),\s*{_YEAR}(?:,\s*pp?\.\s*(?P<pages>{_PAGE}))?[.\s]*$"
)
_PAGES = re.compile(
    r"[,:.]?\s*\(?(?:pp?\.\s*|[Pp]ages\s+|S\.\s*)?(?P<pages>(?<![\d–-])\d{1,4}\s*[–-]\s*\d{1,4})\)?(?=[.,;\s]|$)[.,]?"
)
_SAID_PAGES = re.compile(
    r"[,:.]?\s*\(?(?:pp?\.\s*|[Pp]ages\s+|S\.\s*)(?P<pages>\d{1,4}(?:\s*[–-]\s*\d{1,4})?)\)?"
)
_VOLUME = re.compile(r"[,.\s]*\b[Vv]ol(?:\.|ume)?\s*(?P<volume>\d{1,3}|[IVX]{1,5})\b")
_EDITORS = re.compile(
    rf"(?P<names>{NAMES}|[^“”(]{{4,200}}?),?\s*\((?:[Ee]ds?\.?|[Hh]g\.|[Hh]rsg\.|[Ee]ditors?|[Oo]rgs?\.)\)[.,:]?\s*(?P<book>.+)"
)
_FILM = re.compile(r"\b(?:dir\.|directed by|film|dvd|documentary)\b", re.IGNORECASE)
_THESIS = re.compile(
    r"\b(?:phd|doctoral|master[’']?s|ma|bachelor[’']?s)\s+(?:thesis|diss(?:ertation)?)\b|\bdiss\.|\bTese\b|\bDissertação\b",
    re.IGNORECASE,
)


def published(tail: str, italics: Sequence[str], *, quoted: bool) -> dict[str, Any]:
    """The fields of what follows a title."""
    tail, edition = take_edition(tail.strip())
    if inside := re.match(r"(?:In|in|Em)\b:?\s+(?P<book>.+)", tail, re.DOTALL):
        return _chapter(inside["book"], italics) | edition
    tail, people = take_people(tail)
    slanted = next(
        (each for each in italics if tail.startswith(each.strip(" .,")) and each.strip(" .,")), ""
    ).strip(" .,")
    if quoted and (people.get("editor") or _book(tail, slanted)):
        return _chapter(tail, [slanted] if slanted else [], known=True) | people | edition
    journal = _periodical(tail, slanted, quoted=quoted)
    return (journal or _house(tail)) | people | edition


def _book(tail: str, slanted: str) -> bool:
    """Whether a title in quotation marks is followed by a book's title, place and publisher."""
    rest = tail[len(slanted) :] if slanted else tail.partition(". ")[2]
    return bool(_HOUSE.search(rest)) and not _AFTER_NAME.match(rest)


def _periodical(tail: str, slanted: str, *, quoted: bool) -> dict[str, Any] | None:
    plain = without_day(tail)
    if vancouver := _VANCOUVER.match(tail):
        return _article(vancouver["name"], vancouver.groupdict())
    if slanted:
        rest = plain[len(slanted) :]
        rest = re.sub(r"^\s*\([^)\d]*\)", "", rest)
        if found := _AFTER_NAME.match(rest) or _ISSUE_ONLY.match(rest):
            return _article(slanted, found.groupdict())
    elif (_HOUSE.match(tail) or _MLA_HOUSE.fullmatch(tail)) and not quoted:
        return None
    elif found := _ISSUES.match(plain) or _JOURNAL.match(plain):
        return _article(found["name"], found.groupdict())
    issue = re.search(r"[,.]\s*(?:no|issue)\.?\s*(?P<number>[\d–/-]+)", plain)
    if quoted and tail and not _HOUSE.search(tail):
        return _serial(plain, slanted, issue)
    return None


def _serial(tail: str, slanted: str, issue: re.Match[str] | None) -> dict[str, Any]:
    """A newspaper, a site, a series of talks: a name, with whatever numbers there are."""
    name = slanted or re.split(r"[,.](?:\s|$)", tail)[0].strip()
    if re.fullmatch(rf"(?:[A-Z][a-z]+\.?\s+)?{_YEAR}|[A-Z][a-z]{{2}}", name):
        return {"type": "document"}
    pages = _PAGES.search(tail[len(name) :])
    volume = _VOLUME.search(tail)
    numbers = {
        "volume": volume["volume"] if volume else "",
        "number": issue["number"] if issue else "",
        "pages": pages["pages"] if pages else "",
    }
    made = _article(name, numbers) if name else {}
    return made | {"type": "article-journal" if any(numbers.values()) else "article-magazine"}


def _article(name: str, found: dict[str, Any]) -> dict[str, Any]:
    issue = found.get("issue") or found.get("point") or found.get("number")
    fields = {"volume": found.get("volume"), "issue": issue, "page": found.get("pages")}
    kept = {key: value for key, value in fields.items() if value}
    return {
        "type": "article-journal",
        "container-title": re.sub(r",?\s*[Vv]ol$", "", name.strip(" ,.")),
        **kept,
    }


def _chapter(text: str, italics: Sequence[str], *, known: bool = False) -> dict[str, Any]:
    """A part of a book: the book, its editors, pages, publisher."""
    item: dict[str, Any] = {"type": "chapter"}
    edited = None if known else _EDITORS.match(text)
    names = (read_names(edited["names"]) or spoken(edited["names"])) if edited else None
    if edited and names:
        item["editor"], text = names, edited["book"]
    book = next(
        (each.strip(" .,") for each in italics if each.strip(" .,") and text.startswith(each.strip(" .,"))),
        "",
    )
    rest = text[len(book) :] if book else text
    rest, people = take_people(rest)
    item |= people
    for key, patterns in (("page", (_SAID_PAGES, _PAGES)), ("volume", (_VOLUME,))):
        if found := next((each for pattern in patterns if (each := pattern.search(rest))), None):
            item[key] = found[1]
            rest = rest[: found.start()] + ". " + rest[found.end() :]
    if not book:
        book, rest = _cut(rest)
    house = {key: value for key, value in _house(rest.strip(" .,") + ".").items() if key != "type"}
    book = re.sub(rf",?\s*(?:{_DAY})?{_YEAR}$", "", book)
    return item | {"container-title": book} | house


def _cut(text: str) -> tuple[str, str]:
    """A book's title without italics: up to its stop, or to the publisher after a comma."""
    if found := _HOUSE.search(text) or _MLA_HOUSE.search(text) or _COMMAS.search(text):
        head = text[: found.start()].strip(" .,")
        if head:
            title, _, more = head.partition(". ")
            return title.strip(" .,"), f"{more}. {text[found.start() :]}" if more else text[found.start() :]
    title, _, rest = text.partition(". ")
    return title.strip(" .,"), rest


def _house(tail: str) -> dict[str, Any]:
    kind = "thesis" if _THESIS.search(tail) else "motion_picture" if _FILM.search(tail) else "book"
    for pattern in (_HOUSE, _COMMAS, _MLA_HOUSE):
        if found := pattern.search(tail):
            fields = {
                "publisher-place": found.groupdict().get("place"),
                "publisher": found["house"].strip(" ."),
                "page": found["pages"],
                "collection-title": _series(tail[: found.start()]),
            }
            return {"type": kind, **{key: value.strip() for key, value in fields.items() if value}}
    left = re.sub(rf"[.,]?\s*(?:(?:{_DAY})?{_YEAR}|n\.\s?d)[.\s]*$", "", tail).strip(" .")
    series, _, name = left.rpartition(". ")
    if name and len(name) < 60 and not re.search(r"\d", name):
        shelf = _series(series)
        return {"type": kind, "publisher": name} | ({"collection-title": shelf} if shelf else {})
    return {"type": kind if left else "document"}


def _series(text: str) -> str:
    """What stands between a title and its publisher, when it may be a series."""
    text = text.strip(" .,()")
    return text if 1 < len(text.split()) < 14 and text[:1].isupper() and not re.search(r"[“”:]", text) else ""
