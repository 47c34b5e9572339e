"""Blocks to LaTeX: headings, paragraphs, quotations, lists, verse, code, with the kernel's own commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from fascicle.core.diagnostics import Span
from fascicle.document.list_labels import label as list_label
from fascicle.document.sections.section_openings import epigraph_parts
from fascicle.document.tree import (
    Block,
    BlockQuote,
    BulletList,
    Callout,
    CodeBlock,
    DefinitionList,
    Div,
    Figure,
    FigureGroup,
    Gloss,
    HardBreak,
    Heading,
    Inline,
    LineBlock,
    ListItem,
    ListStyle,
    MarkedBlock,
    Math,
    OrderedList,
    Paragraph,
    RawBlock,
    ReferenceList,
    SoftBreak,
    Statement,
    Table,
    Text,
    ThematicBreak,
    plain,
)
from fascicle.latex.escape import Latex, code, concat, escape
from fascicle.latex.line_map import mark, unmark
from fascicle.latex.writer.bookmarks import with_marks
from fascicle.latex.writer.changes import render_marked_block, wordless
from fascicle.latex.writer.floats.figure_groups import render_group
from fascicle.latex.writer.floats.figures import after, render_figure, without_apparatus
from fascicle.latex.writer.floats.tables import render_table
from fascicle.latex.writer.footnotes import note_texts
from fascicle.latex.writer.languages import render_language
from fascicle.latex.writer.links import label_name
from fascicle.latex.writer.nodes import Landscape, Lines, command
from fascicle.latex.writer.state import Writer
from fascicle.latex.writer.statements import render_callout, render_listing_caption, render_statement
from fascicle.latex.writer.works import render_works

_NOTHING = Latex("")
_COUNTERS = ("enumi", "enumii", "enumiii", "enumiv")
_LIST_DEPTH = 6
"""How deep LaTeX's lists, quotations among them, may be nested altogether."""


def render_blocks(writer: Writer, content: tuple[Block, ...]) -> Latex:
    """Blocks one after another, each marked with its first line, an empty line between."""
    pieces: list[Latex] = []
    for at, node in enumerate(content):
        if at:
            # A displayed formula alone in its paragraph goes on from the paragraph before it.
            goes_on = _is_display(node) and isinstance(content[at - 1], Paragraph)
            pieces.append(Latex("\n") if goes_on else writer.paragraph_end)
        with writer.within(block=node.span):
            pieces.append(mark(node.span) + wordless(writer, node, _RENDERERS[type(node)](writer, node)))
    return Latex("".join(pieces))


def _is_display(node: Block) -> bool:
    match node:
        case Paragraph(content=(Math(display=True),)):
            return True
    return False


def _paragraph(writer: Writer, node: Paragraph) -> Latex:
    return writer.inlines(node.content)


def render_heading(writer: Writer, node: Heading) -> Latex:
    """A heading with its label; contents and running heads get it without notes, bookmarks as plain text."""
    commands = writer.context.commands
    name = commands[min(node.level, len(commands)) - 1]
    with writer.put_off_notes() as queue:
        heading = command(name, writer.inlines(node.content), option=_short_heading(writer, node))
    if "unnumbered" in node.attributes.classes:
        heading = command("fascicleunnumbered", heading)
    if label := node.attributes.id:
        heading += command("label", label_name(label if ":" in label else f"sec:{label}"))
    return after(heading, note_texts(writer, queue))


def _short_heading(writer: Writer, node: Heading) -> Latex | None:
    """What contents, running heads and bookmarks print; None when that is the heading itself."""
    short = _one_line(without_apparatus(node.content))
    bookmark = escape(" ".join(plain(with_marks(short, writer.language)).split()))
    printed = Latex.proved(str(writer.inlines(short)).strip())
    if not bookmark:
        # A heading of nothing but a citation or a formula stands in the contents as it is.
        return None
    if printed == bookmark:
        return None if short == node.content else bookmark
    return command("texorpdfstring", printed, bookmark)


def _one_line(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    return tuple(Text(n.span, " ") if isinstance(n, SoftBreak | HardBreak) else n for n in content)


def _quote(writer: Writer, node: BlockQuote) -> Latex:
    """A quotation of one paragraph is not indented, one of several is."""
    name = "quote" if len(node.content) == 1 else "quotation"
    return _nested(writer, name, lambda: writer.blocks(node.content))


def _nested(writer: Writer, name: str, content: Callable[[], Latex], kind: str = "") -> Latex:
    """A list-like environment; deeper than LaTeX can nest them, its content alone."""
    if len(writer.lists) >= _LIST_DEPTH:
        return content()
    with writer.within(lists=[*writer.lists, kind or name]):
        return writer.dump(Lines(name, content()))


def _line_block(writer: Writer, node: LineBlock) -> Latex:
    """Verse: every line on a line of its own; leading spaces are no-break spaces already."""
    lines = [
        writer.mark(_span_of(line, node.span, number)) + (writer.inlines(line) or Latex(r"\mbox{}"))
        for number, line in enumerate(node.lines)
    ]
    return writer.dump(Lines("fascicleverse", Latex("\\\\\n").join(lines)))


def _span_of(line: tuple[Inline, ...], block: Span, number: int) -> Span:
    return line[0].span if line else Span(block.file, block.line + number, block.column)


def _gloss(writer: Writer, node: Gloss) -> Latex:
    """Boxes of words and what stands under them, which flow like the words of a paragraph."""
    with writer.put_off_notes() as queue:
        lines = [concat((writer.inlines(node.preamble), Latex(r"\\")))] if node.preamble else []
        for word in node.words:
            under = Latex(r"\cr ").join(writer.inlines(text) for text in word)
            lines.append(command("fascicleword", under))
        lines.append(concat((Latex(r"\\"), writer.inlines(node.translation))))
    made = Latex("\n").join(lines)
    if not writer.lists:
        made = writer.dump(Lines("fasciclegloss", made))
    else:
        made = Latex(f"\\begingroup\\fascicleglossed\n{made}\\endgraf\\endgroup")
    return after(made, note_texts(writer, queue))


def _bullets(writer: Writer, node: BulletList) -> Latex:
    return _list(writer, "itemize", node.items, tight=node.tight)


def _ordered(writer: Writer, node: OrderedList) -> Latex:
    depth = writer.lists.count("enumerate")
    start = Latex("")
    if node.start != 1 and depth < len(_COUNTERS):
        start = Latex(f"{command('setcounter', label_name(_COUNTERS[depth]), Latex(f'{node.start - 1}'))}\n")
    labels = _labels(node)
    start = Latex("") if labels else start
    return _list(
        writer, "enumerate", node.items, tight=node.tight, start=start, first=node.start, labels=labels
    )


def _labels(node: OrderedList) -> list[Latex]:
    """Each item's label where LaTeX's own would be another; examples are counted through the text."""
    before, after = node.around
    if node.style is ListStyle.EXAMPLE:
        return [command("fascicleexample", label_name(name)) for name in node.names]
    if node.style is ListStyle.DECIMAL and node.around == ("", "."):
        return []
    numbers = range(node.start, node.start + len(node.items))
    return [escape(f"{before}{list_label(number, node.style)}{after}") for number in numbers]


def _list(
    writer: Writer,
    kind: str,
    items: tuple[ListItem, ...],
    *,
    tight: bool,
    start: Latex = _NOTHING,
    first: int = 1,
    labels: Sequence[Latex] = (),
) -> Latex:
    """A list by the kernel's environment, or beyond its four levels by one of our own without a counter."""
    plain_list = writer.lists.count(kind) >= len(_COUNTERS) or len(writer.lists) >= _LIST_DEPTH
    head = Latex("\\fascicletight\n" if tight else "") + (_NOTHING if plain_list else start)

    def render() -> Latex:
        rendered: list[Latex] = []
        for number, item in enumerate(items, first):
            label = Latex(rf"[{{{number}.}}]" if kind == "enumerate" else r"[{\textbullet}]")
            own = Latex(rf"[{{{labels[number - first]}}}]" if labels else "")
            rendered.append(_item(writer, item, own or (label if plain_list else Latex(""))))
        return head + Latex("\n").join(rendered)

    if len(writer.lists) >= _LIST_DEPTH:
        with writer.within(lists=[*writer.lists, kind]):
            return writer.dump(Lines("fascicledeeplist", render()))
    return _nested(writer, "fasciclelist" if plain_list else kind, render, kind)


def _item(writer: Writer, item: ListItem, label: Latex) -> Latex:
    content = writer.blocks(item.content)
    # Raw LaTeX at an item's head may begin with a bracket, which would be taken for the item's label.
    stop = Latex(r"\relax" if not label and unmark(content).lstrip().startswith("[") else "")
    return Latex(f"{mark(item.span)}\\item{label}{stop} {content}")


def _definitions(writer: Writer, node: DefinitionList) -> Latex:
    def render() -> Latex:
        lines = [Latex(r"\fascicletight")] if node.tight else []
        for entry in node.items:
            with writer.put_off_notes() as queue:
                term = writer.inlines(entry.term)
            lines.append(
                Latex(f"{mark(entry.span)}\\item[{{{term}}}]{_after_space(note_texts(writer, queue))}")
            )
            lines.append(writer.paragraph_end.join(writer.blocks(meaning) for meaning in entry.meanings))
        return Latex("\n".join(lines))

    return _nested(writer, "description", render)


def _after_space(notes: Latex) -> Latex:
    return Latex(f" {notes}") if notes else notes


def _div(writer: Writer, node: Div) -> Latex:
    """Blocks with a class or a language."""
    if language := node.attributes.get("lang"):
        return render_language(writer, language, lambda: _classed(writer, node), blocks=True)
    return _classed(writer, node)


def _classed(writer: Writer, node: Div) -> Latex:
    if "epigraph" in node.attributes.classes:
        return _epigraph(writer, node)
    if "placemark" in node.attributes.classes:
        return Latex(f"\\begin{{center}}\n{writer.blocks(node.content)}\n\\end{{center}}")
    if "landscape" in node.attributes.classes and not writer.in_note:
        return writer.dump(Landscape(writer.blocks(node.content)))
    return writer.blocks(node.content)


def _epigraph(writer: Writer, node: Div) -> Latex:
    """A motto and where it comes from."""
    motto, source = epigraph_parts(node.content)
    lines = [writer.blocks(motto)]
    if source:
        shown = command("fascicleepigraphsource", writer.inlines(source))
        lines.append(concat((writer.mark(source[0].span), shown)))
    return writer.dump(Lines("fascicleepigraph", Latex("\n").join(lines)))


def _code_block(writer: Writer, node: CodeBlock) -> Latex:
    """Literal lines as escaped text, since verbatim material cannot stand inside notes and other arguments."""
    lines = [
        concat(
            (
                writer.mark(Span(node.span.file, node.span.line + number, 1)),
                command("fasciclecodeline", code(line)),
            )
        )
        for number, line in enumerate(node.text.expandtabs(4).split("\n"), 1)
    ]
    made = writer.dump(Lines("fasciclecode", Latex("\n").join(lines)))
    if not node.attributes.id.startswith("lst:"):
        return made
    return concat((render_listing_caption(writer, node), Latex("\n"), made))


def _break(writer: Writer, node: ThematicBreak) -> Latex:
    return Latex(r"\fasciclescenebreak{}")


def _raw(writer: Writer, node: RawBlock) -> Latex:
    """LaTeX of a trusted author, as typed, below the line of its fence."""
    return Latex("\n").join(
        Latex(f"{writer.mark(Span(node.span.file, node.span.line + number, 1))}{Latex.proved(line)}")
        for number, line in enumerate(node.tex.split("\n"), start=1)
    )


_RENDERERS: dict[type, Callable[[Writer, Any], Latex]] = {
    Heading: render_heading,
    Paragraph: _paragraph,
    BlockQuote: _quote,
    LineBlock: _line_block,
    Gloss: _gloss,
    BulletList: _bullets,
    OrderedList: _ordered,
    DefinitionList: _definitions,
    Table: render_table,
    Figure: render_figure,
    FigureGroup: render_group,
    Div: _div,
    CodeBlock: _code_block,
    ThematicBreak: _break,
    ReferenceList: render_works,
    RawBlock: _raw,
    Statement: render_statement,
    Callout: render_callout,
    MarkedBlock: render_marked_block,
}
