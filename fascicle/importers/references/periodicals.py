"""Journals, newspapers and reviews of law in typed references: names, numbers, pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from fascicle.importers.references.parts import NAMES, PAGE, YEAR, without_day
from fascicle.importers.references.publishing import HOUSE, MLA_HOUSE

_WHEN = rf"(?:\(\s*(?:\d{{1,2}}\s)?(?:[^()\d]{{1,30}}\s)?(?:\d{{1,2}},\s*)?{YEAR}\s*\)|,\s*(?:[A-Z][\w.–/-]*\s+)?(?:\d{{1,2}},\s*)?{YEAR})"
_NUMBERS = (
    rf"(?:[Vv]ol(?:\.|ume)?\s*)?(?P<volume>(?!(?:1\d|20)\d\d[.,]?\s*$)\d{{1,5}})"
    rf"(?:\s*\((?P<issue>(?![^()]*{YEAR}\))[\w–/ -]{{1,20}})\)|\.(?P<point>\d{{1,3}})(?!\d)|[,.]?\s*(?:[Nn][or°º]|[Ii]ss|[Ii]ssue|[Nn]úm|Heft|H|n|fasc)\.?\s*(?P<number>\d[\d–/-]{{0,8}}))?"
)
_PAGED = rf"(?:\s*[:,.]\s*(?:pp?\.?\s*|S\.\s*)?(?P<pages>{PAGE}(?:\s\d{{2,4}}(?=[.\s]*$))?(?:,\s*(?!{YEAR}[.\s]*$)\d+(?:\s*[–-]\s*\d+)?)*))?"
AFTER_NAME = re.compile(rf"[,.\s]*{_NUMBERS}\s*{_WHEN}?{_PAGED}(?:,\s*{YEAR})?[.\s]*$")
_ISSUE_ONLY = re.compile(
    rf"[,.\s]*(?:[Nn][or°º]|[Ii]ss|[Ii]ssue|[Nn]úm|Heft|fasc)\.?\s*(?P<number>\d[\d–/-]{{0,8}})\s*{_WHEN}?{_PAGED}[.\s]*$"
)
_JOURNAL = re.compile(
    rf"(?P<name>[^\d“”]{{3,120}}?)(?P<rest>[,.]?\s*\b(?:{_NUMBERS})\s*{_WHEN}?{_PAGED}(?:,\s*{YEAR})?[.\s]*)$"
)
_ISSUES = re.compile(rf"(?P<name>[^\d“”]{{3,120}}?){_ISSUE_ONLY.pattern}")
_VANCOUVER = re.compile(
    r"(?P<name>[^\d]{3,120}?)\.?\s+(?P<year>\d{4})(?:\s+[A-Z][a-z]{2}(?:\s+\d+)?)?;\s*(?P<volume>\d+)(?:\((?P<issue>[^)]+)\))?:\s*(?P<pages>[\w–-]+)"
)
PAGES = re.compile(
    r"[,:.]?\s*\(?(?:pp?\.\s*|[Pp]ages\s+|S\.\s*)?(?P<pages>(?<![\d–-])\d{1,4}\s*[–-]\s*\d{1,4})\)?(?=[.,;\s]|$)[.,]?"
)
VOLUME = re.compile(r"[,.\s]*\b[Vv]ol(?:\.|ume)?\s*(?P<volume>\d{1,3}|[IVX]{1,5})\b")
EDITORS = re.compile(
    rf"(?P<names>{NAMES}|[^“”(]{{4,200}}?),?\s*\((?:[Ee]ds?\.?|[Hh]g\.|[Hh]rsg\.|[Ee]ditors?|[Oo]rgs?\.?|[Dd]irs?\.?|[Éé]ds?\.?|[Cc]oords?\.?|[Cc]omps?\.?|[Hh]gg?\.?|[Hh]rsg\.?|a cura di)\)[.,:]?\s*(?P<book>.+)"
)
_NAME_AND_VOLUME = re.compile(
    rf"(?P<name>[^\d]{{3,120}}?)[,.]\s+(?:Suppl\.\s*)?{_NUMBERS}\s*{_WHEN}?{_PAGED}[.\s]*"
)
"""A journal whose volume is in italics, too."""
_LEGAL = re.compile(
    rf"[\[(]?{YEAR}[\])]\s*(?P<volume>\d{{1,4}})?(?:\s?\((?P<issue>[\w–/-]{{1,8}})\))?,?\s+(?P<name>[A-Z][^\d]{{2,90}}?),?\s+(?P<pages>\d+(?:\s?[–-]\s?\d+)?)(?:,\s*\d+(?:[–-]\d+)?)?[.\s]*"
)
"""`(2016) 53 Journal 122`, as British and Australian lawyers have it."""
_BLUEBOOK = re.compile(
    rf"(?P<volume>\d{{1,4}})\s+(?P<name>[A-Z][^\d]{{2,60}}?)\s+(?P<pages>\d+(?:\s?[–-]\s?\d+)?)(?:,\s*\d+(?:[–-]\d+)?)?\s*\({YEAR}\)[.\s]*"
)
"""`53 Journal 122 (2016)`, as American lawyers have it."""
_VOLUME_FIRST = re.compile(r"(?P<volume>\d{1,4})\s+(?P<name>[A-Z][^\d,]{4,60}),\s*(?P<pages>\d+)[.\s]*")
_YEAR_FIRST = re.compile(rf",?\s*\({YEAR}\)\s*(?P<volume>\d{{1,4}}){_PAGED}[.\s]*$")
_PUBLISHER_WITHIN = re.compile(
    r"(?<=[\d)])\.\s+(?P<house>[A-ZÀ-Þ][^:\d()“”]{2,80}):\s*(?=[A-Za-z]?\d+(?:\s?[–-]\s?\d+)?[.\s]*$)"
)
"""`65 (2). House: 135–50`, as a style of Chicago had it."""
_YEAR_PAGES = re.compile(rf",\s*(?:{YEAR},\s*)?(?:pp?\.|S\.)\s*(?P<pages>{PAGE}(?:\s\d{{2,4}})?)[.\s]*")
_PAGES_AFTER_NAME = re.compile(
    rf"[,.]\s*(?:\((?P<number>\w{{1,8}})\),\s*)?(?:pp?\.\s*|S\.\s*)?(?P<pages>{PAGE})[.\s]*$"
)


def periodical(tail: str, slanted: str, *, quoted: bool) -> dict[str, Any] | None:
    """The journal or newspaper that follows a title; None when it is none."""
    plain = without_day(tail)
    if within := _PUBLISHER_WITHIN.search(plain):
        journal = periodical(f"{plain[: within.start()]}: {plain[within.end() :]}", slanted, quoted=quoted)
        return journal | {"publisher": within["house"].strip()} if journal else None
    for pattern in (_VANCOUVER, _LEGAL, _BLUEBOOK, _VOLUME_FIRST):
        if whole := pattern.fullmatch(tail) if pattern is not _VANCOUVER else pattern.match(tail):
            return _article(whole["name"], whole.groupdict())
    if slanted:
        rest = plain[len(slanted) :]
        rest = re.sub(r"^\s*\([^)\d]*\)", "", rest)
        if (
            found := AFTER_NAME.match(rest)
            or _ISSUE_ONLY.match(rest)
            or _YEAR_FIRST.match(rest)
            or _PAGES_AFTER_NAME.match(rest)
        ):
            return _article(slanted, found.groupdict())
        if found := _NAME_AND_VOLUME.fullmatch(f"{slanted}{rest}"):
            return _article(found["name"], found.groupdict())
    elif (HOUSE.match(tail) or MLA_HOUSE.fullmatch(tail)) and not quoted:
        return None
    elif found := _ISSUES.match(plain) or _JOURNAL.match(plain):
        return _article(found["name"], found.groupdict())
    if (
        slanted
        and not quoted
        and not HOUSE.search(slanted)
        and not re.sub(r"[.,\s]|\([^()]*\)", "", plain[len(slanted) :])
    ):
        return {"type": "article-journal", "container-title": slanted}
    issue = re.search(r"[,.]\s*(?:no|issue)\.?\s*(?P<number>[\d–/-]+)", plain)
    if quoted and tail and not HOUSE.search(tail):
        return _serial(plain, slanted, issue)
    return None


def in_a_journal(text: str, italics: Sequence[str]) -> dict[str, Any] | None:
    """What stands behind “in” when it is a journal with its numbers, as German and French lists have it."""
    plain = without_day(text)
    slanted = next((each for each in italics if text.startswith(each)), "").strip(" .,")
    if slanted:
        rest = plain[len(slanted) :]
        found = _YEAR_PAGES.fullmatch(rest) or AFTER_NAME.match(rest)
        return _article(slanted, found.groupdict()) if found and found["pages"] else None
    serial = _JOURNAL.match(plain)
    if not serial or not re.search(_WHEN, serial["rest"]) or not serial["pages"] or EDITORS.match(text):
        return None
    return _article(serial["name"], serial.groupdict())


def _serial(tail: str, slanted: str, issue: re.Match[str] | None) -> dict[str, Any]:
    """A newspaper, a site, a series of talks: a name, with whatever numbers there are."""
    name = slanted or re.split(r"[,.](?:\s|$)", tail)[0].strip()
    if re.fullmatch(rf"(?:[A-Z][a-z]+\.?\s+)?{YEAR}|[A-Z][a-z]{{2}}", name):
        return {"type": "document"}
    pages = PAGES.search(tail[len(name) :])
    volume = VOLUME.search(tail)
    numbers = {
        "volume": volume["volume"] if volume else "",
        "number": issue["number"] if issue else "",
        "pages": pages["pages"] if pages else "",
    }
    made = _article(name, numbers) if name else {}
    return made | {"type": "article-journal" if any(numbers.values()) else "article-magazine"}


def _article(name: str, found: dict[str, Any]) -> dict[str, Any]:
    issue = found.get("issue") or found.get("point") or found.get("number")
    fields = {"volume": found.get("volume"), "issue": issue, "page": found.get("pages")}
    kept = {key: value for key, value in fields.items() if value}
    return {
        "type": "article-journal",
        "container-title": re.sub(r",?\s*[Vv]ol$", "", name.strip(" ,.")),
        **kept,
    }
