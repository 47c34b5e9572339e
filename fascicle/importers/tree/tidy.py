"""Divisions and spans of other programs.

Kept where they mean something here, taken away where they do not.
"""

from __future__ import annotations

import re
import unicodedata

from fascicle.core import identifiers
from fascicle.core.pandoc_ast import Blocks, Json, para, quote, string, wrapped
from fascicle.importers.report import Report
from fascicle.importers.tree.citations import divided
from fascicle.importers.tree.statements import MARK
from fascicle.importers.tree.walk import pairs, plain, rewrite

_CALLOUT = re.compile(
    r"callout-(\w+)|(note|warning|tip|important|caution|attention|danger|hint|seealso|admonition)$"
)
_MATHEMATICAL = re.compile("[\U0001d400-\U0001d7ff]+")
"""Slanting, bold and other letters that Unicode has for formulas, and no text face has."""
_PICTOGRAPHS = re.compile(
    "[\U0001f1e6-\U0001f1ff\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f900-\U0001faff][\ufe0f\u200d]*"
)
_ARROWS = re.compile("[\U0001f800-\U0001f8ff]")
"""What Word makes of typed arrows; fonts have the older ones."""
_PLAIN_ARROWS = {"LEFTWARDS": "←", "RIGHTWARDS": "→", "UPWARDS": "↑", "DOWNWARDS": "↓"}
_DROPPED = frozenset({"cell-output-stderr", "TOC", "toc"})
_FRAMES = frozenset({"table-wrap", "minipage", "center"})
"""Divisions that only place what stands in them."""


def tidy(blocks: Blocks, report: Report) -> Blocks:
    """The text with nothing but what our dialect has."""

    def change(element: Json) -> list[Json] | None:
        if element["t"] == "Div":
            return _div(element, report)
        if element["t"] == "Span":
            return _span(element, report)
        if element["t"] == "Cite":
            return divided(element, report)
        if element["t"] == "Str" and _MATHEMATICAL.search(element["c"]):
            report.changed(
                "letters of the mathematical alphabets, typed as text, are plain letters", element["c"]
            )
            return [
                string(_MATHEMATICAL.sub(lambda found: unicodedata.normalize("NFKC", found[0]), element["c"]))
            ]
        if element["t"] == "Str" and not element["c"].isascii():
            return _printable(element["c"], report)
        if element["t"] == "Underline":
            report.changed("underlined words are emphasised, as print has it", plain(element["c"])[:60])
            return [wrapped("Emph", element["c"])]
        return None

    return rewrite(blocks, change)  # type: ignore[no-any-return]


def _printable(text: str, report: Report) -> list[Json] | None:
    """Words without the signs that no font for text has; None when they hold none."""
    made = _ARROWS.sub(_plain_arrow, _PICTOGRAPHS.sub("", text))
    for sign in _PICTOGRAPHS.findall(text):
        report.left_out(
            "a pictograph, which fonts for text do not have", unicodedata.name(sign[0], sign).lower()
        )
    if made == text:
        return None
    return [string(made)] if made else []


def _plain_arrow(found: re.Match[str]) -> str:
    name = unicodedata.name(found[0], "")
    return next((arrow for word, arrow in _PLAIN_ARROWS.items() if word in name.split()), found[0])


def _div(element: Json, report: Report) -> list[Json] | None:
    (name, classes, given), content = element["c"]
    values = dict(given)
    if MARK in classes and content:
        return None
    if name == "refs" or "references" in classes or _DROPPED & set(classes):
        return []
    if not content:
        return []
    for each in classes:
        if found := _CALLOUT.match(each):
            report.changed("a box stands as a quotation under its name")
            return [_boxed(values.get("title") or (found[1] or found[2]).capitalize(), content)]
    if "epigraph" in classes:
        return [{"t": "Div", "c": [["", ["epigraph"], []], content]}]
    if _language(values.get("lang", "")):
        return [{"t": "Div", "c": [["", [], [["lang", values["lang"]]]], content]}]
    for each in sorted(set(classes) - _FRAMES):
        report.left_out(f"the name .{each} of a division; what stands in it is kept")
    return list(content)


def _boxed(title: str, content: Blocks) -> Json:
    if content and content[0]["t"] == "Header":
        return quote([para([wrapped("Strong", content[0]["c"][2])]), *content[1:]])
    if content and content[0]["t"] == "Div":
        content = [*content[0]["c"][1], *content[1:]]
    return quote([para([wrapped("Strong", [string(title)])]), *content])


def _language(tag: str) -> bool:
    try:
        return bool(tag) and bool(identifiers.language(tag))
    except ValueError:
        return False


def _span(element: Json, report: Report) -> list[Json]:
    attr, content = element["c"]
    values = pairs(attr)
    if "smallcaps" in attr[1]:
        return [wrapped("SmallCaps", content)]
    if "underline" in attr[1] or "ul" in attr[1]:
        report.changed("underlined words are emphasised, as print has it", plain(content)[:60])
        return [wrapped("Emph", content)]
    if _language(values.get("lang", "")) and content:
        return [{"t": "Span", "c": [["", [], [["lang", values["lang"]]]], content]}]
    for each in attr[1]:
        if each not in (
            "anchor",
            "citation",
            "math",
            "indexref",
            "nocase",
            "csl-left-margin",
            "csl-right-inline",
        ):
            report.left_out(f"the name .{each} of words; the words are kept", plain(content)[:60])
    return list(content)
