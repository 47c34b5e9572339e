"""Reads JATS, HTML and plain text into drafts."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from typing import Any

from fascicle.importers.draft import ImportDraft, ImportRefusedError, ImportSource
from fascicle.importers.files import picture_finder
from fascicle.importers.jats import front_of, records_of
from fascicle.importers.metadata.facts import FrontMatterMapper
from fascicle.importers.metadata.pandoc_meta import facts_of
from fascicle.importers.plain_source import html_text
from fascicle.importers.reading import HTML, MARKDOWN, SourceReader
from fascicle.importers.report import Report
from fascicle.importers.sources import text_of

_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?\s*>", re.DOTALL)
_ENTITY = re.compile(r"&(?!amp;|lt;|gt;|quot;|apos;|#)([A-Za-z]\w*);")


def read_jats(source: ImportSource, reader: SourceReader, report: Report) -> ImportDraft:
    """The draft of a JATS article; its front and its list of works are read by our own code."""
    from html.entities import html5

    text = _DOCTYPE.sub("", text_of(source.path))
    text = _ENTITY.sub(lambda found: html5.get(found[1] + ";", found[0]), text)
    if "<!ENTITY" in text:
        raise ImportRefusedError(f"{source.path.name} declares entities, which no article needs")
    try:
        root = ET.fromstring(text)  # noqa: S314 - without declarations
    except ET.ParseError as error:
        raise ImportRefusedError(
            f"{source.path.name} is no XML: {error}", "validate it against the JATS DTD"
        ) from error
    items = records_of(root, report)
    _renumber(root, items)
    draft = ImportDraft(report, smart=False)
    tree = reader.tree(ET.tostring(root, encoding="utf-8"), "jats", source.path.name)
    report.read_as("JATS, by pandoc's reader; its front and its references by our own")
    draft.facts = {**facts_of(tree.meta, report), **front_of(root, report)}
    draft.blocks = tree.blocks
    draft.items = items
    body = [root.find("body"), *root.findall("back/fn-group"), *root.findall("back/app-group")]
    draft.words = "\n".join(" ".join(part.itertext()) for part in body if part is not None)
    draft.pictures = picture_finder(source.root, [source.path.parent])
    return draft


def _renumber(root: ET.Element, items: list[dict[str, Any]]) -> None:
    """The list of works goes: the program prints it; citations keep the ids of its references."""
    for back in root.iter():
        for child in list(back):
            if child.tag == "ref-list" and items:
                kept = ET.SubElement(back, "ref-list")
                kept.extend(child.iter("ref"))
                back.remove(child)


class _Head(HTMLParser):
    """Gathers what the head of an HTML page says."""

    def __init__(self) -> None:
        super().__init__()
        self.meta: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep names and contents of meta elements, and the language."""
        given = {key: value or "" for key, value in attrs}
        if tag == "meta" and given.get("content"):
            self.meta.setdefault((given.get("name") or given.get("property") or "").lower(), []).append(
                given["content"]
            )
        if tag == "html" and given.get("lang"):
            self.meta["lang"] = [given["lang"]]


def read_html(source: ImportSource, reader: SourceReader, report: Report) -> ImportDraft:
    """The draft of an HTML page."""
    text = text_of(source.path)
    tree = reader.tree(text.encode(), HTML, source.path.name)
    report.read_as("HTML, by pandoc's reader")
    draft = ImportDraft(report, blocks=tree.blocks, loose=True, words=html_text(text))
    head = _Head()
    head.feed(text[:200_000])
    said: dict[str, Any] = {
        "author": head.meta.get("citation_author") or head.meta.get("dc.creator") or head.meta.get("author"),
        "date": next(
            iter(head.meta.get("citation_publication_date", []) or head.meta.get("dc.date", [])), ""
        ),
        "doi": next(iter(head.meta.get("citation_doi", [])), None),
        "keywords": next(iter(head.meta.get("keywords", [])), ""),
        "lang": next(iter(head.meta.get("lang", [])), ""),
    }
    facts = FrontMatterMapper(report, str, str).map({key: value for key, value in said.items() if value})
    draft.facts = {**facts_of(tree.meta, report), **facts}
    draft.pictures = picture_finder(source.root, [source.path.parent])
    return draft


def read_plain(source: ImportSource, reader: SourceReader, report: Report) -> ImportDraft:
    """The draft of a plain text: paragraphs, and nothing that looks like markup."""
    text = text_of(source.path)
    parts = [" ".join(part.split()) for part in re.split(r"\n[ \t]*\n", text) if part.strip()]
    if len(parts) == 1 and text.count("\n") > 5:
        parts = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    blocks = [_plain_block(part) for part in parts]
    tree = reader.tree(
        "\n\n".join(blocks).encode(),
        f"{MARKDOWN}-raw_html-raw_tex-tex_math_dollars-citations",
        source.path.name,
    )
    report.read_as("plain text: paragraphs between empty lines, short lines without a full stop as headings")
    finder = picture_finder(source.root, [source.path.parent])
    return ImportDraft(report, blocks=tree.blocks, pictures=finder, smart=False, loose=True, words=text)


_CHAPTER = re.compile(r"(?:chapter|part|section)\s+[\divxlc]+\b.*", re.IGNORECASE)


def _plain_block(part: str) -> str:
    """A paragraph, or a heading, with everything that Markdown would act on made harmless."""
    escaped = re.sub(r"([\\`*_{}\[\]<>#+~^$@|!\"'.-])", r"\\\1", part)
    listed = re.fullmatch(
        r"(?:references|bibliography|works cited|notes|abstract|introduction|conclusions?)",
        part,
        re.IGNORECASE,
    )
    short = len(part) < 70 and part[-1] not in ".,;:!?”\"'"
    if listed or (short and (part.isupper() or _CHAPTER.fullmatch(part))):
        return f"# {escaped}"
    return escaped
