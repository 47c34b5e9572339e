"""Authors of the works that an article cites, as an index of names lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fascicle.core.model import Publication
from fascicle.project.bibliography.entry import BibEntry
from fascicle.project.bibliography.fields.markup import plain
from fascicle.project.bibliography.names import Name, read_names

_KEY = re.compile(r"(?<![\w.])@\{?([\w:.#$%&+?<>~/-]*\w)")


def cited_names(publication: Publication) -> dict[str, tuple[str, ...]]:
    """Each name as it is listed, such as `Jia, Zhangke`, with what the text calls it; bodies are left out."""
    typed = {key for section in publication.sections for key in _KEY.findall(section.text)}
    found: dict[str, tuple[str, ...]] = {}
    for key, entry in publication.bibliography.entries.items():
        for name in _people(entry) if key in typed else ():
            family, given = plain(f"{name.prefix} {name.family}".strip()), plain(name.given)
            if family:
                found[f"{family}, {given}" if given else family] = (family,)
    return found


def _people(entry: BibEntry) -> Iterator[Name]:
    """Authors, or else editors; of a film its director."""
    for field in ("author", "director", "editor"):
        if field in entry.fields:
            yield from (name for name in read_names(entry, field).names if not name.body)
            return
