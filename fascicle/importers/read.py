"""The reader of each kind of source."""

from __future__ import annotations

from fascicle.importers.draft import ImportDraft, ImportSource
from fascicle.importers.latex.reader import read_latex
from fascicle.importers.markdown.reader import read_markdown
from fascicle.importers.markup import read_html, read_jats, read_plain
from fascicle.importers.reading import SourceReader
from fascicle.importers.report import Report
from fascicle.importers.word.reader import read_word


def read_source(source: ImportSource, reader: SourceReader, report: Report, changes: str) -> ImportDraft:
    """The draft of a source; `changes` says what becomes of tracked ones: accept, reject or keep."""
    match source.kind:
        case "word" | "odt":
            return read_word(source, reader, report, changes)
        case "latex":
            return read_latex(source, reader, report)
        case "jats":
            return read_jats(source, reader, report)
        case "html":
            return read_html(source, reader, report)
        case "text":
            return read_plain(source, reader, report)
    return read_markdown(source, reader, report, changes)
