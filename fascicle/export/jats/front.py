"""JATS's front matter: journal, title, contributors, licence, abstract, keywords, funding, after JATS4R."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fascicle.core import identifiers
from fascicle.core.model import Affiliation, Author, CreditRole, PublicationData
from fascicle.document.document import Document
from fascicle.document.tree import Block, Inline
from fascicle.export.jats.xml import ALI, HREF, LANG, Element, add, element, name

CREDIT = "https://credit.niso.org/contributor-roles/"
"""Where CRediT's roles are defined."""
_ROLE_WORDS = {
    CreditRole.WRITING_ORIGINAL_DRAFT: "Writing – original draft",
    CreditRole.WRITING_REVIEW_EDITING: "Writing – review & editing",
}
Markup = Callable[[tuple[Inline, ...]], Element]
"""Inlines as the content of an element `root`."""
Paragraphs = Callable[[tuple[Block, ...]], list[Element]]
"""Blocks as elements."""


def front(document: Document, markup: Markup, paragraphs: Paragraphs, counts: dict[str, int]) -> Element:
    """The whole front matter; `counts` are the numbers of figures, tables, equations and works."""
    data = document.publication.data
    journal = _journal(data)
    meta = element("article-meta")
    for item in _meta(document, markup, paragraphs, counts):
        add(meta, item)
    return element("front", journal, meta)


def _journal(data: PublicationData) -> Element | None:
    journal = data.journal
    if journal is None:
        return None
    publisher = (
        element(
            "publisher",
            element("publisher-name", data.publisher),
            element("publisher-loc", data.place) if data.place else None,
        )
        if data.publisher
        else None
    )
    short = journal.title.lower().replace(" ", "-")
    return element(
        "journal-meta",
        element("journal-id", short, journal_id_type="publisher-id"),
        element("journal-title-group", element("journal-title", journal.title)),
        element("issn", journal.issn, publication_format="electronic") if journal.issn else element("issn"),
        publisher,
    )


def _meta(
    document: Document, markup: Markup, paragraphs: Paragraphs, counts: dict[str, int]
) -> Iterator[Element]:
    data = document.publication.data
    if data.doi:
        yield element("article-id", data.doi, pub_id_type="doi")
    yield _titles(document, markup)
    if data.authors:
        yield element("contrib-group", *(_contributor(author, data) for author in data.authors))
    for key in data.affiliation_numbers:
        yield _affiliation(key, data.affiliations[key])
    yield from _notes(document, markup)
    if data.date:
        yield _date(data)
    yield from _place(data)
    yield _permissions(data)
    if data.url:
        yield _linked("self-uri", data.url, data.url)
    if abstract := document.blocks.get(("abstract",)):
        yield element("abstract", *paragraphs(abstract))
    if data.keywords:
        keywords = element(
            "kwd-group", *(element("kwd", keyword) for keyword in data.keywords), kwd_group_type="author"
        )
        keywords.set(LANG, data.language)
        yield keywords
    if data.funding:
        yield element("funding-group", *(_award(number, data) for number in range(len(data.funding))))
    yield element("counts", *(element(kind, count=str(number)) for kind, number in counts.items()))


def _titles(document: Document, markup: Markup) -> Element:
    group = element("title-group")
    for key, tag in (("title", "article-title"), ("subtitle", "subtitle")):
        if inlines := document.inlines.get((key,)):
            title = markup(inlines)
            title.tag = tag
            group.append(title)
    if short := document.inlines.get(("short-title",)):
        title = markup(short)
        title.tag = "alt-title"
        title.set("alt-title-type", "running-head")
        group.append(title)
    return group


def _contributor(author: Author, data: PublicationData) -> Element:
    made = element("contrib", contrib_type="author", corresp="yes" if author.corresponding else None)
    if author.orcid:
        orcid = element("contrib-id", f"https://orcid.org/{author.orcid}", contrib_id_type="orcid")
        made.append(orcid)
    made.append(named(author))
    for role in author.roles:
        made.append(_role(role))
    for key in data.affiliations_of(author):
        made.append(element("xref", ref_type="aff", rid=f"aff-{name(key)}"))
    if author.corresponding and author.email:
        made.append(element("xref", ref_type="corresp", rid=f"corresp-{_number(author, data)}"))
    return made


def _number(author: Author, data: PublicationData) -> int:
    return data.authors.index(author) + 1


def named(author: Author) -> Element:
    """A name, with its form in its own script beside it."""
    if author.literal:
        made = element("collab", author.literal)
        return made if not author.native else element("collab", f"{author.literal} {author.native}")
    style = "eastern" if author.family_first else "western"
    given = element("given-names", author.given) if author.given else None
    made = element("name", element("surname", author.family), given, name_style=style)
    if not author.native:
        return made
    return element("name-alternatives", made, element("string-name", author.native, specific_use="native"))


def _role(role: CreditRole) -> Element:
    words = _ROLE_WORDS.get(role) or role.value.replace("-", " ").capitalize()
    if role is CreditRole.FORMAL_ANALYSIS:
        words = "Formal analysis"
    return element(
        "role",
        words,
        vocab="credit",
        vocab_identifier="https://credit.niso.org/",
        vocab_term=words,
        vocab_term_identifier=f"{CREDIT}{role.value}/",
    )


def _affiliation(key: str, affiliation: Affiliation) -> Element:
    ror = element("institution-id", affiliation.ror, institution_id_type="ror") if affiliation.ror else None
    wrapped = element("institution-wrap", ror, element("institution", affiliation.institution))
    country = element("country", affiliation.country) if affiliation.country else None
    return element("aff", wrapped, country, id=f"aff-{name(key)}")


def _notes(document: Document, markup: Markup) -> Iterator[Element]:
    """Addresses of corresponding authors, and what is said of each author."""
    notes = element("author-notes")
    for number, author in enumerate(document.publication.data.authors, start=1):
        if author.corresponding and author.email:
            notes.append(element("corresp", element("email", author.email), id=f"corresp-{number}"))
    for number, _ in enumerate(document.publication.data.authors, start=1):
        for kind in ("note", "bio"):
            if inlines := document.inlines.get(("authors", number - 1, kind)):
                text = markup(inlines)
                text.tag = "p"
                notes.append(element("fn", text, fn_type="other", id=f"author-{kind}-{number}"))
    if len(notes):
        yield notes


def _date(data: PublicationData) -> Element:
    day = data.date
    assert day is not None  # noqa: S101 - asked for by the caller
    parts = [
        element("day", f"{day.day:02}"),
        element("month", f"{day.month:02}"),
        element("year", str(day.year)),
    ]
    return element(
        "pub-date", *parts, date_type="pub", publication_format="electronic", iso_8601_date=day.isoformat()
    )


def _place(data: PublicationData) -> Iterator[Element]:
    """Where in the journal it stands."""
    journal = data.journal
    for tag, value in (("volume", journal and journal.volume), ("issue", journal and journal.issue)):
        if value:
            yield element(tag, value)
    if journal and journal.first_page:
        yield element("fpage", str(journal.first_page))
        if journal.last_page:
            yield element("lpage", str(journal.last_page))


def _permissions(data: PublicationData) -> Element:
    year = str(data.date.year) if data.date else ""
    holders = ", ".join(author.name for author in data.authors)
    statement = f"© {year} {holders}".replace("  ", " ") if holders else ""
    return element(
        "permissions",
        element("copyright-statement", statement) if statement else None,
        element("copyright-year", year) if year else None,
        element("copyright-holder", holders) if holders else None,
        licence(data.license),
    )


def licence(expression: str | None) -> Element | None:
    """A licence as JATS4R wants it: its address where machines look, and in words for people."""
    if not expression:
        return None
    address = identifiers.license_url(expression)
    words = element(
        "license-p",
        "Distributed under the licence ",
        _linked("ext-link", address, identifiers.license_name(expression)),
        ".",
    )
    made = element("license", element(f"{{{ALI}}}license_ref", address), words)
    made.set(HREF, address)
    return made


def _linked(tag: str, address: str, text: str) -> Element:
    made = element(tag, text, ext_link_type="uri" if tag == "ext-link" else None)
    made.set(HREF, address)
    return made


def _award(number: int, data: PublicationData) -> Element:
    grant = data.funding[number]
    ror = element("institution-id", grant.ror, institution_id_type="ror") if grant.ror else None
    source = element("funding-source", element("institution-wrap", ror, element("institution", grant.funder)))
    award = element("award-id", grant.award) if grant.award else None
    return element("award-group", source, award, id=f"award-{number + 1}")
