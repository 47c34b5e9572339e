"""The .bib file that biber reads, written by us: the cited entries alone, whole, escaped, as the style wants them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from fascicle.codes import Code
from fascicle.diagnostics import Collector
from fascicle.model import CitationStyle
from fascicle.project import bibdates
from fascicle.project.bibliography import BibEntry, Bibliography, resolved
from fascicle.project.bibmodel import DATE_FIELDS, LIST_FIELDS, NAME_FIELDS, PRINTED_FIELDS
from fascicle.project.bibnames import Name, read_names
from fascicle.sameness import Same
from fascicle.text import bibtext, films
from fascicle.text.babel import LOCALES
from fascicle.text.styles import STYLES, Style, spoken
from fascicle.text.titles import addition

_FILM_ONLY = {"company", "distributor", "country", "format", "runtime"}
_OWN = {"title", "titleaddon", "origtitle", "transliteration", "translation", "year", "month", "day"}
_WORDS = {"editortype", "editoratype", "editorbtype", "editorctype", "authortype", "translatortype", "pagination",
          "bookpagination", "entrysubtype", "eprinttype"}  # fmt: skip
_BABEL = {
    "en": "english", "de": "ngerman", "fr": "french", "es": "spanish", "it": "italian", "pt": "portuguese",
    "nl": "dutch", "sv": "swedish", "da": "danish", "nb": "norsk", "no": "norsk", "fi": "finnish", "pl": "polish",
    "cs": "czech", "ru": "russian", "el": "greek", "hu": "hungarian", "tr": "turkish", "zh": "chinese",
    "ja": "japanese", "ko": "korean", "ar": "arabic", "he": "hebrew",
}  # fmt: skip
_SYNONYMS = {
    "german": "ngerman", "swissgerman": "nswissgerman", "norwegian": "norsk", "brazil": "brazilian",
    "portuges": "portuguese", "magyar": "hungarian", "polutonikogreek": "greek",
}  # fmt: skip
"""Names of languages in bibliographies that babel has under another name, too."""
_NEWS = frozenset({"newspaper", "magazine"})
_MLA_TYPES = {
    "phdthesis": "PhD dissertation", "mathesis": "MA thesis", "techreport": "Technical report",
    "resreport": "Research report", "candthesis": "Candidate thesis", "bathesis": "BA thesis",
}  # fmt: skip
_MLA_STATES = {
    "forthcoming": "Forthcoming", "inpress": "In press", "submitted": "Submitted",
    "inpreparation": "In preparation", "prepublished": "Prepublished",
}  # fmt: skip
_LANGUAGES = frozenset({*_BABEL.values(), *LOCALES.values()})
_RANGE = re.compile(r"(?<=[\dIVXLCDMivxlcdm])\s*(?:-{1,3}|–|—)\s*(?=[\dIVXLCDMivxlcdm])")


def write_bib(bibliography: Bibliography, cited: Iterable[str], style: CitationStyle, language: str) -> str:
    """The entries under `cited` and those they name as related, in that order, each complete in itself.

    Fields inherited by `crossref` and `xdata` are written out, so that no entry depends on another.
    The same bibliography and keys give the same text.
    """
    entries = tuple(Same(entry) for entry in bibliography.entries.values())
    return _written(entries, tuple(bibliography.aliases.items()), tuple(cited), style, language)


@lru_cache(maxsize=4)  # it is asked for twice, and again after each change of the text
def _written(
    entries: tuple[Same[BibEntry], ...],
    aliases: tuple[tuple[str, str], ...],
    cited: tuple[str, ...],
    style: CitationStyle,
    language: str,
) -> str:
    known = {entry.value.key: entry.value for entry in entries}
    bibliography = Bibliography(known, (), dict(aliases))
    chosen = (resolved(bibliography, key) for key in _needed(bibliography, cited))
    return "\n".join(_entry(entry, STYLES[style], language) for entry in chosen)


def check_style(
    bibliography: Bibliography, cited: Iterable[str], style: CitationStyle, problems: Collector
) -> None:
    """Report cited entries whose type the style has no form for, where the nearest one loses something."""
    for key in _needed(bibliography, cited):
        entry = resolved(bibliography, key)
        if STYLES[style].types.get(entry.type) == "misc":
            message = (
                f"the style '{style.value}' has no form for '@{entry.type}': '{key}' is printed as @misc"
            )
            hint = "look at the entry in the list, and change its type if the form does not suit it"
            problems.add(Code.BIB_NO_DRIVER, message, entry.span, hint)


def _needed(bibliography: Bibliography, cited: Iterable[str]) -> list[str]:
    needed: dict[str, None] = {}
    waiting = list(cited)
    while waiting:
        key = waiting.pop(0)
        key = bibliography.aliases.get(key, key)
        if key in needed or key not in bibliography.entries:
            continue
        needed[key] = None
        fields = bibliography.entries[key].fields
        for name in ("related", "entryset"):
            if name in fields:
                waiting += [part.strip() for part in fields[name].value.split(",") if part.strip()]
    return list(needed)


def _entry(entry: BibEntry, style: Style, language: str) -> str:
    kind = style.types.get(entry.type, entry.type)
    written = dict(_fields(entry, style, language))
    if kind == "misc" and "publisher" in written:
        written.setdefault("organization", written.pop("publisher"))
    if style.name is CitationStyle.MLA:
        _for_mla(written)
    if style.name is CitationStyle.APA and written.get("entrysubtype") in _NEWS:
        written["entrysubtype"] = "nonacademic"  # with this word alone biblatex-apa prints the day
    lines = [f"  {name} = {{{value}}}," for name, value in sorted(written.items())]
    return "\n".join([f"@{kind}{{{bibtext.tex_key(entry.key)},", *lines, "}", ""])


def _for_mla(written: dict[str, str]) -> None:
    """What biblatex-mla drops, prints as a bare keyword or abbreviates too much, in words of the MLA Handbook."""
    if state := written.pop("pubstate", ""):
        written.setdefault("note", _MLA_STATES.get(state, state))
    if "type" in written:
        written["type"] = _MLA_TYPES.get(written["type"], written["type"])
    if "publisher" in written:
        # Only a university's press is a P; the braces keep biblatex-mla from shortening any other.
        written["publisher"] = re.sub(r"(?<!University )\bPress\b", "{P}ress", written["publisher"])


def _fields(entry: BibEntry, style: Style, language: str) -> Iterator[tuple[str, str]]:
    film = entry.type == "movie"
    for name, found in entry.fields.items():
        if (
            not found.value.strip()
            or name not in PRINTED_FIELDS
            or name in _OWN
            or (name in _FILM_ONLY and film)
        ):
            continue
        yield from _field(entry, name)
    yield from _title(entry, language)
    yield from _year(entry)
    yield from _administration(entry)
    if film:
        yield from films.lower(entry, style.film, spoken(style.name, language)).items()


def _field(entry: BibEntry, name: str) -> Iterator[tuple[str, str]]:
    value = entry.text(name)
    if name in NAME_FIELDS:
        yield from names(entry, name)
    elif name in {"url", "doi", "eprint"}:
        yield name, _address(name, value)
    elif name in LIST_FIELDS:
        yield (
            name,
            " and ".join(f"{{{item}}}" if " and " in item else item for item in films.items(entry, name)),
        )
    elif name in DATE_FIELDS:
        if not bibdates.fault(value):
            yield name, value.strip()
    elif name == "pages":
        yield name, _RANGE.sub("--", bibtext.field(value).replace("–", "--"))
    elif name in _WORDS:
        if re.fullmatch(r"[a-zA-Z0-9_.:-]+", value.strip()):
            yield name, value.strip()
    else:
        yield name, bibtext.field(value)


def names(entry: BibEntry, field: str) -> Iterator[tuple[str, str]]:
    """A list of names in biblatex's extended format, with its annotations."""
    found = read_names(entry, field)
    written = [_name(name) for name in found.names] + (["others"] if found.others else [])
    if not written:
        return
    yield field, " and ".join(written)
    if order := ";".join(f"{n}=eastern" for n, name in enumerate(found.names, 1) if name.eastern):
        yield f"{field}+an:order", order
    native = [f'{n}="{bibtext.field(name.native)}"' for n, name in enumerate(found.names, 1) if name.native]
    if native:
        yield f"{field}+an:native", "; ".join(native)


def _name(name: Name) -> str:
    if name.body:
        return f"{{{bibtext.field(name.family)}}}"
    parts = {"family": name.family, "given": name.given, "prefix": name.prefix, "suffix": name.suffix}
    written = [f"{label}={_part(value)}" for label, value in parts.items() if value.strip()]
    if name.use_prefix is not None:
        written.append(f"useprefix={str(name.use_prefix).lower()}")
    return ", ".join(written)


def _part(value: str) -> str:
    text = bibtext.field(value)
    return f"{{{text}}}" if re.search(r"[,=\"]|\band\b", text) else text


def _address(name: str, value: str) -> str:
    text = bibtext.address(value)
    if name == "doi":
        text = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", text, flags=re.IGNORECASE)
    return text


def _title(entry: BibEntry, language: str) -> Iterator[tuple[str, str]]:
    title, after = addition(entry, language)
    own = bibtext.field(entry.text("titleaddon"))
    if title:
        yield "title", title
    if after:
        yield "titleaddon", f"{after}, {own}" if own else after
        yield "titleaddon+an:kind", "=translation"
    elif own:
        yield "titleaddon", own


def _year(entry: BibEntry) -> Iterator[tuple[str, str]]:
    """A year that is no date, as typed."""
    if not entry.text("date").strip() and (year := bibtext.field(entry.text("year"))):
        yield "year", year


def _administration(entry: BibEntry) -> Iterator[tuple[str, str]]:
    for name in ("ids", "related", "entryset"):
        if keys := [bibtext.tex_key(key) for key in re.findall(r"[^\s,]+", entry.text(name))]:
            yield name, ",".join(keys)
    for name in ("relatedtype", "options"):
        if value := entry.text(name).strip():
            yield name, value
    tag = (entry.text("langid") or entry.text("hyphenation") or entry.text("language")).strip().lower()
    base = tag.split("-")[0]
    name = _BABEL.get(base) or LOCALES.get(base) or _SYNONYMS.get(tag, tag)
    if name in _LANGUAGES:
        yield "langid", name
