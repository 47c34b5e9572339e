"""Pandoc's tables as list tables, which hold spans and cells of several blocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fascicle.core.pandoc_ast import Blocks, Json, para
from fascicle.importers.report import Report
from fascicle.importers.tree.walk import elements, plain, rewrite
from fascicle.importers.writing.flat import flat

_LETTERS = {"AlignLeft": "l", "AlignRight": "r", "AlignCenter": "c", "AlignDefault": "d"}
_FLATTENED = {
    "Table": "a table inside a cell of another is lines of text",
    "Header": "a heading in a cell of a table is a paragraph",
    "Figure": "a figure in a cell of a table is its caption",
    "FigureGroup": "a figure in a cell of a table is its caption",
}
_PARAGRAPHS = ("Plain", "Para")


def head_and_body(element: Json) -> tuple[list[Any], list[Any]]:
    """The rows of a table's head, and all rows below it."""
    _, _, _, (_, head), bodies, (_, foot) = element["c"]
    return list(head), [row for _, _, inner, rows in bodies for row in (*inner, *rows)] + list(foot)


def needs_list(element: Json) -> bool:
    """Whether a table cannot be drawn with upright lines: spans, cells of blocks, a head of several rows."""
    head, body = head_and_body(element)
    return len(head) > 1 or any(_is_large(cell) for _, cells in (*head, *body) for cell in cells)


def _is_large(cell: Any) -> bool:
    _, _, rows, columns, content = cell
    if rows > 1 or columns > 1 or len(content) > 1:
        return True
    return any(
        block["t"] not in _PARAGRAPHS or any(item["t"] == "LineBreak" for item in block["c"])
        for block in content
    )


class ListTableWriter:
    """Writes one table as a list of its rows."""

    def __init__(self, element: Json, write: Callable[[Blocks], str], report: Report) -> None:
        self.element = element
        self.write = write
        self.report = report
        self.name = plain(element["c"][1][1]).strip()[:60]

    def lines(self, caption: str, label: str) -> str:
        """The division that holds the caption and the rows."""
        head, body = head_and_body(self.element)
        columns = self.element["c"][2]
        heads = _whole(head, len(columns))
        rows = [*heads, *_whole(body, len(columns))]
        if not rows:
            return caption
        braces = [".list-table", *([f"#{label}"] if label else [])]
        braces += [] if len(heads) == 1 else [f"header-rows={len(heads)}"]
        letters = [_LETTERS[alignment["t"]] for alignment, _ in columns]
        braces += [f'aligns="{",".join(letters)}"'] if set(letters) != {"d"} else []
        made = [f"::: {{{' '.join(braces)}}}", *([caption, ""] if caption else [])]
        return "\n".join([*made, *(self._row(row) for row in rows), ":::"])

    def _row(self, cells: list[Any]) -> str:
        written = [self._cell(cell) for cell in cells]
        lines = "\n".join(f"- {text}".rstrip() for text in written)
        return _indented(f"- {lines}", 2)

    def _cell(self, cell: Any) -> str:
        _, _, rows, columns, content = cell
        given = [f"colspan={columns}"] if columns > 1 else []
        given += [f"rowspan={rows}"] if rows > 1 else []
        written = self.write(self._allowed(content))
        if given:
            joint = " " if content and content[0]["t"] in _PARAGRAPHS else "\n\n"
            written = f"[]{{{' '.join(given)}}}" + (joint + written if written else "")
        return _indented(written, 2)

    def _allowed(self, content: Blocks) -> Blocks:
        """The blocks of a cell, without what no cell can hold."""
        if not any(each["t"] in _FLATTENED or each["t"] == "HorizontalRule" for each in elements(content)):
            return content

        def change(element: Json) -> list[Json] | None:
            if element["t"] == "HorizontalRule":
                return []
            if element["t"] not in _FLATTENED:
                return None
            self.report.changed(_FLATTENED[element["t"]], self.name or plain(element)[:60])
            return [para(flat([element]))] if plain(element).strip() else []

        return rewrite(content, change)  # type: ignore[no-any-return]


def _whole(rows: list[Any], width: int) -> list[list[Any]]:
    """The rows of a head or body, each of all columns; one that holds nothing of its own is taken out."""
    made: list[list[Any]] = []
    hanging: list[tuple[int, Any]] = [(0, None)] * width
    for number, (_, cells) in enumerate(rows):
        if not any(content or down > 1 for _, _, down, _, content in cells):
            for each in {id(cell): cell for left, cell in hanging if left}.values():
                each[2] -= 1
        else:
            kept = [[*cell[:2], min(cell[2], len(rows) - number), *cell[3:]] for cell in cells]
            made.append(_placed(kept, hanging))
        hanging = [(max(left - 1, 0), cell) for left, cell in hanging]
    return made


def _placed(cells: list[Any], hanging: list[tuple[int, Any]]) -> list[Any]:
    """The cells of a row, with empty ones for the columns that nothing covers; what hangs below is noted."""
    free = [column for column, (left, _) in enumerate(hanging) if not left]
    made = []
    for cell in cells:
        taken, free = free[: cell[3]], free[cell[3] :]
        cell[3] = len(taken)
        for column in taken:
            hanging[column] = (cell[2], cell)
        made += [cell] if taken else []
    for column in free:
        made.append(["", {"t": "AlignDefault"}, 1, 1, []])
        hanging[column] = (1, made[-1])
    return made


def _indented(text: str, width: int) -> str:
    first, *rest = text.split("\n")
    return "\n".join([first, *(f"{' ' * width}{line}" if line else "" for line in rest)])
