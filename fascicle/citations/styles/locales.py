"""Languages for the engine: which one it has words in, and corrections of words and marks that are wrong there."""

from __future__ import annotations

from collections.abc import Mapping

_TAGS: Mapping[str, str] = {
    "no": "nb", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "zh-HK": "zh-TW", "zh-MO": "zh-TW", "zh-SG": "zh-CN",
    "en-AU": "en-GB", "en-NZ": "en-GB", "en-IE": "en-GB", "en-ZA": "en-GB", "en-IN": "en-GB", "es-419": "es-MX",
}  # fmt: skip
"""Tags by other names that the engine would not know."""
KNOWN = frozenset({
    "af", "ar", "bg", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "he", "hr", "hu",
    "id", "is", "it", "ja", "km", "ko", "la", "lt", "lv", "mn", "nb", "nl", "nn", "pl", "pt", "ro", "ru", "sk", "sl",
    "sr", "sv", "th", "tr", "uk", "vi", "zh",
})  # fmt: skip
"""Languages that CSL has words in."""
_MARKS: Mapping[str, tuple[str, str, str, str]] = {
    "ar": ("«", "»", "“", "”"),
    "cs": ("„", "“", "‚", "‘"),
    "he": ("”", "”", "’", "’"),
}
"""Quotation marks where CSL has the typewriter's: opening and closing, then the inner ones."""
_TERMS: Mapping[str, Mapping[str, str]] = {
    "en": {"bc": " BCE", "ad": " CE"},
    "ko": {
        "and": "와/과", "accessed": "접근", "in": "수록", "et-al": "외", "no date": "연도 미상", "forthcoming": "근간",
        "retrieved": "검색", "from": "에서",
    },
    "uk": {
        "and": "і", "accessed": "дата звернення", "in": "в", "et-al": "та ін.", "no date": "б. д.",
        "forthcoming": "у друці", "retrieved": "дата звернення", "from": "з",
    },
}  # fmt: skip
"""Words that CSL's locales have in English alone, or otherwise than manuals want."""


def engine_language(language: str) -> str:
    """The tag by which the engine knows a language."""
    if language in _TAGS:
        return _TAGS[language]
    base = language.split("-")[0]
    return _TAGS.get(base, language)


def known(language: str) -> bool:
    """Whether the engine has words in a language; it prints English ones where it has none."""
    return engine_language(language).split("-")[0] in KNOWN


def corrections(language: str) -> str:
    """CSL's XML of what is wrong in a language; empty where nothing is."""
    base = engine_language(language).split("-")[0]
    listed = dict(_TERMS.get(base, {}))
    if marks := _MARKS.get(base):
        names = ("open-quote", "close-quote", "open-inner-quote", "close-inner-quote")
        listed |= dict(zip(names, marks, strict=True))
    if not listed:
        return ""
    terms = "".join(f'<term name="{name}">{word}</term>' for name, word in listed.items())
    return f'<locale xml:lang="{base}"><terms>{terms}</terms></locale>'
