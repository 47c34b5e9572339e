"""Figures and captions as Pandoc's blocks, at the size at which they are printed."""

from __future__ import annotations

import re

from fascicle.core import pandoc_ast as p
from fascicle.core.units import INCHES
from fascicle.document.figures.alternative_texts import alternative_text
from fascicle.document.figures.figures_at_end import alternative
from fascicle.document.figures.placed_figures import PlacedPicture
from fascicle.document.inline_spacing import is_wide
from fascicle.document.locale.words import NO_BREAK, words
from fascicle.document.tree import Attributes, Figure, FigureGroup, Table, plain
from fascicle.export.pandoc.context import Target
from fascicle.export.pandoc.inlines import InlineRenderer

_LENGTH = re.compile(r"(\d+(?:\.\d+)?|\.\d+)\s*(%|mm|cm|in|pt|bp|pc|em|px)")
_INCHES = {**INCHES, "em": 1 / 6, "px": 1 / 96}
_UNKNOWN = PlacedPicture(None, "", 300, 200, "")
"""A picture that nobody told of: its diagnostic was made when the pictures were gathered."""


def coded(text: str) -> str:
    """A description as digits and letters: pandoc writes it into JATS as it is, with signs that are XML's own."""
    return text.encode().hex()


def decoded(text: str) -> str:
    """The description that was coded so; what was not stays as it is."""
    try:
        return bytes.fromhex(text).decode()
    except ValueError:
        return text


class FigureRenderer(InlineRenderer):
    """Renders pictures, and the captions of pictures and tables."""

    @property
    def word(self) -> bool:
        """True when a Word document is made."""
        return self.context.target is Target.WORD

    def figure(self, node: Figure) -> p.Blocks:
        """A picture and its caption."""
        if self.context.target is Target.PANDOC:
            return [self.plain_figure(node)]
        picture = self.context.pictures.get(node.path, _UNKNOWN)
        below = self.caption(node, picture)
        if not self.word:
            alt = coded(alternative_text(node, picture.alt) or plain(node.caption))
            shown = p.image(picture.file or "", [p.string(alt)], p.attr())
            return [
                p.figure([p.plain([shown])], [p.para(below)] if below else [], p.attr(self.identifier(node)))
            ]
        shown_below = [p.styled("Caption", [p.para(self.anchored(node, below))])] if below else []
        if self.context.apart and below:
            return [*shown_below, *self.alternative(picture)]
        return [*self.shown(node, picture), *shown_below]

    def group(self, node: FigureGroup) -> p.Blocks:
        """Pictures side by side; in a Word document a line of them, their captions below with their letters."""
        if not node.lettered:
            return [made for figure in node.figures for made in self.figure(figure)]
        if not self.word:
            inside = [made for figure in node.figures for made in self.figure(figure)]
            below = [p.para(above)] if (above := self.caption(node)) else []
            return [p.figure(inside, below, p.attr(self.identifier(node)))]
        rows = [] if self.context.apart else [made for row in node.rows for made in self.row_of(row)]
        parts = [self.part(letter, figure) for letter, figure in node.lettered_figures]
        caption = p.styled("Caption", [p.para(self.anchored(node, self.caption(node)))])
        return [*rows, *([p.styled("Caption", [p.para(part)]) for part in parts]), caption]

    def row_of(self, row: tuple[Figure, ...]) -> p.Blocks:
        """A line of pictures that are equally high."""
        pictures = [self.context.pictures.get(figure.path, _UNKNOWN) for figure in row]
        if any(picture.file is None for picture in pictures):
            return [
                made
                for figure, picture in zip(row, pictures, strict=True)
                for made in self.shown(figure, picture)
            ]
        shapes = [max(one.width_pt, 1) / max(one.height_pt, 1) for one in pictures]
        high = min(0.96 * self.context.measure / sum(shapes), 0.4 * self.context.height)
        line: p.Inlines = []
        for figure, picture, shape in zip(row, pictures, shapes, strict=True):
            pairs = [("width", f"{shape * high:.3f}in"), ("height", f"{high:.3f}in")]
            alt = p.strings(alternative_text(figure, picture.alt) or plain(figure.caption))
            line += [*([p.SPACE] if line else []), p.image(picture.file or "", alt, p.attr("", (), pairs))]
        return [p.styled("Captioned Figure", [p.para(line)])]

    def part(self, letter: str, figure: Figure) -> p.Inlines:
        """The caption of a part behind its letter, with its credit."""
        text = [p.string(f"({letter})"), p.SPACE, *self.inlines(figure.caption)]
        credit = self.context.pictures.get(figure.path, _UNKNOWN).credit
        if credit:
            text += [p.SPACE, *self.inlines(credit)]
        return self.anchored(figure, text)

    def alternative(self, picture: PlacedPicture) -> p.Blocks:
        """What a picture that is not in the document shows."""
        if not picture.alt:
            return []
        label = p.wrapped("Emph", p.strings(f"{alternative(self.context.language)}:"))
        return [p.styled("Caption", [p.para([label, p.SPACE, *p.strings(picture.alt)])])]

    def plain_figure(self, node: Figure) -> p.Json:
        """A figure as Pandoc reads it: identifier and classes belong to the figure, sizes to the picture."""
        given = node.attributes
        content = self.inlines(node.caption)
        shown = p.image(node.path.replace(" ", "%20"), content, p.attr("", given.classes, given.pairs))
        below = [p.plain(content)] if content else []
        return p.figure([p.plain([shown])], below, p.attr(given.id))

    def shown(self, node: Figure, picture: PlacedPicture) -> p.Blocks:
        """The picture itself, or words in a frame that say why it is not there."""
        alt = alternative_text(node, picture.alt) or plain(node.caption)
        if picture.file is None:
            reason = picture.plate_reason or words(self.language).plates.missing
            lines = [p.para(p.strings(text)) for text in (reason, alt) if text]
            return [p.styled("Plate", lines)]
        width, height = self.size(node.attributes, picture)
        pairs = [("width", f"{width:.3f}in"), ("height", f"{height:.3f}in")]
        return [
            p.styled(
                "Captioned Figure", [p.para([p.image(picture.file, p.strings(alt), p.attr("", (), pairs))])]
            )
        ]

    def size(self, attributes: Attributes, picture: PlacedPicture) -> tuple[float, float]:
        """Width and height in inches: the picture keeps its shape inside what its author and the page allow."""
        natural = max(picture.width_pt, 1) / 72, max(picture.height_pt, 1) / 72
        wide = _length(attributes.get("width"), self.context.measure)
        high = _length(attributes.get("height"), self.context.height)
        if wide is None and high is None:
            wide, high = natural
        limits = min(wide or self.context.measure, self.context.measure), high or self.context.height * 0.8
        scale = min(limits[0] / natural[0], min(limits[1], self.context.height * 0.9) / natural[1])
        return natural[0] * scale, natural[1] * scale

    def identifier(self, node: Figure | FigureGroup | Table) -> str:
        """The name by which others find a figure or table; those without a label get one from their number."""
        if node.attributes.id or self.context.target is Target.PANDOC:
            return node.attributes.id
        number = self.context.numbers.nodes.get(node)
        kind = "tbl" if isinstance(node, Table) else "fig"
        return f"{kind}:number-{number}" if number else ""

    def anchored(self, node: Figure | FigureGroup | Table, content: p.Inlines) -> p.Inlines:
        """A caption that cross-references lead to."""
        return [p.span([], p.attr(node.attributes.id)), *content] if node.attributes.id else content

    def caption(self, node: Figure | FigureGroup | Table, picture: PlacedPicture | None = None) -> p.Inlines:
        """The caption, in a Word document with its word and number before it and the credit after it."""
        content = self.inlines(node.caption)
        if not self.word:
            return content
        if picture and picture.credit:
            content += [*([p.SPACE] if content else []), *self.inlines(picture.credit)]
        number = self.context.numbers.nodes.get(node)
        if number is None:
            return content
        table = words(self.context.language).cross_references
        word = table.table if isinstance(node, Table) else table.figure
        word = word[:1].upper() + word[1:]
        name = f"{word}{NO_BREAK}{number}" + ("" if is_wide(word[0]) else ".")
        return [
            p.span([p.string(name)], p.attr("", (), [("custom-style", "Caption Number")])),
            p.SPACE,
            *content,
        ]


def _length(value: str | None, whole: float) -> float | None:
    """A length in inches, percentages as a part of `whole`; None when there is none."""
    match = _LENGTH.fullmatch(value.strip()) if value else None
    if match is None:
        return None
    number, unit = float(match[1]), match[2]
    return number / 100 * whole if unit == "%" else number * _INCHES[unit]
