"""What may stand behind a typed reference: remarks, series, numbers of pages, marks of the list."""

from __future__ import annotations

import re
from typing import Any

_MARK = re.compile(r"\s*[\[(](?P<note>\*+)[\])][.\s]*$")
_KIND = re.compile(
    r"\s*[\[(](?:Book|Journal Article|Web page|Report|Thesis|Conference Proceedings)(?:,\s*(?:Whole|Section|Edited))?[\])][.\s]*$"
)
"""What a reference manager says of a work, in English."""
_SHORT_FORM = re.compile(
    r"\s*[\[(](?P<note>(?:[Ii]m [Ff]olgenden|[Ii]n der Folge|[Zz]it(?:iert|\.)|[Hh]ereafter|[Hh]ereinafter|[Cc]ited as|[Aa]bbreviated|[Dd]orénavant|[Dd]ésormais|[Dd]'ora)\b[^\[\]()]{2,200})[\])][.\s]*$"
)
_SERIES = re.compile(r"\s*\(\s*=\s*(?P<series>[^()]{3,150})\)[.\s]*")
_SERIES_NUMBER = re.compile(
    r"[,.;]?\s+(?:(?:Bd|Band|Bde|Nr|No|Vol|H|Heft|n°|Bd\.)\.?\s*)?(?P<number>\d+(?:[/.]\d+)?|[IVX]+(?:/[IVX]+)?)\.?$"
)
_EXTENT = re.compile(
    r"[,.;]\s*(?P<pages>\d{2,4}|[ivxlc]{1,6}\s*[+,]\s*\d{2,4})\s?(?:p|pp|pages|S|Seiten|págs?|pag|с|str)\.?(?=\s*[.(]|\s*$)[.\s]*"
)
_COLLECTION = re.compile(
    r"\s*[(«]\s?(?:[Cc]oll(?:ection)?\.?\s*:?\s*)?(?P<series>[A-ZÀ-Þ][^()\d:«»]{3,70}?)(?:,?\s*(?:n°\s*)?(?P<number>\d+))?\s?[)»][.\s]*$"
)
_TRANSLATION = re.compile(
    r"\s*\((?:[Tt]raduction|[Tt]raduit|[Tt]rad\.|[Tt]ranslated|[Tt]raducción|[Tt]raducido|[Tt]raduzione)\b(?P<how>[^()]{3,100})\)[.\s]*$"
)
_BY = re.compile(r"\b(?:par|by|por|de|di|da|von)\s+(?=[A-ZÀ-Þ])")


def take_endings(text: str) -> tuple[str, dict[str, Any]]:
    """The text without what stands behind a work, and the fields that hold it."""
    item: dict[str, Any] = {}
    text = _KIND.sub(".", text)
    for pattern in (_SHORT_FORM, _MARK):
        if found := pattern.search(text):
            item["note"] = found["note"]
            text = text[: found.start()] + "."
    text = _series(text, item)
    translation = _TRANSLATION.search(text)
    if translation and (by := _BY.search(translation["how"])):
        item["translators"] = translation["how"][by.end() :].strip()
        text = text[: translation.start()]
    if extent := _EXTENT.search(text):
        rest = text[extent.end() :]
        collection = _COLLECTION.fullmatch(rest)
        if not rest.strip(" .") or collection:
            item["number-of-pages"] = extent["pages"]
            text = text[: extent.start()] + "."
            if collection:
                item["collection-title"] = collection["series"].strip()
                item |= {"collection-number": collection["number"]} if collection["number"] else {}
    return text, item


def _series(text: str, item: dict[str, Any]) -> str:
    """`(= Series. Band 2)`, as German lists have it, wherever it stands behind the place."""
    found = _SERIES.search(text)
    if not found or found.start() < 20:
        return text
    series = found["series"].strip(" .")
    if number := _SERIES_NUMBER.search(series):
        item["collection-number"] = number["number"]
        series = series[: number.start()].strip(" .,")
    item["collection-title"] = series
    return text[: found.start()].rstrip(" .") + ". " + text[found.end() :]
