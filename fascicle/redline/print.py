"""The redline as a PDF: underlined and struck, with bars in the margin, proved on the finished file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Severity, Span
from fascicle.document.document import Document, ParsedSection
from fascicle.document.rewrite import rewritten
from fascicle.document.tree import CrossRef, Inline, Mark, Marked, Node, RawInline, Text
from fascicle.latex.assemble import TemplateInput, assemble, columns_of, render_document
from fascicle.latex.writer.links import label_name
from fascicle.pipeline.manuscript import Manuscript
from fascicle.pipeline.pdf_output import print_manuscript
from fascicle.pipeline.print_conditions import Press
from fascicle.pipeline.run import Run
from fascicle.project.page_geometry import layout_of
from fascicle.project.templates import load_template, option_values
from fascicle.redline.comparing import Compared
from fascicle.redline.marking.listing import Entry
from fascicle.redline.proof.print import coloured, marked

TEMPLATE = "article"
"""The template that knows marks."""
SHORT_TITLE = ("short-title",)
_LIMITS = {
    "min_pages": None,
    "max_pages": None,
    "max_megabytes": None,
    "title_page": False,
    "page_multiple": None,
}


def paged(entry: Entry) -> tuple[Sequence[Inline], Sequence[Inline]]:
    """The number of a change as a link, and its page, as LaTeX knows it; the template may leave a text out."""
    nowhere, name = Span(""), label_name(entry.anchor)
    if not name:
        return (Text(nowhere, str(entry.number)),), ()
    link = RawInline(nowhere, rf"\fasciclechangelink{{{name}}}{{{entry.number}}}")
    return (link,), (RawInline(nowhere, rf"\fasciclechangepage{{{name}}}"),)


def redline_pdf(run: Run, compared: Compared, new: Manuscript, front: ParsedSection) -> bytes | None:
    """The PDF; None, with what is wrong in `run.problems`, when it cannot be made or proved."""
    if new.edition.template != TEMPLATE:
        message = f"the template '{new.edition.template}' has no marks for changes"
        run.problems.add(
            Code.REDLINE_UNPROVED,
            message,
            None,
            "name an edition of the template 'article': --edition screen",
        )
        return None
    text = compared.marked.document
    text = _without_loose_ends(text, compared.new.resolved.labels)
    document = replace(
        text,
        sections=(front, *text.sections),
        inlines={**text.inlines, SHORT_TITLE: _short_title(compared.changes.new)},
        suggested=compared.new.document.suggested,
    )
    manuscript = _manuscript(run, compared, new, document)
    if manuscript is None or manuscript.assembled is None or run.judged.failed:
        return None
    printed = print_manuscript(run, manuscript, manuscript.assembled)
    if printed is None:
        return None
    return printed.pdf if _is_proved(printed.pdf, document, run.problems) else None


def _manuscript(run: Run, compared: Compared, new: Manuscript, document: Document) -> Manuscript | None:
    """Both versions in one as a manuscript of the new one's edition, without limits that are meant for that alone."""
    pictures = compared.pictures(document)
    edition = replace(new.edition, settings=new.edition.settings.model_copy(update=_LIMITS))
    template = load_template(edition.template, new.sources, run.problems)
    if template is None:
        return None
    options = option_values(template, edition.options, edition.places, edition.name, run.problems)
    columns = columns_of(options)
    rendered = render_document(document, compared.new.resolved, edition, pictures, columns=columns)
    given = TemplateInput(
        document, compared.new.resolved, rendered, edition, template, options, pictures, changes=True
    )
    press = Press(new.press.sheet, new.press.profile)
    layout = layout_of(press.sheet, edition.settings, 0)
    return replace(
        new,
        document=document,
        edition=edition,
        assembled=assemble(given, run.problems, layout),
        press=press,
        prepared=pictures,
        cited=replace(compared.new, document=document),
    )


def _short_title(document: Document) -> tuple[Inline, ...]:
    """The title for running heads, which stand on every page and bear no marks."""
    return document.inlines.get(SHORT_TITLE, ()) or document.inlines.get(("title",), ())


def _without_loose_ends(document: Document, labels: Collection[str]) -> Document:
    """The text without references that lead nowhere: the new version's errors have been told, and do not stop this."""

    def change(node: Node) -> Node:
        if isinstance(node, CrossRef) and node.label not in labels:
            return Marked(node.span, Mark.REMARK, (Text(node.span, f"[@{node.label}]"),))
        return node

    if all(node.label in labels for node in document.nodes() if isinstance(node, CrossRef)):
        return document
    sections = tuple(replace(one, blocks=rewritten(one.blocks, change)) for one in document.sections)
    blocks = {path: rewritten(tree, change) for path, tree in document.blocks.items()}
    return replace(document, sections=sections, blocks=blocks)


def _is_proved(pdf: bytes, document: Document, problems: Collector) -> bool:
    """Whether the letters in each colour are those under its mark.

    That the whole text is there, both versions' in their order, has been proved as of every PDF.
    """
    found, (wanted, more) = coloured(pdf), marked(document)
    for mark in (Mark.INSERTED, Mark.DELETED):
        lost, added = wanted[mark] - found[mark], found[mark] - wanted[mark]
        if lost or added.total() > more[mark]:
            said = "".join(sorted((lost or added).elements()))[:60]
            message = (
                f"letters that are {mark.value} are not marked so"
                if lost
                else f"other letters are marked as {mark.value}"
            )
            problems.add(Code.REDLINE_UNPROVED, message, severity=Severity.ERROR, causes=[said])
            return False
    return True
