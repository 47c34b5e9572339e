"""The cited records as a .bib file, for journals that set lists of works themselves."""

from __future__ import annotations

from collections.abc import Iterable

from fascicle.project.bibliography.library import BibEntry, Bibliography, resolved

FILE = "references.bib"
"""Its name in a package."""
_UNTOLD = frozenset({"ids", "options", "file", "abstract", "keywords", "annotation", "crossref", "xdata"})


def bib_records(bibliography: Bibliography, cited: Iterable[str]) -> str:
    """The records under `cited` as their author wrote them, inherited fields filled in, private ones left out."""
    entries = (resolved(bibliography, key) for key in cited if key in bibliography.entries)
    return "\n".join(_written(entry) for entry in entries)


def _written(entry: BibEntry) -> str:
    kept = ((name, field.value) for name, field in entry.fields.items() if _told(name))
    lines = [f"  {name} = {{{value}}},\n" for name, value in kept]
    return f"@{entry.type}{{{entry.key},\n{''.join(lines)}}}\n"


def _told(name: str) -> bool:
    return name not in _UNTOLD and not name.startswith("x-")
