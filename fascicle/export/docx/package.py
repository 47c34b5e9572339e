"""What pandoc's .docx still lacks.

Languages of East Asian runs, table text, endnotes, properties, fixed bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from fascicle.core.text.scripts import is_east_asian
from fascicle.export.docx.anchors import put_anchors, with_list
from fascicle.export.docx.reference_doc import east_asian_tag
from fascicle.export.zip_archive import unzipped, zipped

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PREFIXES = {
    "w": W,
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "o": "urn:schemas-microsoft-com:office:office",
    "v": "urn:schemas-microsoft-com:vml",
    "w10": "urn:schemas-microsoft-com:office:word",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
_TEXTS = ("word/document.xml", "word/footnotes.xml")
_DROPPED = ("docProps/custom.xml", "word/comments.xml", "word/webSettings.xml")
"""Parts that say nothing; without comments.xml nobody looks for who commented."""


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says of itself; all empty in anonymous copies."""

    title: str = ""
    """The title."""
    creator: str = ""
    """The authors."""
    keywords: str = ""
    """The keywords."""
    description: str = ""
    """The abstract."""
    language: str = ""
    """The document's language as a BCP 47 tag."""


def finished(
    data: bytes, properties: Properties, epoch: int, *, endnotes: bool, anchored: bool = True
) -> bytes:
    """A .docx by pandoc made ready to be handed on; an `anchored` one is known when it comes back."""
    files = {name: content for name, content in unzipped(data).items() if name not in _DROPPED}
    for name in _TEXTS:
        if name in files:
            files[name] = _text(files[name])
    anchors: list[str] = []
    if anchored:
        files["word/document.xml"], anchors = _anchored(files["word/document.xml"])
    for name in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
        files[name] = _without_dropped(files[name])
    files["docProps/core.xml"] = _core(properties, epoch)
    files["docProps/app.xml"] = _APP
    files["_rels/.rels"] = _without_dropped(files["_rels/.rels"])
    if endnotes:
        files = _with_endnotes(files)
    if anchors:
        files = with_list(files, anchors)
    return zipped(files, epoch)


def _q(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_PREFIXES[prefix]}}}{local}"


def _text(data: bytes) -> bytes:
    for prefix, address in _PREFIXES.items():
        ElementTree.register_namespace(prefix, address)
    root = ElementTree.fromstring(data)  # noqa: S314 - pandoc wrote it
    for run in root.iter(_q("w:r")):
        _language(run)
    for picture in root.iter(_q("pic:cNvPr")):
        picture.attrib.pop("descr", None)
    for table in root.iter(_q("w:tbl")):
        for style in table.iter(_q("w:pStyle")):
            if style.get(_q("w:val")) == "Compact":
                style.set(_q("w:val"), "TableText")
    for row in root.iter(_q("w:tr")):
        _whole(row)
    _space_after_tables(root)
    made: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return made


def _anchored(data: bytes) -> tuple[bytes, list[str]]:
    """The text with an anchor a paragraph, and the anchors."""
    root = ElementTree.fromstring(data)  # noqa: S314 - pandoc wrote it
    anchors = put_anchors(root)
    made: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return made, anchors


def _whole(row: ElementTree.Element) -> None:
    """A row does not break over pages, unless it is higher than one."""
    properties = row.find(_q("w:trPr"))
    if properties is None:
        properties = ElementTree.Element(_q("w:trPr"))
        row.insert(int(len(row) > 0 and row[0].tag == _q("w:tblPrEx")), properties)
    properties.insert(0, ElementTree.Element(_q("w:cantSplit")))


_BEFORE_SPACING = (
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "widowControl",
    "numPr",
    "pBdr",
    "shd",
    "tabs",
)
"""What stands before the spacing in a paragraph's properties (ECMA-376, 17.3.1.26)."""


def _space_after_tables(root: ElementTree.Element) -> None:
    """Word's tables have no space below them; the paragraph that follows has it above."""
    for parent in root.iter():
        for table, following in pairwise(list(parent)):
            if table.tag != _q("w:tbl") or following.tag != _q("w:p"):
                continue
            properties = following.find(_q("w:pPr"))
            if properties is None:
                properties = ElementTree.Element(_q("w:pPr"))
                following.insert(0, properties)
            if properties.find(_q("w:spacing")) is None:
                names = [child.tag.rpartition("}")[2] for child in properties]
                at = sum(name in _BEFORE_SPACING for name in names)
                properties.insert(at, ElementTree.Element(_q("w:spacing"), {_q("w:before"): "240"}))


def _language(run: ElementTree.Element) -> None:
    """Word keeps two languages of a run: one for East Asian characters, one for all others."""
    text = "".join(found.text or "" for found in run.iter(_q("w:t")))
    properties = run.find(_q("w:rPr"))
    language = properties.find(_q("w:lang")) if properties is not None else None
    if properties is not None and language is not None:
        stated = language.get(_q("w:val")) or ""
        if eastern := east_asian_tag(stated):
            language.set(_q("w:eastAsia"), eastern)
            language.set(_q("w:val"), eastern)
    if any(map(is_east_asian, text)):
        _upright(run, properties)


def _upright(run: ElementTree.Element, properties: ElementTree.Element | None) -> None:
    """Han characters have no italics: a slanted one is a distorted one."""
    if properties is None:
        return
    text = "".join(found.text or "" for found in run.iter(_q("w:t")))
    if not any(char.isalnum() and not is_east_asian(char) for char in text):
        for name in ("w:i", "w:iCs"):
            for italic in properties.findall(_q(name)):
                properties.remove(italic)


def _without_dropped(data: bytes) -> bytes:
    text = data.decode("utf-8")
    for name in _DROPPED:
        short = re.escape(name.rpartition("/")[2])
        text = re.sub(rf'<(?:Override|Relationship)\b[^>]*"[^"]*{short}"[^>]*/>', "", text)
    return text.encode()


def _core(properties: Properties, epoch: int) -> bytes:
    """The properties that files show, with one date for all: the publication's."""
    moment = datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    values: Mapping[str, str] = {
        "dc:title": properties.title,
        "dc:creator": properties.creator,
        "cp:keywords": properties.keywords,
        "dc:description": properties.description,
        "dc:language": properties.language,
    }
    stated = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in values.items() if value)
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{stated}{dates}</cp:coreProperties>'
    )
    return text.encode()


_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)


def _with_endnotes(files: dict[str, bytes]) -> dict[str, bytes]:
    """Footnotes as endnotes: another part, other elements, other styles, the same texts."""
    notes = files.pop("word/footnotes.xml", None)
    if notes is None:
        return files
    made = {name: content for name, content in files.items() if name != "word/_rels/footnotes.xml.rels"}
    made["word/endnotes.xml"] = _renamed(notes.decode()).encode()
    if relations := files.get("word/_rels/footnotes.xml.rels"):
        made["word/_rels/endnotes.xml.rels"] = relations
    made["word/document.xml"] = _numbered(_renamed(files["word/document.xml"].decode())).encode()
    settings = files["word/settings.xml"].decode()
    made["word/settings.xml"] = re.sub(r"(?=<w:compat\b)", _END, settings, count=1).encode()
    for name in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
        made[name] = files[name].decode().replace("footnotes", "endnotes").encode()
    return made


def _numbered(text: str) -> str:
    """Arabic numerals for the notes: Word's own are Roman at the end of a document."""
    if _END in text:
        return text
    return re.sub(r"(<w:sectPr\b[^>]*>(?:\s*<w:(?:header|footer)Reference\b[^>]*/>)*)", rf"\1{_END}", text)


def _renamed(text: str) -> str:
    """The elements and styles of footnotes under the names of endnotes'."""
    text = re.sub(r"<w:footnotePr>.*?</w:footnotePr>", _END, text, flags=re.DOTALL)
    for old, new in (
        ("w:footnoteReference", "w:endnoteReference"),
        ("w:footnoteRef", "w:endnoteRef"),
        ("w:footnotes", "w:endnotes"),
        ("w:footnote", "w:endnote"),
        ('"FootnoteReference"', '"EndnoteReference"'),
        ('"FootnoteText"', '"EndnoteText"'),
    ):
        text = text.replace(old, new)
    return text


_END = '<w:endnotePr><w:numFmt w:val="decimal"/></w:endnotePr>'
