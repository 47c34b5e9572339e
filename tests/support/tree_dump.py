"""A readable form of the tree for fixtures: one block a line, inlines as `Emph("x")`."""

from __future__ import annotations

from fascicle.document.tree import (
    Attributes,
    Block,
    BlockQuote,
    BulletList,
    Callout,
    Cell,
    Citation,
    Cite,
    CiteMode,
    CodeBlock,
    CrossRef,
    DefinitionList,
    Div,
    Figure,
    FigureGroup,
    Gloss,
    HardBreak,
    Heading,
    Inline,
    InlineCode,
    LineBlock,
    Link,
    Math,
    Node,
    Note,
    OrderedList,
    Paragraph,
    Quoted,
    RawBlock,
    RawInline,
    SoftBreak,
    SpanInline,
    Statement,
    Table,
    Text,
    ThematicBreak,
)

MODES = {CiteMode.NORMAL: "", CiteMode.SUPPRESS_AUTHOR: "-", CiteMode.NARRATIVE: "+"}


class Dump:
    """Writes a tree; with `places`, each node's span follows it."""

    def __init__(self, *, places: bool = False) -> None:
        self.places = places

    def blocks(self, blocks: tuple[Block, ...], indent: str = "") -> str:
        return "\n".join(self.block(block, indent) for block in blocks)

    def at(self, node: Node) -> str:
        span = node.span
        return f"@{span.line}:{span.column}-{span.end_line}:{span.end_column}" if self.places else ""

    # -- Blocks ----------------------------------------------------------------------------------------

    def block(self, node: Block, indent: str) -> str:
        return f"{indent}{type(node).__name__}{self.at(node)}{self.content(node, indent + '  ')}"

    def content(self, node: Block, indent: str) -> str:  # noqa: C901 (a table of kinds)
        match node:
            case Paragraph():
                return f": {self.inlines(node.content)}"
            case Heading():
                return f" {node.level}{attributes(node.attributes)}: {self.inlines(node.content)}"
            case BlockQuote():
                return "\n" + self.blocks(node.content, indent)
            case Div():
                return f"{attributes(node.attributes)}\n{self.blocks(node.content, indent)}"
            case LineBlock():
                return "".join(f"\n{indent}| {self.inlines(line)}" for line in node.lines)
            case Gloss():
                words = [" + ".join(self.inlines(one) for one in word) for word in node.words]
                lines = [self.inlines(node.preamble), *words, self.inlines(node.translation)]
                return "".join(f"\n{indent}{line}".rstrip() for line in lines if line)
            case BulletList() | OrderedList():
                return self.items(node, indent)
            case DefinitionList():
                return self.definitions(node, indent)
            case Figure():
                return f" {node.path}{attributes(node.attributes)}: {self.inlines(node.caption)}"
            case Statement() | Callout():
                given = attributes(node.attributes) if isinstance(node, Statement) else ""
                return (
                    f" {node.kind}{given}: {self.inlines(node.title)}".rstrip(": ")
                    + f"\n{self.blocks(node.content, indent)}"
                )
            case FigureGroup():
                lines = [f"{attributes(node.attributes)}: {self.inlines(node.caption)}".rstrip(": ")]
                for row in node.rows:
                    lines += [f"{indent}row", *(self.block(figure, indent + "  ") for figure in row)]
                return "\n".join(lines)
            case CodeBlock() | RawBlock():
                text = node.text if isinstance(node, CodeBlock) else node.tex
                given = attributes(node.attributes) if isinstance(node, CodeBlock) else ""
                caption = (
                    f": {self.inlines(node.caption)}" if isinstance(node, CodeBlock) and node.caption else ""
                )
                return given + caption + "".join(f"\n{indent}> {line}" for line in text.split("\n"))
            case Table():
                return self.table(node, indent)
            case ThematicBreak():
                return ""

    def items(self, node: BulletList | OrderedList, indent: str) -> str:
        start = f" from {node.start}" if isinstance(node, OrderedList) else ""
        if isinstance(node, OrderedList) and (node.style, node.around) != ("decimal", ("", ".")):
            names = f" {','.join(node.names)}" if any(node.names) else ""
            start += f" {node.style} {'…'.join(node.around)}{names}"
        loose = "" if node.tight else " loose"
        items = "".join(
            f"\n{indent}-{self.at(item)}\n{self.blocks(item.content, indent + '  ')}" for item in node.items
        )
        return start + loose + items

    def definitions(self, node: DefinitionList, indent: str) -> str:
        lines = ["" if node.tight else " loose"]
        for item in node.items:
            lines.append(f"{indent}{self.inlines(item.term)}{self.at(item)}")
            lines += [f"{indent}:\n{self.blocks(meaning, indent + '  ')}" for meaning in item.meanings]
        return "\n".join(lines)

    def table(self, node: Table, indent: str) -> str:
        lines = [
            f" {' '.join(alignment.value for alignment in node.alignments)}{attributes(node.attributes)}"
        ]
        if node.caption:
            lines.append(f"{indent}caption: {self.inlines(node.caption)}")
        for row in (*node.header, *node.rows):
            mark = "head" if row in node.header else "row"
            cells = " | ".join(self.cell(cell, indent + "    ") for cell in row.cells)
            lines.append(f"{indent}{mark}{self.at(row)}: {cells}".rstrip())
        return "\n".join(lines)

    def cell(self, cell: Cell, indent: str) -> str:
        taken = f"<{cell.columns}x{cell.rows}> " if (cell.columns, cell.rows) != (1, 1) else ""
        content = f"(\n{self.blocks(cell.blocks, indent)})" if cell.blocks else self.inlines(cell.content)
        return taken + content + self.at(cell)

    # -- Inlines ---------------------------------------------------------------------------------------

    def inlines(self, nodes: tuple[Inline, ...]) -> str:
        return " ".join(self.inline(node) + self.at(node) for node in nodes)

    def inline(self, node: Inline) -> str:  # noqa: C901 (a table of kinds)
        match node:
            case Text():
                return '"' + node.text.replace("\u00a0", "␣") + '"'
            case SoftBreak():
                return "/"
            case HardBreak():
                return "//"
            case Quoted():
                name = ("Double" if node.double else "Single") + ("*" if node.nested else "")
                return f"{name}({self.inlines(node.content)})"
            case InlineCode():
                return f"Code({node.text})"
            case Math():
                return f"{'Display' if node.display else 'Math'}({node.tex!r}{attributes(node.attributes)})"
            case Link():
                title = f" {node.title!r}" if node.title else ""
                return f"Link({self.inlines(node.content)} -> {node.target}{title})"
            case SpanInline():
                return f"Span({self.inlines(node.content)}{attributes(node.attributes)})"
            case Note():
                return f"Note({self.blocks(node.content).replace(chr(10), ' ; ')})"
            case Cite():
                return f"Cite({'; '.join(self.citation(each) for each in node.citations)})"
            case CrossRef():
                label = node.label[0].upper() + node.label[1:] if node.capital else node.label
                return f"Ref({'-' if node.bare else ''}{label})"
            case RawInline():
                return f"Raw({node.tex})"
            case _:
                return f"{type(node).__name__}({self.inlines(node.content)})"

    def citation(self, node: Citation) -> str:
        parts = [self.inlines(node.prefix), f"{MODES[node.mode]}@{node.key}{self.at(node)}"]
        if node.locator_label:
            parts.append(f"{node.locator_label}={node.locator}")
        parts.append(self.inlines(node.suffix))
        return " ".join(part for part in parts if part)


def attributes(given: Attributes) -> str:
    """The braces in one order: identifier, classes, pairs."""
    parts = [f"#{given.id}"] if given.id else []
    parts += [f".{name}" for name in given.classes]
    parts += [f"{key}={value}" for key, value in given.pairs]
    return f" {{{' '.join(parts)}}}" if parts else ""
