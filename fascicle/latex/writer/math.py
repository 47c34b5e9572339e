"""Formulas: already held to the allow-list, so they pass as typed, one TeX line for each of the author's."""

from __future__ import annotations

import re
from dataclasses import replace

from fascicle.core.diagnostics import Span
from fascicle.document.tree import Math
from fascicle.latex.escape import Latex
from fascicle.latex.writer.bold_math import bold_letters
from fascicle.latex.writer.links import label_name
from fascicle.latex.writer.nodes import Lines, command
from fascicle.latex.writer.state import Writer
from fascicle.latex.writer.upright_math import separate_letters, worded
from fascicle.project.math.commands import NEEDS_AMSMATH, NEEDS_AMSSYMB
from fascicle.project.math.tokens import TokenKind, tokens

_OWN_DISPLAY = re.compile(
    r"\s*\\begin\{((?:align|alignat|gather|multline|flalign)\*?)\}.*\\end\{\1\}\s*", re.DOTALL
)

_BOXED = 60
"""Longest changed formula that a box is drawn around: no line breaks in it."""
_SETMINUS = re.compile(r"\\setminus(?![A-Za-z])")
_PIECES = re.compile(r"\\(?:(A)rrowvert|arrowvert|bracevert)(?![A-Za-z])")
_SCRIPT = re.compile(
    r"([_^])\s*(\\(?:mathbb|mathcal|mathscr|mathrm|mathbf|mathit|mathsf|mathfrak|mathtt|text|operatorname)\s*\{[^{}]*\})"
)


def _settable(node: Math) -> Math:
    """The formula as every engine sets it.

    Words in letters that no font of formulas has stand in text's. A script that is a letter of another alphabet stands in braces, which unicode-math wants; the sign for the
    difference of sets is the one that fonts have; pieces of arrows and braces, which they do not have, are bars.
    """
    tex = _SCRIPT.sub(
        r"\1{\2}", _SETMINUS.sub(r"\\smallsetminus", separate_letters(bold_letters(worded(node.tex))))
    )
    tex = _PIECES.sub(lambda piece: r"\Vert" if piece[1] else r"\vert", tex)
    return node if tex == node.tex else replace(node, tex=tex)


def render_math(writer: Writer, node: Math) -> Latex:
    """A formula in its line, or displayed; with a label it has a number."""
    node = _settable(node)
    commands = {token.text[1:] for token in tokens(node.tex) if token.kind is TokenKind.COMMAND}
    if node.display or commands & NEEDS_AMSMATH:
        writer.packages.add("amsmath")
    if commands & NEEDS_AMSSYMB:
        writer.packages.add("amssymb")
    if node.display:
        return _display(writer, node)
    shown = Latex(f"${_lines(writer, node.tex.strip(), node.span)}$")
    return command("fascicleboxed", shown) if writer.marked and len(node.tex) <= _BOXED else shown


def _display(writer: Writer, node: Math) -> Latex:
    tex = node.tex.strip("\n\r ")
    skipped = node.tex[: len(node.tex) - len(node.tex.lstrip())].count("\n")
    span = Span(node.span.file, node.span.line + skipped, node.span.column if not skipped else 1)
    content = _lines(writer, tex, span)
    writer.away += 1
    if _OWN_DISPLAY.fullmatch(tex):
        return Latex(writer.mark(span) + content)
    if not node.attributes.id:
        return writer.dump(Lines("equation*", Latex(writer.mark(span) + content)))
    label = Latex(rf"\label{{{label_name(node.attributes.id)}}}")
    return writer.dump(Lines("equation", Latex(f"{label}%\n{writer.mark(span)}{content}")))


def _lines(writer: Writer, tex: str, span: Span) -> Latex:
    """The formula, which the allow-list has proved, with a mark before each of its further lines.

    Empty lines, which TeX forbids here, are left out.
    """
    first, *rest = tex.split("\n")
    marked = [
        Latex(f"{writer.mark(Span(span.file, span.line + number, 1))}{Latex.proved(line.rstrip())}")
        for number, line in enumerate(rest, 1)
        if line.strip()
    ]
    return Latex("\n").join([Latex.proved(first.rstrip("\r")), *marked])
