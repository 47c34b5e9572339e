"""Text inside paragraphs as Pandoc's inlines."""

from __future__ import annotations

from fascicle.core import pandoc_ast as p
from fascicle.document.indexed import CLASS, ENTRY, is_marked
from fascicle.document.inline_spacing import joined_lines, sentence_begins
from fascicle.document.labels import found_label
from fascicle.document.locale.quotation_marks import quotes
from fascicle.document.locale.words import worded
from fascicle.document.tree import (
    Attributes,
    Block,
    Cite,
    CrossRef,
    Emph,
    HardBreak,
    Inline,
    InlineCode,
    Link,
    Mark,
    Marked,
    Math,
    Note,
    Quoted,
    RawInline,
    SoftBreak,
    SpanInline,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Text,
    Underline,
)
from fascicle.export.pandoc.citations import render_cite
from fascicle.export.pandoc.context import PandocContext, Target
from fascicle.export.pandoc.formulas import known_to_pandoc

_KINDS = {
    Emph: "Emph",
    Strong: "Strong",
    Strikeout: "Strikeout",
    Superscript: "Superscript",
    Subscript: "Subscript",
    Underline: "Underline",
}
END = "end"
"""Ends what a mark has begun."""


def sign(kind: str) -> str:
    """The element that stands where a change begins or ends, until tracked changes are made of it."""
    return f'<w:fascicle w:val="{kind}"/>'


def signed(mark: Mark, content: p.Inlines) -> p.Inlines:
    """Inlines between the signs of a change."""
    return (
        [p.raw_inline("openxml", sign(mark.value)), *content, p.raw_inline("openxml", sign(END))]
        if content
        else []
    )


_FORMATS = {Target.PANDOC: "latex"}


class InlineRenderer:
    """Renders inlines; `blocks` of a note are rendered by whoever knows blocks."""

    def __init__(self, context: PandocContext) -> None:
        self.context = context
        self.language = context.language
        self.quote_depth = 0

    def blocks(self, content: tuple[Block, ...]) -> p.Blocks:
        """Blocks, which a note holds."""
        raise NotImplementedError

    def inlines(self, content: tuple[Inline, ...]) -> p.Inlines:
        """Inlines one after another."""
        found: p.Inlines = []
        for at, node in enumerate(content):
            found += self.inline(node, content, at)
        return found

    def inline(self, node: Inline, content: tuple[Inline, ...], at: int) -> p.Inlines:
        """One inline, with a look at its neighbours where they matter."""
        match node:
            case Text():
                return p.strings(node.text)
            case SoftBreak():
                return self.soft_break(content, at)
            case HardBreak():
                return [p.LINE_BREAK]
            case Emph() | Strong() | Strikeout() | Superscript() | Subscript() | Underline():
                return [p.wrapped(_KINDS[type(node)], self.inlines(node.content))]
            case Quoted():
                return self.quoted(node)
            case InlineCode():
                return [p.code(node.text)]
            case CrossRef():
                return self.crossref(node, begins=sentence_begins(content[:at]))
            case Marked():
                return self.marked(node, content[:at])
            case Cite() if self.context.target is Target.PANDOC:
                return [render_cite(node, self.context, self.inlines)]
            case Cite():
                return self.inlines(node.content)
            case _:
                return self.other(node)

    def other(self, node: Inline) -> p.Inlines:
        """The rarer inlines."""
        match node:
            case Math():
                return [self.math(node)]
            case Link():
                return [p.link(self.inlines(node.content), self.target(node.target), node.title)]
            case SpanInline():
                return [self.span(node)]
            case Note():
                return [self.note(node)]
            case RawInline() if form := _FORMATS.get(self.context.target):
                return [p.raw_inline(form, node.tex)]
        return []

    def marked(self, node: Marked, before: tuple[Inline, ...]) -> p.Inlines:
        """Text that is not alike in two versions, between signs by which tracked changes are made of it."""
        content = (*before, *node.content)
        shown = [
            made for at in range(len(before), len(content)) for made in self.inline(content[at], content, at)
        ]
        match node.mark:
            case Mark.INSERTED | Mark.DELETED:
                return signed(node.mark, shown)
            case Mark.RENUMBERED:
                return [*signed(Mark.DELETED, self.inlines(node.former)), *signed(Mark.INSERTED, shown)]
            case Mark.REMARK:
                return []
        return shown

    def soft_break(self, content: tuple[Inline, ...], at: int) -> p.Inlines:
        """A line end: a space, or nothing between Han characters and the like."""
        if self.context.target is Target.PANDOC:
            return [p.SOFT_BREAK]
        return [] if joined_lines(content, at) else [p.SPACE]

    def quoted(self, node: Quoted) -> p.Inlines:
        """A quotation in the language's marks for its depth."""
        if self.context.target is Target.PANDOC:
            return [p.quoted(self.inlines(node.content), double=node.double)]
        depth = max(self.quote_depth, int(node.nested))
        opening, closing = quotes(self.language).pair(depth)
        outer, self.quote_depth = self.quote_depth, depth + 1
        content = self.inlines(node.content)
        self.quote_depth = outer
        return [p.string(opening), *content, p.string(closing)]

    def math(self, node: Math) -> p.Json:
        """A formula; a numbered one carries its label, unless it is made a paragraph of its own."""
        pandoc = self.context.target is Target.PANDOC
        tex = node.tex if pandoc and not node.display else node.tex.strip()
        formula = p.math(tex if pandoc else known_to_pandoc(tex), display=node.display)
        if node.attributes.id and self.context.target is not Target.PANDOC:
            return p.span([formula], p.attr(node.attributes.id))
        return formula

    def span(self, node: SpanInline) -> p.Json:
        """Text with attributes; its language decides its quotation marks."""
        attributes = node.attributes
        outer, self.language = self.language, attributes.get("lang") or self.language
        content = self.inlines(node.content)
        self.language = outer
        if attributes.classes == ("smallcaps",) and not attributes.id and not attributes.pairs:
            return p.wrapped("SmallCaps", content)
        if "smallcaps" in attributes.classes and self.context.target is not Target.PANDOC:
            content = [p.wrapped("SmallCaps", content)]
        if is_marked(node):  # for the index of a book, whose pages only its PDF has
            attributes = Attributes(
                attributes.id,
                tuple(name for name in attributes.classes if name != CLASS),
                tuple(pair for pair in attributes.pairs if pair[0] != ENTRY),
            )
        return p.span(content, p.attr(attributes.id, attributes.classes, attributes.pairs))

    def note(self, node: Note) -> p.Json:
        """A note, in which quotations begin anew."""
        outer, self.quote_depth = self.quote_depth, 0
        content = self.blocks(node.content)
        self.quote_depth = outer
        return p.note(content)

    def target(self, address: str) -> str:
        """The address of a link; a heading's identifier has its kind before it, also where the link has not."""
        if not address.startswith("#"):
            return address
        return f"#{found_label(address[1:], self.context.labels) or address[1:]}"

    def crossref(self, node: CrossRef, *, begins: bool) -> p.Inlines:
        """`Figure 3` or the like, leading there; the title stands for a heading without a number."""
        if self.context.target is Target.PANDOC:
            mode = "SuppressAuthor" if node.bare else "AuthorInText"
            return [p.cite([p.citation(node.label, mode, [], [])], [p.string(f"@{node.label}")])]
        label = self.context.labels.get(node.label)
        number = self.context.numbers.labels.get(node.label, "")
        if (label is not None and not label.numbered) or not number:
            title = tuple(one for one in label.title if not isinstance(one, Note)) if label else ()
            return [p.link(self.inlines(title), f"#{node.label}")]
        shown = (
            number
            if node.bare
            else worded(node.label.partition(":")[0], number, self.language, begins=begins or node.capital)
        )
        return [p.link([p.string(shown)], f"#{node.label}")]
