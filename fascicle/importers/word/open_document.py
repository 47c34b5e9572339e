"""Citations of Zotero in an OpenDocument text, which stand in the names of reference marks."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from fascicle.importers.word.fields import CLOSE, OPEN, Fields

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CODE = re.compile(r"(?:ZOTERO_ITEM )?CSL_CITATION (\{.*\})", re.DOTALL)


def mark_citations(root: ET.Element, fields: Fields) -> None:
    """Replace what stands between a citation's two marks by its number."""
    for parent in list(root.iter()):
        opened = ""
        for child in list(parent):
            name = child.get(f"{_TEXT}name", "")
            if child.tag == f"{_TEXT}reference-mark-start" and (found := _CODE.search(name)):
                fields.citations.append(f"ADDIN ZOTERO_ITEM CSL_CITATION {found[1]}")
                fields.shown.append((child.tail or "").strip())
                child.tail = f"{OPEN}{len(fields.citations) - 1}{CLOSE}"
                opened = name
            elif opened and child.tag == f"{_TEXT}reference-mark-end" and name == opened:
                opened = ""
            elif opened:
                fields.shown[-1] += "".join(child.itertext()) + (child.tail or "")
                parent.remove(child)
        for section in list(parent):
            if section.tag == f"{_TEXT}section" and "BIBL" in section.get(f"{_TEXT}name", ""):
                parent.remove(section)
                fields.lists += 1
