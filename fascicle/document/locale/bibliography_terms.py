"""The words around films and locators that biblatex's styles do not supply, by style and language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FilmWords:
    """Words of a film's entry."""

    director: str
    """After one director's name."""
    directors: str
    """After several directors' names."""
    directed_by: str
    """Before the directors, in a note."""
    distributed_by: str
    """Before the distributor, in the middle of a sentence."""
    film: str
    """What kind of work it is, where a style says so."""


_EN = FilmWords("director", "directors", "directed by", "distributed by", "Film")
_DE = FilmWords("Regie", "Regie", "Regie:", "Verleih:", "Film")
_FR = FilmWords("réal.", "réal.", "réalisé par", "distribué par", "Film")
_ES = FilmWords("dir.", "dirs.", "dirigida por", "distribuida por", "Película")
_IT = FilmWords("regia", "regia", "regia di", "distribuito da", "Film")
_PT = FilmWords("dir.", "dirs.", "realizado por", "distribuído por", "Filme")
_NL = FilmWords("reg.", "reg.", "geregisseerd door", "gedistribueerd door", "Film")
_ZH = FilmWords("导演", "导演", "导演：", "发行：", "电影")
_HANT = FilmWords("導演", "導演", "導演：", "發行：", "電影")
_JA = FilmWords("監督", "監督", "監督：", "配給：", "映画")
_RU = FilmWords("реж.", "реж.", "реж.", "прокат:", "Фильм")

_COMMON: Mapping[str, FilmWords] = {
    "en": _EN, "de": _DE, "fr": _FR, "es": _ES, "it": _IT, "pt": _PT, "nl": _NL, "zh": _ZH, "zh-Hant": _HANT,
    "ja": _JA, "ru": _RU,
}  # fmt: skip

_APA_ROLES = {
    "en": ("Director", "Directors"), "de": ("Regie", "Regie"), "fr": ("Réalisateur", "Réalisateurs"),
    "es": ("Director", "Directores"), "it": ("Regista", "Registi"), "pt": ("Realizador", "Realizadores"),
    "nl": ("Regisseur", "Regisseurs"), "zh": ("导演", "导演"), "zh-Hant": ("導演", "導演"), "ja": ("監督", "監督"),
    "ru": ("Режиссер", "Режиссеры"),
}  # fmt: skip
"""APA's words after directors, in brackets and with a capital."""

FILMS: Mapping[str, Mapping[str, FilmWords]] = {
    "chicago": {**_COMMON, "en": FilmWords("dir.", "dirs.", "directed by", "distributed by", "Film")},
    "standard": _COMMON,
    "mla": _COMMON,
    "apa": {
        language: replace(_COMMON[language], director=one, directors=many)
        for language, (one, many) in _APA_ROLES.items()
    },
}
"""Film words by `Style.film` and language."""

_LOCATORS_EN = {
    "chapter": "chap.", "volume": "vol.", "figure": "fig.", "section": "sec.", "paragraph": "para.", "line": "line",
    "verse": "v.", "note": "n.", "part": "pt.", "column": "col.", "folio": "fol.", "issue": "no.", "book": "bk.",
    "opus": "op.", "sub-verbo": "s.v.", "timestamp": "",
}  # fmt: skip

LOCATORS: Mapping[str, Mapping[str, str]] = {
    "en": _LOCATORS_EN,
    "de": {
        **_LOCATORS_EN, "chapter": "Kap.", "volume": "Bd.", "figure": "Abb.", "section": "Abschn.",
        "paragraph": "Abs.", "line": "Z.", "verse": "V.", "note": "Anm.", "part": "Teil", "column": "Sp.",
        "folio": "Fol.", "issue": "Nr.", "book": "Buch", "opus": "Op.",
    },
    "fr": {
        **_LOCATORS_EN, "chapter": "chap.", "volume": "vol.", "figure": "fig.", "section": "sect.",
        "paragraph": "§", "line": "l.", "verse": "v.", "note": "n.", "part": "part.", "column": "col.",
        "folio": "fol.", "issue": "nᵒ", "book": "liv.",
    },
    "es": {**_LOCATORS_EN, "chapter": "cap.", "section": "sec.", "paragraph": "párr.", "issue": "n.º", "book": "lib."},
    "it": {**_LOCATORS_EN, "chapter": "cap.", "section": "sez.", "paragraph": "par.", "issue": "n.", "book": "libro"},
}  # fmt: skip
"""Labels of locators other than pages, by language; a language that is not here takes English ones."""

LOCATORS_OF_STYLE: Mapping[str, Mapping[str, str]] = {
    "apa": {
        "chapter": "Chapter",
        "figure": "Figure",
        "section": "Section",
        "note": "Note",
        "volume": "Vol.",
        "part": "Part",
    },
    "mla": {"chapter": "ch.", "paragraph": "par.", "line": "line"},
    "standard": {"chapter": "ch."},
    "chicago": {},
}
"""Labels that a style writes in its own way in English, by `Style.film`."""


def nearest(table: Mapping[str, T], language: str) -> T:
    """The value for a tag, or for its longest beginning that the table has, or for English."""
    aliases = {"zh-TW": "zh-Hant", "zh-HK": "zh-Hant", "zh-MO": "zh-Hant"}
    subtags = aliases.get(language, language).split("-")
    found = ("-".join(subtags[:end]) for end in range(len(subtags), 0, -1))
    return next((table[tag] for tag in found if tag in table), table["en"])


def film_words(style: str, language: str) -> FilmWords:
    """Film words of a style in a language, English where it has no other."""
    return nearest(FILMS[style], language)


def locator_label(style: str, language: str, kind: str) -> str:
    """The label before a locator that is no page, such as `chap.`; empty for a timestamp."""
    base = language.split("-")[0]
    if base not in LOCATORS:
        base = "en"
    if base == "en" and kind in LOCATORS_OF_STYLE[style]:
        return LOCATORS_OF_STYLE[style][kind]
    return LOCATORS[base].get(kind, kind)
