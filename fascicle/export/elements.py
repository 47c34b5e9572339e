"""Elements of XML and HTML made in one call, and text put between them."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

Element = ET.Element
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""Characters that neither XML nor HTML may hold."""


def element(tag: str, *content: Element | str | None, **attributes: str | None) -> Element:
    """An element with text and elements in it; `_` in an attribute's name stands for a hyphen, None leaves it out."""
    given = {name.replace("_", "-").strip("-"): value for name, value in attributes.items() if value}
    made = ET.Element(tag, given)
    for item in content:
        add(made, item)
    return made


def add(parent: Element, item: Element | str | None) -> None:
    """Put text or an element at the end of an element."""
    if item is None or item == "":
        return
    if isinstance(item, str):
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + item
        else:
            parent.text = (parent.text or "") + item
    else:
        parent.append(item)


def printable(text: str) -> str:
    """Text without the characters that no file of these kinds may hold."""
    return _FORBIDDEN.sub("", text)
