"""Mentions such as “(Li et al. 2012: 174)” made citations of the one record that fits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from fascicle.core.pandoc_ast import Blocks, Inlines, Json, citation, cite, strings
from fascicle.importers.report import Report
from fascicle.importers.tree.walk import rewrite

_YEAR = r"(?:1[4-9]|20)\d\d[a-z]?"
_NAME = r"(?:(?:van|von|de|der|den|del|della|di|da|al|el|la|le)[\s-])*[A-ZÀ-Þ][\w’'-]+"
_GROUP = re.compile(rf"\((?P<inner>[^()]{{2,200}}?\b{_YEAR}[^()]{{0,80}})\)")
_PART = re.compile(
    rf"(?P<lead>(?:see also|see|cf\.|e\.g\.,?|compare|vgl\.|siehe|voir)\s+)?(?P<names>[^\d;]{{2,80}}?),?\s+\(?(?P<year>{_YEAR})\)?(?:\s*[,:]\s*(?P<place>[^;]{{1,60}}))?",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    rf"(?P<names>{_NAME}(?:\s+(?:and|&|und|et)\s+{_NAME}|\s+et\s+al\.?)?)(?P<own>[’']s?)?\s+\((?P<year>{_YEAR})(?:\s*[,:]\s*(?P<place>[^()]{{1,60}}))?\)"
)


class Mentions:
    """Matches mentions with the records of one text."""

    def __init__(self, items: list[dict[str, Any]], report: Report) -> None:
        self.report = report
        self.cited: set[str] = set()
        self._by_year: dict[str, list[dict[str, Any]]] = {}
        for item in items:
            self._by_year.setdefault(_year(item), []).append(item)

    def replace(self, blocks: Blocks) -> Blocks:
        """The text with citations for every mention that fits one record."""

        def change(element: Json) -> list[Json] | None:
            place = {"Para": None, "Plain": None, "Emph": None, "Quoted": 1, "Span": 1}
            if element["t"] not in place:
                return None
            index = place[element["t"]]
            if index is None:
                element["c"] = self._inlines(element["c"])
            else:
                element["c"][index] = self._inlines(element["c"][index])
            return [element]

        return rewrite(blocks, change)  # type: ignore[no-any-return]

    def _inlines(self, inlines: Inlines) -> Inlines:
        made: Inlines = []
        run = ""
        for item in [*inlines, {"t": "End"}]:
            if item["t"] == "Str":
                run += item["c"]
            elif item["t"] in ("Space", "SoftBreak"):
                run += " " if item["t"] == "Space" else "\n"
            else:
                made += self._text(run) if run else []
                run = ""
                if item["t"] != "End":
                    made.append(item)
        return made

    def _text(self, text: str) -> Inlines:
        found = self._replaced(text, _GROUP, self._group)
        return [each for part in found for each in (self._spoken_in(part) if isinstance(part, str) else part)]

    def _spoken_in(self, text: str) -> Inlines:
        parts = self._replaced(text, _SPOKEN, self._spoken)
        return [each for part in parts for each in (_words(part) if isinstance(part, str) else part)]

    @staticmethod
    def _replaced(
        text: str, pattern: re.Pattern[str], change: Callable[[re.Match[str]], Inlines | None]
    ) -> list[str | Inlines]:
        made: list[str | Inlines] = []
        at = 0
        for found in pattern.finditer(text):
            instead = change(found)
            if instead is not None:
                made += [text[at : found.start()], instead]
                at = found.end()
        return [*made, text[at:]]

    # -- One mention ------------------------------------------------------------------------------------

    def _group(self, found: re.Match[str]) -> Inlines | None:
        if re.fullmatch(rf"\s*{_YEAR}(?:\s*[,:].*)?", found["inner"], re.DOTALL):
            return None
        works: list[Json] = []
        for part in found["inner"].split(";"):
            mention = _PART.fullmatch(" ".join(part.split()))
            if not mention:
                return None
            item = self._one(mention["names"], mention["year"], mention["place"] or "", found[0])
            if item is None:
                return None
            lead = strings((mention["lead"] or "").strip()) if mention["lead"] else []
            works.append(citation(str(item["id"]), "NormalCitation", lead, _suffix(mention["place"])))
        self.cited |= {work["citationId"] for work in works}
        return [cite(works, [])]

    def _spoken(self, found: re.Match[str]) -> Inlines | None:
        item = self._one(found["names"], found["year"], found["place"] or "", found[0])
        if item is None:
            return None
        self.cited.add(str(item["id"]))
        work = citation(str(item["id"]), "SuppressAuthor", [], _suffix(found["place"]))
        return [*_words(found["names"] + (found["own"] or "")), {"t": "Space"}, cite([work], [])]

    def _one(self, names: str, year: str, place: str, shown: str) -> dict[str, Any] | None:
        """The one record that fits; None, told, when none or several do."""
        names = re.sub(r"[’']s?$", "", " ".join(names.split()))
        same = [
            item for item in self._by_year.get(year[:4], []) if _named(item, names) and _lettered(item, year)
        ]
        if len(same) > 1 and place and re.match(r"(?:pp?\.?\s*)?\d+(?!:)", place):
            same = [item for item in same if item["type"] != "motion_picture"] or same
        if len(same) > 1:
            exact = [item for item in same if _counted(item, names)]
            same = exact if len(exact) == 1 else same
        if len(same) == 1:
            if re.search(r"\bet\s+al", names) and len(_people(same[0])) < 2:
                self.report.verify("“et al.” for a work of one author", " ".join(shown.split()))
            return same[0]
        if same or re.match(_NAME, names):
            reason = "fits several records" if same else "fits no record"
            self.report.verify(f"a mention that {reason} stands as it was typed", " ".join(shown.split()))
        return None


def _words(text: str) -> Inlines:
    made: Inlines = []
    for number, line in enumerate(text.split("\n")):
        made += ([{"t": "SoftBreak"}] if number else []) + (strings(line) if line else [])
    return made


def _suffix(place: str | None) -> Inlines:
    place = (place or "").strip()
    if not place:
        return []
    if re.match(r"\d", place) and not re.match(r"\d\d?:\d\d", place):
        place = ("pp. " if re.search(r"[–,-]|\bff?\b", place) else "p. ") + place
    return strings(f", {place}")


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return (
        "".join(character for character in folded if not unicodedata.combining(character))
        .casefold()
        .strip(" .,")
    )


def _people(item: dict[str, Any]) -> list[dict[str, str]]:
    people: list[dict[str, str]] = item.get("author") or item.get("editor") or item.get("director") or []
    return people


def _families(item: dict[str, Any]) -> list[str]:
    return [_plain(person.get("family") or person.get("literal") or "") for person in _people(item)]


def _year(item: dict[str, Any]) -> str:
    parts = item.get("issued", {}).get("date-parts") if isinstance(item.get("issued"), dict) else None
    return str(parts[0][0]) if parts and parts[0] else ""


def _lettered(item: dict[str, Any], year: str) -> bool:
    """Whether the letter after a year is the one that the list gives the work."""
    typed = item.get("custom", {}).get("typed", "")
    found = re.search(rf"{year[:4]}([a-z])\b", typed)
    return not found or not year[4:] or found[1] == year[4:]


def _named(item: dict[str, Any], names: str) -> bool:
    families = _families(item)
    if not families:
        return False
    first, *others = re.split(
        r"\s+(?:and|&|und|et(?!\s+al))\s+|,\s+(?=[A-ZÀ-Þ][a-zà-ÿ]{2,})", re.sub(r",?\s*et\s+al\.?", "", names)
    )
    if not _fits(_people(item)[0], first):
        return False
    return all(any(_fits(person, other) for person in _people(item)[1:]) for other in others if other.strip())


def _fits(person: dict[str, str], typed: str) -> bool:
    """Whether a name as typed is a person's: the family name, with initials or a given name that agree."""
    family, given = (
        _plain(person.get("family") or person.get("literal") or ""),
        _plain(person.get("given") or ""),
    )
    name = _plain(typed)
    if name == family:
        return True
    if not family or family not in name:
        return False
    rest = name.replace(family, " ", 1).strip(" ,.")
    return (
        bool(rest)
        and bool(given)
        and (given.startswith(rest) or (rest[0] == given[0] and len(rest.replace(".", "").split()[0]) == 1))
    )


def _counted(item: dict[str, Any], names: str) -> bool:
    """Whether the number of authors is the one that the mention tells."""
    number = len(_people(item))
    if re.search(r"\bet\s+al", names):
        return number > 2
    return number == len(re.split(r"\s+(?:and|&|und|et)\s+|,\s+", names))
