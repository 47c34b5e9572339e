r"""What pdfLaTeX needs to print Unicode, for journals that run nothing newer.

Each character declared by itself.

Latin text is printed in T1, Cyrillic in T2A, Han in the fonts that the CJK package also uses (TeX Live's arphic),
a letter with accents that no table has from its parts. All of it is `\DeclareUnicodeCharacter`, so that the text
itself, bibliography included, stays as it was typed and needs no environment around it.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from fascicle.core.text.scripts import is_east_asian
from fascicle.latex.escape import Latex, escape
from fascicle.latex.fonts.babel import LOCALES, LanguageSetup, caption_words, locale, set_languages
from fascicle.latex.fonts.fonts import FontSetup

_ACCENTS = {
    "\u0300": r"\`", "\u0301": r"\'", "\u0302": r"\^", "\u0303": r"\~", "\u0304": r"\=", "\u0306": r"\u",
    "\u0307": r"\.", "\u0308": r"\"", "\u030a": r"\r", "\u030b": r"\H", "\u030c": r"\v", "\u0323": r"\d",
    "\u0331": r"\b", "\u0327": r"\c", "\u0328": r"\k",
}  # fmt: skip
_SIGNS = {
    "≈": r"\approx", "≠": r"\neq", "≤": r"\leq", "≥": r"\geq", "∞": r"\infty", "∑": r"\sum", "∏": r"\prod",
    "∫": r"\int", "∂": r"\partial", "∈": r"\in", "∉": r"\notin", "∩": r"\cap", "∪": r"\cup", "⊂": r"\subset",
    "⊆": r"\subseteq", "∀": r"\forall", "∃": r"\exists", "⇒": r"\Rightarrow", "⇔": r"\Leftrightarrow",
    "↔": r"\leftrightarrow", "∼": r"\sim", "≡": r"\equiv", "∝": r"\propto", "⋅": r"\cdot", "−": "-",
    "′": r"^{\prime}", "″": r"^{\prime\prime}", "★": r"\star",
}  # fmt: skip
"""Signs that formulas' fonts have."""
_PLAIN = {
    "‐": "-", "‑": r"\mbox{-}", "⸺": "——", "〜": r"\textasciitilde{}", "ʼ": "’", "ʻ": "‘", "ﬁ": "fi", "ﬂ": "fl",
    "…": r"\textellipsis{}",
}  # fmt: skip
"""Characters that stand for others."""
_HAN_FONTS = (("gbsnu", "gb2312"), ("bsmiu", "big5"))
"""Fonts for Han characters, kana and their punctuation, each with the character set that it covers."""
_SILENT = frozenset("\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f\n\t\r")

_PREAMBLE = r"""\usepackage[%s]{fontenc}
\usepackage{textcomp}
\usepackage{microtype}\microtypesetup{protrusion=true,expansion=false}
\DisableLigatures[-,?,!,<,>,{,}]{encoding=T1}
\input{glyphtounicode}\pdfgentounicode=1
\emergencystretch=1.5em
\DeclareRobustCommand\fasciclelining{}
"""
_HAN: Final = r"""\DeclareRobustCommand\fasciclehan[3]{{\fontencoding{U}\fontfamily{#1}\fontseries{m}\fontshape{n}\selectfont
  \symbol{"#2}}\nobreak\hskip0pt\penalty50\hskip0pt plus.02em\relax}
\AtBeginDocument{\ifdefined\pdfstringdefDisableCommands
  \pdfstringdefDisableCommands{\def\fasciclehan#1#2#3{\unichar{"#3}}}\fi}
"""
_CYRILLIC: Final = r"""\DeclareRobustCommand\fasciclecyrillic[1]{{\fontencoding{T2A}\selectfont#1}}
\AtBeginDocument{\ifdefined\pdfstringdefDisableCommands
  \pdfstringdefDisableCommands{\let\fasciclecyrillic\relax}\fi}
\makeatletter
\begingroup\nfss@catcodes\input{t2acmr.fd}\endgroup
\DeclareFontShape{T2A}{cmr}{b}{it}{<->ssub*cmr/bx/it}{}
\DeclareFontShape{T2A}{cmr}{b}{sl}{<->ssub*cmr/bx/sl}{}
\DeclareFontShape{T2A}{cmr}{b}{sc}{<->ssub*cmr/b/n}{}
\DeclareFontShape{T2A}{cmr}{bx}{sc}{<->ssub*cmr/bx/n}{}
\@for\fascicle@family:=lmr,ptm,ntxrlf,LinuxLibertineT-TLF,LinuxLibertineT-LF,qtm,%
  lmss,lmtt,phv,pcr,LinuxBiolinumT-TLF,zi4\do{%
  \expanded{\noexpand\DeclareFontFamilySubstitution{T2A}{\fascicle@family}{cmr}}}
\makeatother
"""


@cache
def _tables() -> tuple[frozenset[str], Mapping[str, str]]:
    """Characters of T1 and TS1, and Cyrillic letters with their commands."""
    held = json.loads(files(__package__).joinpath("pdftex.json").read_text("utf-8"))
    latin = frozenset(chr(int(code, 16)) for code in held["latin"].split())
    return latin, {chr(int(code, 16)): command for code, command in held["cyrillic"].items()}


def pdftex_fonts(characters: Iterable[str]) -> FontSetup:
    """Declarations for a text made of `characters`; those that pdfLaTeX cannot print are `missing`."""
    latin, cyrillic = _tables()
    wanted = {char for char in characters if ord(char) > 0x7E and not _silent(char)}
    declared, missing, fonts = [], set(), set()
    for char in sorted(_cased(wanted) - latin):
        found = _printed(char, cyrillic)
        if found is None:
            missing |= {char} & wanted
            continue
        declared.append(Latex(f"\\DeclareUnicodeCharacter{{{ord(char):04X}}}{{{found}}}"))
        if found.startswith(r"\fasciclehan"):
            fonts.add(found.split("{")[1].rstrip("}"))
    has_cyrillic = any(r"\fasciclecyrillic" in line for line in declared)
    lines = [Latex.proved(_PREAMBLE % ("T2A,T1" if has_cyrillic else "T1"))]
    lines += [Latex(_CYRILLIC)] if has_cyrillic else []
    lines += [Latex(_HAN)] if fonts else []
    lines += [_family(font) for font in sorted(fonts)]
    return FontSetup(Latex("\n".join([*lines, *declared])), tuple(sorted(fonts)), frozenset(missing))


def _silent(char: str) -> bool:
    point = ord(char)
    return (
        char in _SILENT
        or unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp", "Zs")
        or 0xFDD0 <= point <= 0xFDEF
    )


def _cased(characters: set[str]) -> set[str]:
    """The characters, and the capitals that a class makes of them in a heading or a name."""
    return characters | {capital for char in characters if len(capital := char.upper()) == 1}


def _printed(char: str, cyrillic: Mapping[str, str]) -> Latex | None:
    """LaTeX for a character that T1 lacks, from our own tables; None where there is none."""
    if char in cyrillic:
        return Latex.proved(rf"\fasciclecyrillic{{{cyrillic[char]}}}")
    if char in _PLAIN:
        return Latex.proved(_PLAIN[char])
    if char in _SIGNS:
        return Latex.proved(rf"\ensuremath{{{_SIGNS[char]}}}")
    made = _han(char) or _composed(char)
    return Latex.proved(made) if made else None


def _han(char: str) -> str | None:
    if not is_east_asian(char):
        return None
    for font, codec in _HAN_FONTS:
        try:
            char.encode(codec)
        except UnicodeEncodeError:
            continue
        code = f"{ord(char):04x}"
        return rf"\fasciclehan{{{font}{code[:2]}}}{{{code[2:].upper()}}}{{{code.upper()}}}"
    return None


def _composed(char: str) -> str | None:
    """A letter built from its parts: an accent over an accent over a letter."""
    base, *marks = list(unicodedata.normalize("NFD", char))
    if not marks or not base.isascii() or any(mark not in _ACCENTS for mark in marks):
        return None
    made = {"i": r"\i", "j": r"\j"}.get(base, base)
    for mark in marks:
        made = f"{_ACCENTS[mark]}{{{made}}}"
    return made


def _family(name: str) -> Latex:
    font = escape(name)
    return Latex(
        f"\\DeclareFontFamily{{U}}{{{font}}}{{}}\\DeclareFontShape{{U}}{{{font}}}{{m}}{{n}}{{<->{font}}}{{}}"
    )


def pdftex_languages(main: str, used: Iterable[str]) -> LanguageSetup:
    """Babel's locales for pdfLaTeX. East Asian spans need none: their characters break into lines by themselves."""
    tags = sorted(set(used) - {main})
    served = {tag: found for tag in (main, *tags) if (found := locale(tag)) and found not in _ASIAN}
    known = list(dict.fromkeys(served.values())) or ["en"]
    lines = [Latex(r"\usepackage{babel}")]
    lines += [
        Latex(
            f"\\babelprovide[import={escape(name)}{',main' if number == 0 else ''}]{{{escape(LOCALES[name])}}}"
        )
        for number, name in enumerate(known)
    ]
    lines += caption_words(main, served)
    lines += set_languages(served)
    return LanguageSetup(Latex("\n".join(lines)), {}, frozenset({main, *tags} - set(served)))


_ASIAN = ("zh", "zh-Hant", "ja", "ko")
