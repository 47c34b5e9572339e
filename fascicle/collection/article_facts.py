"""What a collection must know of an article besides its pages: what it states, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from fascicle.collection.cited_names import cited_names
from fascicle.collection.settings.reader import Collection, Listed
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Diagnostic, Severity, Span
from fascicle.core.model import Permission, Publication, PublicationData, TrustSettings
from fascicle.core.suggestions import did_you_mean
from fascicle.core.text.stand_ins import NO_AUTHOR, NO_TITLE
from fascicle.document import chapters
from fascicle.document.document import parse_document
from fascicle.document.indexed import CLASS, IndexMark, index_marks
from fascicle.document.sections.numbering import numbers_of
from fascicle.document.tree import Figure, FigureGroup, Table, plain
from fascicle.document.word_count import words_in
from fascicle.pipeline.confined import confined
from fascicle.pipeline.run import Request
from fascicle.project.publication import read_publication

_SHOWN = 3
"""Names that are listed of those that lack something."""


@dataclass(frozen=True, slots=True)
class Float:
    """A numbered figure or table."""

    kind: str
    """figure, table."""
    number: str
    """Its number in the article."""
    caption: str
    """Its caption without notes."""

    @property
    def place(self) -> str:
        """Name of its place in the PDF, as hyperref gives it."""
        return f"{self.kind}.{self.number}"


@dataclass(frozen=True, slots=True)
class Facts:
    """What an article states."""

    data: PublicationData
    """Its publication.yaml."""
    slug: str
    """Stem of its results."""
    missing: tuple[str, ...] = ()
    """What it lacks to be published, in a few words each."""
    marks: tuple[IndexMark, ...] = ()
    """What it marks for an index of names and subjects."""
    chapters: tuple[tuple[str, Span], ...] = ()
    """Other chapters that it refers to, by their names, with the places."""
    cited: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Authors of the works cited, as an index lists them, each with what the text calls them."""
    floats: tuple[Float, ...] = ()
    """Its numbered figures and tables, where a list of them is wanted."""
    words: int = 0
    """Words of its sections as they are typed."""


def read_facts(request: Request, *, floats: bool = False) -> tuple[Facts | None, tuple[Diagnostic, ...]]:
    """What the publication of `request` states, and what is wrong; a stranger's is read in a process of its own."""
    if not request.no_trust:
        return _read(request, floats)
    found = confined(lambda: _read(request, floats))
    return (None, (found,)) if isinstance(found, Diagnostic) else found


def read_all_facts(
    requests: Sequence[Request], *, floats: bool
) -> list[tuple[Facts | None, tuple[Diagnostic, ...]]]:
    """The same of many: those of strangers in one process, or in one each where that meets a limit."""
    if any(request.no_trust for request in requests):
        found = confined(lambda: [_read(request, floats) for request in requests])
        if isinstance(found, list):
            return found
    return [read_facts(request, floats=floats) for request in requests]


def _read(request: Request, floats: bool) -> tuple[Facts | None, tuple[Diagnostic, ...]]:
    problems = Collector()
    publication = read_publication(request.open_sources(), problems)
    if publication is None:
        return None, tuple(problems.sorted())
    words = sum(words_in(section.text) for section in publication.sections)
    marks, others = _marks(publication), _chapters(publication)
    listed = tuple(_floats(publication)) if floats else ()
    missing, cited = tuple(_missing(publication)), cited_names(publication)
    facts = Facts(publication.data, publication.slug, missing, marks, others, cited, listed, words)
    return facts, tuple(problems.sorted())


def _marks(publication: Publication) -> tuple[IndexMark, ...]:
    """What the texts mark for an index; they are parsed only where they may mark something."""
    if not any(f".{CLASS}" in section.text for section in publication.sections):
        return ()
    return tuple(index_marks(parse_document(publication, TrustSettings(), Collector())))


def _chapters(publication: Publication) -> tuple[tuple[str, Span], ...]:
    """The other chapters that the texts refer to."""
    if not any(f".{chapters.CLASS}" in section.text for section in publication.sections):
        return ()
    document = parse_document(publication, TrustSettings(), Collector())
    return tuple((name, node.span) for name, node in chapters.chapter_references(document))


def _floats(publication: Publication) -> Iterator[Float]:
    """Every numbered figure and table in order."""
    document = parse_document(publication, TrustSettings(), Collector())
    for node, number in numbers_of(document).nodes.items():
        if isinstance(node, Figure | FigureGroup | Table):
            kind = "table" if isinstance(node, Table) else "figure"
            yield Float(kind, number, " ".join(plain(node.caption).split()))


def _missing(publication: Publication) -> list[str]:
    data = publication.data
    found = ["title"] if data.title == NO_TITLE else []
    found += ["author"] if any(author.literal == NO_AUTHOR for author in data.authors) else []
    found += [] if data.abstract else ["abstract"]
    if people := [author.name for author in data.authors if author.family and not author.orcid]:
        found.append(f"ORCID of {_some(people)}")
    ledger = [(path, picture.data) for path, picture in publication.pictures.items() if picture.data]
    if pending := [path for path, entry in ledger if entry.permission is Permission.PENDING]:
        found.append(f"permission for {_some(pending)}")
    if silent := [path for path, entry in ledger if not entry.alt]:
        found.append(f"alt text of {_some(silent)}")
    return found


def _some(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    shown, more = names[:_SHOWN], len(names) - _SHOWN
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


def check_facts(collection: Collection, facts: dict[str, Facts], problems: Collector) -> None:
    """Tell two articles with one DOI, and articles that state another volume, number, DOI or page than the collection."""
    seen: dict[str, Listed] = {}
    for article in collection.articles:
        if (known := facts.get(article.key)) is None:
            continue
        doi = article.entry.doi or known.data.doi
        if doi and (first := seen.setdefault(doi.lower(), article)) is not article:
            message = f"the DOI {doi} is that of '{first.entry.path}' too"
            hint = "each article has a DOI of its own: mend it here, or in the article's publication.yaml"
            problems.add(Code.DUPLICATE_DOI, message, collection.span(article, "doi"), hint)
        _check_differences(collection, article, known.data, problems)
        _check_chapters(collection, article, known, problems)


def _check_chapters(collection: Collection, article: Listed, known: Facts, problems: Collector) -> None:
    names = [one.name for one in collection.articles if one is not article]
    for name, span in known.chapters:
        if name not in names:
            message = f"there is no other chapter '{name}'"
            found = Diagnostic(
                Code.UNDEFINED_REFERENCE, message, span, Severity.ERROR, (did_you_mean(name, names),)
            )
            problems.extend([below(found, article)])


def _check_differences(
    collection: Collection, article: Listed, own: PublicationData, problems: Collector
) -> None:
    data, journal = collection.data, own.journal
    pairs: list[tuple[str, object, object, tuple[str, ...]]] = [("DOI", own.doi, article.entry.doi, ("doi",))]
    if journal:
        pairs += [
            ("volume", journal.volume, data.volume, ()),
            ("number", journal.issue, data.number, ()),
            ("journal", journal.title, data.journal.title if data.journal else None, ()),
            ("first page", journal.first_page, article.entry.first_page, ("first-page",)),
            ("last page", journal.last_page, article.entry.last_page, ("last-page",)),
        ]
    for name, stated, ours, keys in pairs:
        if stated and ours and str(stated) != str(ours):
            message = f"'{article.entry.path}' says that its {name} is {stated}; the collection says {ours}, which is printed"
            hint = "mend the one that is wrong, or take it out of the article"
            problems.add(Code.ARTICLE_DIFFERS, message, collection.span(article, *keys), hint)


def below(found: Diagnostic, article: Listed) -> Diagnostic:
    """A diagnostic of an article, its place seen from the collection's folder."""
    if found.span is None:
        return replace(found, message=f"{article.entry.path}: {found.message}")
    path = found.span.file
    builtin = path.startswith("templates/") and not (article.folder / path).exists()
    file = path if builtin else f"{article.entry.path}/{path}"
    return replace(found, span=replace(found.span, file=file))
