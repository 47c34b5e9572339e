"""Pandoc's tables as pipe tables."""

from __future__ import annotations

import re
from typing import Any

from fascicle.core.pandoc_ast import Json
from fascicle.importers.report import Report
from fascicle.importers.tree.walk import plain
from fascicle.importers.writing.flat import flat
from fascicle.importers.writing.inlines import InlineWriter

_RULES = {"AlignLeft": ":---", "AlignRight": "---:", "AlignCenter": ":--:", "AlignDefault": "----"}


def table_lines(element: Json, writer: InlineWriter, report: Report) -> list[str]:
    """The rows of a table, its head first; cells over several columns or rows are followed by empty ones."""
    _, _, columns, (_, head), bodies, (_, foot) = element["c"]
    below = [row for _, _, inner, rows in bodies for row in (*inner, *rows)] + list(foot)
    name = plain(element["c"][1][1])[:60] or plain(head)[:60]
    grid = _grid([*head, *below], len(columns), name, report)
    cells = [[_cell(content, writer, report, name) for content in row] for row in grid]
    first = cells[: len(head)]
    if len(first) > 1:
        report.changed("a table's head of several lines has one here", name)
    top = (
        [" ".join(part for part in column if part) for column in zip(*first, strict=True)]
        if first
        else [""] * len(columns)
    )
    rule = [_RULES[alignment["t"]] for alignment, _ in columns]
    return [
        _line(top),
        _line(rule),
        *(_line(row) for row in cells[len(head) :] if any(row) or len(columns) == 1),
    ]


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _grid(rows: list[Any], width: int, name: str, report: Report) -> list[list[list[Json]]]:
    """Every row with as many cells as the table has columns."""
    taken: dict[tuple[int, int], bool] = {}
    grid: list[list[list[Json]]] = []
    for number, (_, cells) in enumerate(rows):
        row: list[list[Json]] = []
        for _, _, deep, wide, content in cells:
            while taken.get((number, len(row))):
                row.append([])
            if deep > 1 or wide > 1:
                report.changed("a cell over several columns or rows stands in the first of them", name)
            for down in range(deep):
                for across in range(wide):
                    taken[number + down, len(row) + across] = True
            row += [content] + [[] for _ in range(wide - 1)]
        grid.append((row + [[] for _ in range(width - len(row))])[:width])
    return grid


def _cell(content: list[Json], writer: InlineWriter, report: Report, name: str) -> str:
    if len(content) > 1 or any(block["t"] not in ("Plain", "Para") for block in content):
        report.changed("a cell of several paragraphs or a list is one line", name)
    if any(
        item["t"] == "LineBreak"
        for block in content
        if block["t"] in ("Plain", "Para")
        for item in block["c"]
    ):
        report.changed("line ends inside a cell are spaces", name)
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
