"""Divs that are more than blocks with a class: statements, proofs, callouts."""

from __future__ import annotations

from dataclasses import replace

from fascicle.core.diagnostics import Span
from fascicle.document.labels import STATEMENTS, label_of
from fascicle.document.tree import Attributes, Block, Callout, Heading, Inline, Statement, Text

_UNNUMBERED = ("proof", "remark", "solution")
_CALLOUT = "callout-"
_CALLOUTS = ("note", "tip", "warning", "caution", "important")


def statement(span: Span, attributes: Attributes, content: tuple[Block, ...]) -> Statement | None:
    """The theorem, or the like, that a div with such a label is, or a proof without one; None for any other div."""
    label = label_of(attributes.id) or ""
    kind = STATEMENTS.get(label.partition(":")[0]) or next(
        (name for name in attributes.classes if name in (*STATEMENTS.values(), "proof")), None
    )
    if kind is None or (not label and kind not in _UNNUMBERED and attributes.id):
        return None
    title, rest = _titled(attributes, content, "name", span)
    return Statement(span, kind, title, rest, replace(attributes, id=label))


def callout(span: Span, attributes: Attributes, content: tuple[Block, ...]) -> Callout | None:
    """The box that a div of Quarto's class is; None for any other div."""
    names = (name.removeprefix(_CALLOUT) for name in attributes.classes if name.startswith(_CALLOUT))
    kind = next((name for name in names if name in _CALLOUTS), None)
    if kind is None:
        return None
    title, rest = _titled(attributes, content, "title", span)
    return Callout(span, kind, title, rest)


def _titled(
    attributes: Attributes, content: tuple[Block, ...], key: str, span: Span
) -> tuple[tuple[Inline, ...], tuple[Block, ...]]:
    """A title from the attributes, or from the heading that the blocks begin with, and the blocks after it."""
    if title := attributes.get(key):
        return (Text(attributes.span or span, title),), content
    if content and isinstance(content[0], Heading):
        return content[0].content, content[1:]
    return (), content
