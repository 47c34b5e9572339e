"""Pandoc's tables of one line a cell as pipe tables."""

from __future__ import annotations

import re

from fascicle.core.pandoc_ast import Json
from fascicle.importers.writing.flat import flat
from fascicle.importers.writing.inlines import InlineWriter
from fascicle.importers.writing.list_tables import head_and_body

_RULES = {"AlignLeft": ":---", "AlignRight": "---:", "AlignCenter": ":--:", "AlignDefault": "----"}


def table_lines(element: Json, writer: InlineWriter) -> list[str]:
    """The rows of a table without spans, each of whose cells is one line; its head stands first."""
    columns = element["c"][2]
    head, below = head_and_body(element)
    cells = [[_cell(cell[4], writer) for cell in row[1]] for row in (*head, *below)]
    cells = [(row + [""] * len(columns))[: len(columns)] for row in cells]
    first = cells[: len(head)]
    top = first[0] if first else [""] * len(columns)
    rule = [_RULES[alignment["t"]] for alignment, _ in columns]
    return [
        _line(top),
        _line(rule),
        *(_line(row) for row in cells[len(head) :] if any(row) or len(columns) == 1),
    ]


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(content: list[Json], writer: InlineWriter) -> str:
    written = writer.write(flat(content), line=True)
    written = re.sub(r"\$\$\s*(.*?)\s*\$\$(?: \{#[^}]*\})?", r"$\1$", written)
    return _barred(written)


def _barred(written: str) -> str:
    """Upright lines made such that they part no cells; inside code and formulas they part none anyway."""
    made, at = "", 0
    for found in re.finditer(
        r"(`+)(?!`).*?(?<!`)\1(?!`)|(?<!\\)\$(?=\S)[^$]*?(?<=\S)\$(?!\d)|\\.|\|", written
    ):
        made += written[at : found.start()]
        made += "\\|" if found[0] == "|" else found[0]
        at = found.end()
    return made + written[at:]
