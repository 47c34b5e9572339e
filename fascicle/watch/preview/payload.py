"""The state as the browser gets it.

One JSON object, its fields described here and read by static/preview.js.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fascicle.core.diagnostic_formats import SourceView
from fascicle.core.diagnostics import Diagnostic, Severity, Span
from fascicle.document.tree import plain
from fascicle.document.word_count import BODY, SectionCount
from fascicle.watch.preview import editors
from fascicle.watch.preview.pages import ShownEdition
from fascicle.watch.state import State

_QUOTED = 160
"""Most characters of a quoted line."""
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def reported(state: State, edition: ShownEdition, view: SourceView, template: str) -> Mapping[str, Any]:
    """What the page shows; `template` is the editor's address."""
    found = sorted(state.diagnostics, key=lambda one: _ORDER[one.severity])
    return {
        "title": next((page.source.title for page in edition.pages if page.source.title), ""),
        "settled": state.settled,
        "working": state.working,
        "old": state.old,
        "pages": list(_pages(edition)),
        "diagnostics": [_diagnostic(one, view, template) for one in found],
        "words": [_section(section) for section in state.words],
    }


def _pages(edition: ShownEdition) -> Iterator[Mapping[str, Any]]:
    """Look, size in points, number and name of each page; the name is that of its first heading or the last one before."""
    heading = ""
    for page in edition.pages:
        on_it = [text for index, text in page.source.headings if index == page.index]
        name = on_it[0] if on_it else heading
        heading = on_it[-1] if on_it else heading
        yield {
            "id": page.fingerprint,
            "width": round(page.sheet.width, 2),
            "height": round(page.sheet.height, 2),
            "label": page.label,
            "name": name,
        }


def _diagnostic(found: Diagnostic, view: SourceView, template: str) -> Mapping[str, Any]:
    span = found.span
    return {
        "severity": found.severity.value,
        "code": found.code.value,
        "message": found.message,
        "hints": list(found.hints),
        "causes": [cause for cause in found.causes if cause],
        "place": place(span.file, span.line, view, template, span.column) if span else None,
        "quote": _quote(span, view.line(span)) if span else None,
    }


def place(file: str, line: int, view: SourceView, template: str, column: int = 1) -> Mapping[str, Any]:
    """A place in the author's files: `file:line` to read, and the address that opens it."""
    href = editors.address(template, view.file(file), line, column)
    return {"file": file, "line": line, "text": f"{file}:{line}", "href": href}


def _quote(span: Span, line: str | None) -> Mapping[str, Any] | None:
    """The section's line in three pieces, of which the middle one is what is wrong."""
    if line is None or not line.strip():
        return None
    start = min(max(span.column - 1, 0), len(line))
    end = len(line)
    if span.end_line in (None, span.line):
        end = min(len(line), max(span.end_column - 1 if span.end_column else start + 1, start + 1))
    first = max(0, min(start - _QUOTED // 3, len(line) - _QUOTED))
    last = min(len(line), first + _QUOTED)
    return {
        "before": ("…" if first else "") + line[first:start],
        "marked": line[start : min(end, last)],
        "after": line[end:last] + ("…" if last < len(line) else ""),
    }


def _section(count: SectionCount) -> Mapping[str, Any]:
    aim = count.section.section.data.words
    return {
        "title": plain(count.section.title),
        "words": count.total(BODY),
        "target": aim.target,
        "max": aim.max,
    }
