"""The reader of each kind of source."""

from __future__ import annotations

from fascicle.importers.draft import Draft, Source
from fascicle.importers.markdown.reader import read_markdown
from fascicle.importers.reading import Reader
from fascicle.importers.report import Report
from fascicle.importers.word.reader import read_word


def read_source(source: Source, reader: Reader, report: Report, changes: str) -> Draft:
    """The draft of a source; `changes` says what becomes of tracked ones: accept, reject or keep."""
    if source.kind in ("word", "odt"):
        return read_word(source, reader, report, changes)
    return read_markdown(source, reader, report, changes)
