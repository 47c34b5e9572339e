"""Text inside paragraphs to LaTeX.

A line of the author's stays a line of TeX, so that errors keep their place.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fascicle.core.diagnostics import Span
from fascicle.document.indexed import is_marked, place_of
from fascicle.document.inline_spacing import is_wide, joined_lines, sentence_begins
from fascicle.document.locale.direction import direction
from fascicle.document.locale.quotation_marks import quotes
from fascicle.document.tree import (
    Cite,
    CrossRef,
    Emph,
    HardBreak,
    Inline,
    InlineCode,
    Link,
    Marked,
    Math,
    Note,
    Quoted,
    RawInline,
    SoftBreak,
    SpanInline,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Text,
    Underline,
    plain,
)
from fascicle.latex.escape import Latex, code, concat, escape
from fascicle.latex.line_map import unmark
from fascicle.latex.writer.bibtex import cite_command
from fascicle.latex.writer.changes import render_marked
from fascicle.latex.writer.footnotes import render_note
from fascicle.latex.writer.languages import render_language
from fascicle.latex.writer.links import label_name, render_crossref, render_link
from fascicle.latex.writer.math import render_math
from fascicle.latex.writer.nodes import command
from fascicle.latex.writer.state import Writer

_COMMANDS = {Emph: "emph", Strong: "textbf", Superscript: "textsuperscript", Subscript: "textsubscript"}
_SPAN_CLASSES = {"smallcaps": "textsc", "upright": "textup"}


_NOTHING = Latex("")


@dataclass(frozen=True, slots=True)
class _NewLine:
    """A line of TeX must begin here, without a space unless the text has one."""

    mark: Latex = _NOTHING
    """The mark that begins the line."""


def render_inlines(writer: Writer, content: tuple[Inline, ...]) -> Latex:
    """Inlines one after another; after a note or a display, the output comes back to a line of its own."""
    pieces: list[Latex | _NewLine] = []
    preceding, writer.preceding = writer.preceding, ()
    for at, node in enumerate(content):
        before = writer.away
        piece = _render(writer, content, at, preceding)
        if isinstance(node, Math) and node.display:
            pieces.append(_NewLine())
        pieces.append(piece)
        if writer.away > before and at + 1 < len(content):
            pieces.append(_NewLine(writer.mark(content[at + 1].span)))
    return _join(pieces)


def _join(pieces: list[Latex | _NewLine]) -> Latex:
    """The pieces; a new line takes the place of a space, or else hides its line end from TeX."""
    joined: list[Latex] = []
    waiting: _NewLine | None = None
    for piece in pieces:
        if isinstance(piece, _NewLine):
            waiting = piece
            continue
        if waiting is not None and piece:
            piece = _on_new_line(unmark("".join(joined[-2:])), waiting.mark, piece)
            waiting = None
        joined.append(piece)
    return Latex("".join(joined))


def _on_new_line(before: str, mark: Latex, piece: Latex) -> Latex:
    bare = unmark(piece)
    if not before or before.endswith("\n") or bare.startswith(("\n", "%\n")):
        return piece
    if bare.startswith(" "):
        return Latex(f"\n{mark}{Latex.proved(str(piece).lstrip(' '))}")
    return Latex(f"{'' if before.endswith(' ') else '%'}\n{mark}{piece}")


def _render(writer: Writer, content: tuple[Inline, ...], at: int, preceding: tuple[Inline, ...]) -> Latex:
    """One inline, with a look at its neighbours where they matter."""
    node = content[at]
    if isinstance(node, SoftBreak):
        return _soft_break(writer, content, at)
    if isinstance(node, CrossRef):
        return render_crossref(writer, node, begins=sentence_begins((*preceding, *content[:at])))
    if isinstance(node, Marked):
        writer.preceding = (*preceding, *content[:at])
        return render_marked(writer, node)
    return _RENDERERS[type(node)](writer, node)


def _soft_break(writer: Writer, content: tuple[Inline, ...], at: int) -> Latex:
    """A line end that prints as a space, or as nothing between Han characters and the like."""
    node = content[at]
    following = content[at + 1].span if at + 1 < len(content) else None
    if following is None or following.file != node.span.file or following.line <= node.span.line:
        following = Span(node.span.file, node.span.line + 1, 1)
    return Latex(f"{'%' if joined_lines(content, at) else ''}\n{writer.mark(following)}")


def _text(writer: Writer, node: Text) -> Latex:
    return escape(node.text)


def _hard_break(writer: Writer, node: HardBreak) -> Latex:
    r"""`\newline` rather than `\\`, which would read a star or bracket after it and end a table's row."""
    following = writer.mark(Span(node.span.file, node.span.line + 1, 1))
    return Latex(f"\\newline{{}}%\n{following}")


def _wrapped(writer: Writer, node: Emph | Strong | Superscript | Subscript) -> Latex:
    return command(_COMMANDS[type(node)], writer.inlines(node.content))


def _strikeout(writer: Writer, node: Strikeout) -> Latex:
    writer.packages.add("lua-ul")
    return command("fasciclestrike", writer.inlines(node.content))


def _underline(writer: Writer, node: Underline) -> Latex:
    writer.packages.add("lua-ul")
    return command("fascicleunderline", writer.inlines(node.content))


def _code(writer: Writer, node: InlineCode) -> Latex:
    """Literal text; among words that run from right to left, code in Latin letters keeps its own direction."""
    leftward = direction(writer.language) == "rtl"
    if leftward and any(unicodedata.bidirectional(sign) == "L" for sign in node.text):
        return render_language(writer, "en", lambda: command("texttt", code(node.text)))
    return command("texttt", code(node.text))


def _quoted(writer: Writer, node: Quoted) -> Latex:
    """A quotation in the language's marks for its depth, a sliver of space between marks that meet."""
    depth = max(writer.quote_depth, int(node.nested))
    opening, closing = quotes(writer.language).pair(depth)
    with writer.within(quote_depth=depth + 1):
        content = writer.inlines(node.content)
    gap = Latex(r"\fasciclequotegap{}")
    touching = not opening[-1].isspace() and not is_wide(opening[0])
    before = gap if touching and node.content and isinstance(node.content[0], Quoted) else Latex("")
    after = gap if touching and node.content and isinstance(node.content[-1], Quoted) else Latex("")
    return concat((escape(opening), before, content, after, escape(closing)))


def _span(writer: Writer, node: SpanInline) -> Latex:
    """Text with attributes: its language, small capitals, an anchor."""
    attributes = node.attributes
    if language := attributes.get("lang"):
        result = render_language(writer, language, lambda: writer.inlines(node.content))
    else:
        result = writer.inlines(node.content)
    for name in attributes.classes:
        if name in _SPAN_CLASSES:
            capitals = name == "smallcaps" and plain(node.content).isupper()
            result = command("fasciclecapitals" if capitals else _SPAN_CLASSES[name], result)
    if attributes.id:
        result = concat((command("fascicleanchor", label_name(attributes.id)), result))
    if is_marked(node):
        result = concat((command("fascicleindexed", label_name(place_of(node))), result))
    return result


def _cite(writer: Writer, node: Cite) -> Latex:
    """What the citation style prints, or the command by which a journal's own style does it."""
    if writer.context.bibtex:
        return cite_command(writer, node, writer.context.bibtex)
    return writer.inlines(node.content)


def _raw(writer: Writer, node: RawInline) -> Latex:
    """LaTeX of a trusted author, as typed."""
    first, *rest = node.tex.split("\n")
    lines = [
        Latex(f"{writer.mark(Span(node.span.file, node.span.line + n, 1))}{Latex.proved(line)}")
        for n, line in enumerate(rest, 1)
    ]
    return Latex("\n").join([Latex.proved(first), *lines])


_RENDERERS: dict[type, Callable[[Writer, Any], Latex]] = {
    Text: _text,
    HardBreak: _hard_break,
    Emph: _wrapped,
    Strong: _wrapped,
    Superscript: _wrapped,
    Subscript: _wrapped,
    Strikeout: _strikeout,
    Underline: _underline,
    InlineCode: _code,
    Quoted: _quoted,
    Link: render_link,
    SpanInline: _span,
    Math: render_math,
    Note: render_note,
    Cite: _cite,
    RawInline: _raw,
}
