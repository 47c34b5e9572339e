"""Whether pages, DOIs and dates are the same in every output: each file that was made is opened again and read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from fascicle.collection.article_facts import Facts
from fascicle.collection.pagination import PageRange
from fascicle.collection.settings.reader import Collection, Listed
from fascicle.collection.whole_pdf.template_values import part_name
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.pdf.preflight.check import DAMAGE
from fascicle.pdf.reading.inspection import Inspection

_META = re.compile(r'<meta name="(citation_[a-z_]+)" content="([^"]*)">')
_NAMES = {"first": "first page", "last": "last page", "doi": "DOI", "date": "date"}


@dataclass
class Outputs:
    """What was made, by the articles' keys; paths are relative to the collection's folder."""

    pdf: Mapping[str, str] = field(default_factory=dict)
    """PDFs of the articles."""
    jats: Mapping[str, str] = field(default_factory=dict)
    """JATS of the articles."""
    html: Mapping[str, str] = field(default_factory=dict)
    """HTML of the articles."""
    whole: str = ""
    """PDF of the whole."""
    records: Sequence[str] = ()
    """Records of the whole."""


def check_agreement(
    collection: Collection,
    facts: Mapping[str, Facts],
    pages: Mapping[str, PageRange],
    made: Outputs,
    problems: Collector,
) -> None:
    """Tell, at the article's line, each output that says something else than the collection."""
    kinds: tuple[tuple[str, Mapping[str, str], Callable[[Path], dict[str, str]]], ...] = (
        ("its PDF", made.pdf, _of_pdf),
        ("its JATS", made.jats, of_jats),
        ("its HTML", made.html, of_html),
    )
    whole = dict(_of_whole(collection, made.whole)) if made.whole else {}
    compared = [path for path in made.records if path.endswith((".crossref.xml", ".doaj.xml"))]
    records = {path.rpartition("/")[2]: of_records(collection.root / path) for path in compared}
    for article in collection.articles:
        if article.key not in facts or article.key not in pages:
            continue
        wanted = expected(collection, article, facts[article.key], pages[article.key])
        for name, paths, read in kinds:
            if path := paths.get(article.key):
                _compare(collection, article, name, wanted, _said(read, collection.root / path), problems)
        for name, known in records.items() if wanted["doi"] else ():
            _compare(
                collection, article, name, wanted, known.get(wanted["doi"].lower(), {"doi": ""}), problems
            )
        if article.key in whole:
            said = {"first": whole[article.key]}
            _compare(collection, article, "the whole", wanted, said, problems)


def expected(collection: Collection, article: Listed, facts: Facts, pages: PageRange) -> dict[str, str]:
    """What every output must say of an article."""
    day = facts.data.date or collection.data.date
    return {
        "first": str(pages.first),
        "last": str(pages.last),
        "doi": article.entry.doi or facts.data.doi or "",
        "date": day.isoformat() if day else "",
    }


def _compare(
    collection: Collection,
    article: Listed,
    name: str,
    wanted: Mapping[str, str],
    said: Mapping[str, str],
    problems: Collector,
) -> None:
    for key, value in said.items():
        if value != wanted[key]:
            message = (
                f"{name} gives '{value}' as the {_NAMES[key]} of '{article.entry.path}', "
                f"and the collection '{wanted[key]}'"
            )
            hint = "build once more; when it stays so, please report it"
            problems.add(Code.OUTPUTS_DISAGREE, message, collection.span(article), hint)


def _said(read: Callable[[Path], dict[str, str]], path: Path) -> dict[str, str]:
    """What a file says; nothing at all when it cannot be read, which every value then shows."""
    try:
        return read(path)
    except (*DAMAGE, ET.ParseError):
        return {"first": "", "last": ""}


def _of_pdf(path: Path) -> dict[str, str]:
    """What the labels of a PDF's pages and its metadata say; both must be the same."""
    file = Inspection(path)
    labels = file.reader.page_labels
    said = {key: str(file.xmp.get(f"prism:{name}", "")) for key, name in _PRISM.items()}
    for key, label in (("first", labels[0]), ("last", labels[-1])):
        if said[key] == label or not said[key]:
            said[key] = label
    return said


_PRISM = {"first": "startingPage", "last": "endingPage", "doi": "doi"}


def _of_whole(collection: Collection, path: str) -> Iterator[tuple[str, str]]:
    """Label of the page at which each article begins in the whole, as its contents lead there."""
    file = Inspection(collection.root / path)
    labels = file.reader.page_labels
    places = {str(name): place for name, place in file.reader.named_destinations.items()}
    for article in collection.articles:
        place = places.get(f"{part_name(article)}:start")
        number = file.reader.get_destination_page_number(place) if place is not None else None
        yield article.key, labels[number] if number is not None else ""


def of_jats(path: Path) -> dict[str, str]:
    """What a JATS file says."""
    meta = ET.parse(path).getroot().find("front/article-meta")  # noqa: S314 - our own file, written a moment ago
    if meta is None:
        return {"first": ""}
    said = {"first": meta.findtext("fpage", ""), "last": meta.findtext("lpage", "")}
    said["doi"] = next(
        (one.text or "" for one in meta.findall("article-id") if one.get("pub-id-type") == "doi"), ""
    )
    if (day := meta.find("pub-date")) is not None:
        said["date"] = day.get("iso-8601-date", "")
    return said


_TAGS = {"first_page": "first", "startPage": "first", "last_page": "last", "endPage": "last", "doi": "doi"}
"""What records call what is compared."""
_OF_ARTICLES = ("journal_article", "content_item", "conference_paper", "record")


def of_records(path: Path) -> dict[str, dict[str, str]]:
    """What a record of all articles says of each, by its DOI: Crossref's deposit, DOAJ's file."""
    found: dict[str, dict[str, str]] = {}
    for item in ET.parse(path).iter():  # noqa: S314 - our own file, written a moment ago
        if item.tag.rpartition("}")[2] not in _OF_ARTICLES:
            continue
        said: dict[str, str] = {}
        for inner in item.iter():
            if (name := _TAGS.get(inner.tag.rpartition("}")[2])) and name not in said:
                said[name] = (inner.text or "").strip()
        if "doi" in said:
            found[said["doi"].lower()] = said
    return found


def of_html(path: Path) -> dict[str, str]:
    """What the tags for search engines in a page say."""
    tags = dict(_META.findall(path.read_text(encoding="utf-8")))
    said = {
        "first": tags.get("citation_firstpage", ""),
        "last": tags.get("citation_lastpage", ""),
        "doi": tags.get("citation_doi", ""),
    }
    if day := tags.get("citation_publication_date"):
        said["date"] = day.replace("/", "-")
    return said


def check_lengths(
    collection: Collection,
    own: Mapping[str, int],
    others: Mapping[str, int],
    names: tuple[str, str],
    problems: Collector,
) -> None:
    """Tell an article that has another number of pages on the screen than in print, so that no citation fits both.

    `own` and `others` are the lengths in the two editions that `names` gives, of articles that are up to date in both.
    """
    for article in collection.articles:
        here, there = own.get(article.key), others.get(article.key)
        if here and there and here != there:
            message = (
                f"'{article.entry.path}' has {here} pages in the edition {names[0]} and {there} in {names[1]}"
            )
            hint = "state fewer options under shared: options:, or set less in the article's own editions"
            problems.add(Code.OUTPUTS_DISAGREE, message, collection.span(article), hint)
