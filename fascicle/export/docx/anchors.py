"""Anchors by which a Word document that comes back is known: a bookmark a paragraph, named by its text.

A bookmark's name is `_f` and the begin of the SHA-256 of the paragraph's letters; names that begin with an underscore are
hidden in Word. Word, LibreOffice and their like keep bookmarks at the begin of a paragraph whatever is changed in it.
The property `FascicleParagraphs` lists the anchors, so that a paragraph that is missing is known to have been there.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from xml.etree import ElementTree
from xml.sax.saxutils import escape

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ANCHOR = re.compile(r"_f[0-9a-f]{12}(?:_\d+)?")
_FIRST_ID = 70_000
"""Bookmarks of ours are numbered from here, behind those of pandoc."""
PROPERTY = "FascicleParagraphs"
CUSTOM = "docProps/custom.xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_NOT_LETTERS = re.compile("[\\s\u00ad\ue000-\ue004]+")
"""White space, soft hyphens, and the characters that stand for notes, pictures and the like where a document is read."""


def letters(text: str) -> str:
    """What of a text counts: no white space, no soft hyphens, and one hyphen for both kinds."""
    return _NOT_LETTERS.sub("", text).replace("\u2011", "-")


class AnchorNames:
    """Names of anchors, each once: paragraphs that are alike are numbered."""

    def __init__(self) -> None:
        self._used: Counter[str] = Counter()

    def name(self, text: str) -> str:
        """The anchor of the next paragraph, by its text; white space does not count."""
        digest = hashlib.sha256(letters(text).encode()).hexdigest()[:12]
        self._used[digest] += 1
        number = self._used[digest]
        return f"_f{digest}" + (f"_{number}" if number > 1 else "")


def is_anchor(name: str) -> bool:
    """Whether a bookmark is one of these."""
    return _ANCHOR.fullmatch(name) is not None


def is_named_by(anchor: str, text: str) -> bool:
    """Whether an anchor was named by this text."""
    return anchor[: len("_f") + 12] == AnchorNames().name(text)


def paragraph_text(paragraph: ElementTree.Element) -> str:
    """The letters of a paragraph that its anchor is named by."""
    return "".join(found.text or "" for found in paragraph.iter(f"{W}t"))


def put_anchors(body: ElementTree.Element) -> list[str]:
    """Put an anchor at the begin of each paragraph that has a text; the anchors in order."""
    names = AnchorNames()
    made: list[str] = []
    for paragraph in body.iter(f"{W}p"):
        text = paragraph_text(paragraph)
        if not text.strip():
            continue
        name = names.name(text)
        number = str(_FIRST_ID + len(made))
        at = int(paragraph.find(f"{W}pPr") is not None)
        paragraph.insert(at, ElementTree.Element(f"{W}bookmarkStart", {f"{W}id": number, f"{W}name": name}))
        paragraph.insert(at + 1, ElementTree.Element(f"{W}bookmarkEnd", {f"{W}id": number}))
        made.append(name)
    return made


def with_list(files: dict[str, bytes], anchors: Iterable[str]) -> dict[str, bytes]:
    """The file's parts with the property that lists its anchors."""
    value = escape(" ".join(anchors))
    text = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{PROPERTY}">'
        f"<vt:lpwstr>{value}</vt:lpwstr></property></Properties>"
    )
    override = f'<Override PartName="/{CUSTOM}" ContentType="{_CUSTOM_TYPE}"/></Types>'
    relation = f'<Relationship Id="rIdAnchors" Type="{_CUSTOM_RELATION}" Target="{CUSTOM}"/></Relationships>'
    types, relations = "[Content_Types].xml", "_rels/.rels"
    return {
        **files,
        CUSTOM: text.encode(),
        types: files[types].replace(b"</Types>", override.encode()),
        relations: files[relations].replace(b"</Relationships>", relation.encode()),
    }


def listed_anchors(custom: bytes) -> tuple[str, ...]:
    """The anchors that a file's properties list; empty when there is no such list."""
    if not custom or b"<!" in custom:
        return ()
    try:
        root = ElementTree.fromstring(custom)  # noqa: S314 - without declarations
    except (ElementTree.ParseError, ValueError):
        return ()
    for one in root:
        if one.get("name") == PROPERTY:
            return tuple(name for name in "".join(one.itertext()).split() if is_anchor(name))
    return ()
