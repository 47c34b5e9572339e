"""XML for JATS: elements made in one call, names of identifiers, and the way a file begins."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from fascicle.export.elements import Element, add, element

__all__ = ["Element", "add", "element", "name", "parsed", "written"]

XLINK = "http://www.w3.org/1999/xlink"
MML = "http://www.w3.org/1998/Math/MathML"
ALI = "http://www.niso.org/schemas/ali/1.0/"
XML = "http://www.w3.org/XML/1998/namespace"
HREF = f"{{{XLINK}}}href"
LANG = f"{{{XML}}}lang"


def name(label: str) -> str:
    """A label or key as an XML identifier."""
    found = re.sub(r"[^\w.-]", "-", label)
    return found if re.match(r"[^\W\d]", found) else f"x{found}"


def parsed(text: str) -> Element:
    """Elements from XML that pandoc wrote, below a root of their own."""
    namespaces = f'xmlns:xlink="{XLINK}" xmlns:mml="{MML}"'
    return ET.fromstring(f"<root {namespaces}>{text}</root>")  # noqa: S314 - pandoc wrote it


def written(root: Element, doctype: str) -> bytes:
    """A whole file."""
    for prefix, address in (("xlink", XLINK), ("mml", MML), ("ali", ALI)):
        ET.register_namespace(prefix, address)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{doctype}\n{text}\n'.encode()
