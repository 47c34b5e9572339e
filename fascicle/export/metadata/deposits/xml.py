"""XML of deposits: elements in one call, text cleaned, indented except where words and elements mix."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Collection
from xml.sax.saxutils import escape

from fascicle.document.tree import Inline
from fascicle.export.metadata.record import Markup, written
from fascicle.pdf.metadata import NOT_XML

Element = ET.Element
FACES = Markup(lambda text: escape(clean(text)), ("<i>", "</i>"), ("<sup>", "</sup>"), ("<sub>", "</sub>"))
"""The faces of titles as Crossref, PubMed and HTML name them."""
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def clean(text: str) -> str:
    """Text without what XML cannot hold."""
    return NOT_XML.sub(" ", text)


def xml(tag: str, /, *children: Element | str | None, **attributes: str | None) -> Element:
    """An element with its content. None is left out, of children and of attributes.

    In the names of attributes `__` stands for a colon, `_` at the end for nothing.
    """
    given = {name.rstrip("_").replace("__", ":"): value for name, value in attributes.items()}
    made = ET.Element(tag, {name: clean(value) for name, value in given.items() if value is not None})
    for child in children:
        if isinstance(child, str):
            made.text = (made.text or "") + clean(child)
        elif child is not None:
            made.append(child)
    return made


def stated(tag: str, value: str | None, /, **attributes: str | None) -> Element | None:
    """An element with text; None when there is no text."""
    return xml(tag, value, **attributes) if value and value.strip() else None


def faced(tag: str, inlines: tuple[Inline, ...]) -> Element:
    """A title with its italics, raised and lowered text."""
    return marked(tag, written(inlines, FACES))


def marked(tag: str, content: str) -> Element:
    """An element of text that carries `FACES`."""
    return ET.fromstring(f"<{tag}>{content}</{tag}>")  # noqa: S314 - made here


def document(root: Element, doctype: str = "", mixed: Collection[str] = ()) -> str:
    """The whole file; elements named in `mixed` keep their white space."""
    _indent(root, 0, frozenset(mixed))
    head = _DECLARATION + (f"{doctype}\n" if doctype else "")
    return head + ET.tostring(root, encoding="unicode") + "\n"


def _indent(element: Element, depth: int, mixed: frozenset[str]) -> None:
    if not len(element) or element.tag in mixed or (element.text or "").strip():
        return
    inner = "\n" + "  " * (depth + 1)
    element.text = inner
    for child in element:
        _indent(child, depth + 1, mixed)
        child.tail = inner
    element[-1].tail = inner[:-2]
