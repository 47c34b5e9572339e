"""Deleted text as it can stand in the new version: it has no numbers, labels and notes of its own there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from fascicle.core.diagnostics import Span
from fascicle.document import tree as t
from fascicle.document.inline_spacing import sentence_begins
from fascicle.document.sections.section_openings import epigraph_parts
from fascicle.document.tree import (
    NO_ATTRIBUTES,
    Attributes,
    Block,
    Inline,
    ListStyle,
    Mark,
    Marked,
    Paragraph,
    Strong,
    Text,
)
from fascicle.project.figures.ledger import ledger_path
from fascicle.redline.comparison.compare import FORMER
from fascicle.redline.comparison.elements import INLINES, inner, inner_names, of_gloss
from fascicle.redline.marking.version_numbers import Side

_NUMBERED_ROWS = re.compile(r"\\(begin|end)\{(align|alignat|gather|flalign|multline|equation)\}")


def remark(span: Span, text: str, target: str = "") -> Marked:
    """Words of the comparison's own."""
    words = (Text(span, text),)
    return Marked(span, Mark.REMARK, (t.Link(span, words, f"#{target}"),) if target else words)


class Gone:
    """Makes deleted nodes fit to be shown."""

    def __init__(self, side: Side, *, notes: bool = False) -> None:
        self.side = side
        self.notes = notes
        """Whether notes stay notes, where marks reach them too."""

    def inlines(self, content: tuple[Inline, ...], before: tuple[Inline, ...] = ()) -> tuple[Inline, ...]:
        """Inlines without anything that counts or that something can lead to, after others."""
        found: list[Inline] = []
        for at, node in enumerate(content):
            found += self.inline(node, begins=sentence_begins((*before, *content[:at])))
        return tuple(found)

    def inline(self, node: Inline, *, begins: bool) -> tuple[Inline, ...]:
        """One inline; a note's text stands in brackets in the place of its mark."""
        match node:
            case t.CrossRef():
                printed = self.inlines(self.side.reference(node, begins=begins))
                return printed or (remark(node.span, f"[@{node.label}]"),)
            case t.Note() if self.notes:
                return (replace(node, content=self.blocks(node.content)),)
            case t.Note():
                return (remark(node.span, "["), *self.flat(node.content), remark(node.span, "]"))
            case t.Cite():
                return self.inlines(node.content) or (remark(node.span, f"[{keys(node)}]"),)
            case t.Math():
                return self.formula(node)
            case t.Link() if node.target.startswith("#"):
                return self.inlines(node.content)
            case t.SpanInline():
                content = self.inlines(node.content)
                attributes = _nameless(node.attributes)
                return (
                    content
                    if attributes == NO_ATTRIBUTES
                    else (replace(node, content=content, attributes=attributes),)
                )
            case Text() | t.InlineCode() | t.HardBreak() | t.SoftBreak() | t.RawInline():
                return (node,)
        return (replace(node, content=self.inlines(node.content)),)

    def flat(self, blocks: tuple[Block, ...]) -> tuple[Inline, ...]:
        """Blocks in one line."""
        found: list[Inline] = []
        for content in texts_of(blocks):
            if found:
                found.append(remark(content[0].span, " / "))
            found += self.inlines(content)
        return tuple(found)

    def block(self, node: Block) -> tuple[Block, ...]:
        """One block."""
        match node:
            case t.Heading():
                number = self.side.numbers.nodes.get(node, "")
                shown = (self.number(node.span, f"{number} "),) if number else ()
                return (Paragraph(node.span, (*shown, Strong(node.span, self.inlines(node.content)))),)
            case t.Figure():
                return (self.picture(node), *self.caption(node))
            case t.FigureGroup():
                rows = tuple(tuple(self.picture(figure) for figure in row) for row in node.rows)
                parts = (line for figure in node.figures for line in self.caption(figure))
                bare = replace(node, rows=rows, caption=(), attributes=_nameless(node.attributes))
                return (bare, *parts, *self.caption(node))
            case t.Table():
                return (*self.caption(node), self.table(node))
            case t.CodeBlock():
                return (*self.caption(node), replace(node, caption=(), attributes=_nameless(node.attributes)))
            case t.LineBlock():
                return (replace(node, lines=tuple(map(self.inlines, node.lines))),)
            case t.Gloss():
                return (of_gloss(node, self.inlines),)
            case t.DefinitionList():
                return (replace(node, items=tuple(map(self.definition, node.items))),)
            case t.BulletList():
                return (replace(node, items=tuple(map(self.item, node.items))),)
            case t.OrderedList():
                return (self.numbered(node),)
        return self.container(node)

    def container(self, node: Block) -> tuple[Block, ...]:
        """A block that holds others, or that holds nothing."""
        match node:
            case Paragraph():
                return (replace(node, content=self.inlines(node.content)),)
            case t.BlockQuote():
                return (replace(node, content=self.blocks(node.content)),)
            case t.Callout():
                return (replace(node, title=self.inlines(node.title), content=self.blocks(node.content)),)
            case t.Statement():
                attributes = _nameless(node.attributes)
                title, content = self.inlines(node.title), self.blocks(node.content)
                return (replace(node, title=title, content=content, attributes=attributes),)
            case t.Div():
                return self.division(node)
            case t.ReferenceList():
                return (replace(node, works=tuple(map(self.work, node.works))),)
        return (node,)

    def division(self, node: t.Div) -> tuple[Block, ...]:
        """A division; a motto's dash before its source is not printed, deleted or not."""
        attributes = _nameless(node.attributes)
        if "epigraph" in attributes.classes:
            motto, source = epigraph_parts(node.content)
            line = (Paragraph(node.span, self.inlines(source)),) if source else ()
            return (t.BlockQuote(node.span, (*self.blocks(motto), *line)),)
        return (replace(node, content=self.blocks(node.content), attributes=attributes),)

    def number(self, span: Span, text: str) -> Inline:
        """A number that the old version printed: text of its own where notes are, else told."""
        return Text(span, text) if self.notes else remark(span, text)

    def formula(self, node: t.Math) -> tuple[Inline, ...]:
        """A formula; its number behind it where numbers are text."""
        number = self.side.numbers.nodes.get(node) if self.notes else None
        bare = replace(node, tex=_NUMBERED_ROWS.sub(_starred, node.tex), attributes=NO_ATTRIBUTES)
        return (bare, Text(node.span, f" ({number})")) if number else (bare,)

    def blocks(self, content: tuple[Block, ...]) -> tuple[Block, ...]:
        """Blocks one after another."""
        return tuple(made for node in content for made in self.block(node))

    def picture(self, node: t.Figure) -> t.Figure:
        """A picture of the old version alone, without caption and number."""
        path = node.path if node.path.startswith(FORMER) else FORMER + node.path
        return replace(node, path=path, caption=(), attributes=_nameless(node.attributes))

    def caption(self, node: t.Figure | t.FigureGroup | t.Table | t.CodeBlock) -> tuple[Block, ...]:
        """A caption as a paragraph, its number before it."""
        name = self.side.name(node)
        content = (*((self.number(node.span, name),) if name else ()), *self.inlines(node.caption))
        content = (*content, *self.credit(node))
        return (Paragraph(node.span, content),) if content else ()

    def credit(self, node: t.Figure | t.FigureGroup | t.Table | t.CodeBlock) -> tuple[Inline, ...]:
        """Who is named below a picture, where that is text like any other."""
        if not self.notes or not isinstance(node, t.Figure):
            return ()
        credit = self.side.document.credits.get(ledger_path(node.path.removeprefix(FORMER)), ())
        return (Text(node.span, " "), *self.inlines(credit)) if credit else ()

    def table(self, node: t.Table) -> t.Table:
        """A table without caption and number."""
        rows = tuple(map(self.row, node.rows))
        header = tuple(map(self.row, node.header))
        return replace(node, header=header, rows=rows, caption=(), attributes=_nameless(node.attributes))

    def row(self, node: t.Row) -> t.Row:
        """A row of a table."""
        return replace(node, cells=tuple(map(self.cell, node.cells)))

    def cell(self, node: t.Cell) -> t.Cell:
        """A cell of a row."""
        return replace(node, content=self.inlines(node.content), blocks=self.blocks(node.blocks))

    def item(self, node: t.ListItem) -> t.ListItem:
        """An item of a list."""
        return replace(node, content=self.blocks(node.content))

    def numbered(self, node: t.OrderedList) -> t.OrderedList:
        """A list with numbers; examples keep the numbers that they had."""
        items = tuple(map(self.item, node.items))
        if node.style is not ListStyle.EXAMPLE:
            return replace(node, items=items)
        start = int(self.side.numbers.nodes.get(node, "1"))
        return replace(node, items=items, start=start, style=ListStyle.DECIMAL, names=())

    def definition(self, node: t.Definition) -> t.Definition:
        """A term and its meanings."""
        return replace(node, term=self.inlines(node.term), meanings=tuple(map(self.blocks, node.meanings)))

    def work(self, node: t.ListedWork) -> t.ListedWork:
        """An entry of the list of works, to which nothing leads."""
        place = f"former.{node.place}"
        return replace(node, label=(), content=self.inlines(node.content), anchor=place, place=place)


def _starred(match: re.Match[str]) -> str:
    return rf"\{match[1]}{{{match[2]}*}}"


def _nameless(attributes: Attributes) -> Attributes:
    kept = replace(attributes, id="")
    return NO_ATTRIBUTES if not kept.classes and not kept.pairs else kept


def keys(node: t.Cite) -> str:
    """The keys that a citation names."""
    return "; ".join(f"@{one.key}" for one in node.citations)


def texts_of(root: object) -> Iterator[tuple[Inline, ...]]:
    """Every sequence of inlines in blocks, in reading order; literal lines as such."""
    if isinstance(root, tuple):
        if root and isinstance(root[0], INLINES):
            yield root
        else:
            for item in root:
                yield from texts_of(item)
    elif isinstance(root, t.CodeBlock):
        yield (t.InlineCode(root.span, root.text),)
    elif isinstance(root, t.Node):
        for name in inner_names(type(root)):
            yield from texts_of(inner(root, name))
