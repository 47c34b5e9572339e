"""Tables from the project's CSV files: `::: {.csv-table file=data/x.csv}` with its caption inside."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.model import TrustSettings
from fascicle.document.document import Document, parse_options
from fascicle.document.labels import label_like
from fascicle.document.markdown.attributes import Known, check_attributes
from fascicle.document.markdown.column_alignments import stated_alignments
from fascicle.document.markdown.parser import ParseOptions, parse_inlines
from fascicle.document.markdown.source import MarkdownSource, Origin
from fascicle.document.rewrite import rewritten
from fascicle.document.tree import (
    Alignment,
    Attributes,
    Cell,
    Div,
    HardBreak,
    Inline,
    Node,
    Paragraph,
    Row,
    Table,
    Text,
)
from fascicle.project.sources import Sources

CLASS = "csv-table"
"""The class of a division that is such a table."""
_KNOWN = Known(
    "a table from a CSV file",
    ("file", "delimiter", "aligns", "header"),
    (CLASS, "markdown", "here", "wide"),
    kind="tbl",
)
_DELIMITERS = {"comma": ",", ",": ",", "semicolon": ";", ";": ";", "tab": "\t", "|": "|"}
_NUMBER = re.compile(r"[-+−±]?[\d.,\u00a0\u202f' ]*\d[ \u00a0]?%?")


def with_csv_tables(
    document: Document, sources: Sources, trust: TrustSettings, problems: Collector
) -> Document:
    """The document with each such division made the table that its file holds."""
    reader = _Reader(sources, parse_options(document.publication, trust), problems)
    sections = tuple(
        replace(parsed, blocks=rewritten(parsed.blocks, reader.change)) for parsed in document.sections
    )
    blocks = {path: rewritten(tree, reader.change) for path, tree in document.blocks.items()}
    return replace(document, sections=sections, blocks=blocks)


@dataclass(frozen=True, slots=True)
class _Line:
    """One record of the file."""

    number: int
    """The line on which it begins."""
    cells: list[str]
    """Its values."""


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the files of one publication."""

    sources: Sources
    """The project."""
    options: ParseOptions
    """How cells are read that hold Markdown."""
    problems: Collector
    """Where what is wrong goes."""

    def change(self, node: Node) -> Node:
        """The table of a division of this class; every other node as it is."""
        if not isinstance(node, Div) or CLASS not in node.attributes.classes:
            return node
        return self._table(node)

    def _table(self, node: Div) -> Table:
        given = node.attributes
        check_attributes(given, _KNOWN, self.problems)
        caption = self._caption(node)
        lines = self._lines(given, given.span or node.span)
        if not lines:  # told; its label is there all the same, so that references to it are not told as well
            given, lines = Attributes(given.id, span=given.span), [_Line(1, [""])]
        count = len(lines[0].cells)
        alignments = stated_alignments(given, count, self.problems)
        rows = [self._row(line, count, given) for line in lines]
        header = (rows.pop(0),) if given.get("header") != "no" else ()
        classes = tuple(name for name in given.classes if name == "here")
        return Table(
            node.span,
            alignments or tuple(_alignments(lines[len(header) :], count)),
            header,
            tuple(rows),
            caption.content if caption else (),
            caption.span if caption else None,
            Attributes(label_like(given.id, "tbl"), classes, (), given.span),
        )

    def _caption(self, node: Div) -> Paragraph | None:
        match node.content:
            case ():
                return None
            case (Paragraph() as caption,):
                return caption
        message = "a table from a CSV file holds more than its caption"
        hint = "write one paragraph, its caption, between the line ::: {.csv-table …} and the line :::"
        self.problems.add(Code.TABLE_LAYOUT, message, node.content[-1].span, hint)
        return None

    def _lines(self, given: Attributes, span: Span) -> list[_Line]:
        """The records of the file that the division names, blank lines left out; none when it cannot be read."""
        path = given.get("file")
        if not path:
            hint = "write ::: {.csv-table file=data/films.csv}"
            self.problems.add(Code.MISSING_KEY, "this table names no CSV file", span, hint)
            return []
        text = self.sources.text(path, self.problems, span)
        if text is None:
            return []
        text = MarkdownSource(text, Origin(path), self.problems).text
        lines = list(self._records(path, text, self._delimiter(given, path, text, span)))
        if not lines:
            hint = "its first line names the columns, each line after it is a row"
            self.problems.add(Code.TABLE_LAYOUT, f"the file {path} holds no row", span, hint)
        return lines

    def _delimiter(self, given: Attributes, path: str, text: str, span: Span) -> str:
        """What parts the cells: as stated, or what the file's name and first line show."""
        stated = given.get("delimiter")
        if stated in _DELIMITERS:
            return _DELIMITERS[stated]
        if stated:
            hint = "write delimiter=comma, semicolon or tab, or leave it out"
            self.problems.add(Code.WRONG_VALUE, f"'{stated}' cannot part the cells of {path}", span, hint)
        head = text.lstrip("\n").partition("\n")[0]
        if path.endswith((".tsv", ".tab")):
            return "\t"
        return next((mark for mark in ",;\t" if mark in head), ",")

    def _records(self, path: str, text: str, delimiter: str) -> Iterator[_Line]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        number = 1
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield _Line(number, [cell.strip() for cell in cells])
                number = reader.line_num + 1
        except csv.Error as error:
            hint = 'put a cell that holds the delimiter or a quotation mark between "…", and write "" for a mark in it'
            self.problems.add(Code.TABLE_LAYOUT, f"this line is no CSV: {error}", Span(path, number), hint)

    def _row(self, line: _Line, count: int, given: Attributes) -> Row:
        span = Span(given.get("file") or "", line.number)
        extra = [cell for cell in line.cells[count:] if cell]
        if extra:
            message = f"this row has {len(line.cells)} cells, the table has {count} columns"
            hint = 'put a cell that holds the delimiter between "…"'
            self.problems.add(Code.EXTRA_CELLS, message, span, hint)
        cells = [*line.cells[:count], *[""] * (count - len(line.cells))]
        markdown = "markdown" in given.classes
        return Row(span, tuple(Cell(span, self._inlines(text, span, markdown=markdown)) for text in cells))

    def _inlines(self, text: str, span: Span, *, markdown: bool) -> tuple[Inline, ...]:
        if markdown:
            return parse_inlines(text, Origin(span.file, span.line), self.options, self.problems)
        made: list[Inline] = []
        for line in text.split("\n") if text else ():
            made += [HardBreak(span)] if made else []
            made += [Text(span, line.strip())] if line.strip() else []
        return tuple(made)


def _alignments(lines: Sequence[_Line], count: int) -> Iterator[Alignment]:
    """Columns of numbers stand on the right."""
    for cells in list(zip_longest(*(line.cells for line in lines), fillvalue=""))[:count]:
        filled = [cell for cell in cells if cell]
        numbers = bool(filled) and all(_NUMBER.fullmatch(cell) for cell in filled)
        yield Alignment.RIGHT if numbers else Alignment.DEFAULT
