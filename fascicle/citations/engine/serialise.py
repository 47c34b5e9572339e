"""CSL items in the two forms that programs read: CSL-JSON, and metadata of Pandoc's documents."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any

from fascicle.citations.items.marks import ADDED, CLOSING, OPENING
from fascicle.citations.items.model import Item, Person
from fascicle.citations.items.titles import ADDITION
from fascicle.citations.style_adjustments.adjust import fitted
from fascicle.citations.styles.styles import CitationStyle
from fascicle.core import pandoc_ast as p
from fascicle.document.locale.quotation_marks import quotes
from fascicle.project.bibliography import edtf
from fascicle.project.bibliography.fields.markup import Chars, Formula, Piece, Styled, plain

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
_OLD_ROLES = frozenset({
    "author", "collection-editor", "composer", "container-author", "director", "editor", "editorial-director",
    "illustrator", "interviewer", "original-author", "recipient", "reviewed-author", "translator",
})  # fmt: skip
"""CSL's name variables of version 1.0.1."""
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
    dates = {name: _edtf(value) for name, value in item.dates.items()}
    comma = style is not None and style.mla
    names = {name: [_name(person, comma=comma) for person in people] for name, people in item.names.items()}
    tag = {"language": item.language} if item.language else {}
    return {"id": name or item.key, "type": item.type, **texts, **names, **dates, **tag}


def plain_in_document(item: Item) -> bool:
    """Whether a work's record can stand in the engine's document: roles newer than CSL 1.0.1 it reads from files alone."""
    return item.names.keys() <= _OLD_ROLES


def json_reference(item: Item, language: str, style: CitationStyle, name: str) -> dict[str, Any]:
    """An item as CSL-JSON under `name`, as a style wants its records; marks stand for spans."""
    made = _csl(fitted(item, language, style), language, marked=True, comma=style.mla)
    return {**made, "id": name}


def csl_json(items: Iterable[Item], language: str) -> list[dict[str, Any]]:
    """Items as CSL-JSON (CSL 1.0.2), dates as numbers where they are plain."""
    return [_csl(item, language) for item in items]


def _csl(item: Item, language: str, *, marked: bool = False, comma: bool = False) -> dict[str, Any]:
    texts = {
        name: _html(pieces, language, marked=marked)
        for name, pieces in item.texts.items()
        if not (marked and name in _EXPORTED_ONLY)
    }
    if "page" in texts:
        texts["page"] = texts["page"].replace("–", "-")
    names = {name: [_name(person, comma=comma) for person in people] for name, people in item.names.items()}
    dates = {name: _date(value) for name, value in item.dates.items()}
    tag = {"language": item.language} if item.language else {}
    return {"id": item.key, "type": item.type, **texts, **names, **dates, **tag}


def _name(person: Person, *, comma: bool) -> dict[str, object]:
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
    if comma and person.suffix:
        named["comma-suffix"] = True
    return {**named, "static-ordering": True} if person.eastern else named


def _edtf(value: str) -> object:
    """A date as the engine reads it: doubts of every sort by one sign, decades as words."""
    if value.endswith("X") or edtf.fault(value):
        return _date(value)
    return re.sub(r"[?%]$", "~", value)


def _date(value: str) -> dict[str, Any]:
    """Numbers where a date is plain, EDTF where it is not; decades, which no program reads, as words."""
    if decade := re.fullmatch(r"(\d{3})X", value):
        return {"literal": f"{decade[1]}0s"}
    if doubtful := re.fullmatch(r"(\d{4})[~?%]", value):
        return {"date-parts": [[int(doubtful[1])]], "circa": True}
    ends = [end.strip() for end in value.split("/")]
    if all(re.fullmatch(r"\d{4}(?:-\d{2}){0,2}(?:T\S*)?", end) for end in ends):
        return {"date-parts": [[int(part) for part in end[:10].split("-")] for end in ends]}
    return {"literal": plain(value)} if edtf.fault(value) else {"raw": value}


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


def _html(pieces: tuple[Piece, ...], language: str, *, marked: bool = False) -> str:
    parts = []
    for piece in pieces:
        match piece:
            case Chars(text=characters):
                parts.append(html.escape(characters, quote=False))
            case Formula(tex=tex):
                parts.append(html.escape(tex, quote=False))
            case Styled(style=style, content=content):
                opening, closing = _tags(style, language, marked=marked)
                parts.append(f"{opening}{_html(content, language, marked=marked)}{closing}")
    return "".join(parts)


def _tags(style: str, language: str, *, marked: bool) -> tuple[str, str]:
    """What stands before and after marked-up text."""
    if style == "quoted":
        return ('"', '"') if marked else quotes(language).pair(1)
    opening, closing = _TAGS.get(style) or _AROUND.get(style) or ("", "")
    return (OPENING + opening, closing + CLOSING) if marked and style == ADDITION else (opening, closing)
