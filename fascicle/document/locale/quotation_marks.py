"""Quotation marks by language, outer and inner.

Source: Unicode CLDR, `delimiters`, except where a comment says otherwise. Fixed no-break spaces (U+202F) stand
inside French guillemets, as the Imprimerie nationale's rules ask.
"""

from __future__ import annotations

from typing import NamedTuple


class Marks(NamedTuple):
    """The four quotation marks of one language."""

    outer_open: str
    outer_close: str
    inner_open: str
    inner_close: str

    def pair(self, depth: int) -> tuple[str, str]:
        """The marks at a depth of nesting: outer at 0, inner at 1, outer again at 2 …"""
        return (self.inner_open, self.inner_close) if depth % 2 else (self.outer_open, self.outer_close)


def _plain(marks: str) -> Marks:
    return Marks(*marks)


_ENGLISH = _plain("“”‘’")
_LOW = _plain("„“‚‘")
_FRENCH = Marks("«\u202f", "\u202f»", "“", "”")

QUOTES: dict[str, Marks] = {
    "en": _ENGLISH,
    # CLDR gives American marks for all English; British and Commonwealth book style puts single marks outside.
    **dict.fromkeys(("en-GB", "en-IE", "en-AU", "en-NZ", "en-ZA", "en-IN"), _plain("‘’“”")),
    "de": _LOW,
    # Swiss books print guillemets that point outward, without spaces (Duden).
    "de-CH": _plain("«»‹›"),
    # CLDR repeats the guillemets inside; books print curly quotes there.
    "fr": _FRENCH,
    "fr-CH": Marks("«\u202f", "\u202f»", "‹\u202f", "\u202f›"),
    "es": _plain("«»“”"),
    "es-MX": _ENGLISH,
    "es-US": _ENGLISH,
    "es-419": _ENGLISH,
    "it": _plain("«»“”"),
    "pt": _ENGLISH,
    "pt-PT": _plain("«»“”"),
    "ca": _plain("«»“”"),
    "gl": _ENGLISH,
    "eu": _ENGLISH,
    "ro": _plain("„”«»"),
    "la": _ENGLISH,
    "nl": _plain("‘’“”"),
    "af": _ENGLISH,
    "da": _ENGLISH,
    "nb": _plain("«»‘’"),
    "nn": _plain("«»‘’"),
    "no": _plain("«»‘’"),
    "sv": _plain("””’’"),
    "fi": _plain("””’’"),
    "is": _LOW,
    "et": _LOW,
    "lv": _plain("„“‘’"),
    "lt": _plain("„“‚‘"),
    "pl": _plain("„”«»"),
    "cs": _LOW,
    "sk": _LOW,
    "sl": _LOW,
    "hr": _LOW,
    "bs": _plain("„”‘’"),
    "sr": _LOW,
    "mk": _LOW,
    "bg": _plain("„“‚‘"),
    "hu": _plain("„”»«"),
    "sq": _plain("«»“”"),
    "el": _plain("«»“”"),
    "ru": _plain("«»„“"),
    "uk": _plain("«»„“"),
    "be": _plain("«»„“"),
    "tr": _ENGLISH,
    "cy": _plain("‘’“”"),
    "ga": _ENGLISH,
    "eo": _ENGLISH,
    "zh": _plain("“”‘’"),
    "zh-Hant": _plain("「」『』"),
    "zh-TW": _plain("「」『』"),
    "zh-HK": _plain("「」『』"),
    "zh-MO": _plain("「」『』"),
    "ja": _plain("「」『』"),
    "ko": _plain("“”‘’"),
    "vi": _ENGLISH,
    "th": _ENGLISH,
    "fa": _plain("«»‹›"),
}
"""Marks by BCP 47 tag; a tag that is not here takes those of its longest beginning that is."""


def quotes(language: str) -> Marks:
    """The quotation marks of a language tag; English ones where the language is not known."""
    subtags = language.split("-")
    # The script decides before the region does: zh-Hant-TW, zh-Hans-HK.
    for end in range(len(subtags), 0, -1):
        if found := QUOTES.get("-".join(subtags[:end])):
            return found
    return _ENGLISH
