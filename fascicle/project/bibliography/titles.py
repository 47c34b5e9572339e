"""Titles in several scripts."""

from __future__ import annotations

import unicodedata

from fascicle.project.bibliography.fields.markup import plain
from fascicle.project.bibliography.library import BibEntry

_OTHER_SCRIPTS = frozenset(
    {
        "zh",
        "yue",
        "ja",
        "ko",
        "ru",
        "uk",
        "be",
        "bg",
        "sr",
        "mk",
        "el",
        "ar",
        "fa",
        "he",
        "hi",
        "th",
        "ka",
        "hy",
    }
)
"""Languages whose own script is not Latin: their readers need no transliteration at the head of an entry."""


def foreign_script(text: str, language: str) -> bool:
    """True when most letters of a text are not Latin, in a publication whose language is."""
    letters = [character for character in text if character.isalpha()]
    latin = sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    return latin * 2 < len(letters) and language.split("-")[0] not in _OTHER_SCRIPTS


def roman_title(entry: BibEntry, language: str) -> bool:
    """True when the entry's own title is in a script that its transliteration stands for."""
    return bool(entry.text("transliteration")) and foreign_script(plain(entry.text("title")), language)
