"""Step 2: every text of the publication parsed into trees, the sections' and those that stand in YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fascicle.core.diagnostics import Collector, Span
from fascicle.core.model import Places, Publication, Section, TrustSettings
from fascicle.core.text.titles import full_title
from fascicle.document.labels import label_of
from fascicle.document.markdown.parser import Origin, ParseOptions, parse_blocks, parse_inlines
from fascicle.document.tree import Block, Inline, Node, Paragraph, plain, walk
from fascicle.document.works import NO_WORKS, ListOfWorks
from fascicle.project.math.macros import Macro, definitions, macro_of


@dataclass(frozen=True, slots=True)
class ParsedSection:
    """A section and its trees."""

    section: Section
    """What was read."""
    title: tuple[Inline, ...]
    """Its heading."""
    blocks: tuple[Block, ...]
    """Its text."""
    epigraph: tuple[Block, ...] = ()
    """The motto's blocks."""
    epigraph_source: tuple[Inline, ...] = ()
    """Where the motto comes from."""

    @property
    def heading_span(self) -> Span:
        """Where the section's title stands."""
        return self.section.places.of("title")


@dataclass(frozen=True, slots=True)
class Document:
    """The publication with every text parsed."""

    publication: Publication
    """What step 1 read."""
    sections: tuple[ParsedSection, ...]
    """The sections in order."""
    inlines: Mapping[tuple[str | int, ...], tuple[Inline, ...]]
    """One-line texts of publication.yaml by their path, such as ("title",)."""
    blocks: Mapping[tuple[str | int, ...], tuple[Block, ...]]
    """Paragraphs of publication.yaml by their path, such as ("abstract",)."""
    credits: Mapping[str, tuple[Inline, ...]]
    """Credit lines by the picture's path."""
    works: ListOfWorks = NO_WORKS
    """The list of works, once citations are worded."""
    suggested: tuple[Inline, ...] = ()
    """How to cite the publication itself, in its own citation style."""

    def nodes(self) -> Iterator[Node]:
        """Every node of every text, in the order of print as near as can be told before typesetting."""
        for texts in (self.inlines, self.blocks):
            for tree in texts.values():
                yield from walk(tree)
        for section in self.sections:
            yield from walk((section.title, section.epigraph, section.epigraph_source, section.blocks))
        for credit in self.credits.values():
            yield from walk(credit)
        yield from walk(self.works.at_end)


class _Parser:
    """Parses values of YAML files and section texts with the publication's language and trust."""

    def __init__(self, publication: Publication, trust: TrustSettings, problems: Collector) -> None:
        self.options = parse_options(publication, trust)
        self.problems = problems

    def inline(self, text: str | None, places: Places, *path: str | int) -> tuple[Inline, ...]:
        if text is None:
            return ()
        return parse_inlines(text, _origin(places.of(*path)), self.options, self.problems)

    def block(self, text: str | None, places: Places, *path: str | int) -> tuple[Block, ...]:
        if text is None:
            return ()
        return parse_blocks(text, _origin(places.of(*path)), self.options, self.problems)

    def section(self, section: Section) -> ParsedSection:
        data, places = section.data, section.places
        epigraph = data.epigraph
        return ParsedSection(
            section=section,
            title=self.inline(data.title, places, "title") if data.heading else (),
            blocks=parse_blocks(
                section.text, Origin(section.path, section.first_line, 1), self.options, self.problems
            ),
            epigraph=self.block(epigraph.text, places, "epigraph", "text") if epigraph else (),
            epigraph_source=self.inline(epigraph.source, places, "epigraph", "source") if epigraph else (),
        )


def parse_options(publication: Publication, trust: TrustSettings) -> ParseOptions:
    """What the publication says about its texts."""
    library = publication.bibliography
    keys = frozenset(key for key in (*library.entries, *library.aliases) if label_of(key))
    return ParseOptions(publication.data.language, trust.raw_latex, keys, tuple(_macros(publication).items()))


def _macros(publication: Publication) -> dict[str, Macro]:
    """The commands of formulas that the sections define, and before them those of publication.yaml."""
    found: dict[str, Macro] = {}
    for section in publication.sections:
        if any(
            word in section.text
            for word in ("\\newcommand", "\\renewcommand", "\\providecommand", "\\def", "\\DeclareMath")
        ):
            found |= definitions(section.text)
    stated = publication.data.macros.items()
    return found | {name.removeprefix("\\"): macro_of(body) for name, body in stated}


def parse_document(publication: Publication, trust: TrustSettings, problems: Collector) -> Document:
    """All texts of `publication` parsed; what is wrong with them goes to `problems`."""
    parser = _Parser(publication, trust, problems)
    data, places = publication.data, publication.places
    inlines: dict[tuple[str | int, ...], tuple[Inline, ...]] = {}
    for name in ("title", "subtitle", "short_title", "rights"):
        key = name.replace("_", "-")
        inlines[(key,)] = parser.inline(getattr(data, name), places, key)
    for number, author in enumerate(data.authors):
        for name, text in (("note", author.note), ("bio", author.bio)):
            path = ("authors", number, name)
            inlines[path] = parser.inline(text, places, *path)
    blocks: dict[tuple[str | int, ...], tuple[Block, ...]] = {}
    for name in ("abstract", "acknowledgements"):
        blocks[(name,)] = parser.block(getattr(data, name), places, name)
    for number, declaration in enumerate(data.declarations):
        path = ("declarations", number, "text")
        blocks[path] = parser.block(declaration.text, places, *path)
    credits = {
        path: parser.inline(picture.data.credit, picture.places, "credit")
        for path, picture in publication.pictures.items()
        if picture.data is not None and picture.data.credit
    }
    sections = tuple(parser.section(section) for section in publication.sections)
    return Document(publication, sections, inlines, blocks, credits)


def _origin(span: Span) -> Origin:
    return Origin(span.file, span.line, span.column)


def plain_text(text: str) -> str:
    """Markdown as plain text, paragraphs parted by empty lines, as metadata wants it."""
    origin, options = Origin("", 1, 1), ParseOptions(language="en", raw_latex=False)
    blocks = parse_blocks(text, origin, options, Collector())
    return "\n\n".join(plain(block.content) for block in blocks if isinstance(block, Paragraph))


def plain_title(document: Document) -> str:
    """Title and subtitle as plain text, in one line."""
    title, subtitle = (plain(document.inlines[(name,)]) for name in ("title", "subtitle"))
    return full_title(title, subtitle)
