"""Authors and their institutions, however a source names and numbers them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from fascicle.core import identifiers
from fascicle.importers.report import Report
from fascicle.importers.word_list import words

PARTICLES = words(
    "van von der den de del della di da dos das du la le ter ten zu zum zur af av ibn bin al el y vom van't 't"
)
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_BODY = re.compile(
    r"\b(?:university|institute|consortium|collaboration|team|group|network|society|association|laborator(?:y|ies)|"
    r"department|centre|center|foundation|committee|project|contributors|developers|community)\b",
    re.IGNORECASE,
)
_MARKS = re.compile(r"\s*(?:\^[^^]*\^|\$\^\{?[^$]*\$|[*†‡§¶]+|\\textsuperscript\{[^{}]*\}|<sup>.*?</sup>)\s*")
_EMAIL = re.compile(r"[^@\s<>(){}]+@[^@\s<>(){}]+\.[A-Za-z]{2,}")
_NOTED = re.compile(r"(.+?)\s*(?:\^\[|\\(?:thanks|footnote)\{)(.*)[\]}]\Z", re.DOTALL)
"""A name with a note: `Ann Roe^[A university, roe@example.org.]`."""
_TITLES = re.compile(r"^(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms|Mx)\.?\s+)+", re.IGNORECASE)
_HAN = re.compile(r"[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")


def split_name(name: str) -> dict[str, str]:
    """`family` and `given`, or `literal` for a body and a name of one word."""
    name = " ".join(
        _TITLES.sub("", _MARKS.sub(" ", name)).replace("~", " ").replace("\u00a0", " ").split()
    ).strip(" ,;*")
    family, comma, given = (part.strip() for part in name.partition(","))
    if comma and family and given and given.lower() not in _SUFFIXES:
        return {"family": family, "given": given}
    words = name.replace(",", "").split()
    if len(words) < 2 or _BODY.search(name) or _HAN.fullmatch(name.replace(" ", "")):
        return {"literal": name} if name else {}
    end = len(words) - (words[-1].lower() in _SUFFIXES)
    start = end - 1
    while start > 1 and words[start - 1].lower() in PARTICLES:
        start -= 1
    if start < 1:
        return {"literal": name}
    return {"family": " ".join(words[start:]), "given": " ".join(words[:start])}


class People:
    """Reads the authors of one source."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.affiliations: dict[str, dict[str, str]] = {}
        self._by_mark: dict[str, str] = {}
        self._by_name: dict[str, str] = {}

    def institutions(self, given: Any) -> None:
        """The institutions that stand in a list of their own, each under its number or name."""
        for number, item in enumerate(_listed(given), start=1):
            if isinstance(item, Mapping):
                mark = _first(item, "index", "id", "ref", "number", "key", "label") or str(number)
                name = _institution(item)
                self._add(name, mark, _first(item, "ror"))
            elif isinstance(item, str):
                mark, _, name = item.partition(":") if re.match(r"\d+:", item) else (str(number), "", item)
                self._add(name, mark)

    def authors(self, given: Any) -> list[dict[str, Any]]:
        """The authors in order."""
        made = []
        for item in _listed(given):
            author = self._author(item)
            if author:
                made.append(author)
        return made

    def _author(self, item: Any) -> dict[str, Any]:
        if isinstance(item, str):
            if noted := _NOTED.match(item.strip()):
                return self._noted(noted[1], noted[2])
            email = _EMAIL.search(item)
            name = re.sub(r"\s*[<({\[]?[^@\s<(]+@[^@\s>)]+[>)}\]]?", "", item) if email else item
            author: dict[str, Any] = {**split_name(name)}
            return author | ({"email": email[0]} if author and email else {})
        if not isinstance(item, Mapping):
            return {}
        if len(item) == 1 and isinstance(next(iter(item.values())), Mapping):
            name, inner = next(iter(item.items()))
            if name not in ("name",):
                item = {"name": name, **inner}
        author = {**_named(item)}
        if not author:
            return {}
        self._facts(item, author)
        return author

    def _noted(self, name: str, note: str) -> dict[str, Any]:
        """An author whose name has a note of where he works and can be reached."""
        author: dict[str, Any] = {**split_name(name)}
        if not author:
            return {}
        if email := _EMAIL.search(note):
            author["email"] = email[0].rstrip(".")
        rest, corresponding = re.subn(
            r"\b(?:The )?corresponding author\b[.:]?", "", _EMAIL.sub("", note), flags=re.IGNORECASE
        )
        rest = " ".join(re.sub(r"\b(?:e-?mail|contact)\s*:?\s*", "", rest, flags=re.IGNORECASE).split())
        rest = re.sub(r"(?:[,;:.]\s*){2,}", ", ", rest).strip(" ,;:.<>()")
        if rest and (keys := self._keys({"affiliation": rest})):
            author["affiliations"] = keys
        if corresponding:
            author["corresponding"] = True
        return author

    def _facts(self, item: Mapping[str, Any], author: dict[str, Any]) -> None:
        name = author.get("family") or author.get("literal")
        if orcid := _first(item, "orcid", "ORCID"):
            try:
                author["orcid"] = identifiers.orcid(orcid.strip().removesuffix("/"))
            except ValueError:
                self.report.left_out(f"the ORCID {orcid} of {name}, whose digits do not fit")
        email = _first(item, "email", "mail")
        if email and _EMAIL.fullmatch(email.strip()):
            author["email"] = email.strip()
        keys = self._keys(item)
        if keys:
            author["affiliations"] = keys
        if (
            _true(_first(item, "corresponding", "correspondence", "is-corresponding"))
            or item.get("correspondence") == "yes"
        ):
            author["corresponding"] = True
        if native := _first(item, "native", "native-name"):
            author["native"] = native
        roles = [
            str(role).lower().replace(" ", "-").replace("–", "-")
            for role in _listed(item.get("roles") or item.get("role"))
        ]
        known = words(
    "conceptualization data-curation formal-analysis funding-acquisition investigation methodology "
                    "project-administration resources software supervision validation visualization "
                    "writing-original-draft writing-review-editing"
)  # fmt: skip
        if kept := [role for role in roles if role in known]:
            author["roles"] = kept

    def _keys(self, item: Mapping[str, Any]) -> list[str]:
        keys: list[str] = []
        for name in ("affiliation", "affiliations", "institute", "inst", "institution"):
            for each in _listed(item.get(name)):
                keys += self._key(each)
        return list(dict.fromkeys(keys))

    def _key(self, each: Any) -> list[str]:
        if isinstance(each, Mapping):
            ref = _first(each, "ref")
            if ref and ref in self._by_mark:
                return [self._by_mark[ref]]
            name = _institution(each)
            return [self._add(name, _first(each, "id") or "", _first(each, "ror"))] if name else []
        text = str(each).strip()
        if text in self._by_mark:
            return [self._by_mark[text]]
        marks = [part.strip() for part in re.split(r"[,;&]|\band\b", text) if part.strip()]
        if marks and all(mark in self._by_mark for mark in marks):
            return [self._by_mark[mark] for mark in marks]
        if re.fullmatch(r"[\d,;*\s]+", text):
            return []
        return [self._add(text)] if text else []

    def _add(self, name: str, mark: str = "", ror: str | None = None) -> str:
        name = " ".join(_clean(name).split()).strip(" ,;")
        if not name:
            return ""
        key = self._by_name.get(name)
        if key is None:
            key = f"i{len(self.affiliations) + 1}"
            self._by_name[name] = key
            self.affiliations[key] = {"name": name}
            if ror:
                try:
                    self.affiliations[key]["ror"] = identifiers.ror(ror)
                except ValueError:
                    self.report.left_out(f"the ROR id {ror} of {name}, which cannot be right")
        if mark:
            self._by_mark[mark] = key
        return key


def _named(item: Mapping[str, Any]) -> dict[str, str]:
    name = item.get("name", item.get("author", item.get("literal")))
    if isinstance(name, Mapping):
        item = {**item, **name}
        name = name.get("literal", "")
    family = _first(item, "family", "surname", "family-name", "family-names", "last", "lastname")
    if family:
        given = _first(item, "given", "given-names", "given-name", "first", "firstname", "forename")
        particle = _first(item, "non-dropping-particle", "dropping-particle")
        family = f"{particle} {family}" if particle else family
        suffix = _first(item, "suffix")
        found = {"family": _clean(family) + (f" {suffix}" if suffix else "")}
        return found | ({"given": _clean(given)} if given else {})
    return split_name(_clean(str(name))) if name else {}


def _institution(item: Mapping[str, Any]) -> str:
    parts = [
        _first(item, *names)
        for names in (
            ("department", "group", "dept"),
            ("name", "institution", "institute", "affiliation"),
            ("city", "location"),
            ("region", "state"),
            ("country",),
        )
    ]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _clean(text: str) -> str:
    text = re.sub(r"\\[`'\"^~=.]\{?(\w)\}?", _accented, text)
    return (
        re.sub(r"<[^>]+>|\\(?:textit|textbf|emph)\b|[{}]|\\\\|\*\*|`", "", text).replace("\\&", "&").strip()
    )


_COMBINING = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    '"': "\u0308",
    "=": "\u0304",
    ".": "\u0307",
}


def _accented(found: re.Match[str]) -> str:
    from unicodedata import normalize

    return normalize("NFC", found[1] + _COMBINING[found[0][1]])


def _listed(given: Any) -> Sequence[Any]:
    if given is None or given == "":
        return ()
    return given if isinstance(given, list | tuple) else (given,)


def _first(item: Mapping[str, Any], *names: str) -> str | None:
    for name in names:
        found = item.get(name)
        if isinstance(found, str | int) and str(found).strip():
            return str(found).strip()
    return None


def _true(value: str | None) -> bool:
    return (value or "").lower() in ("true", "yes", "1", "on")
