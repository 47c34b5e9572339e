"""The registries: the address that answers for an identifier, and its answer as an item of CSL."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from fascicle.importers.lookup.client import Client, OfflineError, UnknownWorkError
from fascicle.importers.lookup.identifiers import Identifier, Scheme, identifier_of

Item = dict[str, Any]
_CSL = "application/vnd.citationstyles.csl+json"
_KEPT = frozenset(
    {
        "type",
        "title",
        "title-short",
        "container-title",
        "container-title-short",
        "collection-title",
        "volume",
        "issue",
        "page",
        "article-number",
        "number",
        "edition",
        "publisher",
        "publisher-place",
        "author",
        "editor",
        "translator",
        "issued",
        "DOI",
        "ISBN",
        "ISSN",
        "PMID",
        "PMCID",
        "URL",
        "language",
        "event",
        "event-title",
        "genre",
        "version",
        "number-of-pages",
        "original-title",
    }
)
"""Variables of CSL that are taken; registries send much besides, such as lists of references."""
_TYPES = {
    "journal-article": "article-journal",
    "proceedings-article": "paper-conference",
    "book-chapter": "chapter",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "posted-content": "article",
    "dissertation": "thesis",
    "article": "article",
}
"""CSL's types by Crossref's, which its answers mix."""


class Lookup:
    """Looks works up, and remembers when there is no network."""

    def __init__(self, client: Client | None = None) -> None:
        self.client = client or Client()
        self.offline = ""
        """Why nothing more is asked; empty while registries answer."""

    def __call__(self, key: str) -> Item | None:
        """The item of a work whose key is an identifier, under this key; None when nobody knows it."""
        identifier = identifier_of(key)
        if identifier is None or self.offline:
            return None
        try:
            item = _ASKED[identifier.scheme](self.client, identifier)
        except OfflineError as error:
            self.offline = str(error)
            return None
        except UnknownWorkError:
            return None
        return {**item, "id": key} if item.get("title") else None


def _by_doi(client: Client, identifier: Identifier) -> Item:
    """Crossref, DataCite and the other agencies answer alike."""
    answer = client.json(f"https://doi.org/{quote(identifier.value, safe='/()')}", _CSL)
    return {**_tidy(answer), "DOI": identifier.value}


def _by_arxiv(client: Client, identifier: Identifier) -> Item:
    """DataCite knows each paper of arXiv by a DOI."""
    value = identifier.value
    item = _by_doi(client, Identifier(Scheme.DOI, f"10.48550/arXiv.{value}"))
    return {**item, "number": f"arXiv:{value}", "URL": f"https://arxiv.org/abs/{value}"}


def _by_pmid(client: Client, identifier: Identifier) -> Item:
    answer = client.json(f"https://api.ncbi.nlm.nih.gov/lit/ctxp/v1/pubmed/?format=csl&id={identifier.value}")
    return {**_tidy(answer), "PMID": identifier.value}


def _by_isbn(client: Client, identifier: Identifier) -> Item:
    name = f"ISBN:{identifier.value}"
    answer = client.json(f"https://openlibrary.org/api/books?bibkeys={name}&jscmd=data&format=json")
    book = answer.get(name) if isinstance(answer, Mapping) else None
    if not isinstance(book, Mapping):
        raise UnknownWorkError(name)
    item: Item = {"type": "book", "ISBN": identifier.value, "title": book.get("title", "")}
    if book.get("subtitle"):
        item["title"] += f": {book['subtitle']}"
    item["author"] = [_person(str(each.get("name", ""))) for each in _records(book, "authors")]
    if publishers := _records(book, "publishers"):
        item["publisher"] = str(publishers[0].get("name", ""))
    if places := _records(book, "publish_places"):
        item["publisher-place"] = str(places[0].get("name", ""))
    if year := re.search(r"\b(\d{4})\b", str(book.get("publish_date", ""))):
        item["issued"] = {"date-parts": [[int(year[1])]]}
    return {key: value for key, value in item.items() if value}


def _records(holder: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    value = holder.get(key)
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def _person(name: str) -> dict[str, str]:
    given, _, family = name.rpartition(" ")
    return {"family": family, "given": given} if given else {"literal": name}


def _tidy(answer: object) -> Item:
    """The variables of an item that are CSL's, each of its kind."""
    if not isinstance(answer, Mapping):
        raise UnknownWorkError("the answer holds no record")
    item = {key: value for key, value in answer.items() if key in _KEPT and value not in (None, "", [], {})}
    for key in ("title", "container-title", "ISBN", "ISSN", "language", "publisher"):
        if isinstance(item.get(key), list):
            item[key] = item[key][0]
    item["type"] = _TYPES.get(str(item.get("type")), item.get("type") or "document")
    for key in ("author", "editor", "translator"):
        if key in item:
            item[key] = [_name(each) for each in _records(item, key)]
    for key in ("title", "container-title"):
        if key in item:
            item[key] = " ".join(str(item[key]).split())
    return item


def _name(person: Mapping[str, Any]) -> dict[str, str]:
    parts = ("family", "given", "literal", "suffix", "non-dropping-particle", "dropping-particle")
    made = {part: str(person[part]) for part in parts if person.get(part)}
    return made or {"literal": str(person.get("name", ""))}


_ASKED: Mapping[Scheme, Callable[[Client, Identifier], Item]] = {
    Scheme.DOI: _by_doi,
    Scheme.PMID: _by_pmid,
    Scheme.ARXIV: _by_arxiv,
    Scheme.ISBN: _by_isbn,
}
