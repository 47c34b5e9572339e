"""Pictures lifted out of running text: each becomes a figure, which is a paragraph of its own."""

from __future__ import annotations

import re

from fascicle.core.pandoc_ast import Blocks, Inlines, Json, figure, para
from fascicle.core.pandoc_ast import plain as plain_block
from fascicle.importers.report import Report
from fascicle.importers.tree.walk import elements, plain, stripped

_INSIDE = {"Emph": (), "Strong": (), "Span": (1,), "Link": (1,), "Underline": (), "Quoted": (1,), "Superscript": (),
           "Subscript": (), "Strikeout": (), "SmallCaps": ()}  # fmt: skip


def lift_pictures(blocks: Blocks, report: Report) -> Blocks:
    """The blocks with each picture as a figure beside the paragraph, cell or note that held it."""
    made: Blocks = []
    for block in blocks:
        made += _lifted(block, report)
    return made


def _lifted(block: Json, report: Report) -> Blocks:
    kind = block["t"]
    if kind in ("Para", "Plain"):
        return _paragraph(block, report)
    if kind in ("BlockQuote",):
        return [{"t": kind, "c": lift_pictures(block["c"], report)}]
    if kind == "Div" and re.match(r"(?:fig|tbl|tab)[:-]", block["c"][0][0]):
        return _floating(block, report)
    if kind == "Div":
        return [{"t": kind, "c": [block["c"][0], lift_pictures(block["c"][1], report)]}]
    if kind == "BulletList":
        return [{"t": kind, "c": [lift_pictures(item, report) for item in block["c"]]}]
    if kind == "OrderedList":
        return [{"t": kind, "c": [block["c"][0], [lift_pictures(item, report) for item in block["c"][1]]]}]
    if kind == "DefinitionList":
        items = [[term, [lift_pictures(each, report) for each in meanings]] for term, meanings in block["c"]]
        return [{"t": kind, "c": items}]
    if kind == "Figure":
        return _figures(block, report)
    if kind in ("Table", "Header", "LineBlock"):
        return _behind(block, report)
    return [block]


def _floating(block: Json, report: Report) -> Blocks:
    """`::: {#fig-x}` around pictures or a table, the caption its last paragraph."""
    attributes, content = block["c"]
    inner = [each for each in content if each["t"] != "Div"] + [
        part for each in content if each["t"] == "Div" for part in each["c"][1]
    ]
    last = content[-1] if content and content[-1]["t"] in ("Para", "Plain") else None
    if last is not None and any(item["t"] == "Image" for item in elements(last)):
        last = None
    if any(item["t"] == "Table" for item in content):
        table = next(item for item in content if item["t"] == "Table")
        table["c"][0][0] = table["c"][0][0] or attributes[0]
        if last is not None and not table["c"][1][1]:
            table["c"][1][1] = [last]
            content = [item for item in content if item is not last]
        return lift_pictures(content, report)
    if not any(item["t"] == "Image" for item in elements(content)):
        return lift_pictures(content, report)
    rest = [item for item in inner if item is not last]
    return _figures(figure(rest, [last] if last else [], [attributes[0], [], []]), report)


def _paragraph(block: Json, report: Report) -> Blocks:
    content = _unwrapped(block["c"])
    pictures = [item for item in content if item["t"] == "Image"]
    if not pictures:
        return _behind(block, report) if any(item["t"] == "Image" for item in elements(content)) else [block]
    rest = [item for item in content if item["t"] not in ("Image", "Space", "SoftBreak", "LineBreak")]
    if rest:
        report.changed(
            "a picture in the running text stands in a paragraph of its own", pictures[0]["c"][2][0]
        )
    made: Blocks = []
    run: Inlines = []
    for item in content:
        if item["t"] != "Image":
            run.append(item)
            continue
        made += _text(block["t"], run)
        made.append(_alone(item))
        run = []
    return made + _text(block["t"], run)


def _text(kind: str, run: Inlines) -> Blocks:
    run = stripped(run)
    return [para(run) if kind == "Para" else plain_block(run)] if run else []


def _unwrapped(content: Inlines) -> Inlines:
    """Inlines in which links and emphasis around a picture alone are gone."""
    made: Inlines = []
    for item in content:
        place = _INSIDE.get(item["t"])
        inner = None if place is None else item["c"][place[0]] if place else item["c"]
        if inner and any(each["t"] == "Image" for each in elements(inner)) and not plain(inner).strip():
            made += _unwrapped(inner)
        elif inner and len(stripped(inner)) == 1 and stripped(inner)[0]["t"] == "Image":
            made += stripped(inner)
        else:
            made.append(item)
    return made


def _alone(item: Json) -> Json:
    """A picture without a caption of its own; the words in its brackets are its alternative text."""
    attributes = item["c"][0]
    words = plain(item["c"][1]).strip()
    if words and not any(key in ("alt", "fig-alt") for key, _ in attributes[2]):
        attributes[2].append(["alt", words])
    return figure([plain_block([item])], [], [attributes[0], [], []])


def _figures(block: Json, report: Report) -> Blocks:
    """A figure of one picture; of several, each as a figure, the last with the caption."""
    attributes, caption, content = block["c"]
    pictures = [item for item in elements(content) if item["t"] == "Image"]
    if len(pictures) == 1:
        others = [
            each
            for each in content
            if not any(item["t"] == "Image" for item in elements(each)) and plain(each).strip()
        ]
        if attributes[0] == "" and pictures[0]["c"][0][0]:
            attributes[0] = pictures[0]["c"][0][0]
        return [figure([plain_block(pictures)], caption[1], attributes), *others]
    if not pictures:
        made = lift_pictures(content, report)
        for each in made:
            if each["t"] in ("Table", "CodeBlock") and not each["c"][0][0]:
                each["c"][0][0] = attributes[0]
                if each["t"] == "Table" and not each["c"][1][1]:
                    each["c"][1][1], caption = caption[1], [None, []]
                    break
        return made + (caption[1] if caption[1] else [])
    return [_group(block, pictures, report)]


def _group(block: Json, pictures: list[Json], report: Report) -> Json:
    """Several pictures as parts of one figure: those that are figures in it with their captions and names."""
    attributes, caption, content = block["c"]
    report.read_as("pictures in one figure, as its parts", plain(caption[1])[:70])
    parts = [item for item in elements(content) if item["t"] == "Figure"]
    inner = [part for part in parts if sum(item["t"] == "Image" for item in elements(part)) == 1]
    made: Blocks = []
    for picture in pictures:
        own = next((part for part in inner if picture in elements(part)), None)
        if own is not None:
            made.append(figure([plain_block([picture])], own["c"][1][1], own["c"][0]))
        else:
            words = (
                [plain_block(picture["c"][1])] if plain(picture["c"][1]).strip() not in ("", "image") else []
            )
            made.append(figure([plain_block([picture])], words, [picture["c"][0][0], [], []]))
    name = (
        attributes[0]
        or f"fig:parts-{re.sub(r'[^A-Za-z0-9]+', '-', pictures[0]['c'][2][0]).strip('-').lower()}"
    )
    return {"t": "FigureGroup", "c": [[name, [], []], made, caption[1]]}


def _behind(block: Json, report: Report) -> Blocks:
    """Pictures of a table, heading or note come after it."""
    found: list[Json] = []

    def without(value: object) -> object:
        if isinstance(value, list):
            kept = []
            for item in value:
                if isinstance(item, dict) and item.get("t") == "Image":
                    found.append(item)
                else:
                    kept.append(without(item))
            return kept
        if isinstance(value, dict):
            return {key: without(item) for key, item in value.items()}
        return value

    if not any(item["t"] == "Image" for item in elements(block)):
        return [block]
    bare = without(block)
    place = "table" if block["t"] == "Table" else "heading" if block["t"] == "Header" else "note or markup"
    for item in found:
        report.changed(f"a picture in a {place} stands after it", item["c"][2][0])
    assert isinstance(bare, dict)  # noqa: S101
    return [bare, *(_alone(item) for item in found)]
