"""The words of a Word document as another reader finds them: XML's own text."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from fascicle.importers.word.package import Package, W, texts

_INSTEAD = {f"{W}tab": " ", f"{W}br": "\n", f"{W}p": "\n", f"{W}noBreakHyphen": "-", f"{W}cr": "\n"}


def word_text(package: Package, main: str, *, deleted: bool) -> str:
    """The text of a Word document, element by element; fields' codes, hidden and deleted text are none."""
    parts: list[str] = []
    for name in texts(package, main):
        root = package.xml(name)
        if root is not None:
            _gather(root, parts, deleted=deleted)
    return "".join(parts)


def _gather(element: ET.Element, parts: list[str], *, deleted: bool) -> None:
    if element.tag.endswith("}Fallback"):
        return
    if (
        element.tag == f"{W}t"
        or (deleted and element.tag == f"{W}delText")
        or element.tag.endswith("/math}t")
    ):
        parts.append(element.text or "")
    raised = element.tag == f"{W}r" and element.find(f"{W}rPr/{W}vertAlign") is not None
    parts.append(" " if raised else "")  # a raised number is no part of the word before it
    for child in element:
        _gather(child, parts, deleted=deleted)
    parts.append(" " if raised else "")
    parts.append(_INSTEAD.get(element.tag, ""))
