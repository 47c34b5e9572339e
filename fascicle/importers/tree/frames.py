"""Tables of one cell that only frame what stands in it, as word processors and Quarto place tables and pictures."""

from __future__ import annotations

from fascicle.core.pandoc_ast import Blocks, Json, para
from fascicle.importers.report import Report
from fascicle.importers.tree.walk import elements, rewrite


def unframed(blocks: Blocks, report: Report) -> Blocks:
    """The text with what stands in such frames in their place; a table inside a table would be lost otherwise."""

    def change(element: Json) -> list[Json] | None:
        content = _framed(element) if element["t"] == "Table" else None
        if content is None:
            return None
        report.changed("a table of one cell is taken for a frame; what stands in it is kept")
        caption = element["c"][1][1]
        tables = [block for block in content if block["t"] == "Table"]
        if caption and len(tables) == 1 and not tables[0]["c"][1][1]:
            tables[0]["c"][1] = element["c"][1]
        elif caption:
            content = [*content, *(para(block["c"]) if block["t"] == "Plain" else block for block in caption)]
        return content

    return rewrite(blocks, change)  # type: ignore[no-any-return]


def _framed(table: Json) -> Blocks | None:
    """What stands in the one cell of a table, when that is more than a line of words."""
    _, _, _, (_, head), bodies, (_, foot) = table["c"]
    rows = [*head, *(row for body in bodies for row in (*body[2], *body[3])), *foot]
    if len(rows) != 1 or len(rows[0][1]) != 1:
        return None
    content: Blocks = rows[0][1][0][4]
    holds = any(each["t"] in ("Table", "Figure", "Image") for each in elements(content))
    return [_paragraph(block) for block in content] if holds or len(content) > 1 else None


def _paragraph(block: Json) -> Json:
    return para(block["c"]) if block["t"] == "Plain" else block
