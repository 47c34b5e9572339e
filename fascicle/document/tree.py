"""The parsed text: blocks and inlines, close to Pandoc's AST, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum

from fascicle.core.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Attributes:
    """What braces give: `{#id .class key=value}`."""

    id: str = ""
    """Identifier without its `#`; empty when none is given."""
    classes: tuple[str, ...] = ()
    """Class names without their dots, in order."""
    pairs: tuple[tuple[str, str], ...] = ()
    """Key and value of each `key=value`, in order."""
    span: Span | None = None
    """Place of the braces; None when there are none."""

    def get(self, key: str) -> str | None:
        """The value of `key`, or None."""
        return next((value for name, value in self.pairs if name == key), None)


NO_ATTRIBUTES = Attributes()


@dataclass(frozen=True, slots=True)
class Node:
    """Anything in the tree."""

    span: Span
    """Where it stands in its source file."""


# -- Inlines ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text(Node):
    """Plain characters as they are to be printed: quotes already curled, `--` already a dash."""

    text: str
    """May hold no-break spaces (U+00A0) and soft hyphens; never a line end."""


@dataclass(frozen=True, slots=True)
class SoftBreak(Node):
    """A line end inside a paragraph: prints as a space."""


@dataclass(frozen=True, slots=True)
class HardBreak(Node):
    """A line end that is kept (a backslash or two spaces before it)."""


@dataclass(frozen=True, slots=True)
class Emph(Node):
    """Emphasis, usually italic; inside italic, upright."""

    content: tuple[Inline, ...]
    """What is emphasised."""


@dataclass(frozen=True, slots=True)
class Strong(Node):
    """Strong emphasis, usually bold."""

    content: tuple[Inline, ...]
    """What is emphasised."""


@dataclass(frozen=True, slots=True)
class Strikeout(Node):
    """Struck-out text: `~~…~~`."""

    content: tuple[Inline, ...]
    """What is struck out."""


@dataclass(frozen=True, slots=True)
class Superscript(Node):
    """Raised text: `^…^`."""

    content: tuple[Inline, ...]
    """What is raised."""


@dataclass(frozen=True, slots=True)
class Subscript(Node):
    """Lowered text: `~…~`."""

    content: tuple[Inline, ...]
    """What is lowered."""


@dataclass(frozen=True, slots=True)
class Underline(Node):
    """Underlined text, which citation styles alone ask for."""

    content: tuple[Inline, ...]
    """What is underlined."""


@dataclass(frozen=True, slots=True)
class Quoted(Node):
    """A quotation in curly quotes; `double` tells which quotes the author typed."""

    double: bool
    """True for `"…"`, False for `'…'`."""
    content: tuple[Inline, ...]
    """What is quoted, without the quotes; the renderer prints the language's own."""
    nested: bool = False
    """True when it stands inside another quotation."""


@dataclass(frozen=True, slots=True)
class InlineCode(Node):
    """Literal text: `` `…` ``."""

    text: str
    """As typed."""


@dataclass(frozen=True, slots=True)
class Math(Node):
    """A formula between `$…$` or `$$…$$`."""

    tex: str
    """LaTeX as typed, already held to the allow-list."""
    display: bool = False
    """True for `$$…$$`."""
    attributes: Attributes = NO_ATTRIBUTES
    """`{#eq:x}` after a displayed formula."""


@dataclass(frozen=True, slots=True)
class Link(Node):
    """A link: `[text](target)`, `<https://…>`."""

    content: tuple[Inline, ...]
    """The text shown."""
    target: str
    """A web address, `mailto:…`, or `#label` in this publication."""
    title: str = ""
    """The tooltip, or empty."""


@dataclass(frozen=True, slots=True)
class SpanInline(Node):
    """Text with attributes: `[贾樟柯]{lang=zh}`, `[small]{.smallcaps}`."""

    content: tuple[Inline, ...]
    """The text."""
    attributes: Attributes
    """At least one attribute."""


@dataclass(frozen=True, slots=True)
class Note(Node):
    """A footnote, at the place of its mark: `[^1]` or `^[…]`."""

    content: tuple[Block, ...]
    """Its blocks; a note's blocks keep the spans of the place where they were written."""


class CiteMode(StrEnum):
    """How one citation names its author."""

    NORMAL = "normal"
    """`[@key]`: author and year, in brackets."""
    SUPPRESS_AUTHOR = "suppress-author"
    """`[-@key]`: the year alone, in brackets."""
    NARRATIVE = "narrative"
    """`@key [p. 3]`: the author in the sentence, the year in brackets."""


@dataclass(frozen=True, slots=True)
class Citation(Node):
    """One work inside a citation."""

    key: str
    """Key of the entry in the bibliography."""
    mode: CiteMode = CiteMode.NORMAL
    """How the author is named."""
    prefix: tuple[Inline, ...] = ()
    """Text before it, such as `see also`, without the space that follows."""
    locator_label: str = ""
    """Kind of the locator, in CSL's terms: page, chapter, volume, figure, section, paragraph, line, verse, note,
    part, column, folio, issue, book, timestamp; empty when there is no locator."""
    locator: str = ""
    """The locator's value as it is to be printed: `3–5`, `iv, 12`, `00:12:30`; empty when there is none."""
    suffix: tuple[Inline, ...] = ()
    """Text after the locator, without the comma or space before it."""


@dataclass(frozen=True, slots=True)
class Cite(Node):
    """One citation of one or more works: `[@a, p. 3; see also @b]`."""

    citations: tuple[Citation, ...]
    """The works in the order typed; a narrative one stands first."""
    content: tuple[Inline, ...] = ()
    """What is printed, once the citation style has worded it: a note, in a style that cites in notes."""


@dataclass(frozen=True, slots=True)
class CrossRef(Node):
    """A reference to a label of this publication: `@fig:x`, `@tbl:x`, `@sec:x`, `@eq:x`."""

    label: str
    """The label with its kind, such as `fig:x`."""
    bare: bool = False
    """True for `[-@fig:x]`: the number alone."""
    capital: bool = False
    """True for `@Fig:x`: its word begins with a capital letter."""


@dataclass(frozen=True, slots=True)
class RawInline(Node):
    """Raw LaTeX that the publication is trusted to print: `` `…`{=latex} ``."""

    tex: str
    """LaTeX as typed."""


class Mark(StrEnum):
    """What a comparison of two versions says of a text."""

    INSERTED = "inserted"
    """The new version alone has it."""
    DELETED = "deleted"
    """The old version alone has it."""
    REFORMED = "reformed"
    """The same words in another form: emphasis, a link."""
    RENUMBERED = "renumbered"
    """A number that follows from other changes."""
    REMARK = "remark"
    """What the comparison itself says; no version has it."""


@dataclass(frozen=True, slots=True)
class Marked(Node):
    """Text that is not alike in two versions. Only a comparison makes these."""

    mark: Mark
    """What it is."""
    content: tuple[Inline, ...]
    """The text shown."""
    former: tuple[Inline, ...] = ()
    """What stood in its place, where only the form or a number is another."""
    name: str = ""
    """The name of the change, such as `change.3`, at its first piece; empty at others."""


Inline = (
    Text | SoftBreak | HardBreak | Emph | Strong | Strikeout | Superscript | Subscript | Underline | Quoted | InlineCode | Math
    | Link | SpanInline | Note | Cite | CrossRef | RawInline | Marked
)  # fmt: skip

# -- Blocks ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heading(Node):
    """A heading inside a section file; the section's own title is no heading of the tree."""

    level: int
    """1 to 6 as typed: the number of `#`."""
    content: tuple[Inline, ...]
    """The heading's text."""
    attributes: Attributes = NO_ATTRIBUTES
    """`{#sec:x .unnumbered}`; the id is empty when none is typed."""


@dataclass(frozen=True, slots=True)
class Paragraph(Node):
    """A paragraph."""

    content: tuple[Inline, ...]
    """Its text."""


@dataclass(frozen=True, slots=True)
class BlockQuote(Node):
    """A quotation set off from the text."""

    content: tuple[Block, ...]
    """Its blocks."""


@dataclass(frozen=True, slots=True)
class LineBlock(Node):
    """Lines kept as typed, as in verse: each begins with `| `."""

    lines: tuple[tuple[Inline, ...], ...]
    """The lines; leading spaces are kept as no-break spaces."""


@dataclass(frozen=True, slots=True)
class Gloss(Node):
    """An interlinear gloss: a text with what each of its words means below it, and a translation."""

    preamble: tuple[Inline, ...]
    """A line above it, such as the language's name; empty when there is none."""
    words: tuple[tuple[tuple[Inline, ...], ...], ...]
    """Each word with what stands under it, all of as many lines."""
    translation: tuple[Inline, ...]
    """The line below it."""


@dataclass(frozen=True, slots=True)
class ListItem(Node):
    """One item of a list."""

    content: tuple[Block, ...]
    """Its blocks."""


@dataclass(frozen=True, slots=True)
class BulletList(Node):
    """A list with bullets."""

    items: tuple[ListItem, ...]
    """Its items."""
    tight: bool = True
    """True when no blank lines stand between the items."""


class ListStyle(StrEnum):
    """What the labels of a list count with."""

    DECIMAL = "decimal"
    LOWER_ALPHA = "lower-alpha"
    UPPER_ALPHA = "upper-alpha"
    LOWER_ROMAN = "lower-roman"
    UPPER_ROMAN = "upper-roman"
    EXAMPLE = "example"


@dataclass(frozen=True, slots=True)
class OrderedList(Node):
    """A list with numbers or letters."""

    items: tuple[ListItem, ...]
    """Its items."""
    start: int = 1
    """The first number."""
    tight: bool = True
    """True when no blank lines stand between the items."""
    style: ListStyle = ListStyle.DECIMAL
    """What its labels count with."""
    around: tuple[str, str] = ("", ".")
    """What stands before and after a label's number."""
    names: tuple[str, ...] = ()
    """Labels of the items of a list of examples, such as `ex:good`; empty ones have none."""


@dataclass(frozen=True, slots=True)
class Definition(Node):
    """One term and what it means."""

    term: tuple[Inline, ...]
    """The term."""
    meanings: tuple[tuple[Block, ...], ...]
    """One or more explanations."""


@dataclass(frozen=True, slots=True)
class DefinitionList(Node):
    """Terms and their explanations."""

    items: tuple[Definition, ...]
    """Its entries."""
    tight: bool = True
    """True when no blank lines stand between term and explanation."""


class Alignment(StrEnum):
    """How a table column is aligned."""

    DEFAULT = "default"
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Cell(Node):
    """One table cell."""

    content: tuple[Inline, ...]
    """Its text; empty when it holds blocks."""
    blocks: tuple[Block, ...] = ()
    """Its blocks, when it holds more than one paragraph or another block."""
    columns: int = 1
    """How many columns it takes."""
    rows: int = 1
    """How many rows it takes."""

    @property
    def filled(self) -> bool:
        """Whether it holds anything."""
        return bool(self.content or self.blocks)


@dataclass(frozen=True, slots=True)
class Row(Node):
    """One table row."""

    cells: tuple[Cell, ...]
    """The cells that begin in it, from the first column to the last."""


@dataclass(frozen=True, slots=True)
class Table(Node):
    """A table with its caption `: caption {#tbl:x}`."""

    alignments: tuple[Alignment, ...]
    """One a column."""
    header: tuple[Row, ...]
    """The rows of its head; none when all their cells are empty."""
    rows: tuple[Row, ...]
    """The body."""
    caption: tuple[Inline, ...] = ()
    """The caption; empty when there is none."""
    caption_span: Span | None = None
    """Where the caption stands."""
    attributes: Attributes = NO_ATTRIBUTES
    """`{#tbl:x}` of the caption."""


@dataclass(frozen=True, slots=True)
class Figure(Node):
    """A picture with its caption, alone in its paragraph: `![caption](figures/x.pdf){#fig:x width=80%}`."""

    path: str
    """The picture's path as typed."""
    caption: tuple[Inline, ...]
    """The caption; empty when there is none."""
    attributes: Attributes = NO_ATTRIBUTES
    """`{#fig:x width=80% height=5cm .here}`."""


@dataclass(frozen=True, slots=True)
class FigureGroup(Node):
    """Pictures side by side. With a caption or label of its own they are its parts and have letters."""

    rows: tuple[tuple[Figure, ...], ...]
    """The pictures, line by line."""
    caption: tuple[Inline, ...] = ()
    """The caption of all; empty when there is none."""
    attributes: Attributes = NO_ATTRIBUTES
    """`{#fig:x layout-ncol=2}`."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The pictures in order."""
        return tuple(figure for row in self.rows for figure in row)

    @property
    def lettered(self) -> bool:
        """Whether the pictures are parts of one figure."""
        return bool(self.caption or self.attributes.id)

    @property
    def lettered_figures(self) -> tuple[tuple[str, Figure], ...]:
        """Each picture with its letter."""
        return tuple(zip(part_letters(), self.figures, strict=False))


def part_letters() -> Iterator[str]:
    """Letters of the parts of a figure: a to z, then aa, ab and so on."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    yield from letters
    for first in letters:
        yield from (first + second for second in letters)


@dataclass(frozen=True, slots=True)
class Div(Node):
    """Blocks with attributes: `::: {.epigraph}` … `:::`."""

    content: tuple[Block, ...]
    """Its blocks."""
    attributes: Attributes
    """At least one class or attribute."""


@dataclass(frozen=True, slots=True)
class Statement(Node):
    """A theorem, a definition, a proof: blocks under a word, with a number when there is a label."""

    kind: str
    """What it is, by the name of its word: theorem, lemma, proof …"""
    title: tuple[Inline, ...]
    """What it is called besides; empty when there is nothing."""
    content: tuple[Block, ...]
    """Its blocks."""
    attributes: Attributes = NO_ATTRIBUTES
    """`{#thm:x}`; without an identifier it has no number."""


@dataclass(frozen=True, slots=True)
class Callout(Node):
    """Blocks in a box under a heading: a note, a tip, a warning."""

    kind: str
    """What it is, by the name of its word: note, tip, warning, caution, important."""
    title: tuple[Inline, ...]
    """Its heading; the word of its kind when it is empty."""
    content: tuple[Block, ...]
    """Its blocks."""


@dataclass(frozen=True, slots=True)
class CodeBlock(Node):
    """Literal lines between fences."""

    text: str
    """As typed, lines ended by line feeds, without the last one."""
    attributes: Attributes = NO_ATTRIBUTES
    """The fence's language is its first class."""
    caption: tuple[Inline, ...] = ()
    """The caption of a listing with a label."""


@dataclass(frozen=True, slots=True)
class ThematicBreak(Node):
    """A break between scenes: `* * *`."""


@dataclass(frozen=True, slots=True)
class RawBlock(Node):
    """Raw LaTeX that the publication is trusted to print."""

    tex: str
    """LaTeX as typed."""


@dataclass(frozen=True, slots=True)
class ListedWork(Node):
    """An entry of a list of works; its place is that of its record."""

    key: str
    """The work's key."""
    label: tuple[Inline, ...]
    """The number or label before it; empty in most styles."""
    content: tuple[Inline, ...]
    """The entry."""
    anchor: str
    """What links to the entry name: the key, in a section's own list with the section's number."""
    place: str
    """A name for the entry that holds no author's words, such as `work.3`."""
    short: str = ""
    """First author and year, such as `Smith(2016)`, for programs that read lists of works as natbib does."""


@dataclass(frozen=True, slots=True)
class ReferenceList(Node):
    """A list of works, or one division of it, without its heading."""

    works: tuple[ListedWork, ...]
    """The entries in order."""
    hanging: bool = True
    """Whether the first line of an entry begins further left than the others."""


@dataclass(frozen=True, slots=True)
class MarkedBlock(Node):
    """Blocks that only one of two versions has: their words are marked inside, what has no words by this."""

    mark: Mark
    """Inserted, deleted, or a remark."""
    content: tuple[Block, ...]
    """The blocks."""
    name: str = ""
    """The name of the change, such as `change.3`; empty when a piece of it stands before."""


Block = (
    Heading | Paragraph | BlockQuote | LineBlock | Gloss | BulletList | OrderedList | DefinitionList | Table | Figure
    | FigureGroup | Div | Statement | Callout | CodeBlock | ThematicBreak | RawBlock | ReferenceList
    | MarkedBlock
)  # fmt: skip


_NAMES: dict[type[Node], tuple[str, ...]] = {}
"""Names of the fields of each kind of node."""


def walk(root: object) -> Iterator[Node]:
    """Every node at and below `root` (a node, or tuples of nodes), in reading order."""
    waiting = [root]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Node):
            yield item
            kind = type(item)
            if kind not in _NAMES:
                _NAMES[kind] = tuple(spec.name for spec in fields(kind))
            inner = [getattr(item, name) for name in _NAMES[kind]]
            waiting += [value for value in reversed(inner) if isinstance(value, tuple | Node)]
        elif isinstance(item, tuple):
            waiting += reversed(item)


def plain(inlines: tuple[Inline, ...]) -> str:
    """The inlines' text alone, as a bookmark or a metadata field wants it: notes and citations left out."""
    parts: list[str] = []
    for node in inlines:
        match node:
            case Text() | InlineCode():
                parts.append(node.text)
            case SoftBreak() | HardBreak():
                parts.append(" ")
            case Math():
                parts.append(node.tex)
            case Quoted():
                marks = "“”" if node.double else "‘’"
                parts.append(marks[0] + plain(node.content) + marks[1])
            case Note() | Cite() | CrossRef() | RawInline() | Marked(mark=Mark.DELETED | Mark.REMARK):
                pass
            case _:
                parts.append(plain(node.content))
    return "".join(parts)
