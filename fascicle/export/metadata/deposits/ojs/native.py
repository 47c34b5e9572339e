"""OJS's native XML: an issue with its articles, ready for the import of Open Journal Systems 3.5."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fascicle.core.model import Author
from fascicle.export.metadata.deposits.languages import primary
from fascicle.export.metadata.deposits.ojs.files import Files, cover, issue_galleys
from fascicle.export.metadata.deposits.xml import FACES, Element, document, stated, xml
from fascicle.export.metadata.issue import ArticleRecord, IssueKind, IssueRecord, placed_work
from fascicle.export.metadata.record import WorkRecord, affiliations, written
from fascicle.export.metadata.registration import ORCID

_NAMESPACE = "http://pkp.sfu.ca"
_LOCALES: Mapping[str, str] = {
    "fr": "fr_FR", "fr-CA": "fr_CA", "pt": "pt_PT", "pt-BR": "pt_BR", "zh": "zh_Hans", "zh-CN": "zh_Hans",
    "zh-Hans": "zh_Hans", "zh-TW": "zh_Hant", "zh-HK": "zh_Hant", "zh-Hant": "zh_Hant",
}  # fmt: skip
"""OJS 3.5's names of locales that are not the language alone."""
PUBLISHED = "3"
"""OJS's status of what is published."""


def ojs(issue: IssueRecord, *, linked: bool = False) -> str | None:
    """The issue; None for books and proceedings, which OJS has not.

    Galleys stand in the file itself; with `linked` they are named by their files, which is for the command line
    of OJS alone and keeps the file small. The name of the group of authors and of the kind of file are English, so
    the journal needs English among its languages.
    """
    if issue.kind is not IssueKind.ISSUE:
        return None
    files = Files(linked=linked)
    root = xml(
        "issue",
        _doi(issue.doi),
        *(
            _localised("description", _html(issue.description.split("\n\n")), issue.tongue)
            if issue.description
            else ()
        ),
        _identification(issue),
        xml("date_published", issue.published.isoformat()),
        xml("last_modified", issue.published.isoformat()),
        _sections(issue),
        cover(issue.cover, locale(issue.tongue)),
        issue_galleys(issue, locale(issue.tongue)),
        xml(
            "articles",
            *(_article(issue, number, article, files) for number, article in enumerate(issue.articles, 1)),
        ),
        published="1",
        current="0",
        access_status="1",
        url_path=None,
    )
    root.set("xmlns", _NAMESPACE)
    root.set("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
    root.set("xsi:schemaLocation", f"{_NAMESPACE} native.xsd")
    return document(root)


def locale(tag: str) -> str:
    """OJS's name of a language."""
    parts = tag.split("-")
    longest = ("-".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((_LOCALES[part] for part in longest if part in _LOCALES), primary(tag))


def _localised(tag: str, text: str, language: str) -> Iterator[Element]:
    if text.strip():
        yield xml(tag, text, locale=locale(language))


def _html(paragraphs: list[str] | tuple[str, ...]) -> str:
    """Abstracts and descriptions are HTML inside OJS."""
    return "".join(f"<p>{FACES.escape(paragraph)}</p>" for paragraph in paragraphs if paragraph)


def _doi(doi: str | None) -> Element | None:
    return xml("id", doi, type="doi", advice="update") if doi else None


def _identification(issue: IssueRecord) -> Element:
    """OJS's volume is a whole number; another one stands with the number."""
    plain = issue.volume.isascii() and issue.volume.isdigit()
    number = (
        issue.number if plain or not issue.volume else "/".join(filter(None, (issue.volume, issue.number)))
    )
    title = f"{issue.title}: {issue.subtitle}" if issue.subtitle else issue.title
    return xml(
        "issue_identification",
        xml("volume", issue.volume) if plain else None,
        stated("number", number),
        xml("year", str(issue.published.year)),
        *_localised("title", title, issue.tongue),
    )


def _sections(issue: IssueRecord) -> Element:
    made = xml("sections")
    for number, name in enumerate(issue.sections):
        title = name or "Articles"
        section = xml(
            "section",
            xml("id", str(number + 1), type="internal", advice="ignore"),
            *_localised("abbrev", _reference(number), issue.tongue),
            *_localised("title", title, issue.tongue),
            ref=_reference(number),
            seq=str(number),
            editor_restricted="0",
            meta_indexed="1",
            meta_reviewed="1",
            abstracts_not_required="1",
            hide_title="0" if name else "1",
            hide_author="0",
            abstract_word_count="0",
        )
        made.append(section)
    return made


def _reference(number: int) -> str:
    return f"S{number + 1}"


def _article(issue: IssueRecord, number: int, article: ArticleRecord, files: Files) -> Element:
    work = placed_work(issue, article)
    day = (work.data.date or issue.published).isoformat()
    kept = [files.take(galley) for galley in article.galleys if galley.path.is_file()]
    return xml(
        "article",
        xml("id", str(number), type="internal", advice="ignore"),
        *(one.file(locale(work.data.language)) for one in kept),
        _publication(issue, number, article, work, [one.galley(locale(work.data.language)) for one in kept]),
        locale=locale(work.data.language),
        date_submitted=day,
        status=PUBLISHED,
        submission_progress="",
        current_publication_id=str(number),
        stage="production",
    )


def _publication(
    issue: IssueRecord, number: int, article: ArticleRecord, work: WorkRecord, galleys: list[Element]
) -> Element:
    data, tongue = work.data, work.data.language
    pages = f"{article.first_page}-{article.last_page}" if article.last_page else article.first_page
    return xml(
        "publication",
        xml("id", str(number), type="internal", advice="ignore"),
        _doi(data.doi),
        *_localised("title", written(work.title, FACES), tongue),
        *_localised("subtitle", written(work.subtitle, FACES), tongue),
        *(
            one
            for a in article.all_abstracts
            for one in _localised("abstract", _html(a.paragraphs), a.language)
        ),
        *_rights(issue, work),
        _vocabulary("keywords", "keyword", data.keywords, tongue),
        _vocabulary("agencies", "agency", [grant.funder for grant in data.funding], tongue),
        xml("authors", *(_author(work, author, n) for n, author in enumerate(data.authors))),
        *galleys,
        xml("citations", *(xml("citation", cited.text) for cited in article.references))
        if article.references
        else None,
        _identification(issue),
        stated("pages", pages),
        date_published=(data.date or issue.published).isoformat(),
        status=PUBLISHED,
        version="1",
        section_ref=_reference(issue.sections.index(article.section)),
        seq=str(number),
        access_status="0",
        primary_contact_id=str(_contact(data.authors) + 1),
        locale=None,
    )


def _rights(issue: IssueRecord, work: WorkRecord) -> Iterator[Element]:
    if work.plain.license_url:
        yield xml("licenseUrl", work.plain.license_url)
    holder = ", ".join(author.name for author in work.data.authors)
    yield from _localised("copyrightHolder", holder, work.data.language)
    yield xml("copyrightYear", str((work.data.date or issue.published).year))


def _vocabulary(tag: str, item: str, words: tuple[str, ...] | list[str], tongue: str) -> Element | None:
    named = [xml(item, xml("name", word)) for word in dict.fromkeys(words)]
    return xml(tag, *named, locale=locale(tongue)) if named else None


def _contact(authors: tuple[Author, ...]) -> int:
    """Number of the author who answers letters, or else of the first one."""
    return next((n for n, author in enumerate(authors) if author.corresponding), 0)


def _author(work: WorkRecord, author: Author, number: int) -> Element:
    tongue = work.data.language
    given, family = (
        (author.literal, None) if author.literal else (author.given or author.family, author.family)
    )
    if family == given:
        family = None
    first = number == _contact(work.data.authors)
    return xml(
        "author",
        *_localised("givenname", given or "", tongue),
        *_localised("familyname", family or "", tongue),
        *(_affiliation(name, ror, tongue) for name, ror in affiliations(work, author)),
        xml("email", author.email or ""),
        xml("orcid", ORCID + author.orcid) if author.orcid else None,
        primary_contact="true" if first else "false",
        include_in_browse="true",
        user_group_ref="Author",
        seq=str(number),
        id=str(number + 1),
    )


def _affiliation(name: str, ror: str | None, tongue: str) -> Element:
    named = xml("name", name, locale=locale(tongue))
    return xml("rorAffiliation", xml("ror", ror), named) if ror else xml("affiliation", named)
