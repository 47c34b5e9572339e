"""Where a typed work was published: a journal, a book with editors, a publisher."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from fascicle.importers.references.names import read_names
from fascicle.importers.references.parts import (
    DAY,
    EDITED,
    YEAR,
    spoken,
    take_edition,
    take_people,
    without_day,
)
from fascicle.importers.references.periodicals import (
    AFTER_NAME,
    EDITORS,
    PAGES,
    VOLUME,
    in_a_journal,
    periodical,
)
from fascicle.importers.references.publishing import HOUSE, cut, house

_SAID_PAGES = re.compile(
    r"[,:.]?\s*\(?(?:pp?\.\s*|[Pp]ages\s+|S\.\s*)(?P<pages>\d{1,4}(?:\s*[–-]\s*\d{1,4}|\s\d{1,4}(?=[.\s]*$))?)\)?"
)
_SUBMITTED = re.compile(
    rf"(?P<genre>(?:(?:[Uu]npublished\s+)?(?:PhD|Ph\.\s?D\.|[Dd]octoral|[Mm]aster[’']?s|MA|[Bb]achelor[’']?s)\s+)?(?:[Dd]issertation|[Tt]hesis|[Tt]heses|[Dd]iss\.?|Thèse|Tesis|Tese|Tesi|Mémoire|Dissertação|Dissertationsschrift|Masterarbeit|Habilitationsschrift)\b[^,.:]{{0,40}})[,.:]\s*(?P<house>[^\d]{{3,120}}?)(?:,?\s*\(?{YEAR}\)?)?[.\s]*(?:$|(?<=\d\.\s)[A-ZÀ-Þ])"
)


def published(tail: str, italics: Sequence[str], *, quoted: bool) -> dict[str, Any]:
    """The fields of what follows a title."""
    tail, edition = take_edition(tail.strip())
    if inside := re.match(r"(?:In|in|Em|En|Dans|dans)\b[.\s]?:?\s+(?P<book>.+)", tail, re.DOTALL):
        return (in_a_journal(inside["book"], italics) or _chapter(inside["book"], italics)) | edition
    if submitted := _SUBMITTED.match(tail):
        return {
            "type": "thesis",
            "genre": submitted["genre"],
            "publisher": submitted["house"].strip(" .,"),
        } | edition
    tail, people = take_people(tail)
    tail = tail.lstrip(" .,")
    slanted = next(
        (each for each in italics if tail.startswith(each.strip(" .,")) and each.strip(" .,")), ""
    ).strip(" .,")
    if quoted and not slanted:
        tail, slanted, genre = _described(tail, italics)
        people |= {"genre": genre} if genre else {}
    numbered = slanted and AFTER_NAME.match(without_day(tail)[len(slanted) :].lstrip("."))
    if quoted and not numbered and (people.get("editor") or _book(tail, slanted)):
        return _chapter(tail, [slanted] if slanted else [], known=True) | people | edition
    journal = periodical(tail, slanted, quoted=quoted)
    return (journal or house(tail)) | people | edition


def _described(tail: str, italics: Sequence[str]) -> tuple[str, str, str]:
    """A site in italics behind a word or two on what the work is: `Newsletter. *The Site*`."""
    for each in italics:
        kind, stop, rest = tail.partition(". ")
        if (
            stop
            and each.strip(" .,")
            and rest.startswith(each.strip(" .,"))
            and len(kind.split()) < 4
            and not re.search(r"[\d:,]", kind)
        ):
            return rest, each.strip(" .,"), kind
    return tail, "", ""


def _book(tail: str, slanted: str) -> bool:
    """Whether a title in quotation marks is followed by a book's title, place and publisher."""
    rest = tail[len(slanted) :] if slanted else tail.partition(". ")[2]
    return bool(HOUSE.search(rest)) and not AFTER_NAME.match(rest)


def _chapter(text: str, italics: Sequence[str], *, known: bool = False) -> dict[str, Any]:
    """A part of a book: the book, its editors, pages, publisher."""
    item: dict[str, Any] = {"type": "chapter"}
    edited = None if known else EDITORS.match(text)
    names = read_names(edited["names"]) if edited else None
    if edited and (not names or any("literal" in name for name in names)):
        names = spoken(edited["names"])
    if edited and names:
        item["editor"], text = names, edited["book"]
    elif not known:
        item, text = _editors_before(text, italics, item)
    book = next(
        (each.strip(" .,") for each in italics if each.strip(" .,") and text.startswith(each.strip(" .,"))),
        "",
    )
    slanted = bool(book)
    rest = text[len(book) :] if book else text
    rest, people = take_people(rest)
    item |= people
    for key, patterns in (("page", (_SAID_PAGES, PAGES)), ("volume", (VOLUME,))):
        if found := next((each for pattern in patterns if (each := pattern.search(rest))), None):
            item[key] = found[1]
            rest = rest[: found.start()] + ". " + rest[found.end() :]
    if not book:
        edited = EDITED.search(text) if take_people(text)[1] else None
        book, rest = (
            (text[: edited.start()].strip(" .,"), _after(rest, text[: edited.start()]))
            if edited
            else cut(rest)
        )
    publisher = {key: value for key, value in house(rest.strip(" .,") + ".").items() if key != "type"}
    if not slanted:
        book = re.sub(rf",?\s*(?:{DAY})?{YEAR}$", "", book)
    return item | {"container-title": book} | publisher


def _editors_before(text: str, italics: Sequence[str], item: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Editors before a book in italics, without brackets: `Roe, K. and Noe, L. Eds. *The Book*`."""
    for each in italics:
        found = re.match(
            rf"(?P<names>.{{4,200}}?),?\s+(?:[Ee]ds?|[Hh]rsg|[Hh]gg?|[Dd]irs?)\.?[,:]?\s+(?={re.escape(each)})",
            text,
        )
        if found and (names := read_names(found["names"])):
            return item | {"editor": names}, text[found.end() :]
    return item, text


def _after(rest: str, book: str) -> str:
    """What stands behind a book's title."""
    return rest[len(book.rstrip(" .,(;")) :].lstrip(" .,") if rest.startswith(book.rstrip(" .,(;")) else rest
