"""ONIX for Books 3.1: what booksellers and libraries are told of an edited book, a product for each ISBN."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from fascicle.core.diagnostics import Collector
from fascicle.core.model import Author
from fascicle.export.metadata.deposits.languages import library_code
from fascicle.export.metadata.deposits.needs import has_all
from fascicle.export.metadata.deposits.xml import Element, document, stated, xml
from fascicle.export.metadata.issue import ArticleRecord, IssueKind, IssueRecord, placed_work
from fascicle.export.metadata.record import Markup, written

_NAMESPACE = "http://ns.editeur.org/onix/3.1/reference"
_FORMS: Mapping[str, tuple[str, str | None]] = {
    "print": ("BA", None), "hardback": ("BB", None), "paperback": ("BC", None), "pdf": ("EB", "E107"),
    "epub": ("EB", "E101"), "html": ("EB", "E105"),
}  # fmt: skip
"""Codes of lists 150 and 175: what carries the book, and in what file; digital, downloaded or read online."""


def onix(issue: IssueRecord, problems: Collector) -> str | None:
    """The message (release 3.1, reference names); None for issues of a journal and books without title or ISBN."""
    if issue.kind is IssueKind.ISSUE:
        return None
    wanted = {"title": issue.title, "isbn": issue.isbns, "publisher": issue.house}
    if not has_all(issue, wanted, "ONIX", problems):
        return None
    moment = f"{issue.published:%Y%m%d}"
    header = xml("Header", xml("Sender", xml("SenderName", issue.house)), xml("SentDateTime", moment))
    products = (_product(issue, carrier, isbn) for carrier, isbn in issue.isbns)
    root = xml("ONIXMessage", header, *products, release="3.1")
    root.set("xmlns", _NAMESPACE)
    return document(root)


def _product(issue: IssueRecord, carrier: str, isbn: str) -> Element:
    digits = isbn.replace("-", "").replace(" ", "")
    return xml(
        "Product",
        xml("RecordReference", f"{issue.slug}.{digits}"),
        xml("NotificationType", "03"),
        xml("ProductIdentifier", xml("ProductIDType", "15"), xml("IDValue", digits)),
        _identifier("ProductIdentifier", "ProductIDType", issue.doi),
        _description(issue, carrier),
        _collateral(issue),
        xml("ContentDetail", *(_chapter(issue, n, a) for n, a in enumerate(issue.articles, start=1)))
        if issue.articles
        else None,
        _publishing(issue, carrier),
    )


def _identifier(tag: str, kind: str, doi: str | None) -> Element | None:
    """A DOI (code 06 of lists 5 and 43)."""
    return xml(tag, xml(kind, "06"), xml("IDValue", doi)) if doi else None


def _description(issue: IssueRecord, carrier: str) -> Element:
    form, detail = _FORMS.get(carrier, _FORMS["print"])
    pages = xml(
        "Extent", xml("ExtentType", "00"), xml("ExtentValue", str(issue.pages)), xml("ExtentUnit", "03")
    )
    return xml(
        "DescriptiveDetail",
        xml("ProductComposition", "00"),
        xml("ProductForm", form),
        stated("ProductFormDetail", detail),
        _series(issue),
        _titles(issue.title, issue.subtitle, "01"),
        *_contributors(issue.editors, "B01"),
        stated("EditionNumber", issue.edition if issue.edition.isdigit() else None),
        xml("Language", xml("LanguageRole", "01"), xml("LanguageCode", library_code(issue.tongue))),
        pages if issue.pages else None,
    )


def _series(issue: IssueRecord) -> Element | None:
    journal = issue.journal
    if journal is None:
        return None
    issn = xml(
        "CollectionIdentifier", xml("CollectionIDType", "02"), xml("IDValue", journal.issn.replace("-", ""))
    )
    # The volume's number stands at the series' level, where its title is said (list 149, code 02).
    element = xml(
        "TitleElement",
        xml("TitleElementLevel", "02"),
        stated("PartNumber", issue.volume),
        xml("TitleText", journal.title),
    )
    title = xml("TitleDetail", xml("TitleType", "01"), element)
    return xml("Collection", xml("CollectionType", "10"), issn if journal.issn else None, title)


def _titles(title: str, subtitle: str, level: str) -> Element:
    """The distinctive title (list 15, code 01) at its level (list 149)."""
    element = xml(
        "TitleElement", xml("TitleElementLevel", level), xml("TitleText", title), stated("Subtitle", subtitle)
    )
    return xml("TitleDetail", xml("TitleType", "01"), element)


def _contributors(people: Sequence[Author], role: str) -> Iterator[Element]:
    """Authors (A01) or editors (B01), list 17."""
    for number, person in enumerate(people, start=1):
        orcid = (
            xml("NameIdentifier", xml("NameIDType", "21"), xml("IDValue", person.orcid.replace("-", "")))
            if person.orcid
            else None
        )
        yield xml(
            "Contributor",
            xml("SequenceNumber", str(number)),
            xml("ContributorRole", role),
            orcid,
            *_name(person),
        )


def _name(person: Author) -> Iterator[Element | None]:
    if person.literal:
        yield xml("CorporateName", person.literal)
        return
    yield xml("PersonName", person.name)
    yield xml("PersonNameInverted", person.inverted)
    yield stated("NamesBeforeKey", person.given if not person.family_first else None)
    yield xml("KeyNames", person.family)
    yield stated("NamesAfterKey", person.given if person.family_first else None)


def _collateral(issue: IssueRecord) -> Element | None:
    """The description (list 153, code 03) for everybody (list 154, code 00)."""
    if not issue.description:
        return None
    text = xml(
        "TextContent", xml("TextType", "03"), xml("ContentAudience", "00"), xml("Text", issue.description)
    )
    return xml("CollateralDetail", text)


def _chapter(issue: IssueRecord, number: int, article: ArticleRecord) -> Element:
    """A body matter item (list 42, code 03) with its pages, title, authors and abstract."""
    work = placed_work(issue, article)
    run = (
        xml(
            "PageRun", xml("FirstPageNumber", article.first_page), stated("LastPageNumber", article.last_page)
        )
        if article.first_page
        else None
    )
    item = xml(
        "TextItem",
        xml("TextItemType", "03"),
        _identifier("TextItemIdentifier", "TextItemIDType", work.data.doi),
        run,
        stated("NumberOfPages", str(article.pages or "")),
    )
    title, subtitle = written(work.title, Markup(str)), written(work.subtitle, Markup(str))
    return xml(
        "ContentItem",
        xml("LevelSequenceNumber", str(number)),
        item,
        _titles(title, subtitle, "04"),
        *_contributors(work.data.authors, "A01"),
        xml("Language", xml("LanguageRole", "01"), xml("LanguageCode", library_code(work.data.language))),
    )


def _publishing(issue: IssueRecord, carrier: str) -> Element:
    """Publisher (list 45, code 01), active (list 64, code 04), day of publication (list 163, code 01)."""
    day: date = issue.printed if carrier not in ("pdf", "epub", "html") and issue.printed else issue.published
    return xml(
        "PublishingDetail",
        xml("Publisher", xml("PublishingRole", "01"), xml("PublisherName", issue.house)),
        stated("CityOfPublication", issue.city),
        xml("PublishingStatus", "04"),
        xml("PublishingDate", xml("PublishingDateRole", "01"), xml("Date", f"{day:%Y%m%d}")),
    )
