"""Short texts of front matter, read as Markdown of others and written as ours."""

from __future__ import annotations

from fascicle.importers.reading import LATEX, MARKDOWN, SourceReader
from fascicle.importers.report import Report
from fascicle.importers.tree.labels import DocumentLabels, resolve_references
from fascicle.importers.tree.raw import RawParts
from fascicle.importers.tree.tidy import tidy
from fascicle.importers.writing.blocks import BlockWriter
from fascicle.importers.writing.flat import flat
from fascicle.importers.writing.inlines import Context


def markdown_of(reader: SourceReader, text: str, report: Report, *, inline: bool) -> str:
    """The text in our dialect, in one line with `inline`."""
    raw = RawParts(reader, report, lambda tex: reader.piece(tex, LATEX))
    blocks = raw.resolve(reader.piece(text, MARKDOWN))
    blocks = resolve_references(tidy(blocks, report), DocumentLabels(), report)
    context = Context(report, lambda _path, _given: None, {}, set(), inline_notes=True)
    writer = BlockWriter(context)
    return writer.inlines.write(flat(blocks), line=True) if inline else writer.write(blocks)
