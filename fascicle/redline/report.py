"""The list of changes as JSON."""

from __future__ import annotations

import json

from fascicle import __version__
from fascicle.core.diagnostics import Span
from fascicle.redline.marking.listing import Entry, Listing
from fascicle.redline.versions import Version


def report(listing: Listing, old: Version, new: Version) -> str:
    """The changes with their places, for programs."""
    counts = {
        section: {kind.value: count for kind, count in kinds.items()}
        for section, kinds in listing.counts().items()
        if kinds
    }
    value = {
        "version": 1,
        "generator": f"fascicle {__version__}",
        "old": _version(old),
        "new": _version(new),
        "counts": counts,
        "changes": [_entry(entry) for entry in listing.entries],
    }
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _version(version: Version) -> dict[str, str]:
    return {"name": version.name, **({"commit": version.commit} if version.commit else {})}


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "number": entry.number,
        "kind": entry.kind.value,
        "what": entry.what,
        "section": entry.section,
        "old": entry.old or None,
        "new": entry.new or None,
        "old_place": _place(entry.old_span),
        "new_place": _place(entry.new_span),
    }


def _place(span: Span | None) -> str | None:
    return str(span) if span and span.file else None
