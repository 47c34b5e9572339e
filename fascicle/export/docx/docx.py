"""Word: the manuscript as a .docx, by pandoc from our own parse, opened again and proved."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from fascicle.core.diagnostics import Collector
from fascicle.document.citation_styles import heading
from fascicle.document.document import Document, plain_title
from fascicle.document.numbering import numbers_of
from fascicle.document.resolve import Resolved
from fascicle.document.tree import Div, Paragraph, SpanInline, plain, walk
from fascicle.export.csl.citeproc import cited
from fascicle.export.csl.items import Item, items_of
from fascicle.export.csl.styles import NAMES, load_style
from fascicle.export.docx.body import Manuscript
from fascicle.export.docx.check import check_document
from fascicle.export.docx.options import WordWishes
from fascicle.export.docx.package import Properties, finished
from fascicle.export.docx.reference_doc import eastern_of, reference_document
from fascicle.export.pandoc import ast as p
from fascicle.export.pandoc.blocks import Renderer
from fascicle.export.pandoc.context import PandocContext, Target
from fascicle.export.pandoc.images import placed_pictures
from fascicle.export.pandoc.nested_emphasis import upright
from fascicle.export.pandoc.program import API, Pandoc, failed, find_pandoc
from fascicle.export.pandoc.support import check_convertible, told_formulas
from fascicle.project.figures.placement import Prepared

WITHOUT = "--syntax-highlighting=none"


def docx(
    document: Document,
    resolved: Resolved,
    prepared: Mapping[str, Prepared],
    wishes: WordWishes,
    problems: Collector,
) -> bytes | None:
    """The document as a .docx; None, with what is wrong in `problems`, when there is nothing to deliver.

    The same input gives the same bytes. Everything that the text has is in the file, or the file is not given.
    """
    pandoc = find_pandoc(problems)
    if not check_convertible(document, problems) or pandoc is None:
        return None
    with tempfile.TemporaryDirectory(prefix="fascicle-") as scratch:
        folder = Path(scratch)
        context = PandocContext(
            target=Target.WORD,
            language=document.publication.data.language,
            numbers=numbers_of(document),
            labels=resolved.labels,
            keys=document.publication.bibliography.aliases,
            pictures=placed_pictures(document, prepared, folder, wishes.resolution),
            apart=wishes.pictures_apart,
            measure=wishes.measure,
            height=wishes.page[1] - 2 * wishes.margin,
        )
        blocks = _blocks(document, resolved, context, wishes, pandoc, problems)
        if blocks is None:
            return None
        made = _converted(document, blocks, wishes, pandoc, folder, problems)
    if made is None:
        return None
    return made if check_document(made, document, resolved, wishes, problems) else None


def _items(document: Document, resolved: Resolved) -> tuple[Item, ...]:
    data = document.publication
    return items_of(data.bibliography, resolved.cited, data.data.language)


def _blocks(
    document: Document,
    resolved: Resolved,
    context: PandocContext,
    wishes: WordWishes,
    pandoc: Pandoc,
    problems: Collector,
) -> p.Blocks | None:
    """The whole text with its citations made."""
    data = document.publication.data
    title = heading(data.citation_style, data.language)
    blocks = Manuscript(document, Renderer(context), wishes, title).blocks(cited=bool(resolved.cited))
    if resolved.cited:
        name = wishes.csl or NAMES[data.citation_style]
        style = load_style(name, pandoc, problems, wishes.span, wishes.csl_text)
        if style is None:
            return None
        items = _items(document, resolved)
        made = cited(blocks, items, style, data.language, pandoc, problems)
        if made is None:
            return None
        blocks = made
    return upright(blocks)


def _converted(
    document: Document,
    blocks: p.Blocks,
    wishes: WordWishes,
    pandoc: Pandoc,
    folder: Path,
    problems: Collector,
) -> bytes | None:
    """The blocks as a .docx with the manuscript's styles."""
    language = document.publication.data.language
    short = plain(document.inlines.get(("short-title",), ())) or plain(document.inlines[("title",)])
    reference = folder / "reference.docx"
    eastern = eastern_of(language, _tags(document), _typed(document))
    reference.write_bytes(reference_document(wishes, language, eastern, short))
    whole = p.pandoc(API, blocks, {"lang": language})
    answer = pandoc.run(
        whole, "docx", f"--reference-doc={reference}", WITHOUT, folder=folder, epoch=wishes.epoch
    )
    if failed(answer, "the Word document", problems) or told_formulas(answer, document, problems):
        return None
    return finished(answer.output, _properties(document, wishes), wishes.epoch, endnotes=wishes.endnotes)


def _tags(document: Document) -> set[str]:
    """The languages that parts of the text are marked with."""
    tagged = (node for node in document.nodes() if isinstance(node, SpanInline | Div))
    return {tag for node in tagged if (tag := node.attributes.get("lang"))}


def _typed(document: Document) -> str:
    """Some of the text, by which its East Asian language can be guessed."""
    return "".join(section.section.text for section in document.sections)


def _properties(document: Document, wishes: WordWishes) -> Properties:
    data = document.publication.data
    if wishes.anonymous:
        return Properties()
    abstract = walk(document.blocks.get(("abstract",), ()))
    described = " ".join(plain(node.content) for node in abstract if isinstance(node, Paragraph))
    return Properties(
        title=plain_title(document),
        creator="; ".join(author.name for author in data.authors),
        keywords=", ".join(data.keywords),
        description=described,
        language=data.language,
    )
