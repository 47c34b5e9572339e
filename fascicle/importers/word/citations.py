"""What a field of Zotero, Mendeley, EndNote or Word cites.

The works with their data, and the places in them.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from fascicle.core.pandoc_ast import Json, citation, cite, strings
from fascicle.importers.word.records import endnote_item

_SHORT = {
    "page": "p.", "chapter": "ch.", "volume": "vol.", "figure": "fig.", "section": "sec.", "paragraph": "para.", "line": "l.",
    "verse": "v.", "note": "n.", "part": "pt.", "column": "col.", "folio": "fol.", "issue": "no.", "book": "bk.",
}  # fmt: skip
_FORMAT = re.compile(r"</?(?:style|hit)[^>]*>")


@dataclass(slots=True)
class Works:
    """The works of one document, each under one key."""

    items: dict[str, dict[str, Any]] = field(default_factory=dict)
    """CSL's items by key."""
    _keys: dict[str, str] = field(default_factory=dict)
    """Keys by what tells works apart."""
    _next: Counter[str] = field(default_factory=Counter)
    """The letter that the next work of a name and year gets, by its number."""

    def key(self, identity: str, item: dict[str, Any]) -> str:
        """The key of a work, made of family name and year when it is new."""
        doi = str(item.get("DOI", "")).lower()
        names = [name for name in (identity, f"doi:{doi}" if doi else "", _canonical(item)) if name]
        for name in names:
            if name in self._keys:
                return self._keys[name]
        stem = _stem(item)
        key = stem
        while key in self.items:
            key = f"{stem}{_letters(self._next[stem])}"
            self._next[stem] += 1
        self.items[key] = {**{name: value for name, value in item.items() if name != "abstract"}, "id": key}
        for name in names:
            self._keys[name] = key
        return key


def _letters(number: int) -> str:
    made = ""
    while True:
        made = chr(ord("a") + number % 26) + made
        number = number // 26 - 1
        if number < 0:
            return made


def _canonical(item: dict[str, Any]) -> str:
    kept = {
        key: value
        for key, value in item.items()
        if key not in ("id", "abstract", "note", "accessed", "citation-key")
    }
    return json.dumps(kept, sort_keys=True, ensure_ascii=False)


def _stem(item: dict[str, Any]) -> str:
    people: Any = next(
        (item[role] for role in ("author", "editor", "director", "translator") if item.get(role)), []
    )
    first = people[0] if isinstance(people, list) and people and isinstance(people[0], dict) else {}
    name = str(first.get("family") or first.get("literal") or item.get("title") or "work")
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    word = re.sub(r"[^a-z]", "", plain.split(",")[0])[:20] or "work"
    year = re.search(r"\d{4}", json.dumps(item.get("issued", "")))
    return f"{word}{year[0] if year else ''}"


class CitationCodes:
    """Reads the codes of one document."""

    def __init__(self, works: Works, sources: dict[str, dict[str, Any]]) -> None:
        self.works = works
        self.sources = sources

    def read(self, code: str) -> Json | None:
        """The citation that a code says; None when it cannot be read."""
        if "EN.CITE" in code:
            made = self._endnote(code)
        elif re.match(r"CITATION\s", code, re.IGNORECASE):
            made = self._word(code)
        else:
            made = self._csl(code)
        return cite(made, []) if made else None

    # -- Zotero and Mendeley ----------------------------------------------------------------------------

    def _csl(self, code: str) -> list[Json]:
        start = code.find("{")
        if start < 0:
            return []
        try:
            said, _ = json.JSONDecoder().raw_decode(code[start:])
        except (ValueError, RecursionError):
            return []
        items = said.get("citationItems") if isinstance(said, dict) else None
        if not isinstance(items, list):
            return []
        composite = isinstance(said.get("properties"), dict) and said["properties"].get("mode") == "composite"
        return [
            made
            for number, item in enumerate(items)
            if (made := self._csl_item(item, composite and not number))
        ]

    def _csl_item(self, item: Any, composite: bool) -> Json | None:
        if not isinstance(item, dict) or not isinstance(item.get("itemData"), dict):
            return None
        addresses = item.get("uris") or item.get("uri") or []
        identity = str(addresses[0]) if isinstance(addresses, list) and addresses else ""
        key = self.works.key(identity, item["itemData"])
        mode = (
            "AuthorInText"
            if composite
            else "SuppressAuthor"
            if item.get("suppress-author")
            else "NormalCitation"
        )
        return _work(
            key, mode, item.get("prefix"), item.get("locator"), item.get("label"), item.get("suffix")
        )

    # -- Word -------------------------------------------------------------------------------------------

    def _word(self, code: str) -> list[Json]:
        parts = re.split(r"\\m\s+", re.sub(r"^CITATION\s+", "", code, flags=re.IGNORECASE))
        made = []
        for part in parts:
            tag = part.split()[0] if part.split() else ""
            item = self.sources.get(tag)
            if item is None:
                return []
            switches = dict(re.findall(r'\\([pvfs])\s+("[^"]*"|\S+)', part))
            bare = {name: value.strip('"') for name, value in switches.items()}
            mode = "SuppressAuthor" if re.search(r"\\n\b", part) else "NormalCitation"
            key = self.works.key(f"word:{tag}", item)
            made.append(_work(key, mode, bare.get("f"), bare.get("p"), "page", bare.get("s")))
        return made

    # -- EndNote ----------------------------------------------------------------------------------------

    def _endnote(self, code: str) -> list[Json]:
        text = code[code.find("<") :] if "<EndNote" in code else _decoded(code)
        text = text[text.find("<EndNote") : text.find("</EndNote>") + len("</EndNote>")]
        if "<!" in text or not text:
            return []
        try:
            root = ET.fromstring(_FORMAT.sub("", text))  # noqa: S314 - without declarations
        except (ET.ParseError, ValueError):
            return []
        made = []
        for each in root.iter("Cite"):
            record = each.find("record")
            item = endnote_item(record) if record is not None else {}
            if not item:
                item = {
                    "type": "document",
                    "title": f"To verify: {each.findtext('Author', '')} {each.findtext('Year', '')}".strip(),
                }
            number = each.findtext("RecNum", "")
            base = record.find("foreign-keys/key") if record is not None else None
            identity = (
                f"endnote:{base.get('db-id', '') if base is not None else ''}:{number}" if number else ""
            )
            mode = "SuppressAuthor" if each.get("ExcludeAuth") == "1" else "NormalCitation"
            mode = "AuthorInText" if each.get("AuthorYear") == "1" else mode
            key = self.works.key(identity, item)
            made.append(
                _work(
                    key,
                    mode,
                    each.findtext("Prefix"),
                    each.findtext("Pages"),
                    "page",
                    each.findtext("Suffix"),
                )
            )
        return made


def _decoded(code: str) -> str:
    """The data that EndNote keeps beside its code."""
    for word in code.split()[2:]:
        try:
            data = base64.b64decode(word, validate=False)
        except (binascii.Error, ValueError):
            continue
        for encoding in ("utf-8", "utf-16-le"):
            text = data.decode(encoding, "ignore")
            if "<EndNote" in text:
                return text
    return ""


def _work(key: str, mode: str, prefix: Any, locator: Any, label: Any, suffix: Any) -> Json:
    """One work of a citation, its place and the words after it as they are typed here."""
    place = str(locator or "").strip()
    words = str(suffix or "").strip()
    after = ""
    if place:
        sign = _SHORT.get(str(label or "page"), "p.")
        several = sign == "p." and re.search(r"[-–,]|\bff?\b", place)
        after = f", {'pp.' if several else sign} {place}"
    if words:
        after += words if words[0] in ",.;:" else f", {words}"
    return citation(
        key, mode, strings(str(prefix or "").strip()) if prefix else [], strings(after) if after else []
    )
