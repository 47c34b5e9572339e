"""Theorems and their like, and boxes, under words of the publication's language."""

from __future__ import annotations

from fascicle.document.labels import STATEMENTS
from fascicle.document.locale.words import words
from fascicle.document.tree import Callout, CodeBlock, Statement
from fascicle.latex.escape import Latex, concat, escape
from fascicle.latex.writer.links import label_name
from fascicle.latex.writer.nodes import Lines, command
from fascicle.latex.writer.state import Writer

_SLANTING = ("theorem", "lemma", "corollary", "proposition", "conjecture")


def render_statement(writer: Writer, node: Statement) -> Latex:
    """A word, perhaps a number and a title, then the blocks; what is claimed is set in italic."""
    word = str(getattr(words(writer.language).statements, node.kind))
    label = node.attributes.id
    short = next((name for name, kind in STATEMENTS.items() if kind == node.kind), "")
    head = command("fasciclenumbered", label_name(short), label_name(label)) if label else Latex("")
    title = writer.inlines(node.title)
    begin = command("fasciclestatementhead", escape(word[:1].upper() + word[1:]), head, title)
    body = concat((begin, Latex("\n"), writer.blocks(node.content)))
    if node.kind == "proof":
        body = concat((body, Latex(r"\fascicleqed")))
    kind = "fascicleclaim" if node.kind in _SLANTING else "fasciclestatement"
    return writer.dump(Lines(kind, body))


def render_callout(writer: Writer, node: Callout) -> Latex:
    """A box that may break over pages, its heading above it."""
    word = escape(str(getattr(words(writer.language).callouts, node.kind)))
    title = writer.inlines(node.title) if node.title else word
    body = concat((command("fasciclecallouthead", title), Latex("\n"), writer.blocks(node.content)))
    return writer.dump(Lines("fasciclecallout", body))


def render_listing_caption(writer: Writer, node: CodeBlock) -> Latex:
    """The word, number and caption of a listing with a label."""
    word = words(writer.language).cross_references.listing
    title = writer.inlines(node.caption)
    shown = escape(word[:1].upper() + word[1:])
    return command("fasciclelistingcaption", shown, label_name(node.attributes.id), title)
