"""The finished .docx opened again.

Every block of the text is in it as written, every cited work in the list.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.document.document import Document
from fascicle.document.expected_text import BlockText, Path, block_texts
from fascicle.document.figures.figures_at_end import COLLECTED
from fascicle.document.resolve import Resolved
from fascicle.document.sections.numbering import numbers_of
from fascicle.export.completeness import compact, missing_blocks
from fascicle.export.docx.options import DocxOptions
from fascicle.export.docx.package import W
from fascicle.export.zip_archive import unzipped

_MATTER = ("title", "subtitle")


def check_document(
    data: bytes, document: Document, resolved: Resolved, output_options: DocxOptions, problems: Collector
) -> bool:
    """Whether the .docx holds everything that it must; what is missing is told at its author's line."""
    files = unzipped(data)
    body = units(files["word/document.xml"])
    notes = units(files.get("word/footnotes.xml") or files.get("word/endnotes.xml") or b"")
    missing = missing_blocks(expected(document, resolved, output_options), body, notes)
    for block in missing:
        message = f"the Word document lacks a {block.name} of the text"
        problems.add(Code.WORD_INCOMPLETE, message, block.span)
    return not missing


def expected(document: Document, resolved: Resolved, output_options: DocxOptions) -> tuple[BlockText, ...]:
    """The blocks that must be there."""
    numbers = numbers_of(document)
    titles = {
        name: label.title
        for name, label in resolved.labels.items()
        if not label.numbered or not numbers.labels.get(name)
    }
    listed = output_options.bibliography and not output_options.alone
    carried: set[Path] = {
        (name,) for name in ("abstract", "acknowledgements") if name in output_options.carries
    }
    if "declarations" in output_options.carries:
        carried |= {path for path in document.blocks if path[0] == "declarations"}
    return block_texts(
        document,
        {(name,) for name in _MATTER} | carried | {COLLECTED},
        titles,
        works=listed,
        gloss_rows=True,
    )


def units(part: bytes) -> list[str]:
    """The texts of a part without white space: one for each paragraph outside tables, one for each row of a table."""
    if not part:
        return []
    root = ElementTree.fromstring(part)  # noqa: S314 - we made it ourselves
    return [compact(text) for text in _units(root)]


def _units(node: ElementTree.Element) -> Iterator[str]:
    for child in node:
        if child.tag in (f"{{{W}}}p", f"{{{W}}}tr"):
            yield "".join(_characters(child))
        else:
            yield from _units(child)


def _characters(node: ElementTree.Element) -> Iterator[str]:
    """A paragraph's own characters, those of its formulas with them."""
    for found in node.iter():
        if found.tag.rpartition("}")[2] == "t":
            yield found.text or ""
