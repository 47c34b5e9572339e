"""Reads Word and OpenDocument texts into a draft."""

from __future__ import annotations

import contextlib
import re
import xml.etree.ElementTree as ET
from typing import Any

from fascicle.core import identifiers
from fascicle.core.pandoc_ast import Blocks, Json
from fascicle.importers.draft import ImportDraft, ImportSource
from fascicle.importers.metadata.facts import known_style
from fascicle.importers.metadata.pandoc_meta import facts_of
from fascicle.importers.metadata.people import People
from fascicle.importers.reading import SourceReader
from fascicle.importers.report import Report
from fascicle.importers.tree.frames import unframed
from fascicle.importers.tree.walk import plain, rewrite
from fascicle.importers.word.captions import by_styles
from fascicle.importers.word.changes import settled
from fascicle.importers.word.citations import CitationCodes, Works
from fascicle.importers.word.fields import CLOSE, OPEN, FieldMarker, Fields
from fascicle.importers.word.open_document import mark_citations
from fascicle.importers.word.package import Package, W, texts
from fascicle.importers.word.records import word_sources
from fascicle.importers.word.unseen import take_hidden, tell_lost
from fascicle.importers.word.words import word_text

_MARK = re.compile(f"{OPEN}(\\d{{1,9}}){CLOSE}")
_CORE = {
    "title": "{http://purl.org/dc/elements/1.1/}title", "creator": "{http://purl.org/dc/elements/1.1/}creator",
    "language": "{http://purl.org/dc/elements/1.1/}language",
    "keywords": "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords",
}  # fmt: skip
_EMPTY_TITLES = re.compile(
    r"(?:word document|microsoft word.*|untitled|title|document\d*|powerpoint.*)?", re.IGNORECASE
)


def read_word(source: ImportSource, reader: SourceReader, report: Report, changes: str) -> ImportDraft:
    """The draft of a .docx or .odt file."""
    package = Package(source.path)
    draft = ImportDraft(report, smart=False, loose=True)
    if source.kind == "odt":
        return _open_document(package, reader, draft)
    main = package.main()
    if main not in package.entries:
        raise package.broken()
    fields = Fields()
    for name in texts(package, main):
        root = package.xml(name)
        if root is not None:
            take_hidden(root, report)
            FieldMarker(root, fields).mark()
            package.put(name, root)
    draft.words = re.sub(f"{OPEN}\\d+{CLOSE}", " ", word_text(package, main, deleted=changes != "accept"))
    tree = reader.tree(package.packed(), "docx+styles", package.name, "--track-changes=all")
    report.read_as("a Word document, by pandoc's reader")
    blocks = settled(tree.blocks, changes, report)
    draft.facts = facts_of(tree.meta, report)
    draft.blocks = _cited(by_styles(unframed(blocks, report), report), fields, package, draft)
    _properties(package, draft)
    folder = main.rpartition("/")[0] or "word"
    draft.pictures = lambda path: package.picture(path, folder)
    _tell_fields(fields, report)
    tell_lost(package, main, draft.blocks, report)
    return draft


def _open_document(package: Package, reader: SourceReader, draft: ImportDraft) -> ImportDraft:
    if "content.xml" not in package.entries:
        raise package.broken()
    fields = Fields()
    root = package.xml("content.xml")
    if root is not None:
        mark_citations(root, fields)
        package.put("content.xml", root)
    tree = reader.tree(package.packed(), "odt", package.name)
    draft.report.read_as("an OpenDocument text, by pandoc's reader")
    draft.facts = facts_of(tree.meta, draft.report)
    draft.blocks = _cited(tree.blocks, fields, package, draft)
    draft.pictures = lambda path: package.picture(path, "")
    _tell_fields(fields, draft.report)
    return draft


def _tell_fields(fields: Fields, report: Report) -> None:
    if fields.lists:
        report.read_as(
            "the list of works of a reference manager, which the program prints itself", times=fields.lists
        )
    if fields.contents:
        report.left_out("a table of contents, which the template prints", times=fields.contents)


# -- Citations -------------------------------------------------------------------------------------------


def _cited(blocks: Blocks, fields: Fields, package: Package, draft: ImportDraft) -> Blocks:
    """The text with citations in the places that the fields were marked with."""
    draft.listed = fields.listed
    if not fields.citations:
        return blocks
    works = Works()
    codes = CitationCodes(works, _sources(package))
    found = [codes.read(code) for code in fields.citations]
    names = [_program(code) for code in fields.citations]
    for name in dict.fromkeys(names):
        draft.report.read_as(f"citations of {name}", times=names.count(name))

    def change(element: Json) -> list[Json] | None:
        if element["t"] == "Str" and OPEN in element["c"]:
            return _parted(element["c"], found, fields, draft.report)
        if element["t"] == "Superscript" and any(item["t"] == "Cite" for item in element["c"]):
            return list(element["c"])
        if element["t"] == "Note":
            return _citation_alone(element)
        return None

    blocks = rewrite(blocks, change)
    draft.items += list(works.items.values())
    return blocks


def _parted(text: str, found: list[Json | None], fields: Fields, report: Report) -> list[Json]:
    made: list[Json] = []
    at = 0
    for mark in _MARK.finditer(text):
        if mark.start() > at:
            made.append({"t": "Str", "c": text[at : mark.start()]})
        number, at = int(mark[1]), mark.end()
        if number >= len(found):
            made.append({"t": "Str", "c": mark[0]})  # the author's own characters
            continue
        citation = found[number]
        if citation is None:
            report.verify(
                "a citation whose code cannot be read stands as it was printed", fields.shown[number][:80]
            )
            made.append({"t": "Str", "c": fields.shown[number]})
        else:
            made.append(citation)
    return [*made, {"t": "Str", "c": text[at:]}] if at < len(text) else made


def _citation_alone(note: Json) -> list[Json] | None:
    """A note that holds a citation and nothing else is that citation: a style of notes makes the note."""
    blocks = note["c"]
    if len(blocks) != 1 or blocks[0]["t"] not in ("Para", "Plain"):
        return None
    content = blocks[0]["c"]
    cites = [item for item in content if item["t"] == "Cite"]
    rest = [item for item in content if item["t"] != "Cite"]
    return cites if len(cites) == 1 and not re.sub(r"[\s.,;]", "", plain(rest)) else None


def _program(code: str) -> str:
    if "ZOTERO" in code:
        return "Zotero"
    if "EN.CITE" in code:
        return "EndNote"
    return "Word" if code.upper().startswith("CITATION") else "Mendeley"


def _sources(package: Package) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for name in package.entries:
        if re.fullmatch(r"customXml/item\d+\.xml", name) and b"bibliography" in package.read(name)[:2000]:
            root = package.xml(name)
            found |= word_sources(root) if root is not None else {}
    return found


# -- What the document says of itself --------------------------------------------------------------------


def _properties(package: Package, draft: ImportDraft) -> None:
    core = package.xml("docProps/core.xml")
    said = (
        {key: (core.findtext(tag, "") or "").strip() for key, tag in _CORE.items()}
        if core is not None
        else {}
    )
    if said.get("title") and not _EMPTY_TITLES.fullmatch(said["title"]) and "title" not in draft.facts:
        draft.facts["title"] = [{"t": "Str", "c": said["title"]}]
        draft.report.verify("the title is the one in the document's properties", said["title"])
    if said.get("creator") and not draft.facts.get("authors"):
        names = [name.strip() for name in re.split(r";| and ", said["creator"]) if name.strip()]
        draft.facts["authors"] = People(draft.report).authors(names)
        draft.report.verify("the authors are those in the document's properties", said["creator"])
    if said.get("keywords") and "keywords" not in draft.facts:
        draft.facts["keywords"] = [
            word.strip() for word in re.split(r"[,;]", said["keywords"]) if word.strip()
        ]
    language = said.get("language") or _language(package)
    with contextlib.suppress(ValueError):
        draft.facts.setdefault("language", identifiers.language(language))
    _style(package, draft)


def _language(package: Package) -> str:
    root = package.xml("word/styles.xml")
    found = root.find(f"{W}docDefaults//{W}lang") if root is not None else None
    return found.get(f"{W}val", "") if found is not None else ""


def _style(package: Package, draft: ImportDraft) -> None:
    """The citation style that a reference manager keeps in the document."""
    root = package.xml("docProps/custom.xml")
    text = "".join("".join(item.itertext()) for item in _ordered(root)) if root is not None else ""
    found = re.search(r'style id="([^"]+)"', text) or re.search(
        r"(https?://www\.zotero\.org/styles/[\w./-]+)", text
    )
    if found is None:
        return
    known = known_style(found[1])
    if known:
        draft.facts["citation-style"] = known
        draft.report.read_as("the citation style", f"{found[1]} → {known}")
    else:
        draft.report.left_out("a citation style that is not known", found[1])


def _ordered(root: ET.Element) -> list[ET.Element]:
    """Properties in the order of their numbered names."""
    return sorted(root, key=lambda item: (len(item.get("name", "")), item.get("name", "")))
