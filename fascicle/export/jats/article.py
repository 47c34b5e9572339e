"""JATS 1.2: the article as XML, its body by pandoc from our own parse, the rest by us after JATS4R's recommendations."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from fascicle.citations.cite import Cited
from fascicle.citations.postprocessing.nested_emphasis import upright
from fascicle.core import pandoc_ast as p
from fascicle.core.diagnostics import Collector
from fascicle.core.system.pandoc import API, Pandoc, failed, find_pandoc
from fascicle.document.document import Document
from fascicle.document.figures.figures_at_end import COLLECTED
from fascicle.document.locale.labels import labels
from fascicle.document.sections.numbering import Numbers, numbers_of
from fascicle.document.sections.section_openings import section_epigraph, section_headings
from fascicle.document.tree import Block, Figure, Inline, Math, Table
from fascicle.export.jats.body import Completer, described, references
from fascicle.export.jats.front import front
from fascicle.export.jats.note_numbers import number_notes
from fascicle.export.jats.ref_list import ref_list, without_lists
from fascicle.export.jats.xml import LANG, Element, element, parsed, written
from fascicle.export.pandoc.blocks import Renderer
from fascicle.export.pandoc.context import PandocContext, Target
from fascicle.export.pandoc.images import placed_pictures
from fascicle.export.pandoc.support import check_convertible, tell_formulas
from fascicle.project.figures.print_permission import Prepared

PUBLISHING = (
    '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.2 20190208//EN"'
    ' "JATS-journalpublishing1.dtd">'
)
ARCHIVING = (
    '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.2 20190208//EN"'
    ' "JATS-archivearticle1.dtd">'
)
"""For what appears in no journal: the tag set for publishing asks for one."""
FOLDER = "figures"
"""Where pictures lie, beside the XML."""
_TEMPLATE = "<body>$body$</body><back>$back$</back>"
_SPLIT = "fascicle-part-"
BODY = "body"
"""Name of the sections among the texts."""


@dataclass(frozen=True, slots=True)
class JatsOptions:
    """What the XML is to be."""

    resolution: int = 300
    """Pixels an inch of drawings."""
    epoch: int = 0
    """The publication's moment in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class JatsArticle:
    """An article in JATS."""

    xml: bytes
    """The article."""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """Its pictures, by the paths under which it names them."""


def jats(
    cited: Cited,
    prepared: Mapping[str, Prepared],
    output_options: JatsOptions,
    problems: Collector,
) -> JatsArticle | None:
    """The document in JATS; None, with what is wrong in `problems`, when there is nothing to deliver."""
    document, resolved = cited.document, cited.resolved
    pandoc = find_pandoc(problems, "to write JATS")
    if not check_convertible(document, problems, "JATS") or pandoc is None:
        return None
    with tempfile.TemporaryDirectory(prefix="fascicle-") as scratch:
        folder = Path(scratch) / FOLDER
        folder.mkdir()
        placed = placed_pictures(document, prepared, folder, output_options.resolution)
        pictures = {f"{FOLDER}/{file.name}": file.read_bytes() for file in sorted(folder.iterdir())}
        placed = {
            path: replace(picture, file=picture.file and f"{FOLDER}/{picture.file}")
            for path, picture in placed.items()
        }
    context = PandocContext(
        target=Target.JATS,
        language=document.publication.data.language,
        numbers=numbers_of(document),
        labels=resolved.labels,
        pictures=placed,
    )
    writer = _Writer(cited, context, output_options, pandoc, problems)
    xml = writer.article()
    return JatsArticle(xml, pictures) if xml is not None else None


class _Writer:
    """Writes one article."""

    def __init__(
        self,
        cited: Cited,
        context: PandocContext,
        output_options: JatsOptions,
        pandoc: Pandoc,
        problems: Collector,
    ) -> None:
        self.cited = cited
        self.document: Document = cited.document
        self.data = cited.document.publication.data
        self.context = context
        self.renderer = Renderer(context)
        self.output_options = output_options
        self.pandoc = pandoc
        self.problems = problems
        self.names: list[str] = []

    def article(self) -> bytes | None:
        """The whole file. All texts go through pandoc at once, for one run costs as much as another."""
        parts = self.parts()
        apart = [p.div(content, p.attr(f"{_SPLIT}{number}")) for number, content in enumerate(parts.values())]
        self.names = list(parts)
        found = self.converted(upright([*apart, *self.body()]))
        return None if found is None else self.put_together(found)

    def parts(self) -> dict[str, p.Blocks]:
        """All texts but the sections, by a name of their own; those of one line as a paragraph."""
        render = self.renderer
        parts: dict[str, p.Blocks] = {}
        for path, inlines in self.document.inlines.items():
            if inlines:
                parts[_key(path)] = [p.para(render.inlines(inlines))]
        for picture, credit in self.document.credits.items():
            parts[_key(("credit", picture))] = [p.para(render.inlines(credit))]
        for path, content in self.document.blocks.items():
            if content and path != COLLECTED:
                parts[_key(path)] = render.blocks(content)
        for work in self.cited.works:
            parts[_key(("works", work.anchor))] = [p.para(render.inlines(work.content))]
        return parts

    def body(self) -> p.Blocks:
        """The sections; pandoc makes elements of them only where no division holds them."""
        body: list[Block] = []
        for parsed_section in self.document.sections:
            body += [
                *section_headings(parsed_section),
                *section_epigraph(parsed_section),
                *without_lists(parsed_section.blocks),
            ]
        body += self.document.blocks.get(COLLECTED, ())
        return self.renderer.blocks(tuple(body))

    def converted(self, blocks: p.Blocks) -> Element | None:
        """Pandoc's XML of all texts."""
        with tempfile.TemporaryDirectory(prefix="fascicle-") as scratch:
            template = Path(scratch) / "jats.xml"
            template.write_text(_TEMPLATE, encoding="utf-8")
            whole = p.pandoc(API, blocks, {"lang": self.data.language})
            options = ("--standalone", f"--template={template}", "--wrap=none")
            answer = self.pandoc.run(whole, "jats_publishing", *options, epoch=self.output_options.epoch)
        if failed(answer, "JATS", self.problems):
            return None
        tell_formulas(answer, self.document, self.problems, "the JATS file")
        return described(parsed(answer.output.decode()))

    def put_together(self, found: Element) -> bytes:
        """Front, body and back from pandoc's elements."""
        texts = self.parted(found)
        completer = Completer(self.document, self.context.numbers, self.renderer, self.credit(texts))
        body = element("body", *texts[BODY])
        completer.complete(body)
        notes = found.find("back/fn-group")
        matter = front(self.document, self.markup(texts), self.paragraphs(texts), self.counts())
        back = self.back(texts, notes)
        article = element("article", matter, body, back, article_type="research-article", dtd_version="1.2")
        article.set(LANG, self.data.language)
        for node in (matter, back):
            Completer(self.document, Numbers({}, {}), self.renderer, self.credit(texts)).complete(node)
        references(article)
        number_notes(article)
        return written(article, PUBLISHING if self.data.journal else ARCHIVING)

    def parted(self, found: Element) -> dict[str, list[Element]]:
        """Pandoc's elements by the name of the text that they belong to."""
        texts: dict[str, list[Element]] = {BODY: []}
        body = found.find("body")
        for child in () if body is None else body:
            identifier = child.get("id", "")
            if identifier.startswith(_SPLIT):
                texts[self.names[int(identifier.removeprefix(_SPLIT))]] = list(child)
            else:
                texts[BODY].append(child)
        return texts

    def markup(self, texts: Mapping[str, list[Element]]) -> _Markup:
        """Finds the elements of a text of one line."""
        return _Markup({id(tree): texts.get(_key(path), []) for path, tree in self.document.inlines.items()})

    def credit(self, texts: Mapping[str, list[Element]]) -> _Markup:
        """Finds the elements of a credit line."""
        lines = self.document.credits.items()
        return _Markup({id(tree): texts.get(_key(("credit", path)), []) for path, tree in lines})

    def paragraphs(self, texts: Mapping[str, list[Element]]) -> _Paragraphs:
        """Finds the elements of paragraphs."""
        return _Paragraphs(
            {id(tree): texts.get(_key(path), []) for path, tree in self.document.blocks.items()}
        )

    def back(self, texts: Mapping[str, list[Element]], notes: Element | None) -> Element:
        """Thanks, declarations, notes, the list of works."""
        said = labels(self.data.language)
        back = element("back")
        if thanks := texts.get(_key(("acknowledgements",))):
            back.append(element("ack", element("title", said["acknowledgements"]), *thanks))
        for number, declaration in enumerate(self.data.declarations):
            text = texts.get(_key(("declarations", number, "text")), [])
            back.append(element("sec", element("title", declaration.title), *text))
        if notes is not None:
            back.append(notes)
        if self.cited.works:
            printed = {work.anchor: texts[_key(("works", work.anchor))][0] for work in self.cited.works}
            back.append(ref_list(self.cited, printed, self.data.language))
        return back

    def counts(self) -> dict[str, int]:
        """How many figures, tables, equations and works there are."""
        kinds = [type(node) for node in self.context.numbers.nodes]
        return {
            "fig-count": kinds.count(Figure),
            "table-count": kinds.count(Table),
            "equation-count": kinds.count(Math),
            "ref-count": len(self.cited.works),
        }


class _Markup:
    """Inlines as an element `root`, looked up by identity among the texts that went through pandoc."""

    def __init__(self, known: Mapping[int, list[Element]]) -> None:
        self.known = known

    def __call__(self, inlines: tuple[Inline, ...]) -> Element:
        found = self.known.get(id(inlines), [])
        return found[0] if found else element("p")


class _Paragraphs:
    def __init__(self, known: Mapping[int, list[Element]]) -> None:
        self.known = known

    def __call__(self, blocks: tuple[Block, ...]) -> list[Element]:
        return self.known.get(id(blocks), [])


def _key(path: tuple[str | int, ...]) -> str:
    return "/".join(map(str, path))
