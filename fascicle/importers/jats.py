"""Front matter and references of a JATS article, which pandoc's reader reads in part."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any

from fascicle.importers.metadata.facts import FrontMatterMapper
from fascicle.importers.report import Report

_LINK = "{http://www.w3.org/1999/xlink}href"
_TYPES = {
    "journal": "article-journal", "book": "book", "chapter": "chapter", "confproc": "paper-conference", "conference": "paper-conference",
    "thesis": "thesis", "report": "report", "web": "webpage", "webpage": "webpage", "patent": "patent", "data": "dataset",
    "software": "software", "newspaper": "article-newspaper", "magazine": "article-magazine", "preprint": "article",
}  # fmt: skip
_TEXTS = {
    "article-title": "title", "chapter-title": "title", "source": "container-title", "volume": "volume", "issue": "issue",
    "publisher-name": "publisher", "publisher-loc": "publisher-place", "edition": "edition", "comment": "note", "elocation-id": "number",
    "conf-name": "event-title", "data-title": "title", "series": "collection-title",
}  # fmt: skip


def front_of(root: ET.Element, report: Report) -> dict[str, Any]:
    """What the article says of itself; its title and abstract are pandoc's part."""
    meta = root.find("front/article-meta")
    if meta is None:
        return {}
    said: dict[str, Any] = {
        "affiliations": [_institution(each) for each in meta.iter("aff") if each.get("id")],
        "authors": [
            _author(each) for group in meta.findall("contrib-group") for each in group.findall("contrib")
        ],
        "keywords": [_text(each) for each in meta.iter("kwd")],
        "lang": root.get("{http://www.w3.org/XML/1998/namespace}lang", ""),
        "doi": next(
            (_text(each) for each in meta.findall("article-id") if each.get("pub-id-type") == "doi"), ""
        ),
        "date": next((_day(each) for each in meta.findall("pub-date")), ""),
        "license": next((each.get(_LINK) or _text(each) for each in meta.iter("license")), ""),
    }
    if "creativecommons.org/licenses/" in said["license"]:
        parts = said["license"].split("licenses/")[1].split("/")
        said["license"] = f"CC {parts[0].replace('-', ' ')} {parts[1] if len(parts) > 1 else '4.0'}"
    facts = FrontMatterMapper(report, str, str).map({key: value for key, value in said.items() if value})
    journal = _journal(root, meta)
    return facts | ({"journal": journal} if journal else {})


def _journal(root: ET.Element, meta: ET.Element) -> dict[str, Any]:
    title = _text(root.find("front/journal-meta//journal-title"))
    if not title:
        return {}
    made: dict[str, Any] = {"title": title}
    for name in ("volume", "issue"):
        if text := _text(meta.find(name)):
            made[name] = text
    pages = [_text(meta.find(name)) for name in ("fpage", "lpage")]
    for key, page in zip(("first-page", "last-page"), pages, strict=True):
        if page.isdigit() and int(page) > 0:
            made[key] = int(page)
    return made


def _text(element: ET.Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _institution(aff: ET.Element) -> dict[str, str]:
    label = "".join(_text(each) for each in aff.findall("label"))
    return {"id": aff.get("id", ""), "name": _text(aff).removeprefix(label).strip()}


def _author(contrib: ET.Element) -> dict[str, Any]:
    name = (
        contrib.find("name") if contrib.find("name") is not None else contrib.find("name-alternatives/name")
    )
    made: dict[str, Any] = {
        "family": _text(name.find("surname")) if name is not None else "",
        "given": _text(name.find("given-names")) if name is not None else "",
        "literal": _text(contrib.find("collab")) or _text(contrib.find("string-name")),
        "orcid": next(
            (_text(each) for each in contrib.findall("contrib-id") if each.get("contrib-id-type") == "orcid"),
            "",
        ),
        "email": _text(contrib.find(".//email")),
        "affiliations": [
            {"ref": each.get("rid", "")} for each in contrib.findall("xref") if each.get("ref-type") == "aff"
        ],
        "corresponding": "yes" if contrib.get("corresp") == "yes" else "",
    }
    return {key: value for key, value in made.items() if value}


def _day(element: ET.Element) -> str:
    parts = [_text(element.find(name)) for name in ("year", "month", "day")]
    return "-".join(f"{int(part):02d}" for part in parts if part.isdigit())


def records_of(root: ET.Element, report: Report) -> list[dict[str, Any]]:
    """The references as items of CSL; those that are not taken apart keep their whole text, to be verified."""
    items: list[dict[str, Any]] = []
    for ref in root.iter("ref"):
        cited = next(
            (
                each
                for name in ("element-citation", "mixed-citation", "citation", "nlm-citation")
                for each in ref.iter(name)
            ),
            None,
        )
        if cited is None:
            continue
        item = _item(cited)
        if "title" not in item:
            from fascicle.importers.references.reference_reader import read_reference

            item = read_reference(_text(cited))
            report.verify(
                "a reference whose parts are not named; its record is in bib/imported.json",
                _text(cited)[:100],
            )
        items.append({**item, "id": ref.get("id") or f"ref{len(items) + 1}"})
    if items:
        report.read_as("references", times=len(items))
    return items


def _item(cited: ET.Element) -> dict[str, Any]:
    kind = (
        cited.get("publication-type") or cited.get("citation-type") or cited.get("publication-format") or ""
    )
    item: dict[str, Any] = {"type": _TYPES.get(kind.lower(), "document")}
    for name, variable in _TEXTS.items():
        if text := _text(cited.find(name)):
            item.setdefault(variable, text)
    if "title" not in item and "container-title" in item:
        item["title"] = item.pop("container-title")
    if item["type"] == "book" and "container-title" in item:
        item["type"] = "chapter"
    for group in cited.iter("person-group"):
        role = {"editor": "editor", "translator": "translator"}.get(
            group.get("person-group-type", ""), "author"
        )
        if people := _people(group):
            item[role] = people
    if "author" not in item and (people := _people(cited)):
        item["author"] = people
    return item | _numbers(cited)


def _numbers(cited: ET.Element) -> dict[str, Any]:
    """Pages, year, identifiers and address of a reference."""
    item: dict[str, Any] = {}
    pages = [_text(cited.find(name)) for name in ("fpage", "lpage")]
    if pages[0]:
        item["page"] = "–".join(page for page in pages if page)
    if year := re.search(r"\d{4}", _text(cited.find("year"))):
        item["issued"] = {"date-parts": [[int(year[0])]]}
    for each in cited.iter("pub-id"):
        variable = {"doi": "DOI", "pmid": "PMID", "isbn": "ISBN"}.get(each.get("pub-id-type", ""))
        if variable:
            item[variable] = _text(each)
    link = cited.find("ext-link") if cited.find("ext-link") is not None else cited.find("uri")
    address = (link.get(_LINK) or _text(link)) if link is not None else ""
    if address.startswith("http"):
        item["URL"] = address
    return item


def _people(holder: ET.Element) -> list[dict[str, str]]:
    made = []
    for each in holder:
        if each.tag in ("name", "string-name") and each.find("surname") is not None:
            found = {"family": _text(each.find("surname")), "given": _text(each.find("given-names"))}
            made.append({key: value for key, value in found.items() if value})
        elif each.tag in ("collab", "string-name") and _text(each):
            made.append({"literal": _text(each)})
    return made
