"""Pictures and the captions of pictures and tables, with LaTeX's own floats."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from fascicle.document.figures.alternative_texts import alternative_text
from fascicle.document.figures.placed_figures import PlacedPicture
from fascicle.document.locale.words import words
from fascicle.document.tree import (
    Attributes,
    Cite,
    Emph,
    Figure,
    Inline,
    Link,
    Mark,
    Marked,
    Note,
    Quoted,
    SpanInline,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    plain,
)
from fascicle.latex.escape import Latex, concat, escape
from fascicle.latex.writer.footnotes import note_texts
from fascicle.latex.writer.links import label_name
from fascicle.latex.writer.nodes import Float, Here, Lines, command
from fascicle.latex.writer.state import Writer

_LENGTH = re.compile(r"(\d+(?:\.\d+)?|\.\d+)\s*(%|mm|cm|in|pt|bp|pc|em|px)")
UNKNOWN = PlacedPicture(None, "", 300, 200, "")
"""A picture that nobody told of: its diagnostic was made when the pictures were gathered."""

STRIP = 2.4
"""How much wider than high a picture is that is too low in a column."""
_PLATE_TEXT = 160
"""Most characters of a picture's description that a plate in its place has room for."""


def render_figure(writer: Writer, node: Figure) -> Latex:
    """A picture with its caption and credit, floating unless `{.here}` or a note keeps it in place."""
    placed = writer.context.pictures.get(node.path, UNKNOWN)
    with writer.put_off_notes() as queue:
        parts = [picture(writer, node, placed), *_below(writer, node, placed)]
    body = Latex("\n").join(parts)
    if not numbered(node):
        made = writer.dump(Lines("fascicleplain", body))
    elif stays(writer, node.attributes):
        made = writer.dump(Here("figure", body))
    else:
        made = writer.dump(Float("figure", Latex(f"\\centering\n{body}"), wide=_spans(writer, node, placed)))
    return after(made, note_texts(writer, queue))


def after(placed: Latex, texts: Latex) -> Latex:
    """A float or table, and the texts of its notes on the line after it."""
    return Latex(f"{placed}\n{texts}") if texts else placed


def stays(writer: Writer, attributes: Attributes) -> bool:
    """True when nothing may float: `{.here}`, and inside notes."""
    return "here" in attributes.classes or writer.in_note


def spans(writer: Writer, attributes: Attributes) -> bool:
    """True when something stands above both columns because its author says so: `{.wide}`."""
    return writer.context.columns > 1 and "wide" in attributes.classes


def _spans(writer: Writer, node: Figure, placed: PlacedPicture) -> bool:
    """Whether a picture stands above both columns: also one that would be a strip in a column."""
    strip = placed.width_pt > STRIP * placed.height_pt
    return spans(writer, node.attributes) or (writer.context.columns > 1 and strip)


def numbered(node: Figure) -> bool:
    """Whether a figure has a number."""
    return bool(node.caption or node.attributes.id)


def _below(writer: Writer, node: Figure, picture: PlacedPicture) -> list[Latex]:
    """Caption, credit and label."""
    credit = command("fasciclecredit", writer.inlines(picture.credit)) if picture.credit else Latex("")
    if not numbered(node):
        return [credit] if credit else []
    return caption(writer, node.caption, node.attributes.id, credit)


def caption(
    writer: Writer, content: tuple[Inline, ...], label: str, credit: Latex | None = None
) -> list[Latex]:
    """The lines of a caption; a list of figures gets it without notes, citations and credit."""
    text = writer.inlines(content)
    if credit:
        text = concat((text, Latex(" " if content else ""), credit))
    plainer = without_apparatus(content)
    short = writer.inlines(plainer) if credit or plainer != content else None
    lines = [command("caption", text, option=short)]
    if label:
        lines.append(command("label", label_name(label)))
    return lines


def _noted(node: Cite) -> bool:
    """Whether a citation is a mark: a note, or a raised number."""
    return any(isinstance(one, Note | Superscript) for one in node.content)


def _unlinked(content: tuple[Inline, ...]) -> list[Inline]:
    """Words without links to entries: a line of a table of contents is a link itself."""
    return [
        inner
        for node in content
        for inner in (node.content if isinstance(node, Link) and node.target.startswith("#") else (node,))
    ]


def without_apparatus(content: Sequence[Inline]) -> tuple[Inline, ...]:
    """Inlines without notes and the marks of citations, as tables of contents and running heads want them."""
    kept: list[Inline] = []
    for node in content:
        match node:
            case Note() | Marked(mark=Mark.DELETED):
                pass
            case Marked():
                kept.extend(without_apparatus(node.content))
            case Cite():
                kept.extend(_unlinked(without_apparatus(node.content)) if not _noted(node) else ())
            case (
                Emph()
                | Strong()
                | Strikeout()
                | Superscript()
                | Subscript()
                | Quoted()
                | Link()
                | SpanInline()
            ):
                kept.append(replace(node, content=without_apparatus(node.content)))
            case _:
                kept.append(node)
    return tuple(kept)


def without_part(node: Figure) -> Figure:
    """A picture whose width is that of the cell that it stands in."""
    kept = tuple(pair for pair in node.attributes.pairs if pair[0] != "width")
    return replace(node, attributes=replace(node.attributes, pairs=(*kept, ("width", "100%"))))


def picture(writer: Writer, node: Figure, placed: PlacedPicture) -> Latex:
    """A picture, or a plate in its place."""
    width, height = _size(node.attributes, placed)
    alt = alternative_text(node, placed.alt)
    if placed.file is not None and writer.marked:
        shown = command("fasciclegraphics", width, height, escape(alt), _file_name(placed.file))
        return command(f"fasciclepicture{writer.marked.value}", shown)
    if placed.file is not None:
        return command("fasciclegraphics", width, height, escape(alt), _file_name(placed.file))
    reason = escape(placed.plate_reason or words(writer.language).plates.missing)
    shown = escape(_begun(alt or plain(node.caption)))
    ratio = max(placed.height_pt, 1) / max(placed.width_pt, 1)
    return command(
        "fascicleplate", width, height, Latex(f"{ratio:.5f}"), Latex(f"{1 / ratio:.5f}"), reason, shown
    )


def _begun(text: str) -> str:
    """A description as far as a plate has room for it."""
    return text if len(text) <= _PLATE_TEXT else f"{text[:_PLATE_TEXT].rsplit(' ', 1)[0]} …"


def _file_name(file: str) -> Latex:
    """A file name as typed: the pipeline names the files of the run folder, and TeX reads them in a name."""
    return Latex.proved(re.sub(r"[\\{}%#~^$&\s]", "", file))


def _size(attributes: Attributes, picture: PlacedPicture) -> tuple[Latex, Latex]:
    """Greatest width and height as TeX lengths; the picture fills one of the two and keeps its shape."""
    width, height = attributes.get("width"), attributes.get("height")
    wide = _length(width, Latex(r"\linewidth"))
    high = _length(height, Latex(r"\textheight"))
    if wide is None and high is None:
        return Latex(f"{picture.width_pt:g}bp"), Latex(f"{picture.height_pt:g}bp")
    return wide or Latex(r"\linewidth"), high or Latex(r"\fasciclemaxheight")


def _length(value: str | None, whole: Latex) -> Latex | None:
    """A length as TeX writes it, percentages as a part of `whole`; None when there is none."""
    match = _LENGTH.fullmatch(value.strip()) if value else None
    if match is None:
        return None
    number, unit = match.groups()
    if unit == "%":
        return Latex.proved(f"{float(number) / 100:.4f}".rstrip("0").rstrip(".")) + whole
    # A CSS pixel is 1/96 inch, a TeX pixel whatever the engine thinks.
    return Latex.proved(f"{float(number) * 0.75:g}bp" if unit == "px" else match.expand(r"\1\2"))
