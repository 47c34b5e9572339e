"""The works that an article cites, as Crossref links them: fields of the CSL items, and the entry as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from fascicle.citations.items.model import FIRST_ROLES, Item
from fascicle.core import identifiers
from fascicle.export.metadata.deposits.xml import Element, stated, xml
from fascicle.export.metadata.issue import Reference
from fascicle.project.bibliography.fields.markup import text

_TYPES: Mapping[str, str] = {
    "article-journal": "journal_article", "article-magazine": "journal_article", "article-newspaper": "journal_article",
    "review": "journal_article", "review-book": "journal_article", "book": "book", "chapter": "book_chapter",
    "entry-encyclopedia": "book_chapter", "entry-dictionary": "book_chapter", "paper-conference": "conference_paper",
    "dataset": "dataset", "thesis": "dissertation", "patent": "patent", "article": "preprint", "report": "report",
    "software": "software", "standard": "standard", "webpage": "web_resource", "post": "blog_post",
    "post-weblog": "blog_post", "periodical": "journal", "pamphlet": "book",
}  # fmt: skip
"""Crossref's kinds of cited works (schema 5.5.0) by CSL's."""
_ISBN = re.compile(r"(97[89]-)?\d[\d -]+[\dX]")
_LONGEST_KEY = 120


def citation_list(references: Sequence[Reference]) -> Element | None:
    """All that the article cites; None when it cites nothing."""
    if not references:
        return None
    return xml("citation_list", *(_citation(number, cited) for number, cited in enumerate(references, 1)))


def _citation(number: int, cited: Reference) -> Element:
    # Keys may be long or alike in their beginnings, so the number makes them different.
    key = f"ref{number}-{' '.join(cited.item.key.split())}"[:_LONGEST_KEY]
    return xml("citation", *_fields(cited), key=key, type=_TYPES.get(cited.item.type, "other"))


def _fields(cited: Reference) -> Iterator[Element | None]:
    item = cited.item

    def value(variable: str) -> str:
        return " ".join(text(item.texts.get(variable, ())).split())

    inside = value("container-title")
    journal = _TYPES.get(item.type) == "journal_article"
    yield stated("issn", _fitting(identifiers.ISSN_SHAPE, value("ISSN")))
    yield stated("journal_title", inside if journal else "")
    yield stated("author", _first_author(item))
    yield stated("volume", _short(value("volume")))
    yield stated("issue", _short(value("issue")))
    yield stated("first_page", _short(re.split(r"[-–—,; ]", value("page"))[0]))
    yield stated("cYear", item.dates.get("issued", "")[:4])
    yield stated("doi", _fitting(identifiers.DOI_SHAPE, value("DOI")))
    yield stated("isbn", _isbn(value("ISBN")))
    yield stated("series_title", value("collection-title"))
    title = value("title")
    yield stated(
        "volume_title", "" if journal else inside or (title if item.type in ("book", "pamphlet") else "")
    )
    yield stated("edition_number", _short(value("edition"), 15))
    yield stated("article_title", title if journal or inside or item.type not in ("book", "pamphlet") else "")
    yield stated("unstructured_citation", cited.text)


def _first_author(item: Item) -> str:
    people = next((item.names[role] for role in FIRST_ROLES if item.names.get(role)), ())
    if not people:
        return ""
    return people[0].literal or " ".join(part for part in (people[0].particle, people[0].family) if part)


def _fitting(shape: re.Pattern[str], value: str) -> str:
    match = shape.fullmatch(value)
    return (match[1] if match.re is identifiers.DOI_SHAPE else match[0]) if match else ""


def _isbn(value: str) -> str:
    first = re.split(r"[,;]", value)[0].strip()
    return first if 10 <= len(first) <= 17 and _ISBN.fullmatch(first) else ""


def _short(value: str, most: int = 32) -> str:
    """A value, or nothing where Crossref takes none so long: the printed entry has it all."""
    return value if len(value) <= most else ""
