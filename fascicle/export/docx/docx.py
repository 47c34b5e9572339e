"""Word: the manuscript as a .docx, by pandoc from our own parse, opened again and proved."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from fascicle.citations.cite import Cited
from fascicle.citations.postprocessing.nested_emphasis import upright
from fascicle.core import pandoc_ast as p
from fascicle.core.diagnostics import Collector
from fascicle.core.system.pandoc import API, Pandoc, failed, find_pandoc
from fascicle.document.document import Document, plain_title
from fascicle.document.sections.numbering import numbers_of
from fascicle.document.tree import Div, Paragraph, SpanInline, plain, walk
from fascicle.export.docx.body import DocxBody
from fascicle.export.docx.check import check_document
from fascicle.export.docx.options import DocxOptions
from fascicle.export.docx.package import Properties, finished
from fascicle.export.docx.reference_doc import east_asian_language, reference_document
from fascicle.export.pandoc.blocks import Renderer
from fascicle.export.pandoc.context import PandocContext, Target
from fascicle.export.pandoc.images import placed_pictures
from fascicle.export.pandoc.support import check_convertible, tell_formulas
from fascicle.project.figures.print_permission import Prepared

WITHOUT = "--syntax-highlighting=none"


def docx(
    cited: Cited,
    prepared: Mapping[str, Prepared],
    output_options: DocxOptions,
    problems: Collector,
    *,
    marked: bool = False,
    render: Callable[[PandocContext], Renderer] = Renderer,
) -> bytes | None:
    """The document as a .docx; None, with what is wrong in `problems`, when there is nothing to deliver.

    A `marked` one holds signs where changes begin and end, and is proved by whoever makes tracked changes of them. `render` makes the renderer of texts.

    The same input gives the same bytes. Everything that the text has is in the file, or the file is not given.
    """
    document, resolved = cited.document, cited.resolved
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
            pictures=placed_pictures(document, prepared, folder, output_options.resolution),
            apart=output_options.pictures_apart,
            measure=output_options.measure,
            height=output_options.page[1] - 2 * output_options.margin,
        )
        blocks = upright(DocxBody(document, render(context), output_options).blocks())
        made = _converted(document, blocks, output_options, pandoc, folder, problems, marked=marked)
    if made is None:
        return None
    return made if marked or check_document(made, document, resolved, output_options, problems) else None


def _converted(
    document: Document,
    blocks: p.Blocks,
    output_options: DocxOptions,
    pandoc: Pandoc,
    folder: Path,
    problems: Collector,
    *,
    marked: bool,
) -> bytes | None:
    """The blocks as a .docx with the manuscript's styles."""
    language = document.publication.data.language
    short = plain(document.inlines.get(("short-title",), ())) or plain(document.inlines[("title",)])
    reference = folder / "reference.docx"
    eastern = east_asian_language(language, _tags(document), _typed(document))
    reference.write_bytes(reference_document(output_options, language, eastern, short))
    whole = p.pandoc(API, blocks, {"lang": language})
    answer = pandoc.run(
        whole, "docx", f"--reference-doc={reference}", WITHOUT, folder=folder, epoch=output_options.epoch
    )
    if failed(answer, "the Word document", problems):
        return None
    tell_formulas(answer, document, problems, "the Word document")
    return finished(
        answer.output,
        _properties(document, output_options),
        output_options.epoch,
        endnotes=output_options.endnotes,
        anchored=not marked,
    )


def _tags(document: Document) -> set[str]:
    """The languages that parts of the text are marked with."""
    tagged = (node for node in document.nodes() if isinstance(node, SpanInline | Div))
    return {tag for node in tagged if (tag := node.attributes.get("lang"))}


def _typed(document: Document) -> str:
    """Some of the text, by which its East Asian language can be guessed."""
    return "".join(section.section.text for section in document.sections)


def _properties(document: Document, output_options: DocxOptions) -> Properties:
    data = document.publication.data
    if output_options.anonymous:
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
