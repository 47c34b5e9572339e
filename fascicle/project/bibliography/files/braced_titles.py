"""Braces around each whole title of a file, which Mendeley and NASA's data system write and nobody has meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from fascicle.core.diagnostics import Span
from fascicle.project.bibliography.entry import BibEntry, Field

_LEAST = 10
"""In a file of fewer entries with titles braces are an author's own."""
_SHARE = 0.9
"""In an export so many titles are braced."""
_BRACED = re.compile(r"\{(?=[^{}]*\s[^{}]*\s)(?:[^{}\\]|\\.|\{(?:[^{}\\]|\\.|\{[^{}]*\})*\})*\}", re.DOTALL)
"""A title of three words or more in one pair of braces."""


def without_braces(entries: Sequence[BibEntry]) -> tuple[BibEntry, ...]:
    """The entries, their titles without the braces that an export has put around all of them."""
    titled = [entry for entry in entries if entry.text("title")]
    braced = {entry.key for entry in titled if _BRACED.fullmatch(entry.text("title").strip())}
    if len(titled) < _LEAST or len(braced) < _SHARE * len(titled):
        return tuple(entries)
    return tuple(_bare(entry) if entry.key in braced else entry for entry in entries)


def _bare(entry: BibEntry) -> BibEntry:
    old = entry.fields["title"]
    lead = old.value.index("{") + 1
    span = Span(old.span.file, old.span.line, old.span.column + lead) if lead == 1 else old.span
    title = Field(old.value[lead : old.value.rindex("}")], span, verbatim=old.verbatim and lead == 1)
    return replace(entry, fields={**entry.fields, "title": title})
