"""The reader of each kind of source."""

from __future__ import annotations

from fascicle.importers.draft import Draft, Source
from fascicle.importers.markdown.reader import read_markdown
from fascicle.importers.reading import Reader
from fascicle.importers.report import Report


def read_source(source: Source, reader: Reader, report: Report, changes: str) -> Draft:
    """The draft of a source; `changes` says what becomes of tracked ones: accept, reject or keep."""
    return read_markdown(source, reader, report, changes)
