"""Texts of one section cited in a style, and what is printed as one line of marked text."""

from __future__ import annotations

from pathlib import Path

from fascicle.citations.cite import Cited, cite
from fascicle.citations.styles.styles import find_style
from fascicle.core.diagnostics import Collector
from fascicle.core.model import TrustSettings
from fascicle.document.document import parse_document
from fascicle.document.resolve import resolve
from fascicle.document.tree import (
    Block,
    Cite,
    Emph,
    Inline,
    Note,
    Paragraph,
    Quoted,
    SoftBreak,
    SpanInline,
    Strong,
    Superscript,
    Text,
)
from fascicle.project.publication import read_publication
from fascicle.project.sources import Sources
from tests.support.publications import write

_MARKS = {Emph: "*", Strong: "**", Superscript: "^"}


def worded(
    folder: Path,
    text: str,
    records: str | bytes,
    style: str,
    language: str = "en-US",
    kept: Path | None = None,
) -> tuple[Cited | None, Collector]:
    """A section with its citations worded, and what was found."""
    data = {
        "content/publication.yaml": f"title: T\nauthors: [{{literal: A}}]\nlanguage: {language}\n",
        "content/01-one.md": f"---\ntitle: One\n---\n\n{text}\n",
        "bib/works.bib": records if isinstance(records, str) else "",
    }
    problems = Collector()
    root = write(folder, data)
    if isinstance(records, bytes):
        (root / "bib/works.bib").write_bytes(records)
    sources = Sources(root)
    publication = read_publication(sources, problems)
    assert publication is not None
    document = parse_document(publication, TrustSettings(), problems)
    resolved = resolve(document, problems)
    found = find_style(style, sources, problems)
    return (cite(document, resolved, found, problems, kept) if found else None), problems


def paragraphs(cited: Cited) -> list[str]:
    """The section's paragraphs."""
    return [
        shown(block.content) for block in cited.document.sections[0].blocks if isinstance(block, Paragraph)
    ]


def listed(cited: Cited) -> list[str]:
    """The list of works."""
    return [shown((*work.label, *work.content)) for work in cited.works]


def shown(content: tuple[Inline, ...]) -> str:
    """Inlines in one line: notes in ⟦…⟧, italics in *…*, raised text in ^…^; links as their words."""
    return "".join(map(_one, content))


def _one(node: Inline) -> str:
    match node:
        case Text(text=text):
            return text
        case SoftBreak():
            return " "
        case Note(content=content):
            return f"⟦{' '.join(map(_block, content))}⟧"
        case Quoted(content=content):
            return f"“{shown(content)}”"
        case SpanInline(content=content) if "smallcaps" in node.attributes.classes:
            return f"<{shown(content)}>"
        case Cite(content=content):
            return shown(content)
    mark = _MARKS.get(type(node), "")
    return f"{mark}{shown(getattr(node, 'content', ()))}{mark}"


def _block(block: Block) -> str:
    return shown(block.content) if isinstance(block, Paragraph) else "?"
