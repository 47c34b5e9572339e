"""Figures and tables as HTML: pictures with their texts, credits and licences, tables with their heads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from fascicle.core import identifiers
from fascicle.core.units import INCHES
from fascicle.document.figures.alternative_texts import alternative_text
from fascicle.document.figures.placed_figures import PlacedPicture
from fascicle.document.inline_spacing import is_wide
from fascicle.document.locale.words import NO_BREAK, words
from fascicle.document.tables.cell_places import placed_rows
from fascicle.document.tree import (
    Alignment,
    Attributes,
    Cell,
    CodeBlock,
    Figure,
    FigureGroup,
    Row,
    Table,
    plain,
)
from fascicle.export.elements import Element, element, printable
from fascicle.export.html.inlines import InlineRenderer
from fascicle.export.html.nodes import Nodes, fill

_LENGTH = re.compile(r"(\d+(?:\.\d+)?|\.\d+)\s*(%|mm|cm|in|pt|bp|pc|em|px)")
_UNITS = {**INCHES, "em": 1 / 6, "px": 1 / 96}
_CLASSES = {Alignment.CENTER: "centre", Alignment.RIGHT: "end"}
PIXELS = 96 / 72
"""Pixels of CSS to a point."""
_UNKNOWN = PlacedPicture(None, "", 300, 200, "")
"""A picture that nobody told of: its diagnostic was made when the pictures were gathered."""


class FigureRenderer(InlineRenderer):
    """Renders pictures and tables."""

    def figure(self, node: Figure, letter: str = "") -> Element:
        """A picture, its caption, its credit and its licence; a part of a figure has a letter."""
        picture = self.context.pictures.get(node.path, _UNKNOWN)
        made = element("figure", self.shown(node, picture), id=self.named(node))
        below: Nodes = [f"({letter}) ", *self.inlines(node.caption)] if letter else self.caption(node)
        for more in (self.credit(picture), self.licence(node)):
            if more is not None:
                below += [*([" "] if below else []), more]
        if picture.description:
            below.append(self.described(picture.description))
        if below:
            made.append(fill(element("figcaption"), below))
        return made

    def described(self, text: str) -> Element:
        """A long description, which opens for whoever wants it."""
        summary = element("summary", words(self.context.language).reading.description)
        paragraphs = (element("p", printable(one)) for one in re.split(r"\n\s*\n", text) if one.strip())
        return element("details", summary, *paragraphs, class_="apparatus")

    def group(self, node: FigureGroup) -> Element:
        """Pictures side by side; as parts of one figure they have letters before their captions."""
        made = element("figure" if node.lettered else "div", class_="group")
        letters = {id(figure): letter for letter, figure in node.lettered_figures if node.lettered}
        for row in node.rows:
            line = element("div", class_="row")
            for figure in row:
                shape = self.shape(figure)
                part = self.figure(figure, letters.get(id(figure), ""))
                part.set("style", f"flex:{shape:.4g}")
                line.append(part)
            made.append(line)
        if node.lettered:
            made.append(fill(element("figcaption"), self.caption(node)))
            if name := self.named(node):
                made.set("id", name)
        return made

    def shape(self, node: Figure) -> float:
        """Width of a picture divided by its height."""
        picture = self.context.pictures.get(node.path, _UNKNOWN)
        return max(picture.width_pt, 1) / max(picture.height_pt, 1)

    def named(self, node: Figure | FigureGroup | Table | CodeBlock) -> str | None:
        """The identifier of a figure, table or listing with a label."""
        name = node.attributes.id
        return self.memory.identifiers.of(name) if name else None

    def shown(self, node: Figure, picture: PlacedPicture) -> Element:
        """The picture, or the plate in its place."""
        alt = printable(alternative_text(node, picture.alt) or plain(node.caption))
        width = _width(node.attributes, picture)
        if picture.file is None:
            reason = picture.plate_reason or words(self.language).plates.missing
            made = element("div", element("strong", reason), class_="plate")
            if alt:
                made.append(element("p", alt))
            ratio = f"{picture.width_pt:g} / {picture.height_pt:g}"
            made.set("style", f"{width or f'width:{picture.width_pt * PIXELS:.0f}px'};aspect-ratio:{ratio}")
            return made
        made = element("img", src=picture.file)
        made.set("alt", alt)
        made.set("width", f"{max(picture.width_pt * PIXELS, 1):.0f}")
        made.set("height", f"{max(picture.height_pt * PIXELS, 1):.0f}")
        if width:
            made.set("style", width)
        return made

    def caption(self, node: Figure | FigureGroup | Table | CodeBlock) -> Nodes:
        """Word, number and words of a caption."""
        content = self.inlines(node.caption)
        number = self.context.numbers.nodes.get(node)
        if number is None:
            return content
        table = words(self.context.language).cross_references
        word = (
            table.table
            if isinstance(node, Table)
            else table.listing
            if isinstance(node, CodeBlock)
            else table.figure
        )
        word = word[:1].upper() + word[1:]
        name = f"{word}{NO_BREAK}{number}" + ("" if is_wide(word[0]) else ".")
        return [element("span", name, class_="label"), *([" ", *content] if content else [])]

    def credit(self, picture: PlacedPicture) -> Element | None:
        """Who is to be named."""
        if not picture.credit:
            return None
        return fill(element("span", class_="credit"), self.inlines(picture.credit))

    def licence(self, node: Figure) -> Element | None:
        """The licence under which the picture may be used."""
        picture = self.context.ledger.get(str(PurePosixPath(node.path)))
        stated = picture.data.license if picture and picture.data else None
        if not stated:
            return None
        name, address = identifiers.license_name(stated), identifiers.license_url(stated)
        return element("span", element("a", name, rel="license", href=address), class_="licence")

    def table(self, node: Table) -> Element:
        """A table with its caption above it, in a frame that scrolls when the window is narrow."""
        made = element("table", id=self.named(node))
        above = self.caption(node)
        said = _said(above)  # before the caption's element takes these nodes in
        if above:
            made.append(fill(element("caption"), above))
        if node.header:
            made.append(element("thead", *self.rows(node.header, node, "th")))
        made.append(element("tbody", *self.rows(node.rows, node, "td")))
        frame = element("div", made, class_="table", tabindex="0", role="region")
        frame.set("aria-label", said or words(self.context.language).cross_references.table)
        return frame

    def rows(self, rows: tuple[Row, ...], table: Table, tag: str) -> Iterator[Element]:
        """Rows of a table."""
        for _, placed in placed_rows(rows):
            made = element("tr")
            for each in placed:
                if each.begins:
                    made.append(self.cell(each.cell, table.alignments[each.column], tag))
            yield made

    def cell(self, cell: Cell, alignment: Alignment, tag: str) -> Element:
        """A cell of a table; one of the head that is empty heads nothing."""
        shown = element(tag if cell.filled else "td", class_=_CLASSES.get(alignment))
        if tag == "th" and cell.filled:
            shown.set("scope", "colgroup" if cell.columns > 1 else "col")
        if cell.columns > 1:
            shown.set("colspan", str(cell.columns))
        if cell.rows > 1:
            shown.set("rowspan", str(cell.rows))
        return fill(shown, self.inlines(cell.content) or list(self.blocks(cell.blocks)))


def _said(nodes: Nodes) -> str:
    """The words of a caption, without its notes' marks."""
    said = [
        node
        if isinstance(node, str)
        else ("".join(node.itertext()) if node.get("class") != "mark" else "") + (node.tail or "")
        for node in nodes
    ]
    return " ".join("".join(said).split())


def _width(given: Attributes, picture: PlacedPicture) -> str:
    """The width that the author asks for, as CSS; empty where the picture's own is right."""
    if wide := _length(given.get("width")):
        return f"width:{wide}"
    high = _LENGTH.fullmatch((given.get("height") or "").strip())
    if high is None or high[2] == "%":
        return ""
    inches = float(high[1]) * _UNITS[high[2]] * picture.width_pt / max(picture.height_pt, 1)
    return f"width:{inches:.4g}in"


def _length(value: str | None) -> str:
    match = _LENGTH.fullmatch(value.strip()) if value else None
    if match is None:
        return ""
    if match[2] == "%":
        return f"{float(match[1]):g}%"
    return f"{float(match[1]) * _UNITS[match[2]]:.4g}in"
