"""MARC 21 in XML, as library catalogues take it: a record of the issue or book, and one of each article."""

from __future__ import annotations

from collections.abc import Iterator

from fascicle.core.model import Author
from fascicle.export.metadata.deposits.languages import library_code
from fascicle.export.metadata.deposits.xml import Element, document, xml
from fascicle.export.metadata.issue import ArticleRecord, IssueKind, IssueRecord, placed_work
from fascicle.export.metadata.record import Markup, WorkRecord, affiliations, written
from fascicle.export.metadata.registration import ORCID

_NAMESPACE = "http://www.loc.gov/MARC21/slim"
_Subfields = tuple[tuple[str, str | None], ...]


def marcxml(issue: IssueRecord) -> str:
    """The records, fields in the order of their numbers (MARC 21 Format for Bibliographic Data, 2026)."""
    whole = _record(
        issue, _leader("m" if issue.kind is not IssueKind.ISSUE else "b"), issue.slug, _issue(issue)
    )
    articles = (_article(issue, article) for article in issue.articles)
    root = xml("collection", whole, *articles)
    root.set("xmlns", _NAMESPACE)
    return document(root)


def _leader(level: str) -> str:
    """New record of a text; `level` is m for a monograph, a for a part of one, b for a part of a serial."""
    return f"00000na{level} a2200000 i 4500"


def _record(issue: IssueRecord, leader: str, slug: str, fields: Iterator[Element]) -> Element:
    return xml("record", xml("leader", leader), xml("controlfield", slug, tag="001"), *fields)


_SERIAL = "|| poo|||||0   |0"
"""Field 008, positions 18 to 34, of a part of a periodical, online."""
_MONOGRAPH = "|||||o|||||000 0|"
"""The same of a book or a part of one."""


def _control(issue: IssueRecord, language: str, level: str) -> Iterator[Element]:
    """How it is carried (online), and the fixed codes of field 008, 40 characters."""
    yield xml("controlfield", "cr |||||||||||", tag="007")
    day, codes = issue.published, _SERIAL if level == "b" else _MONOGRAPH
    yield xml(
        "controlfield", f"{day:%y%m%d}s{day.year:04}    xx {codes}{library_code(language)} d", tag="008"
    )


def _field(tag: str, indicators: str, *subfields: tuple[str, str | None]) -> Element | None:
    """A field; subfields without a value are left out, and the field when nothing is left."""
    made = [xml("subfield", value, code=code) for code, value in subfields if value]
    return xml("datafield", *made, tag=tag, ind1=indicators[0], ind2=indicators[1]) if made else None


def _kept(*fields: Element | None) -> Iterator[Element]:
    return (field for field in fields if field is not None)


def _carrier() -> Iterator[Element]:
    """Text, read by a computer, online (RDA's terms)."""
    yield from _kept(
        _field("336", "  ", ("a", "text"), ("b", "txt"), ("2", "rdacontent")),
        _field("337", "  ", ("a", "computer"), ("b", "c"), ("2", "rdamedia")),
        _field("338", "  ", ("a", "online resource"), ("b", "cr"), ("2", "rdacarrier")),
    )


def _article(issue: IssueRecord, article: ArticleRecord) -> Element:
    level = "b" if issue.kind is IssueKind.ISSUE else "a"
    work = placed_work(issue, article)
    fields = (*_control(issue, work.data.language, level), *_article_fields(issue, article, work))
    return _record(issue, _leader(level), f"{issue.slug}-{work.slug}", iter(fields))


def _article_fields(issue: IssueRecord, article: ArticleRecord, work: WorkRecord) -> Iterator[Element]:
    data = work.data
    first, *others = data.authors
    title, subtitle = written(work.title, Markup(str)), written(work.subtitle, Markup(str))
    yield from _kept(
        _field("024", "7 ", ("a", data.doi), ("2", "doi" if data.doi else None)),
        _field("041", "0 ", ("a", library_code(data.language))),
        _person("100", work, first)
        if not first.literal
        else _field("110", "2 ", ("a", first.literal), ("e", "author")),
        _title(title, subtitle),
        _field(
            "264",
            " 1",
            ("a", issue.city),
            ("b", issue.house),
            ("c", str((data.date or issue.published).year)),
        ),
        _field("300", "  ", ("a", f"{article.pages} p." if article.pages else None)),
    )
    yield from _carrier()
    yield from _kept(
        *(_field("520", "3 ", ("a", " ".join(a.paragraphs))) for a in article.all_abstracts),
        *(_field("536", "  ", ("a", grant.funder), ("c", grant.award)) for grant in data.funding),
        _field("540", "  ", ("a", data.license), ("u", work.plain.license_url)),
        *(_field("653", "  ", ("a", word)) for word in dict.fromkeys(data.keywords)),
        *(
            _person("700", work, author)
            if not author.literal
            else _field("710", "2 ", ("a", author.literal), ("e", "author"))
            for author in others
        ),
        _host(issue, article, data.language),
        _field("856", "40", ("u", article.address)),
    )


def _title(title: str, subtitle: str) -> Element | None:
    """No article at the title's beginning is skipped in sorting: the second indicator is 0."""
    head = f"{title} :" if subtitle else title
    return _field("245", "10", ("a", head), ("b", subtitle))


def _person(tag: str, work: WorkRecord, author: Author, role: str = "author") -> Element | None:
    name = ", ".join(part for part in (author.family, author.given) if part)
    places: _Subfields = tuple(("u", place) for place, _ in affiliations(work, author))
    orcid = ORCID + author.orcid if author.orcid else None
    return _field(tag, "1 ", ("a", name), ("e", role), *places, ("1", orcid))


def _host(issue: IssueRecord, article: ArticleRecord, language: str) -> Element | None:
    """The journal's issue or the book in which it stands."""
    journal = issue.journal
    pages = f"{article.first_page}-{article.last_page}" if article.last_page else article.first_page
    book = issue.title if issue.kind is not IssueKind.ISSUE else ""
    isbn = issue.isbns[0][1] if issue.isbns else None
    year = str(issue.published.year)
    short = f"p. {pages}" if pages else ""
    where = ", ".join(
        part
        for part in (
            f"vol. {issue.volume}" if issue.volume else "",
            f"no. {issue.number}" if issue.number else "",
            year,
            short,
        )
        if part
    )
    return _field(
        "773", "0 ", ("t", book or (journal.title if journal else issue.title)), ("d", _imprint(issue)), ("g", where),
        ("x", journal.issn if journal else None), ("z", isbn), ("o", issue.doi),
    )  # fmt: skip


def _imprint(issue: IssueRecord) -> str:
    return " : ".join(part for part in (issue.city, issue.house) if part)


def _issue(issue: IssueRecord) -> Iterator[Element]:
    journal, level = issue.journal, "b" if issue.kind is IssueKind.ISSUE else "m"
    number = ", ".join(part for part in (issue.volume, issue.number) if part)
    title = issue.title or (f"{journal.title} {number}" if journal else issue.slug)
    yield from _control(issue, issue.tongue, level)
    yield from _kept(
        *(_field("020", "  ", ("a", isbn.replace("-", "")), ("q", carrier)) for carrier, isbn in issue.isbns),
        _field("022", "  ", ("a", journal.issn if journal and level != "b" else None)),
        _field("024", "7 ", ("a", issue.doi), ("2", "doi" if issue.doi else None)),
        _field("041", "0 ", ("a", library_code(issue.tongue))),
        _title(title, issue.subtitle),
        _field("250", "  ", ("a", issue.edition)),
        _field("264", " 1", ("a", issue.city), ("b", issue.house), ("c", str(issue.published.year))),
        _field("300", "  ", ("a", f"{issue.pages} p." if issue.pages else None)),
    )
    yield from _carrier()
    yield from _kept(
        _field("490", "0 ", ("a", journal.title), ("v", issue.volume)) if journal and level != "b" else None,
        _field("505", "0 ", ("a", " -- ".join(a.work.plain.title for a in issue.articles))),
        _field("520", "  ", ("a", " ".join(issue.description.split()))),
        _field("540", "  ", ("a", issue.licence)),
        *(_editor(author) for author in issue.editors),
        _field("773", "0 ", ("t", journal.title), ("g", number), ("x", journal.issn))
        if journal and level == "b"
        else None,
        _field("856", "40", ("u", issue.url)),
    )


def _editor(author: Author) -> Element | None:
    if author.literal:
        return _field("710", "2 ", ("a", author.literal), ("e", "editor"))
    name = ", ".join(part for part in (author.family, author.given) if part)
    return _field(
        "700", "1 ", ("a", name), ("e", "editor"), ("1", ORCID + author.orcid if author.orcid else None)
    )
