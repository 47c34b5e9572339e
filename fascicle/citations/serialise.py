"""CSL items in the two forms that programs read: CSL-JSON, and metadata of Pandoc's documents."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any

from fascicle.citations.fitting import fitted
from fascicle.citations.model import Item, Person
from fascicle.citations.styles import CitationStyle
from fascicle.citations.titles import ADDITION
from fascicle.project.bibmarkup import Chars, Formula, Piece, Styled
from fascicle.text import pandoc_nodes as p
from fascicle.text.quotes import quotes

ADDED = "title-addition"
"""Class of the span around what follows a title in another script."""
_KINDS = {
    "emph": "Emph",
    "bold": "Strong",
    "smallcaps": "SmallCaps",
    "superscript": "Superscript",
    "subscript": "Subscript",
}
_TAGS = {
    "emph": ("<i>", "</i>"), "bold": ("<b>", "</b>"), "superscript": ("<sup>", "</sup>"),
    "subscript": ("<sub>", "</sub>"), "smallcaps": ('<span style="font-variant: small-caps;">', "</span>"),
    "group": ('<span class="nocase">', "</span>"), ADDITION: ('<span class="nocase">', "</span>"),
}  # fmt: skip
_EXPORTED_ONLY = frozenset({"original-title"})
"""Variables that styles would print a second time, since the title has them already."""
_AROUND = {"parens": ("(", ")"), "brackets": ("[", "]")}


def pandoc_reference(
    item: Item, language: str, style: CitationStyle | None = None, name: str = ""
) -> dict[str, object]:
    """An item as an entry of the metadata field `references`, under `name`, as a style wants its records."""
    foreign = item.language if item.language.split("-")[0] != language.split("-")[0] else ""
    if style is not None:
        item = fitted(item, language, style)
    texts = {
        name: _inlines(pieces, language) for name, pieces in item.texts.items() if name not in _EXPORTED_ONLY
    }
    for variable in ("title", "title-short") if foreign else ():
        if content := texts.get(variable):
            texts[variable] = [p.span(content, p.attr("", (), [("lang", foreign)]))]
    names = {name: [_name(person) for person in people] for name, people in item.names.items()}
    tag = {"language": item.language} if item.language else {}
    return {"id": name or item.key, "type": item.type, **texts, **names, **item.dates, **tag}


def csl_json(items: Iterable[Item], language: str) -> list[dict[str, Any]]:
    """Items as CSL-JSON (CSL 1.0.2), dates as numbers where they are plain."""
    return [_csl(item, language) for item in items]


def _csl(item: Item, language: str) -> dict[str, Any]:
    texts = {name: _html(pieces, language) for name, pieces in item.texts.items()}
    if "page" in texts:
        texts["page"] = texts["page"].replace("–", "-")
    names = {name: [_name(person) for person in people] for name, people in item.names.items()}
    dates = {name: _date(value) for name, value in item.dates.items()}
    tag = {"language": item.language} if item.language else {}
    return {"id": item.key, "type": item.type, **texts, **names, **dates, **tag}


def _name(person: Person) -> dict[str, object]:
    if person.literal:
        return {"literal": person.literal}
    particle = "dropping-particle" if not person.keeps_particle else "non-dropping-particle"
    parts: dict[str, object] = {
        "family": person.family,
        "given": person.given,
        particle: person.particle,
        "suffix": person.suffix,
    }
    named = {name: value for name, value in parts.items() if value}
    return {**named, "static-ordering": True} if person.eastern else named


def _date(value: str) -> dict[str, Any]:
    """Numbers where a date is plain, EDTF where it is not."""
    ends = [end.strip() for end in value.split("/")]
    if all(re.fullmatch(r"\d{4}(?:-\d{2}){0,2}(?:T\S*)?", end) for end in ends):
        return {"date-parts": [[int(part) for part in end[:10].split("-")] for end in ends]}
    return {"raw": value}


def _inlines(pieces: tuple[Piece, ...], language: str) -> p.Inlines:
    found: p.Inlines = []
    for piece in pieces:
        match piece:
            case Chars(text=characters):
                found += p.strings(characters)
            case Formula(tex=tex):
                found.append(p.math(tex, display=False))
            case Styled(style=style, content=content):
                found += _styled(style, content, language)
    return found


def _styled(style: str, content: tuple[Piece, ...], language: str) -> p.Inlines:
    inner = _inlines(content, language)
    if kind := _KINDS.get(style):
        return [p.wrapped(kind, inner)]
    if style == "group":
        return [p.span(inner, p.attr("", ["nocase"]))]
    if style == ADDITION:
        return [p.span(inner, p.attr("", ["nocase", ADDED]))]
    if style == "upright":
        return [p.span(inner, p.attr("", ["upright"]))]
    if style == "quoted":
        # citeproc turns these into the style's own marks, inner ones inside quoted titles.
        return [p.quoted(inner, double=True)]
    opening, closing = _AROUND.get(style, ("", ""))
    return [*p.strings(opening), *inner, *p.strings(closing)]


def _html(pieces: tuple[Piece, ...], language: str) -> str:
    parts = []
    for piece in pieces:
        match piece:
            case Chars(text=characters):
                parts.append(html.escape(characters, quote=False))
            case Formula(tex=tex):
                parts.append(html.escape(tex, quote=False))
            case Styled(style=style, content=content):
                opening, closing = _TAGS.get(style) or _AROUND.get(style) or ("", "")
                if style == "quoted":
                    opening, closing = quotes(language).pair(1)
                parts.append(f"{opening}{_html(content, language)}{closing}")
    return "".join(parts)
