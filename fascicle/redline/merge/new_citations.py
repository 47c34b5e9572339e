"""Citations that a co-author has added with a reference manager, as citations of ours with their records."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from fascicle.core.pandoc_ast import Json
from fascicle.importers.report import Report
from fascicle.importers.word.citations import CitationCodes, Works
from fascicle.importers.writing.inlines import Context, InlineWriter
from fascicle.project.bibliography.library import Bibliography

RECORDS = "bib/from-word.json"
"""Where records go that the bibliography lacks, as CSL-JSON."""


@dataclass(slots=True)
class NewCitations:
    """Reads the codes of fields, and keeps the records of works that nobody has cited before."""

    library: Bibliography
    """What the publication has."""
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    """The new records by key."""
    _works: Works = field(default_factory=Works)

    def markdown(self, code: str) -> str:
        """A field's citation as it is typed here; empty for a field that is none, or whose data is not in it."""
        cite = CitationCodes(self._works, {}).read(code) if code else None
        if cite is None:
            return ""
        for work in cite["c"][0]:
            work["citationId"] = self._key(work)
        context = Context(Report(), lambda path, attributes: None, {}, set())
        return InlineWriter(context).write([cite], line=True)

    def _key(self, work: Json) -> str:
        item = self._works.items[work["citationId"]]
        if known := self._known(item):
            return known
        key, number = str(work["citationId"]), 1
        while key in self.library.entries or key in self.library.aliases:
            number += 1
            key = f"{work['citationId']}-{number}"
        self.records[key] = {**item, "id": key}
        return key

    def _known(self, item: dict[str, Any]) -> str:
        """The key of the record that describes the same work; empty when there is none."""
        doi, title, year = _doi(str(item.get("DOI", ""))), _folded(str(item.get("title", ""))), _year(item)
        for key, entry in self.library.entries.items():
            if doi and doi == _doi(entry.text("doi")):
                return key
            stated = re.search(r"\d{4}", entry.text("date") or entry.text("year"))
            if title and title == _folded(entry.text("title")) and stated and stated[0] == year:
                return key
        return ""

    def file(self, present: str) -> str:
        """The text of the file of new records, which may have some already."""
        try:
            known = json.loads(present) if present.strip() else []
        except ValueError:
            known = []
        items = [*known, *self.records.values()]
        return json.dumps(items, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _doi(text: str) -> str:
    return re.sub(r"^https?://(?:dx\.)?doi\.org/", "", text.strip().lower())


def _folded(text: str) -> str:
    return re.sub(r"\\[a-zA-Z]+|\W+", "", text).casefold()


def _year(item: dict[str, Any]) -> str:
    found = re.search(r"\d{4}", json.dumps(item.get("issued", "")))
    return found[0] if found else ""
