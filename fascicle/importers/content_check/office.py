"""Counts what a Word or OpenDocument file holds, element by element of its XML."""

from __future__ import annotations

import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

from fascicle.importers.content_check.kinds import Census, Counted

_MOST = 150_000_000
"""Bytes of the largest part that is read."""


def _part(archive: zipfile.ZipFile, name: str) -> ET.Element | None:
    try:
        if archive.getinfo(name).file_size > _MOST:
            return None
        return ET.fromstring(archive.read(name))  # noqa: S314 - what declares entities was refused before
    except (KeyError, ET.ParseError, ValueError):
        return None


def _local(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def in_word(path: Path) -> Census:
    """What a Word document holds in its text and notes."""
    found = Census()
    with zipfile.ZipFile(path) as archive:
        mains = [
            name for name in archive.namelist() if name.startswith("word/document") and name.endswith(".xml")
        ]
        for name in (*mains[:1], "word/footnotes.xml", "word/endnotes.xml"):
            root = _part(archive, name)
            if root is not None:
                _count_word(root, found)
    return found


def _count_word(element: ET.Element, found: Census) -> None:
    """One element and what stands in it; deleted text and what stands twice for older programs left out."""
    tag = _local(element)
    if tag in ("Fallback", "del", "moveFrom", "sectPr"):
        return
    if tag in ("footnoteReference", "endnoteReference"):
        found[Counted.NOTES] += 1
    elif tag == "tc" and _is_filled(element):
        found[Counted.CELLS] += 1
    elif tag in ("blip", "imagedata"):
        found[Counted.PICTURES] += 1
    elif tag == "oMath":
        found[Counted.FORMULAS] += 1
        return
    elif tag == "commentReference":
        found[Counted.COMMENTS] += 1
    elif tag == "instrText" and "CSL_CITATION" in (element.text or ""):
        found[Counted.CITATIONS] += 1
    for child in element:
        _count_word(child, found)


def _is_filled(cell: ET.Element) -> bool:
    """Whether a cell holds anything but another table, of which it is the frame."""
    held = {_local(each) for each in cell.iter()}
    return "tbl" not in held and not held.isdisjoint(("t", "drawing", "oMath"))


_OPEN_DOCUMENT = {
    "note": Counted.NOTES,
    "image": Counted.PICTURES,
    "object": Counted.FORMULAS,
    "annotation": Counted.COMMENTS,
}


def in_open_document(path: Path) -> Census:
    """What an OpenDocument text holds."""
    found = Census()
    with zipfile.ZipFile(path) as archive:
        root = _part(archive, "content.xml")
    for element in root.iter() if root is not None else ():
        tag = _local(element)
        if tag in _OPEN_DOCUMENT:
            found[_OPEN_DOCUMENT[tag]] += 1
        elif tag == "table-cell" and "".join(element.itertext()).strip():
            found[Counted.CELLS] += 1
    return found
