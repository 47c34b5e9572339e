"""Citations that a co-author has added with a reference manager, as citations of ours with their records."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from fascicle.core.diagnostic_formats import escaped_json
from fascicle.core.pandoc_ast import Json
from fascicle.importers.report import Report
from fascicle.importers.word.citations import CitationCodes, Works
from fascicle.importers.writing.inlines import Context, InlineWriter
from fascicle.project.bibliography.files.csl_reader import DATES, NAMES, TEXTS, TYPES
from fascicle.project.bibliography.library import Bibliography
from fascicle.redline.merge.printed_citations import PRINTED

RECORDS = "bib/from-word.json"
"""Where records go that the bibliography lacks, as CSL-JSON."""


_SINGLE = frozenset({
    "language", "container-title", "publisher", "number", "issue", "DOI", "URL", "medium", "dimensions", "collection-number",
    "authority",
})  # fmt: skip
"""Variables of CSL's that are texts, beside those that have one field of their own."""
_PARTS = frozenset({
    "family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle", "date-parts", "raw", "season", "circa",
})  # fmt: skip
"""Parts of CSL's names and dates."""
_LONGEST = 5_000
"""Characters of one text of a record."""


@dataclass(slots=True)
class NewCitations:
    """Reads the codes of fields, and keeps the records of works that nobody has cited before."""

    library: Bibliography
    """What the publication has."""
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    """The new records by key."""
    _works: Works = field(default_factory=Works)
    _written: dict[str, str] = field(default_factory=dict)
    """What codes are as they are typed here."""
    _taken: Counter[str] = field(default_factory=Counter)
    _identities: dict[str, str] = field(default_factory=dict)
    """The keys of the publication's works by what tells them."""

    def markdown(self, code: str) -> str:
        """A field's citation as it is typed here; empty for a field that is none, or whose data is not in it."""
        if code.startswith(PRINTED):
            return code.removeprefix(PRINTED)
        if code not in self._written:
            self._written[code] = self._markdown(code)
        return self._written[code]

    def _markdown(self, code: str) -> str:
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
        stem = str(work["citationId"])
        key = stem
        while key in self.library.entries or key in self.library.aliases:
            self._taken[stem] += 1
            key = f"{stem}-{self._taken[stem] + 1}"
        self.records[key] = {**_record(item), "id": key}
        return key

    def _known(self, item: dict[str, Any]) -> str:
        """The key of the record that describes the same work; empty when there is none."""
        if not self._identities:
            self._identities = {"": "", **dict(self._identified())}
        doi, title = _doi(str(item.get("DOI", ""))), _folded(str(item.get("title", "")))
        year = _year(item)
        by_title = self._identities.get(f"{title} {year}", "") if title and year else ""
        return (self._identities.get(f"doi:{doi}", "") if doi else "") or by_title

    def _identified(self) -> Iterator[tuple[str, str]]:
        """What tells each work of the publication, the first of two alike last, which so stays."""
        for key, entry in reversed(tuple(self.library.entries.items())):
            stated = re.search(r"\d{4}", entry.text("date") or entry.text("year"))
            if stated and (title := _folded(entry.text("title"))):
                yield f"{title} {stated[0]}", key
            if doi := _doi(entry.text("doi")):
                yield f"doi:{doi}", key

    def file(self, present: str) -> str:
        """The text of the file of new records, which may have some already."""
        try:
            known = json.loads(present) if present.strip() else []
        except (ValueError, RecursionError):
            known = []
        if isinstance(known, dict):
            known = next((known[name] for name in ("items", "references") if name in known), [known])
        items = json.dumps([*known, *self.records.values()], sort_keys=True)
        return escaped_json(json.loads(items), indent=2) + "\n"


def _record(item: Mapping[str, Any]) -> dict[str, Any]:
    """What of a stranger's record is CSL's."""
    made: dict[str, Any] = {"type": item["type"] if item.get("type") in TYPES else "document"}
    for name, value in item.items():
        if name in NAMES and isinstance(value, list):
            made[name] = [_parts(one) for one in value if isinstance(one, dict)]
        elif name in DATES and isinstance(value, dict):
            made[name] = _parts(value)
        elif (name in TEXTS or name in _SINGLE) and isinstance(value, str | int):
            made[name] = value[:_LONGEST] if isinstance(value, str) else value
    if not str(made.get("URL", "")).startswith(("http://", "https://")):
        made.pop("URL", None)
    return made


def _parts(value: Mapping[str, Any]) -> dict[str, Any]:
    """Parts of a name or date: short texts, numbers, and lists of lists of them."""
    return {name: one for name, one in value.items() if name in _PARTS and _is_part(one, 2)}


def _is_part(value: object, depth: int) -> bool:
    if isinstance(value, list):
        return depth > 0 and len(value) <= 3 and all(_is_part(one, depth - 1) for one in value)
    return isinstance(value, bool | int) or (isinstance(value, str) and len(value) <= _LONGEST)


def _doi(text: str) -> str:
    return re.sub(r"^https?://(?:dx\.)?doi\.org/", "", text.strip().lower())


def _folded(text: str) -> str:
    return re.sub(r"\\[a-zA-Z]+|\W+", "", text).casefold()


def _year(item: dict[str, Any]) -> str:
    found = re.search(r"\d{4}", json.dumps(item.get("issued", "")))
    return found[0] if found else ""
