"""Blocks as one line of inlines, and literal text in a line."""

from __future__ import annotations

import re

from fascicle.core.pandoc_ast import Blocks, Inlines, Json


def code(text: str) -> str:
    """Literal text in a line."""
    text = " ".join(text.split()) or " "
    runs = {len(run) for run in re.findall(r"`+", text)}
    ticks = "`" * next(length for length in range(1, len(runs) + 2) if length not in runs)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{space}{text}{space}{ticks}"


def flat(blocks: Blocks) -> Inlines:
    """The inlines of blocks, a space between two."""
    made: Inlines = []
    for block in blocks:
        inner: Inlines = []
        if block["t"] in ("Para", "Plain"):
            inner = block["c"]
        elif block["t"] in (
            "BulletList",
            "BlockQuote",
            "Div",
            "OrderedList",
            "Figure",
            "LineBlock",
            "DefinitionList",
            "Table",
        ):
            inner = _inner(block)
        elif block["t"] == "CodeBlock":
            inner = [{"t": "Code", "c": block["c"]}]
        elif block["t"] == "Header":
            inner = block["c"][2]
        made += [{"t": "Space"}, *inner] if made and inner else inner
    return made


def _inner(block: Json) -> Inlines:
    content = block["c"]
    match block["t"]:
        case "BulletList":
            parts = [flat(item) for item in content]
        case "OrderedList":
            parts = [flat(item) for item in content[1]]
        case "LineBlock":
            parts = content
        case "Div":
            parts = [flat(content[1])]
        case "Figure":
            parts = [flat(content[1][1])]
        case "DefinitionList":
            parts = [
                [*term, {"t": "Space"}, *flat([each for m in meanings for each in m])]
                for term, meanings in content
            ]
        case "Table":
            rows = [
                *content[3][1],
                *(row for body in content[4] for row in (*body[2], *body[3])),
                *content[5][1],
            ]
            parts = [flat(content[1][1]), *(flat(cell[4]) for row in rows for cell in row[1])]
        case _:
            parts = [flat(content)]
    made: Inlines = []
    for part in parts:
        made += [{"t": "LineBreak"}, *part] if made and part else part
    return made
