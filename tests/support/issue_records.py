"""An issue, proceedings and a book for records: plain articles, hostile ones, the least that can be stated."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from fascicle.citations.items.model import Item, Person
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.model import Author, Deposit
from fascicle.export.metadata.issue import (
    Abstract,
    ArticleRecord,
    Conference,
    Galley,
    IssueKind,
    IssueRecord,
    JournalRecord,
    Reference,
)
from fascicle.export.metadata.record import WorkRecord, work_of
from fascicle.project.bibliography.fields.markup import parse
from fascicle.project.publication import read_publication
from fascicle.project.sources import Sources
from tests.support.hostile import HOSTILE
from tests.support.publications import SMALL, write

JOURNAL = JournalRecord(
    title="Wolf & Fox Studies", abbreviation="Wolf Fox Stud.", issn_print="0378-5955", issn_online="2049-3630",
    publisher="Press <of> Wolves & Sons", place="Leeds", license="CC-BY-4.0", language="en-GB",
    url="https://example.org/wolves", editors=(Author(family="Grey", given="Ann", orcid="0000-0002-1825-0097"),),
)  # fmt: skip
_GERMAN = """
title: "Füchse & *Wölfe*: ein Überblick"
subtitle: Mit <Anhang>
slug: fuechse
authors:
  - {family: Müller, given: Jürgen, affiliations: [kiel], roles: [software, formal-analysis], corresponding: true, email: j@example.org}
affiliations: {kiel: {name: "Universität Kiel", country: Deutschland, ror: "https://ror.org/04v76ef78"}}
abstract: "Ein Überblick über 50 % der Füchse."
keywords: [Füchse]
language: de
doi: 10.5555/fuechse.2
funding: [{funder: Fuchsstiftung, award: F-7, ror: "https://ror.org/024mrxd33"}]
"""


def work(root: Path, files: dict[str, str | bytes]) -> WorkRecord:
    """The record of a publication of these files."""
    problems = Collector()
    publication = read_publication(Sources(write(root, files)), problems)
    assert publication is not None, list(problems)
    return work_of(publication, problems)


def cited(key: str, kind: str, texts: dict[str, str], year: str = "1999") -> Reference:
    """A work that is cited."""
    pieces = {variable: parse(value)[0] for variable, value in texts.items()}
    item = Item(key, kind, pieces, {"author": (Person("Чехов", "Антон"),)}, {"issued": year} if year else {})
    return Reference(item=item, text=f"Чехов, Антон. {year}. {texts['title']} <&>.")


REFERENCES = (
    cited("a & b", "article-journal", {
        "title": "On *Foxes* & <wolves>", "container-title": "J. of <X>", "volume": "7", "issue": "2",
        "page": "11–19", "DOI": "10.1000/x<y>&z", "ISSN": "0378-5955",
    }),
    cited("book" + "k" * 200, "book", {
        "title": "Die Wölfe", "ISBN": "978-3-16-148410-0", "edition": "2nd, thoroughly revised and enlarged edition",
    }),
    cited("c", "chapter", {"title": "In", "container-title": "A Whole", "DOI": "not a doi", "ISBN": "12"}, ""),
    cited("m", "motion_picture", {"title": "Последний поезд"}, "1931/1932"),
)  # fmt: skip
"""Works cited: with everything, with values that no registry takes, in other scripts."""


def issue(root: Path) -> IssueRecord:
    """An issue of three articles, two of them as hostile as can be; files lie below `root`."""
    pdf = root / "one.pdf"
    pdf.parent.mkdir(parents=True, exist_ok=True)
    pdf.write_bytes(b"%PDF-1.7\n" + bytes(range(256)))
    page = root / "one.html"
    page.write_text("<p>One", encoding="utf-8")
    galleys = (
        Galley(path=pdf, media_type="application/pdf", label="PDF"),
        Galley(path=page, media_type="text/html", label="HTML", url="https://example.org/wolves/one.html"),
    )
    hostile = work(root / "hostile", dict(HOSTILE))
    german = work(root / "german", {**SMALL, "content/publication.yaml": _GERMAN})
    least = work(root / "least", {**SMALL, "content/publication.yaml": _LEAST})
    span = Span("collection.yaml", 12)
    return IssueRecord(
        slug="wolves-12-3",
        journal=JOURNAL,
        volume="12",
        number="3–4",
        title="Wolves & <Foxes>: a “special” issue",
        editors=(Author(family="贾", given="樟柯", native="贾樟柯", family_first=True), Author(literal="The <Board>")),
        published=date(2026, 11, 23),
        printed=date(2026, 12, 1),
        description="All about wolves & foxes.\n\nAnd <more>.",
        url="https://example.org/wolves/12/3",
        doi="10.5555/wolves.12.3",
        pages=64,
        galleys=(Galley(path=pdf, media_type="application/pdf", label="Whole issue"),),
        deposit=Deposit(depositor="Den & Co", email="den@example.org", registrant="Den"),
        articles=(
            ArticleRecord(
                work=least, first_page="iv", last_page="vi", section="Editorial", url="https://example.org/w/0",
                span=span,
            ),
            ArticleRecord(
                work=hostile, first_page="1", last_page="30", section="Articles & <Essays>", galleys=galleys,
                references=REFERENCES, abstracts=(Abstract(language="fr", paragraphs=("Résumé & <plus>.", "Fin.")),),
                pages=30, span=span,
            ),
            ArticleRecord(
                work=german, first_page="31", last_page="31", section="Articles & <Essays>",
                url="https://example.org/wolves/fuechse?a=1&b=2", galleys=galleys[:1], span=span,
            ),
        ),
    )  # fmt: skip


_LEAST = "title: Wolves at the *Door*\nauthors: [{literal: The Editors}]\ndoi: 10.5555/w.0\nlanguage: en\n"


def book(root: Path) -> IssueRecord:
    """The same as a book with editors."""
    return replace(
        issue(root), kind=IssueKind.BOOK, isbns=(("print", "978-3-16-148410-0"), ("pdf", "978-1-56619-909-4")),
        edition="2", subtitle="With & without <teeth>", number="",
    )  # fmt: skip


def proceedings(root: Path) -> IssueRecord:
    """The same as proceedings outside all series."""
    conference = Conference(
        name="Wolves & Foxes 2026", acronym="W&F", place="Leeds", begin=date(2026, 9, 1), end=date(2026, 9, 3)
    )
    return replace(
        issue(root), kind=IssueKind.PROCEEDINGS, journal=None, publisher="Den", conference=conference
    )
