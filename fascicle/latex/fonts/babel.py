r"""The languages of one text: babel's locales for them, and hyphenation patterns that no TeX package need bring.

TeX Live packs the patterns of each language with that language's documentation, British English with 180 MB of
it, and where they are missing babel hyphenates nothing and says nothing. The patterns come from Pyphen instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from fascicle.core.ready_text import Lua
from fascicle.core.text.scripts import is_east_asian, is_hangul, is_kana
from fascicle.document.locale.tags import nearest
from fascicle.document.locale.words import has_words, word_for
from fascicle.latex.escape import Latex, escape

LOCALES: dict[str, str] = {
    "en": "english",
    "en-US": "american",
    "en-GB": "british",
    "en-AU": "australian",
    "en-CA": "canadian",
    "en-NZ": "newzealand",
    "de": "ngerman",
    "de-AT": "naustrian",
    "de-CH": "nswissgerman",
    "fr": "french",
    "es": "spanish",
    "it": "italian",
    "pt": "portuguese",
    "pt-BR": "brazilian",
    "ca": "catalan",
    "gl": "galician",
    "eu": "basque",
    "nl": "dutch",
    "af": "afrikaans",
    "da": "danish",
    "nb": "norsk",
    "nn": "nynorsk",
    "sv": "swedish",
    "is": "icelandic",
    "fi": "finnish",
    "et": "estonian",
    "lv": "latvian",
    "lt": "lithuanian",
    "pl": "polish",
    "cs": "czech",
    "sk": "slovak",
    "sl": "slovenian",
    "hr": "croatian",
    "hu": "hungarian",
    "ro": "romanian",
    "tr": "turkish",
    "la": "latin",
    "eo": "esperanto",
    "el": "greek",
    "ru": "russian",
    "uk": "ukrainian",
    "be": "belarusian",
    "bg": "bulgarian",
    "vi": "vietnamese",
    "ga": "irish",
    "cy": "welsh",
    "zh": "chinese-simplified",
    "zh-Hant": "chinese-traditional",
    "ja": "japanese",
    "ko": "korean",
    "ar": "arabic",
    "fa": "persian",
    "he": "hebrew",
    "ur": "urdu",
    "syr": "syriac",
    "hi": "hindi",
    "bn": "bengali",
    "ta": "tamil",
    "th": "thai",
    "am": "amharic",
    "cop": "coptic",
}
"""Babel's name for a BCP 47 tag."""

INI: dict[str, str] = {
    "en": "en", "zh": "zh-Hans", "zh-Hant": "zh-Hant", "la": "la", "nb": "nb", "pt-BR": "pt-BR", "eo": "eo",
}  # fmt: skip
"""Babel's locale file where it is not called as the tag is."""

_PYPHEN = {"en-AU": "en_GB", "en-NZ": "en_GB", "en-CA": "en_US"}
"""Dictionaries of Pyphen that the tag itself does not find. American English is always in LaTeX's own format."""

_BUILT_IN = frozenset({"en", "en-US"})
LEFTWARD = frozenset({"ar", "fa", "he", "ur", "syr"})
"""Locales that are written from right to left."""
_ASIAN = ("zh", "zh-Hant", "ja", "ko")


@dataclass(frozen=True, slots=True)
class LanguageSetup:
    """What a template prints to have its languages."""

    preamble: Latex
    """Babel and its locales. It stands after the fonts and `shared/fascicle.tex`, which has `\\fasciclelang`."""
    files: Mapping[str, str]
    """Text files that the run folder must hold, name and content: hyphenation patterns."""
    unknown: frozenset[str]
    """Tags that babel has no locale for: their text is set in the rules of the text around it."""


def locale(tag: str) -> str | None:
    """The key of `LOCALES` that serves a BCP 47 tag, or None."""
    return nearest(tag, LOCALES)


def language_setup(main: str, used: Iterable[str], characters: Iterable[str]) -> LanguageSetup:
    """Locales for a text whose language is `main` and whose spans switch to `used` (BCP 47 tags).

    `characters` are those of the whole text: Han, kana and hangul break into lines without markup.
    """
    tags = sorted(set(used) - {main})
    served = {tag: found for tag in (main, *tags) if (found := locale(tag))}
    main_locale = served.get(main, "en")
    chars = set(characters)
    by_script = _by_script(main_locale, list(served.values()), chars)
    locales = list(dict.fromkeys([main_locale, *served.values(), *by_script]))
    files = {_file(name): text for name in locales if (text := hyphenation(name))}
    lines = [Latex(_PATTERNS)] if files else []
    lines += [_load(name) for name in locales if _file(name) in files]
    bidirectional = any("\u0590" <= char <= "\u08ff" or "\ufb1d" <= char <= "\ufefc" for char in chars)
    bidirectional = bidirectional or any(name in LEFTWARD for name in locales)
    options = [Latex("bidi=basic")] if bidirectional else []
    if main_locale in LEFTWARD:
        options.append(Latex("layout=sectioning.lists.tabular.footnotes.captions.graphics"))
    lines.append(Latex(f"\\usepackage[{','.join(options)}]{{babel}}"))
    lines += [_provide(name, name == main_locale, name in by_script) for name in locales]
    lines += caption_words(main, served)
    lines.append(Latex(_SWITCHES))
    lines += [
        Latex(f"\\expandafter\\let\\csname fascicle@asian@{escape(LOCALES[name])}\\endcsname\\empty")
        for name in locales
        if name in _ASIAN
    ]
    lines += set_languages(served)
    return LanguageSetup(Latex("\n".join(lines)), files, frozenset({main, *tags} - set(served)))


def caption_words(main: str, served: Mapping[str, str]) -> list[Latex]:
    """The words before the numbers of captions, as references in the text have them: babel has some others.

    English ones are the class's own, which may be short.
    """
    if main not in served or main.partition("-")[0] == "en" or not has_words(main):
        return []
    pairs = [(name, word_for(kind, main)) for name, kind in (("figure", "fig"), ("table", "tbl"))]
    name = escape(LOCALES[served[main]])
    return [
        Latex(f"\\setlocalecaption{{{name}}}{{{escape(kind)}}}{{{escape(word[:1].upper() + word[1:])}}}")
        for kind, word in pairs
        if word
    ]


def set_languages(served: Mapping[str, str]) -> list[Latex]:
    """Which locale serves each of the tags that the text has."""
    return [
        Latex(f"\\fasciclesetlanguage{{{escape(tag)}}}{{{escape(LOCALES[name])}}}")
        for tag, name in served.items()
    ]


def _by_script(main: str, served: list[str], chars: set[str]) -> tuple[str, ...]:
    """Locales that East Asian characters get wherever they stand: the text's own choice, else simplified Chinese."""
    chosen = [name for name in dict.fromkeys([main, *served]) if name in _ASIAN]
    scripts: list[str] = []
    if any(map(is_hangul, chars)):
        scripts.append("ko")
    han = next((name for name in chosen if name != "ko"), None)
    kana = any(map(is_kana, chars))
    if han or any(map(is_east_asian, chars)):
        scripts.append(han or ("ja" if kana else "zh"))
    return tuple(scripts)


@cache
def hyphenation(name: str) -> str | None:
    """The patterns of a locale as TeX reads them, or None where TeX has them already or nobody has any.

    A dictionary with several levels keeps its usual patterns on the last; those that change letters are left out.
    """
    if name in _BUILT_IN or name in _ASIAN or (path := _dictionary(name)) is None:
        return None
    encoding = path.read_bytes().split(b"\n", 1)[0].strip().decode("ascii")
    text = path.read_text(_CODECS.get(encoding.lower(), encoding))
    level = re.split(r"(?m)^NEXTLEVEL\s*$", text.removeprefix(encoding))[-1]
    return "\n".join(_PATTERN.findall(level)) + "\n"


_CODECS = {"microsoft-cp1251": "cp1251"}
_PATTERN = re.compile(r"(?m)^[ \t]*(?=.*\d)(\.?(?:\d?(?:[^\W\d_]|['’]))+\d?\.?)[ \t\r]*$")


def _dictionary(name: str) -> Path | None:
    from pyphen import LANGUAGES

    wanted = _PYPHEN.get(name, name.replace("-", "_"))
    exact = LANGUAGES.get(wanted) or next(
        (LANGUAGES[k] for k in sorted(LANGUAGES) if k.startswith(f"{wanted}_")), None
    )
    return Path(exact) if exact else None


def _file(name: str) -> str:
    return f"hyphenation-{name}.txt"


_PATTERNS: Final = r"""\directlua{
fascicle = fascicle or {}
function fascicle.hyphenate(number, name)
  local path = kpse.find_file(name, 'tex')
  local file = path and io.open(path)
  if file then lang.patterns(lang.new(number), file:read('*a')) file:close() end
end}
\makeatletter"""


def _load(name: str) -> Latex:
    known, file = escape(LOCALES[name]), Latex.proved(Lua.quoted(_file(name)))
    return Latex(
        f"\\expandafter\\newlanguage\\csname l@{known}\\endcsname\n"
        f"\\directlua{{fascicle.hyphenate(\\the\\csname l@{known}\\endcsname, {file})}}"
    )


def _provide(name: str, main: bool, by_script: bool) -> Latex:
    options = [Latex(f"import={escape(INI.get(name, name))}")]
    if main:
        options.append(Latex("main"))
    if by_script:
        options.append(Latex("onchar=ids"))
    if name in _ASIAN:
        # Room between characters in ems. Where it grew to a tenth, programs that read a PDF would see spaces.
        options.append(Latex(f"intraspace=0 {'.04' if main else '.015'} 0"))
    return Latex(f"\\babelprovide[{','.join(options)}]{{{escape(LOCALES[name])}}}")


_SWITCHES: Final = r"""\makeatletter
\newattribute\fascicleasian
\AddBabelHook{fascicle}{afterextras}{\fascicleasian=\@ifundefined{fascicle@asian@\languagename}{0}{1}\relax \frenchspacing}
\makeatother"""
