"""The document without its authors.

What templates, metadata and lists never see, they cannot give away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.model import Publication, PublicationData, SectionData
from fascicle.document.anonymity.identifying_terms import (
    WEAK,
    FoundTrace,
    IdentifyingTerms,
    TermKind,
    traces_of,
)
from fascicle.document.anonymity.name_matching import person_of
from fascicle.document.anonymity.own_works import Withheld, withhold
from fascicle.document.anonymity.self_references import self_references
from fascicle.document.citation_format import CitationFormat
from fascicle.document.document import Document, ParsedSection
from fascicle.document.locale.labels import labels
from fascicle.document.plain_text import TextRun, runs
from fascicle.document.resolve import Resolved
from fascicle.document.rewrite import rewritten
from fascicle.document.tree import Block, Citation, CiteMode, Node, plain
from fascicle.project.bibliography.datamodel import NAME_FIELDS, PRINTED_FIELDS
from fascicle.project.bibliography.fields.markup import plain as plain_field
from fascicle.project.figures.ledger import ledger_path

NEUTRAL_SLUG = "manuscript"
"""Stem of the results' file names where the publication's own would give an author away."""
_DROPPED: Mapping[str, Any] = {
    "authors": (), "affiliations": {}, "acknowledgements": None, "funding": (), "declarations": (), "rights": None,
    "doi": None, "url": None, "publisher": None, "place": None,
}  # fmt: skip
"""What of publication.yaml the title page alone carries."""
_KEPT_INLINES = frozenset({("title",), ("subtitle",), ("short-title",)})
_HINTS = {
    TermKind.NAME: "write 'the author', or leave it out; the title page says who wrote the text",
    TermKind.FAMILY: "write 'the author'; for somebody else of that name cite the work, or give the whole name",
    TermKind.CONTACT: "leave it out; the title page carries it",
    TermKind.AFFILIATION: "leave it out or write 'the author's institution'; the title page carries it",
    TermKind.FUNDING: "leave it out; the title page carries it",
}


@dataclass(frozen=True, slots=True)
class Anonymous:
    """What an anonymous edition is made from."""

    document: Document
    """The texts, with the publication behind them, without the authors."""
    resolved: Resolved
    """What they point at, under keys that tell nothing."""
    secrets: IdentifyingTerms
    """What the finished file must not hold."""
    withheld: frozenset[str]
    """Keys of the authors' own works, which are cited and not listed."""
    original: Document
    """The texts with their authors, for the title page."""


def anonymise(
    document: Document,
    resolved: Resolved,
    allowed: Iterable[str],
    format: CitationFormat,
    problems: Collector,
) -> Anonymous:
    """`document` without its authors; where they stand in the text itself is told in `problems`.

    `allowed` are words that look like the authors' names and are none; `format` says what cites their own works.
    """
    publication, data = document.publication, document.publication.data
    authors = [*data.authors, *(author for one in publication.sections for author in one.data.authors)]
    withheld = withhold(
        publication.bibliography,
        resolved.cited,
        map(person_of, authors),
        format,
        labels(data.language)["author"],
    )
    secrets = IdentifyingTerms(
        traces=traces_of(publication, allowed),
        others=withheld.others,
        phrases=withheld.phrases,
        numbers_cite=format is CitationFormat.AUTHOR,
        names_alone=_names_alone(document, withheld)
        if format is not CitationFormat.AUTHOR_DATE
        else frozenset(),
    )
    veiled = _veiled(document, withheld, secrets)
    _AnonymousReader(veiled, secrets, problems).read(resolved)
    cited = tuple(dict.fromkeys(withheld.keys.get(key, key) for key in resolved.cited))
    return Anonymous(
        veiled, replace(resolved, cited=cited), secrets, frozenset(withheld.keys.values()), document
    )


def _names_alone(document: Document, withheld: Withheld) -> frozenset[str]:
    """Family names that a sentence takes from a citation, in styles that put no year after them."""
    named = {
        citation.key
        for citation in document.nodes()
        if isinstance(citation, Citation) and citation.mode is CiteMode.NARRATIVE
    }
    entries = [entry for key, entry in withheld.bibliography.entries.items() if key in named]
    families = {other.person.family for other in withheld.others}
    return frozenset(
        family for family in families for entry in entries if family in plain_field(entry.text("author"))
    )


def _veiled(document: Document, withheld: Withheld, secrets: IdentifyingTerms) -> Document:
    def renamed(node: Node) -> Node:
        if isinstance(node, Citation) and node.key in withheld.keys:
            return replace(node, key=withheld.keys[node.key])
        return node

    publication = _publication(document.publication, withheld, secrets)
    sections = tuple(
        ParsedSection(
            section,
            rewritten(parsed.title, renamed),
            rewritten(parsed.blocks, renamed),
            rewritten(parsed.epigraph, renamed),
            rewritten(parsed.epigraph_source, renamed),
        )
        for parsed, section in zip(document.sections, publication.sections, strict=True)
    )
    inlines = {
        path: rewritten(tree, renamed) if path in _KEPT_INLINES else ()
        for path, tree in document.inlines.items()
    }
    blocks: dict[tuple[str | int, ...], tuple[Block, ...]] = {
        ("abstract",): rewritten(document.blocks.get(("abstract",), ()), renamed)
    }
    credits = {
        path: rewritten(tree, renamed)
        for path, tree in document.credits.items()
        if not any(secrets.find(plain(tree), typed=True))
    }
    return Document(publication, sections, inlines, blocks, credits)


def _publication(publication: Publication, withheld: Withheld, secrets: IdentifyingTerms) -> Publication:
    """The publication without what names somebody; `model_copy` allows what the schema asks authors for."""
    data: PublicationData = publication.data.model_copy(update=dict(_DROPPED))
    sections = tuple(
        section.model_copy(update={"data": _section(section.data)}) for section in publication.sections
    )
    named = any(secrets.find(publication.slug.replace("-", " "), typed=True))
    return publication.model_copy(
        update={
            "data": data,
            "sections": sections,
            "bibliography": withheld.bibliography,
            "slug": NEUTRAL_SLUG if named else publication.slug,
        }
    )


def _section(data: SectionData) -> SectionData:
    return data.model_copy(update={"authors": (), "summary": None})


class _AnonymousReader:
    """Reads what is left as a reviewer would, and tells where it names or points at the author."""

    def __init__(self, document: Document, secrets: IdentifyingTerms, problems: Collector) -> None:
        self.document = document
        self.secrets = secrets
        self.problems = problems
        self.language = document.publication.data.language

    def read(self, resolved: Resolved) -> None:
        """Everything that is printed as typed."""
        for run in self._runs():
            self._names(run)
            self._phrases(run)
        data, places = self.document.publication.data, self.document.publication.places
        for number, keyword in enumerate(data.keywords):
            self._line(keyword, places.of("keywords", number), "a keyword")
        if data.journal:
            self._line(data.journal.title, places.of("journal", "title"), "the journal's title")
        for figure in resolved.figures:
            picture = self.document.publication.pictures.get(ledger_path(figure.path))
            if picture and picture.data and picture.data.alt:
                self._line(picture.data.alt, picture.span, "the alternative text of a picture")
        for label in resolved.labels.values():
            self._line(label.name.replace("_", " "), label.span, "a label")
        self._works()

    def _runs(self) -> Iterator[TextRun]:
        for texts in (self.document.inlines, self.document.blocks, self.document.credits):
            for tree in texts.values():
                yield from runs(tree)
        for parsed in self.document.sections:
            for part in (parsed.title, parsed.epigraph, parsed.epigraph_source, parsed.blocks):
                yield from runs(part)

    def _names(self, run: TextRun) -> None:
        for found in self.secrets.find(run.text, typed=True):
            shown = " ".join(run.text[found.start : found.end].split())
            self._tell(found, f"the text names {found.trace.kind}: '{shown}'", run.at(found.start, found.end))

    def _phrases(self, run: TextRun) -> None:
        for start, end in self_references(run.text, self.language):
            shown = " ".join(run.text[start:end].split())
            message = f"'{shown}' points at the author's own work"
            hint = "write it so that anybody could have written it, such as 'as Author (2014) has shown'"
            self.problems.add(Code.SELF_REFERENCE, message, run.at(start, end), hint)

    def _line(self, text: str, span: Span | None, what: str) -> None:
        for found in self.secrets.find(text, typed=True):
            shown = text[found.start : found.end]
            self._tell(found, f"{what} holds {found.trace.kind}: '{shown}'", span)

    def _works(self) -> None:
        """What the list of works still says of the authors outside the names, such as a title that holds theirs."""
        for entry in self.document.publication.bibliography.entries.values():
            for name, field in entry.fields.items():
                if name not in PRINTED_FIELDS - NAME_FIELDS:
                    continue
                for found in self.secrets.find(plain_field(field.value), typed=True):
                    if found.trace.kind not in WEAK:
                        self._tell(
                            found, f"the field '{name}' of a cited work holds {found.trace.kind}", field.span
                        )

    def _tell(self, found: FoundTrace, message: str, span: Span | None) -> None:
        allow = f"where '{found.trace.text}' is no name here, list it under editions: review: not-names:"
        self.problems.add(Code.AUTHOR_IN_TEXT, message, span, _HINTS[found.trace.kind], allow)
