"""Records of works as Word and EndNote keep them in a document, as items of CSL."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any

B = "{http://schemas.openxmlformats.org/officeDocument/2006/bibliography}"
_TYPES = {
    "Book": "book", "BookSection": "chapter", "JournalArticle": "article-journal", "ArticleInAPeriodical": "article-magazine",
    "ConferenceProceedings": "paper-conference", "Report": "report", "InternetSite": "webpage", "DocumentFromInternetSite": "webpage",
    "Film": "motion_picture", "Interview": "interview", "Case": "legal_case", "Patent": "patent", "Art": "graphic",
    "SoundRecording": "song", "Performance": "performance", "ElectronicSource": "document", "Misc": "document",
}  # fmt: skip
_FIELDS = {
    "Title": "title", "JournalName": "container-title", "PeriodicalTitle": "container-title", "BookTitle": "container-title",
    "ConferenceName": "event-title", "Volume": "volume", "Issue": "issue", "Pages": "page", "Publisher": "publisher",
    "City": "publisher-place", "Edition": "edition", "DOI": "DOI", "URL": "URL", "StandardNumber": "ISBN", "Institution": "publisher",
    "ThesisType": "genre", "InternetSiteTitle": "container-title", "ShortTitle": "title-short", "ProductionCompany": "publisher",
    "PublicationTitle": "container-title", "Comments": "note",
}  # fmt: skip
_PEOPLE = {"Author": "author", "Editor": "editor", "Translator": "translator", "BookAuthor": "container-author",
           "Director": "director", "Interviewer": "interviewer", "Interviewee": "author", "Artist": "author",
           "Composer": "composer", "Performer": "performer", "Inventor": "author"}  # fmt: skip
_ENDNOTE = {
    "Journal Article": "article-journal", "Book": "book", "Book Section": "chapter", "Edited Book": "book", "Thesis": "thesis",
    "Conference Paper": "paper-conference", "Conference Proceedings": "paper-conference", "Report": "report", "Web Page": "webpage",
    "Newspaper Article": "article-newspaper", "Magazine Article": "article-magazine", "Film or Broadcast": "motion_picture",
    "Manuscript": "manuscript", "Patent": "patent", "Statute": "legislation", "Case": "legal_case", "Dataset": "dataset",
    "Computer Program": "software", "Encyclopedia": "entry-encyclopedia", "Electronic Article": "article-journal",
}  # fmt: skip
_RECORD = {
    "titles/title": "title", "titles/secondary-title": "container-title", "periodical/full-title": "container-title", "volume": "volume",
    "number": "issue", "pages": "page", "publisher": "publisher", "pub-location": "publisher-place", "edition": "edition",
    "electronic-resource-num": "DOI", "urls/related-urls/url": "URL", "isbn": "ISBN", "titles/tertiary-title": "collection-title",
}  # fmt: skip


def word_sources(root: ET.Element) -> dict[str, dict[str, Any]]:
    """The sources of Word's own manager by their tags."""
    found: dict[str, dict[str, Any]] = {}
    for source in root.iter(f"{B}Source"):
        tag = source.findtext(f"{B}Tag", "").strip()
        if tag:
            found[tag] = _word_item(source)
    return found


def _word_item(source: ET.Element) -> dict[str, Any]:
    item: dict[str, Any] = {"type": _TYPES.get(source.findtext(f"{B}SourceType", ""), "document")}
    for name, variable in _FIELDS.items():
        text = source.findtext(f"{B}{name}", "").strip()
        if text:
            item.setdefault(variable, text)
    for name, variable in _PEOPLE.items():
        holder = source.find(f"{B}Author/{B}{name}")
        people = list(_word_people(holder)) if holder is not None else []
        if people:
            item[variable] = people
    for variable, suffix in (("issued", ""), ("accessed", "Accessed")):
        date = _date(*(source.findtext(f"{B}{part}{suffix}", "") for part in ("Year", "Month", "Day")))
        if date:
            item[variable] = date
    if item["type"] == "article-journal" and "ISBN" in item:
        item["ISSN"] = item.pop("ISBN")
    return item


def _word_people(holder: ET.Element) -> list[dict[str, str]]:
    made = []
    for person in holder.iter(f"{B}Person"):
        given = " ".join(person.findtext(f"{B}{name}", "") for name in ("First", "Middle")).strip()
        family = person.findtext(f"{B}Last", "").strip()
        made.append({"family": family, "given": given} if family and given else {"literal": family or given})
    body = holder.findtext(f"{B}Corporate", "").strip()
    return [*made, {"literal": body}] if body else made


_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 - one line of twelve words


def _date(year: str, month: str = "", day: str = "") -> dict[str, Any] | None:
    year, month, day = year.strip(), month.strip().lower(), day.strip()
    if not re.fullmatch(r"\d{1,4}", year):
        return {"literal": year} if year else None
    parts = [int(year)]
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1 if month[:3] in _MONTHS else 0
    if 1 <= number <= 12:
        parts.append(number)
        if day.isdigit() and 1 <= int(day) <= 31:
            parts.append(int(day))
    return {"date-parts": [parts]}


def endnote_item(record: ET.Element) -> dict[str, Any]:
    """A record of EndNote."""
    kind = record.find("ref-type")
    item: dict[str, Any] = {
        "type": _ENDNOTE.get(kind.get("name", "") if kind is not None else "", "document")
    }
    for path, variable in _RECORD.items():
        element = record.find(path)
        text = " ".join("".join(element.itertext()).split()) if element is not None else ""
        if text:
            item.setdefault(variable, text)
    for path, variable in (
        ("authors", "author"),
        ("secondary-authors", "editor"),
        ("subsidiary-authors", "translator"),
    ):
        people = ["".join(each.itertext()).strip() for each in record.findall(f"contributors/{path}/author")]
        if people:
            item[variable] = [_endnote_name(name) for name in people if name]
    year = record.find("dates/year")
    if date := _date("".join(year.itertext()) if year is not None else ""):
        item["issued"] = date
    return item if "title" in item or "author" in item else {}


def _endnote_name(name: str) -> dict[str, str]:
    family, comma, given = (part.strip() for part in name.partition(","))
    return {"family": family, "given": given} if comma and given else {"literal": family}
