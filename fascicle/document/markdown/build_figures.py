"""Builds figures: pictures alone in their paragraph, several of them, and divs around them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Span
from fascicle.document.labels import label_like
from fascicle.document.markdown.attributes import FIGURE, check_attributes, in_units, placed, with_page
from fascicle.document.markdown.blocks.html import HtmlFigures
from fascicle.document.markdown.build_inlines import InlineBuilder
from fascicle.document.markdown.inlines.tokens import InlineTokenKind, Token
from fascicle.document.markdown.source import Passage
from fascicle.document.markdown.state import ParseTask
from fascicle.document.tree import (
    NO_ATTRIBUTES,
    Attributes,
    Block,
    Figure,
    FigureGroup,
    Inline,
    Paragraph,
    Table,
    Text,
    plain,
)

_LAYOUT = ("layout-ncol", "layout-nrow", "layout")
_LAYOUT_ROW = re.compile(r"\[([^\[\]]+)\]")


def read_figures(passage: Passage, tokens: list[Token], work: ParseTask) -> Figure | FigureGroup | None:
    """The figure, or figures, that a paragraph of nothing but pictures is; None for any other paragraph."""
    places = list(_pictures(tokens))
    if not places or -1 in places:
        return None
    builder = InlineBuilder(passage, work, tokens)
    figures = tuple(_figure(builder, passage, tokens, at, work) for at in places)
    if len(figures) == 1:
        return figures[0]
    return FigureGroup(passage.whole, (figures,))


def _pictures(tokens: list[Token]) -> Iterator[int]:
    """Where pictures begin; -1 when anything else stands among them."""
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind is InlineTokenKind.OPEN and token.text == "![" and token.match > 0:
            yield at if tokens[token.match].target is not None else -1
            at = token.match
        elif token.kind not in (InlineTokenKind.SOFT, InlineTokenKind.HARD) and not (
            token.kind is InlineTokenKind.TEXT and not token.text.strip()
        ):
            yield -1
            return
        at += 1


def set_apart(block: Block) -> tuple[Block, ...]:
    """Pictures on lines of their own in one paragraph are figures one after another, unless they fit side by side."""
    if not isinstance(block, FigureGroup) or block.lettered or block.attributes is not NO_ATTRIBUTES:
        return (block,)
    figures = block.figures
    apart = all((before.span.end_line or 0) < after.span.line for before, after in pairwise(figures))
    return figures if apart and not _side_by_side(figures) else (block,)


def _side_by_side(figures: Sequence[Figure]) -> bool:
    """Whether pictures on consecutive lines fit beside each other, or have no captions that tell them apart."""
    widths = [figure.attributes.get("width") or "" for figure in figures]
    if all(width.endswith("%") for width in widths):
        return sum(float(width[:-1]) for width in widths) <= 100
    return not any(widths) and not any(figure.caption or figure.attributes.id for figure in figures)


def _figure(
    builder: InlineBuilder, passage: Passage, tokens: list[Token], at: int, work: ParseTask
) -> Figure:
    closed = tokens[tokens[at].match]
    caption = builder.build(at + 1, tokens[at].match, 0)
    attributes = NO_ATTRIBUTES
    if closed.braces:
        attributes = placed(closed.braces, passage.span(closed.braces_at, closed.braces.end), FIGURE.kind)
    span = passage.span(tokens[at].start, closed.end)
    if closed.title and closed.title != plain(caption):
        message = f"the title of this picture is left out: '{closed.title[:80]}'"
        work.problems.add(Code.UNSUPPORTED_MARKDOWN, message, span, "write it into the caption")
    return made_figure(span, closed.target or "", caption, attributes, work)


def made_figure(
    span: Span, path: str, caption: tuple[Inline, ...], attributes: Attributes, work: ParseTask
) -> Figure:
    """A figure, its attributes checked."""
    attributes = in_units(attributes)
    check_attributes(attributes, FIGURE, work.problems)
    if not path:
        message = "this picture has no file"
        work.problems.add(Code.EMPTY_LINK, message, span, "put its path between the round brackets")
    return Figure(span, with_page(path, attributes), caption, attributes)


def from_html(span: Span, found: HtmlFigures, work: ParseTask) -> Figure | FigureGroup:
    """The pictures of an HTML block, and the words beside them as their caption."""
    caption: tuple[Inline, ...] = (Text(span, found.caption),) if found.caption else ()
    made = []
    for one in found.pictures:
        attributes = replace(one.attributes, id=label_like(one.attributes.id, "fig"), span=span)
        made.append(
            made_figure(span, one.path, caption if len(found.pictures) == 1 else (), attributes, work)
        )
    if len(made) == 1:
        return made[0]
    return FigureGroup(span, (tuple(made),), caption)


def is_figure_div(attributes: Attributes) -> bool:
    """Whether a div's label or layout says that its pictures are one figure."""
    return attributes.id.startswith(("fig:", "fig-")) or any(attributes.get(key) for key in _LAYOUT)


# -- Divs ------------------------------------------------------------------------------------------------


def grouped(span: Span, attributes: Attributes, content: tuple[Block, ...]) -> Block | None:
    """The figure, or table, that a div with a label or a layout is; None when it holds anything else."""
    given = replace(attributes, id=label_like(attributes.id, "fig", "tbl"))
    laid_out = any(attributes.get(key) for key in _LAYOUT)
    pictures, caption = _captioned(content)
    if given.id.startswith("tbl:"):
        return _table(given, content)
    if not (given.id.startswith("fig:") or laid_out) or not pictures:
        return None
    rows: list[tuple[Figure, ...]] = []
    for block in pictures:
        if not isinstance(block, Figure | FigureGroup):
            return None
        rows += [(block,)] if isinstance(block, Figure) else block.rows
    text = caption.content if caption else ()
    figures = tuple(figure for row in rows for figure in row)
    if len(figures) == 1 and not laid_out:
        return _single(span, figures[0], text, given)
    if laid_out:
        rows = list(_laid_out(figures, attributes))
    elif all(len(row) == 1 for row in rows) and _side_by_side(figures) and _widths(figures):
        rows = [figures]
    return FigureGroup(span, tuple(rows), text, given)


def _widths(figures: Sequence[Figure]) -> bool:
    return all(figure.attributes.get("width") for figure in figures)


def _captioned(content: tuple[Block, ...]) -> tuple[tuple[Block, ...], Paragraph | None]:
    """Pictures, and the paragraph after them that is their caption."""
    if content and isinstance(content[-1], Paragraph):
        return content[:-1], content[-1]
    return content, None


def _single(span: Span, figure: Figure, text: tuple[Inline, ...], given: Attributes) -> Figure:
    """One picture in a div: the div's label, and its caption where the picture has none."""
    attributes = replace(figure.attributes, id=given.id or figure.attributes.id, span=given.span)
    return Figure(span, figure.path, text or figure.caption, attributes)


def _table(given: Attributes, content: tuple[Block, ...]) -> Block | None:
    """A table in a div with the label of one, and the paragraph after it as its caption."""
    match content:
        case (Table() as table,):
            return replace(table, attributes=replace(table.attributes, id=given.id, span=given.span))
        case (Table() as table, Paragraph() as caption) if not table.caption:
            attributes = replace(table.attributes, id=given.id, span=given.span)
            return replace(table, caption=caption.content, caption_span=caption.span, attributes=attributes)
    return None


def _laid_out(figures: tuple[Figure, ...], attributes: Attributes) -> Iterator[tuple[Figure, ...]]:
    """The pictures in as many columns, or rows, as the div asks for."""
    lengths = [len(row.split(",")) for row in _LAYOUT_ROW.findall(attributes.get("layout") or "")]
    columns, rows = attributes.get("layout-ncol") or "", attributes.get("layout-nrow") or ""
    if not lengths:
        number = int(columns) if columns.isdecimal() else 0
        if rows.isdecimal() and int(rows):
            number = math.ceil(len(figures) / int(rows))
        lengths = [max(number, 1)] * len(figures)
    at = 0
    for length in [*lengths, *[lengths[-1]] * len(figures)]:
        if at < len(figures):
            yield figures[at : at + length]
        at += length
