"""The heading of the list of works."""

from __future__ import annotations

from collections.abc import Mapping

from fascicle.citations.styles import CitationStyle
from fascicle.document.locale.bibliography_terms import nearest

HEADINGS: Mapping[str, Mapping[str, str]] = {
    "references": {
        "en": "References", "de": "Literaturverzeichnis", "fr": "Références", "es": "Referencias",
        "it": "Riferimenti bibliografici", "pt": "Referências", "nl": "Literatuur", "zh": "参考文献",
        "zh-Hant": "參考文獻", "ja": "参考文献", "ru": "Литература",
    },
    "works-cited": {
        "en": "Works Cited", "de": "Zitierte Werke", "fr": "Ouvrages cités", "es": "Obras citadas",
        "it": "Opere citate", "pt": "Obras citadas", "nl": "Geciteerde werken", "zh": "引用文献",
        "zh-Hant": "引用文獻", "ja": "引用文献", "ru": "Цитируемая литература",
    },
    "bibliography": {
        "en": "Bibliography", "de": "Bibliographie", "fr": "Bibliographie", "es": "Bibliografía",
        "it": "Bibliografia", "pt": "Bibliografia", "nl": "Bibliografie", "zh": "参考文献",
        "zh-Hant": "參考文獻", "ja": "参考文献", "ru": "Библиография",
    },
}  # fmt: skip
"""Headings of the list by kind and language; Google Scholar looks for "References" or "Bibliography" alone."""

_OTHERS = ("Reference list", "Literature", "Literature cited", "Sources")


def heading(style: CitationStyle, language: str) -> str:
    """What the list is called in a style and a language, in English where we have no other."""
    kind = "works-cited" if style.mla else "bibliography" if style.notes else "references"
    return nearest(HEADINGS[kind], language)


def names_of_lists(language: str) -> frozenset[str]:
    """What authors call a list of works in a language or in English, in small letters."""
    known = {nearest(names, tag) for names in HEADINGS.values() for tag in (language, "en")}
    return frozenset(name.casefold() for name in (*known, *_OTHERS))
