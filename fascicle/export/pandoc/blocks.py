"""Blocks as Pandoc's blocks, for Word and JATS: paragraphs, headings with their numbers, lists, verse, tables."""

from __future__ import annotations

from dataclasses import replace

from fascicle.core import pandoc_ast as p
from fascicle.document.glosses import LINE_UNITS, gloss_lines, word_units
from fascicle.document.locale.words import words
from fascicle.document.sections.section_openings import epigraph_parts
from fascicle.document.tables.columns import column_widths
from fascicle.document.tree import (
    Alignment,
    Block,
    BlockQuote,
    BulletList,
    Callout,
    Cell,
    CodeBlock,
    DefinitionList,
    Div,
    Figure,
    FigureGroup,
    Gloss,
    Heading,
    Inline,
    LineBlock,
    ListItem,
    ListStyle,
    Mark,
    Marked,
    MarkedBlock,
    Math,
    OrderedList,
    Paragraph,
    RawBlock,
    ReferenceList,
    Row,
    Statement,
    Table,
    ThematicBreak,
)
from fascicle.export.pandoc.context import PandocContext, Target
from fascicle.export.pandoc.figures import FigureRenderer
from fascicle.export.pandoc.formulas import known_to_pandoc
from fascicle.export.pandoc.inlines import END, sign, signed
from fascicle.export.pandoc.reference_list import list_of_works

_ALIGNMENTS = {
    Alignment.DEFAULT: "AlignDefault",
    Alignment.LEFT: "AlignLeft",
    Alignment.CENTER: "AlignCenter",
    Alignment.RIGHT: "AlignRight",
}
_LIST_STYLES = {
    ListStyle.DECIMAL: "Decimal",
    ListStyle.LOWER_ALPHA: "LowerAlpha",
    ListStyle.UPPER_ALPHA: "UpperAlpha",
    ListStyle.LOWER_ROMAN: "LowerRoman",
    ListStyle.UPPER_ROMAN: "UpperRoman",
    ListStyle.EXAMPLE: "Example",
}
_BOXES = ([p.string("☐")], [p.string("☒")])
"""Words that pandoc takes for the boxes of a list of tasks, and out of the text, when an item begins with one."""
_AROUND = {("", ")"): "OneParen", ("(", ")"): "TwoParens"}
_TAB = "<w:r><w:tab/></w:r>"
LEAST_COLUMN = 0.08
"""Least part of the line that a column takes in a format that has cell margins."""
SCENE_BREAK = "*\u2003*\u2003*"
"""What a thematic break prints in a Word document."""


_SIGNED = (Heading, Figure, FigureGroup, Table, CodeBlock, ThematicBreak, Statement, Callout)
"""Blocks that are marked as a whole besides their words."""
REBUILT = "fascicle-"
"""How identifiers of elements begin that are rebuilt in pandoc's JATS: the kind and a number follow."""


def _only_formula(node: Inline) -> Inline:
    """A formula that is alone under a mark, or the inline itself."""
    match node:
        case Marked(content=(Math() as only,)):
            return only
    return node


def _is_remark(node: Inline) -> bool:
    return isinstance(node, Marked) and node.mark is Mark.REMARK


class Renderer(FigureRenderer):
    """Renders blocks and what they hold."""

    counted = 0
    """Elements of JATS to be rebuilt so far."""
    mark: Mark | None = None
    """The mark that the blocks at hand stand under."""

    def blocks(self, content: tuple[Block, ...]) -> p.Blocks:
        """Blocks one after another."""
        return [made for node in content for made in self.under_mark(node)]

    def under_mark(self, node: Block) -> p.Blocks:
        """A block; what has numbers or no words of its own stands between signs where it came or went."""
        mark, self.mark = self.mark, None if isinstance(node, _SIGNED) else self.mark
        made = self.block(node)
        if mark and isinstance(node, _SIGNED):
            begin, end = (p.raw_block("openxml", sign(kind)) for kind in (mark.value, END))
            made = [begin, *made, end]
        self.mark = mark
        return made

    def block(self, node: Block) -> p.Blocks:  # noqa: C901 (a table of kinds)
        """One block, which may become several."""
        match node:
            case Paragraph():
                return self.paragraph(node)
            case Heading():
                return [self.heading(node)]
            case BlockQuote():
                return [p.quote(self.blocks(node.content))]
            case BulletList():
                return [p.bullets([self.item(item, tight=node.tight) for item in node.items])]
            case OrderedList():
                return [self.ordered(node)]
            case DefinitionList():
                return [self.definitions(node)]
            case LineBlock():
                return [self.verse(node)]
            case Gloss():
                return self.gloss(node)
            case Table():
                return self.table(node)
            case Figure():
                return self.figure(node)
            case FigureGroup():
                return self.group(node)
            case Div():
                return self.div(node)
            case Statement() | Callout():
                return self.statement(node)
            case _:
                return self.other(node) if isinstance(node, Inline) else self.literal(node)

    def literal(self, node: Block) -> p.Blocks:
        """Blocks that hold no markup."""
        match node:
            case CodeBlock():
                return self.code_block(node)
            case ThematicBreak() if self.word:
                return [p.styled("Scene Break", [p.para([p.string(SCENE_BREAK)])])]
            case ThematicBreak():
                return [p.RULE]
            case MarkedBlock():
                return self.marked_block(node)
            case ReferenceList():
                return [list_of_works(node, self.inlines)]
            case RawBlock() if self.context.target is Target.PANDOC:
                return [p.raw_block("latex", node.tex)]
        return []

    def marked_block(self, node: MarkedBlock) -> p.Blocks:
        """Blocks that one version alone has; remarks are no part of either."""
        if node.mark is Mark.REMARK:
            return []
        made: p.Blocks = []
        for block in node.content:
            if isinstance(block, Paragraph) and all(_is_remark(one) for one in block.content):
                continue
            outer, self.mark = self.mark, node.mark if node.mark is not Mark.REFORMED else self.mark
            made += self.blocks((block,))
            self.mark = outer
        return made

    def paragraph(self, node: Paragraph) -> p.Blocks:
        """A paragraph; in a Word document a numbered formula stands on a line of its own with its number."""
        content = [piece for one in node.content for piece in self.parted(one)]
        if not self.word or not any(map(self.numbered_formula, content)):
            return [p.para(self.inlines(node.content))]
        made: p.Blocks = []
        rest: list[Inline] = []
        for one in content:
            if self.numbered_formula(one):
                made += [p.para(self.inlines(tuple(rest)))] if rest else []
                made.append(self.equation(one))
                rest = []
            else:
                rest.append(one)
        return [*made, p.para(self.inlines(tuple(rest)))] if rest else made

    def numbered_formula(self, node: Inline) -> bool:
        """Whether an inline is a formula with a number, perhaps under a mark."""
        return _only_formula(node) in self.context.numbers.nodes

    def parted(self, node: Inline) -> tuple[Inline, ...]:
        """An inline, or the parts of a marked one that holds such a formula."""
        if isinstance(node, Marked) and any(map(self.numbered_formula, node.content)):
            return tuple(replace(node, content=(one,)) for one in node.content)
        return (node,)

    def equation(self, marked: Inline) -> p.Json:
        """A formula in the middle of the line and its number at the end, each behind a tab."""
        node = _only_formula(marked)
        assert isinstance(node, Math)  # noqa: S101 - for the type checker; the caller has looked
        tab = p.raw_inline("openxml", _TAB)
        formula = p.math(known_to_pandoc(node.tex), display=False)
        number = p.string(f"({self.context.numbers.nodes[node]})")
        named = p.span([formula], p.attr(node.attributes.id)) if node.attributes.id else formula
        line = [tab, named, tab, number]
        return p.styled(
            "Equation", [p.para(signed(marked.mark, line) if isinstance(marked, Marked) else line)]
        )

    def heading(self, node: Heading) -> p.Json:
        """A heading, in a Word document with its number before it."""
        content = self.inlines(node.content)
        given = node.attributes
        if self.context.target is Target.PANDOC:
            return p.header(node.level, content, p.attr(given.id, given.classes, given.pairs))
        if self.word and (number := self.context.numbers.nodes.get(node)):
            content = [p.string(number), p.string("\u2002"), *content]
        name = given.id and (given.id if ":" in given.id else f"sec:{given.id}")
        return p.header(node.level, content, p.attr(name))

    def ordered(self, node: OrderedList) -> p.Json:
        """A list with its numbers or letters; examples, counted through the text, by their first number."""
        items = [self.item(item, tight=node.tight) for item in node.items]
        start = node.start
        if node.style is ListStyle.EXAMPLE:
            start = int(self.context.numbers.nodes.get(node, str(start)))
            for item, name in zip(items, node.names, strict=True):
                if name and item and item[0]["t"] in ("Para", "Plain"):
                    item[0]["c"].insert(0, p.span([], p.attr(name)))
        return p.ordered(items, start, _LIST_STYLES[node.style], _AROUND.get(node.around, "Period"))

    def item(self, item: ListItem, *, tight: bool) -> p.Blocks:
        """An item; the paragraphs of tight lists have no space around them."""
        blocks = self.blocks(item.content)
        if self.word and blocks and blocks[0]["t"] == "Para" and blocks[0]["c"][:1] in _BOXES:
            blocks[0]["c"].insert(0, p.raw_inline("openxml", ""))
        return _tight(blocks) if tight else blocks

    def definitions(self, node: DefinitionList) -> p.Json:
        """Terms, each with its meanings."""
        items = []
        for entry in node.items:
            meanings = [self.blocks(meaning) for meaning in entry.meanings]
            items.append(
                (self.inlines(entry.term), [_tight(m) for m in meanings] if node.tight else meanings)
            )
        return p.definitions(items)

    def verse(self, node: LineBlock) -> p.Json:
        """Lines kept as typed."""
        lines = p.line_block(
            [[p.SPACE if one is p.SOFT_BREAK else one for one in self.inlines(line)] for line in node.lines]
        )
        if self.context.target is Target.JATS:
            return p.div([p.para(line) for line in lines["c"]], p.attr(self.named("verse")))
        return p.styled("Verse", [lines]) if self.word else lines

    def gloss(self, node: Gloss) -> p.Blocks:
        """A gloss as a table for each line of words; what stands before it takes the example's number."""
        made: p.Blocks = [p.plain(self.inlines(node.preamble))]
        for line in gloss_lines(node):
            rows = [
                p.row([p.cell([p.plain(self.inlines(text))] if text else []) for text in row]) for row in line
            ]
            columns = [
                ("AlignLeft", word_units(word) * 1.2 / LINE_UNITS if self.word else None)
                for word in zip(*line, strict=True)
            ]
            made.append(p.table([], columns, [], rows, p.attr("", (), [("custom-style", "Gloss")])))
        return [*made, p.para(self.inlines(node.translation))]

    def named(self, kind: str) -> str:
        """An identifier by which an element is found again that pandoc's writer of JATS has no word for."""
        self.counted += 1
        return f"{REBUILT}{kind}-{self.counted}"

    def div(self, node: Div) -> p.Blocks:
        """Blocks with a class or a language."""
        given = node.attributes
        outer, self.language = self.language, given.get("lang") or self.language
        if self.context.target is Target.JATS and "epigraph" in given.classes:
            motto, source = epigraph_parts(node.content)
            content = [*self.blocks(motto), *([p.para(self.inlines(source))] if source else [])]
            self.language = outer
            return [p.div(content, p.attr(self.named("epigraph" if source else "motto")))]
        if not self.word:
            content = self.blocks(node.content)
        elif "epigraph" in given.classes:
            content = self.epigraph(node)
        elif "placemark" in given.classes:
            content = [p.styled("Placemark", self.blocks(node.content))]
        else:
            content = self.blocks(node.content)
        self.language = outer
        if self.word and not given.id and not given.get("lang"):
            return content
        return [p.div(content, p.attr(given.id, given.classes, given.pairs))]

    def code_block(self, node: CodeBlock) -> p.Blocks:
        """Literal lines; a listing has its caption above it."""
        given = node.attributes
        number = self.context.numbers.nodes.get(node)
        if self.context.target is Target.PANDOC or not number:
            return [p.code_block(node.text, p.attr(given.id, given.classes, given.pairs))]
        word = words(self.context.language).cross_references.listing
        name = p.wrapped("Strong", [p.string(f"{word[:1].upper()}{word[1:]}\u00a0{number}.")])
        text = [p.SPACE, *self.inlines(node.caption)] if node.caption else []
        above = p.para([p.span([], p.attr(given.id)), name, *text])
        code = p.code_block(node.text, p.attr("", given.classes))
        return [p.styled("Table Caption", [above]) if self.word else above, code]

    def statement(self, node: Statement | Callout) -> p.Blocks:
        """Blocks under a word, which is run in where a paragraph follows."""
        content = self.blocks(node.content)
        table = words(self.context.language)
        title = self.inlines(node.title)
        if isinstance(node, Callout):
            word = str(getattr(table.callouts, node.kind))
            head = p.para([p.wrapped("Strong", title or p.strings(word))])
            return [p.quote([head, *content]) if self.word else p.div([head, *content], p.attr("", ["box"]))]
        word = str(getattr(table.statements, node.kind))
        number = self.context.numbers.nodes.get(node)
        shown = word[:1].upper() + word[1:] + (f"\u00a0{number}" if number else "")
        name = [p.span([], p.attr(node.attributes.id))] if node.attributes.id else []
        ends = [p.SPACE, p.string("("), *title, p.string(").")] if title else []
        head_inlines = [*name, p.wrapped("Strong", p.strings(shown if title else f"{shown}.")), *ends]
        if content and content[0]["t"] == "Para":
            return [p.para([*head_inlines, p.SPACE, *content[0]["c"]]), *content[1:]]
        return [p.para(head_inlines), *content]

    def epigraph(self, node: Div) -> p.Blocks:
        """A motto and where it comes from."""
        motto, source = epigraph_parts(node.content)
        made = [p.styled("Epigraph", self.blocks(motto))]
        return [*made, p.styled("Epigraph Source", [p.para(self.inlines(source))])] if source else made

    def table(self, node: Table) -> p.Blocks:
        """A table with its caption above it."""
        widths = None if self.context.target is Target.PANDOC else _legible(column_widths(node))
        columns = [
            (_ALIGNMENTS[alignment], widths[at] if widths else None)
            for at, alignment in enumerate(node.alignments)
        ]
        head = [self.row(row) for row in node.header]
        body = [self.row(row) for row in node.rows]
        above = self.caption(node)
        if not self.word:
            name = self.identifier(node)
            return [p.table([p.plain(above)] if above else [], columns, head, body, p.attr(name))]
        titled = [p.styled("Table Caption", [p.para(self.anchored(node, above))])] if above else []
        return [*titled, p.table([], columns, head, body, p.attr())]

    def row(self, row: Row) -> list[object]:
        """A row of a table."""
        return p.row([p.cell(self.cell(cell), cell.columns, cell.rows) for cell in row.cells])

    def cell(self, cell: Cell) -> p.Blocks:
        """What a cell holds: its text, or its blocks."""
        return [p.plain(self.inlines(cell.content))] if cell.content else self.blocks(cell.blocks)


def _legible(widths: tuple[float, ...] | None) -> tuple[float, ...] | None:
    """Parts of the line, none too narrow for a few characters between a cell's own margins."""
    if widths is None:
        return None
    wider = [max(width, LEAST_COLUMN) for width in widths]
    return tuple(width / sum(wider) for width in wider)


def _tight(blocks: p.Blocks) -> p.Blocks:
    return [p.plain(block["c"]) if block["t"] == "Para" else block for block in blocks]


def render_blocks(blocks: tuple[Block, ...], context: PandocContext) -> p.Blocks:
    """Blocks as Pandoc's JSON."""
    return Renderer(context).blocks(blocks)


def render_inlines(inlines: tuple[Inline, ...], context: PandocContext) -> p.Inlines:
    """Inlines as Pandoc's JSON."""
    return Renderer(context).inlines(inlines)
