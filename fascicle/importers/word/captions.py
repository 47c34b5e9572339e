"""Paragraphs by their styles: captions joined with pictures and tables, contents left out, verse and mottoes kept."""

from __future__ import annotations

import re

from fascicle.core.pandoc_ast import Blocks, Inlines, Json, div, figure, line_block
from fascicle.core.pandoc_ast import plain as plain_block
from fascicle.importers.report import Report
from fascicle.importers.tree.walk import elements, pairs, plain, rewrite, stripped

NUMBERED = re.compile(
    r"\s*(?P<word>figure|fig\.?|abbildung|abb\.?|illustration|ill\.?|image|plate|figura|table|tab\.?|tabelle|tableau|tabla|tabella|chart|map|photo)"
    r"[\s\u00a0]*(?P<number>\d+(?:[.-]\d+)*(?:[a-z](?![^\W\d_]))?|[IVXLC]+\b)[\s\u00a0]*[.:,–—|-]?[\s\u00a0]*",
    re.IGNORECASE,
)
"""The beginning of a caption that says its number, which the program counts itself."""
_TABLES = ("tab", "tabelle", "tableau", "tabla")
_CAPTIONS = re.compile(
    r"(?:image|table|figure)?\s*captions?|caption.*|beschriftung|légende|legende|didascalia|epígrafe",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"toc(?:\s*heading)?\s*\d*|table of figures|contents heading|contents \d|index \d", re.IGNORECASE
)
_VERSE = re.compile(r".*\b(?:verse|poem|poetry|vers)\b.*", re.IGNORECASE)
_EPIGRAPH = re.compile(r".*\b(?:epigraph|motto)\b.*", re.IGNORECASE)


def by_styles(blocks: Blocks, report: Report) -> Blocks:
    """The blocks without the divisions that say their styles."""
    return _joined(_named(blocks, report), report)


def _named(blocks: Blocks, report: Report) -> Blocks:
    made: Blocks = []
    for block in blocks:
        style = pairs(block["c"][0]).get("custom-style", "") if block["t"] == "Div" else ""
        if not style:
            made.append(block)
        elif _CAPTIONS.fullmatch(style):
            made.append({"t": "Caption", "c": block["c"][1]})
        elif _CONTENTS.fullmatch(style):
            report.left_out("a table of contents, which the template prints")
        elif _VERSE.fullmatch(style):
            made += _verse(block["c"][1])
        elif _EPIGRAPH.fullmatch(style):
            made.append(div(block["c"][1], ["", ["epigraph"], []]))
        else:
            made += _named(block["c"][1], report)
    return made


def _verse(blocks: Blocks) -> Blocks:
    lines: list[Inlines] = []
    for block in blocks:
        if block["t"] not in ("Para", "Plain"):
            return blocks
        line: Inlines = []
        for item in block["c"]:
            if item["t"] == "LineBreak":
                lines.append(line)
                line = []
            else:
                line.append(item)
        lines.append(line)
    return [line_block(lines)]


def _joined(blocks: Blocks, report: Report) -> Blocks:
    """Captions joined with what they stand next to."""
    made: Blocks = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if block["t"] != "Caption":
            typed = _typed_caption(block, made, blocks[at + 1 : at + 2])
            block = {"t": "Caption", "c": [block]} if typed else block
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if block["t"] != "Caption":
            made.append(block)
        elif _is_table(block):
            if following and following["t"] == "Table" and not following["c"][1][1]:
                following["c"][1][1] = _caption(block)
            elif made and made[-1]["t"] == "Table" and not made[-1]["c"][1][1]:
                made[-1]["c"][1][1] = _caption(block)
            else:
                made += block["c"]
        elif made and (pictures := _pictures(made[-1])):
            made[-1] = figure([plain_block(pictures)], _caption(block), ["", [], []])
        elif following and (pictures := _pictures(following)):
            made.append(figure([plain_block(pictures)], _caption(block), ["", [], []]))
            at += 1
        elif following and following["t"] == "Table" and not following["c"][1][1]:
            following["c"][1][1] = _caption(block)
        else:
            made += block["c"]
        at += 1
    return [_inner(block, report) for block in made]


def _inner(block: Json, report: Report) -> Json:
    if block["t"] in ("BlockQuote",):
        return {"t": block["t"], "c": by_styles(block["c"], report)}
    if block["t"] in ("Figure", "Table") and any(each["t"] == "Div" for each in block["c"][1][1]):
        block["c"][1][1] = _caption({"t": "Caption", "c": _without_styles(block["c"][1][1])})
    return block


def _without_styles(blocks: Blocks) -> Blocks:
    """The blocks of a caption that pandoc has joined with its picture, out of the division that names their style."""
    return [inner for block in blocks for inner in (block["c"][1] if block["t"] == "Div" else [block])]


def _typed_caption(block: Json, made: Blocks, following: Blocks) -> bool:
    """A paragraph that begins with “Figure 3.” right after a picture, or with “Table 2” right before a table."""
    if block["t"] not in ("Para", "Plain"):
        return False
    found = NUMBERED.match(plain(block["c"]))
    if not found or len(plain(block["c"])) > 900:
        return False
    if found["word"].lower().startswith(_TABLES):
        return bool(following and following[0]["t"] == "Table")
    return bool(made and _pictures(made[-1]))


def _is_table(block: Json) -> bool:
    found = NUMBERED.match(plain(block["c"]))
    return bool(found and found["word"].lower().startswith(_TABLES))


def _pictures(block: Json) -> Inlines:
    """The pictures of a paragraph that holds nothing else."""
    if block["t"] not in ("Para", "Plain"):
        return []
    found = [item for item in elements(block["c"]) if item["t"] == "Image"]
    bare = rewrite(block["c"], lambda item: [] if item["t"] == "Image" else None)
    return found if found and not plain(bare).strip() else []


def _caption(block: Json) -> Blocks:
    blocks: Blocks = block["c"]
    if blocks and blocks[0]["t"] in ("Para", "Plain"):
        found = NUMBERED.match(plain(blocks[0]["c"]))
        if found:
            blocks[0] = plain_block(without_start(blocks[0]["c"], found.end()))
    return blocks


def without_start(inlines: Inlines, length: int) -> Inlines:
    """Inlines without their first characters; names of places among them stay."""
    made: Inlines = []
    for number, item in enumerate(inlines):
        size = len(plain([item]))
        if length <= 0:
            made += inlines[number:]
            break
        if size > length and item["t"] == "Str":
            made.append({"t": "Str", "c": item["c"][length:]})
        elif (
            size > length
            and isinstance(item["c"], list)
            and item["t"] in ("Emph", "Strong", "Underline", "SmallCaps")
        ):
            made.append({"t": item["t"], "c": without_start(item["c"], length)})
        elif item["t"] == "Span":
            made.append({"t": "Span", "c": [item["c"][0], without_start(item["c"][1], length)]})
        else:
            made += [
                each
                for each in elements(item)
                if each["t"] == "Span" and each["c"][0][0] and not each["c"][1]
            ]
        length -= size
    return stripped(made)
