"""Mentions such as “(Li et al. 2012: 174)” made citations of the one record that fits."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from fascicle.core.pandoc_ast import Blocks, Inlines, Json, citation, cite, strings
from fascicle.importers.references.matching import (
    OTHERS,
    counted,
    families,
    folded,
    lettered,
    named,
    people,
    unnamed,
    year_of_item,
)
from fascicle.importers.report import Report
from fascicle.importers.tree.walk import plain, rewrite

_YEAR = r"(?:1[4-9]|20)\d\d[a-z]?"
_PARTICLE = r"(?:van|von|de|der|den|del|della|di|da|al|el|la|le)"
_NAME = rf"(?:{_PARTICLE}[\s-])*[A-ZÀ-Þ][\w’'-]+"
_IN_GROUP = rf"(?:[^()]|\({_YEAR}\))"
_GROUP = re.compile(rf"\((?P<inner>{_IN_GROUP}{{2,300}}?\b{_YEAR}\)?{_IN_GROUP}{{0,80}})\)")
"""A group in brackets; years may have brackets of their own."""
_PAGE_GROUP = re.compile(rf"\((?P<inner>(?:[a-z.]+\s+){{0,3}}{_NAME}[^()\d]{{0,60}}\s\d[^()]{{0,80}})\)")
_LEAD = rf"(?P<lead>(?:[Ss]ee|[Cc]f\.|[Cc]ompare|[Ss]iehe|[Vv]gl\.|[Vv]oir)(?:\s+(?:also|e\.g\.,?|auch|aussi))?\s+|(?:(?!{_PARTICLE}\s)[a-z][\w.]*,?\s+){{1,6}})?"
_WORDED = r"(?P<names>(?:[^\d;,]|,(?!\s*\d)){2,80}?)"
_PART = re.compile(
    rf"{_LEAD}{_WORDED},?\s+\(?(?P<year>{_YEAR})\)?(?:\s*[,:]\s*(?P<place>[^;]{{1,60}})|\s+(?P<after>[a-z][^;\d]{{2,80}}))?"
)
_PAGED = re.compile(
    rf"{_LEAD}(?P<names>[^\d;,]{{2,60}}?),?\s+(?:pp?\.\s*)?(?P<place>\d{{1,4}}(?:\s*[–-]\s*\d{{1,4}})?(?:,\s*\d{{1,4}})*)"
)
"""Author and page, as MLA has it."""
_MORE_YEARS = re.compile(rf"(?:{_YEAR}|[b-z])(?:\s*(?:,|and|&)\s*(?:{_YEAR}|[b-z]))*")
_NEXT = re.compile(
    rf";\s*|(?<=[\d)])\s*,\s*(?=(?:and\s+)?(?:{_PARTICLE}\s)?(?:[A-ZÀ-Þ][\w’'-]+,\s+){{0,5}}[A-ZÀ-Þ][^,;]*?\b{_YEAR})|(?<=\d[a-z])\s*,\s*(?=[A-ZÀ-Þ][^,;]*?\b{_YEAR})"
)
_AND = r"(?:and|&|und|et|y|e)"
_SPOKEN = re.compile(
    rf"(?P<names>(?:{_NAME},\s+){{0,6}}{_NAME}(?:,?\s+{_AND}\s+{_NAME}|,?\s+(?:et\.?\s+al\.?|and\s+others|and\s+colleagues))?)(?P<own>[’']s?)?\s+\((?P<year>{_YEAR})(?:\s*[,:]\s*(?P<place>[^()]{{1,60}}))?\)"
)


class Mentions:
    """Matches mentions with the records of one text."""

    def __init__(self, items: list[dict[str, Any]], report: Report) -> None:
        self.report = report
        self.cited: set[str] = set()
        self.paged = 0
        """How many are of an author and a page, without a year."""
        self._by_year: dict[str, list[dict[str, Any]]] = {}
        self._items = items
        for item in items:
            self._by_year.setdefault(year_of_item(item), []).append(item)

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
            elif item["t"] == "Emph" and run and re.fullmatch(r"et al\.?|and others", plain(item["c"])):
                run += plain(item["c"])
            elif item["t"] in ("Space", "SoftBreak"):
                run += " " if item["t"] == "Space" else "\n"
            else:
                made += self._text(run) if run else []
                run = ""
                if item["t"] != "End":
                    made.append(item)
        return made

    def _text(self, text: str) -> Inlines:
        made: Inlines = []
        for part in self._replaced(text, _GROUP, self._group):
            for each in (
                self._replaced(part, _PAGE_GROUP, self._page_group) if isinstance(part, str) else [part]
            ):
                made += self._spoken_in(each) if isinstance(each, str) else each
        return made

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
        before, parts = _introduction(_NEXT.split(found["inner"]))
        for part in parts:
            mention = _PART.fullmatch(re.sub(r"^and\s+", "", " ".join(part.split())))
            if not mention:
                self._strange(found[0])
                return None
            for number, (year, place) in enumerate(self._years(mention)):
                item, said = self._meant(mention, year, place, found[0])
                if item is None:
                    return None
                said = f"{before} {said}".strip()
                lead = strings(said) if said and not number else []
                before = ""
                suffix = strings(f" {mention['after']}") if mention["after"] else _suffix(place)
                works.append(citation(str(item["id"]), "NormalCitation", lead, suffix))
        self.cited |= {work["citationId"] for work in works}
        return [cite(works, [])]

    def _meant(
        self, mention: re.Match[str], year: str, place: str, shown: str
    ) -> tuple[dict[str, Any] | None, str]:
        """The work of a mention, and the words before it: a name may be written in small letters, too."""
        lead = (mention["lead"] or "").strip()
        whole = f"{lead} {mention['names']}"
        if lead and len([item for item in self._by_year.get(year[:4], []) if named(item, whole)]) == 1:
            return self._one(whole, year, place, shown), ""
        return self._one(mention["names"], year, place, shown), lead

    def _years(self, mention: re.Match[str], names: str = "") -> list[tuple[str, str]]:
        """Each year of a mention such as “Li 2004, 2012a, b”, with what follows the last."""
        place = mention["place"] or ""
        if not _MORE_YEARS.fullmatch(place):
            return [(mention["year"], place)]
        years = [mention["year"]]
        for each in re.split(r"\s*(?:,|and|&)\s*", place):
            years.append(each if len(each) > 1 else years[-1][:4] + each)
        if len(years) == 2 and not any(
            named(item, names or mention["names"]) for item in self._by_year.get(years[1][:4], [])
        ):
            return [(mention["year"], place)]
        return [(year, "") for year in years]

    def _strange(self, shown: str) -> None:
        """Tell a mention that names an author of the list and cannot be taken apart."""
        words = set(re.findall(r"[^\W\d_]{3,}", folded(shown)))
        if any(family in words for item in self._items for family in families(item)[:1]):
            self.report.verify(
                "a mention that cannot be taken apart stands as it was typed", " ".join(shown.split())
            )

    def _page_group(self, found: re.Match[str]) -> Inlines | None:
        works: list[Json] = []
        for part in found["inner"].split(";"):
            mention = _PAGED.fullmatch(" ".join(part.split()))
            same = [item for item in self._items if mention and named(item, mention["names"])]
            if not mention or not same:
                return None
            if len(same) > 1:
                self.report.verify(
                    "a mention that fits several records stands as it was typed", " ".join(found[0].split())
                )
                return None
            lead = strings(mention["lead"].strip()) if mention["lead"] else []
            works.append(citation(str(same[0]["id"]), "NormalCitation", lead, _suffix(mention["place"])))
        self.paged += len(works)
        self.cited |= {work["citationId"] for work in works}
        return [cite(works, [])]

    def _spoken(self, found: re.Match[str]) -> Inlines | None:
        names, before = self._spoken_names(found["names"], found["year"])
        works: list[Json] = []
        for year, place in self._years(found, names):
            item = self._one(names, year, place, found[0])
            if item is None:
                return None
            works.append(citation(str(item["id"]), "SuppressAuthor", [], _suffix(place)))
        self.cited |= {work["citationId"] for work in works}
        return [*_words(before + names + (found["own"] or "")), {"t": "Space"}, cite(works, [])]

    def _spoken_names(self, names: str, year: str) -> tuple[str, str]:
        """The names that a work has, and what stands before them: `in Leeds, Moreau (1998)`."""
        parts = _steps(names)
        for start in range(len(parts)):
            rest = " ".join(parts[start:])
            if any(named(item, rest) for item in self._by_year.get(year[:4], [])):
                before = " ".join(parts[:start])
                return rest, f"{before} " if before else ""
        return names, ""

    def _one(self, names: str, year: str, place: str, shown: str) -> dict[str, Any] | None:
        """The one record that fits; None, told, when none or several do."""
        names = re.sub(r"[’']s?$", "", " ".join(names.split()))
        same = [
            item for item in self._by_year.get(year[:4], []) if named(item, names) and lettered(item, year)
        ]
        if len(same) > 1 and place and re.match(r"(?:pp?\.?\s*)?\d+(?!:)", place):
            same = [item for item in same if item["type"] != "motion_picture"] or same
        if len(same) > 1:
            exact = [item for item in same if counted(item, names)]
            same = exact if len(exact) == 1 else same
        if len(same) == 1:
            if OTHERS.search(names) and len(people(same[0])) < 2 and not unnamed(same[0]):
                self.report.verify("“et al.” for a work of one author", " ".join(shown.split()))
            return same[0]
        if same or re.match(_NAME, names):
            reason = "fits several records" if same else "fits no record"
            self.report.verify(f"a mention that {reason} stands as it was typed", " ".join(shown.split()))
        else:
            self._strange(shown)
        return None


def _steps(names: str) -> list[str]:
    """What may be cut from names at their front: a place before a comma, an article or preposition."""
    return re.split(r"(?<=,)\s+|(?<=^de)\s+|(?<=^el)\s+|(?<=^la)\s+|(?<=^del)\s+|(?<=^da)\s+", names)


def _introduction(parts: list[str]) -> tuple[str, list[str]]:
    """Words before the first mention that name no year, such as “POG; ” or “i.e., so it was meant; ”."""
    number = next((at for at, part in enumerate(parts) if re.search(_YEAR, part)), 0)
    before = "; ".join(" ".join(part.split()) for part in parts[:number])
    rest = parts[number:]
    if labelled := re.match(r"\s*([A-Z][A-Z-]{1,9}):\s+", rest[0]) if rest else None:
        return labelled[0].strip(), [rest[0][labelled.end() :], *rest[1:]]
    return f"{before};" if before else "", rest


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
