r"""The fonts of one text: families declared for LaTeX, and stand-ins for just those characters that they lack.

Families are declared with LaTeX's own `\DeclareFontShape` rather than with fontspec: no font is opened before the
text uses it, which saves a quarter of a second in every pass.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from fascicle.core.ready_text import Lua
from fascicle.core.text.scripts import is_east_asian
from fascicle.latex.escape import Latex
from fascicle.latex.fonts.legacy_glyphs import CHARACTERS
from fascicle.latex.fonts.scripts import font_of, script_of
from fascicle.latex.fonts.typefaces import (
    CLOSING,
    EAST_ASIAN,
    EAST_ASIAN_FACES,
    EAST_ASIAN_FEATURES,
    EMPHASIS,
    MATH_FONT,
    MONO,
    OPENING,
    SANS,
    SERIF,
    STAND_INS,
    STOPS,
    TYPEFACES,
    USUAL,
    Family,
    Typeface,
)
from fascicle.project.math.unicode_symbols import SAME

_ALWAYS = frozenset(map(chr, range(0x20, 0x7F)))
_SHARED_PUNCTUATION = "\u00b7\u2014\u2018\u2019\u201c\u201d\u2026"
"""Signs that East Asian and Latin scripts share; inside East Asian text they take that text's shapes."""


@dataclass(frozen=True, slots=True)
class StandIn:
    """The font that prints a character which a cut lacks."""

    file: str
    """Its file."""
    specification: str
    """What the font loader is given."""
    scale: float
    """Its size relative to the cut."""


@dataclass(frozen=True, slots=True)
class FontSetup:
    """What a template prints to have its fonts."""

    preamble: Latex
    """Declarations for the preamble, after all packages."""
    files: tuple[str, ...]
    """Font files that the text may open, in order of name."""
    missing: frozenset[str]
    """Characters that no declared font has: they would be holes in the print."""


def missing_characters(characters: Iterable[str]) -> frozenset[str]:
    """Those of `characters` that no declared font can print."""
    return frozenset(
        char
        for char in set(characters) - _ALWAYS
        if not _silent(char) and _printer(SERIF.cuts[0].file, char, "zh-Hans") is None
    )


def font_setup(
    characters: Iterable[str],
    language: str,
    *,
    math: bool = False,
    signs: Iterable[str] = (),
    typeface: str = USUAL,
) -> FontSetup:
    """Fonts for a text made of `characters`, in the publication's `language` (BCP 47).

    `characters` are all that will be printed, those of the bibliography and of the template's own words too.
    `math` says that the text holds formulas, `signs` are those of them that the font of formulas lacks; `typeface` is one of
    `TYPEFACES`.
    """
    face = TYPEFACES[typeface]
    wanted = sorted(char for char in set(characters) - _ALWAYS if not _silent(char))
    asian = any(is_east_asian(char) for char in wanted)
    if asian:
        wanted = sorted({*wanted, *_SHARED_PUNCTUATION})
    groups, used = _groups(wanted, language, face)
    lines = [
        _run(_lua(name))
        for name in ("microtypography.lua", "ligatures.lua", "ligaturetext.lua", "lastglyph.lua")
    ]
    lines += [_declare(family) for family in face.families]
    # fontspec, which unicode-math loads, chooses families of its own: ours are chosen after it.
    others = sorted(sign for sign in signs if covers(SIGNS_FONT, sign))
    lines += [_math(face), _SAME, *_signs(others), _RESTORED] if math else []
    lines.append(_choice(face))
    if asian:
        closing = CLOSING + STOPS.get(east_asian_face(language), "")
        groups.append(Lua(f"fascicle.full_width({_wrap(list(OPENING))}, {_wrap(list(closing))})"))
    if groups:
        lines.append(_run(Lua("\n".join([_lua("fallback.lua"), *groups]))))
    cuts = {cut.file for family in face.families for cut in family.cuts}
    everything = cuts | used | ({MATH_FONT} if math else set()) | ({SIGNS_FONT} if others else set())
    missing = missing_characters(wanted) | (set(signs) - set(others))
    return FontSetup(Latex("\n".join(lines)), tuple(sorted(everything)), missing)


def _run(program: Lua) -> Latex:
    return Latex.proved(f"\\directlua{{{program}}}")


def _signs(signs: list[str]) -> list[Latex]:
    """The font of rare signs, for those that are used."""
    wanted = Latex(",").join(Latex(f'"{ord(sign):04X}') for sign in signs)
    return [Latex(rf"\setmathfont{{{SIGNS_FONT}}}[range={{{wanted}}},Scale=0.88]")] if signs else []


def east_asian_face(language: str) -> int:
    """The face of the Noto collections whose shapes suit a language; simplified Chinese where none is named."""
    subtags = language.split("-")
    if subtags[0] in ("zh", "yue"):
        if {"HK", "MO"} & set(subtags) and "Hans" not in subtags:
            return EAST_ASIAN_FACES["zh-Hant-HK"]
        traditional = "Hant" in subtags or ("TW" in subtags and "Hans" not in subtags)
        return EAST_ASIAN_FACES["zh-Hant" if traditional else "zh-Hans"]
    return EAST_ASIAN_FACES.get(subtags[0], EAST_ASIAN_FACES["zh-Hans"])


@cache
def _coverage() -> Mapping[str, str]:
    table: dict[str, str] = json.loads(files(__package__).joinpath("coverage.json").read_text("utf-8"))
    return table


@cache
def _ranges(file: str) -> tuple[list[int], list[int]]:
    """First and last code points of the ranges that a declared font file has, in order."""
    parts = [part.partition("-") for part in _coverage()[file].split()]
    return [int(first, 16) for first, _, _ in parts], [int(last or first, 16) for first, _, last in parts]


def covers(file: str, char: str) -> bool:
    """Whether a declared font file has a character."""
    firsts, lasts = _ranges(file)
    at = bisect_right(firsts, ord(char)) - 1
    return at >= 0 and ord(char) <= lasts[at]


def _silent(char: str) -> bool:
    """True for what prints nothing: controls, marks of direction, joiners, variation selectors, noncharacters."""
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") or (
        0xFE00 <= ord(char) <= 0xFE0F or 0xE0100 <= ord(char) <= 0xE01EF or 0xFDD0 <= ord(char) <= 0xFDEF
    )


@cache
def _printer(cut: str, char: str, language: str) -> StandIn | None:
    """Who prints `char` in place of `cut`; the cut itself where it can, None where nobody can."""
    if covers(cut, char):
        return StandIn(cut, "", 1.0)
    script = script_of(char)
    if script and (own := font_of(script, bold="B" in cut.rpartition("_")[2] or "Bold" in cut)):
        return StandIn(own, f"[{own}]:mode=harf;script={script.tag};", script.scale)
    for file, features, scale in STAND_INS[cut]:
        if covers(file, char):
            features = f"mode=harf;script={script.tag};" if script else features
            return StandIn(file, f"[{file}]:{features}", scale)
    return _asian(cut, char, language)


def _asian(cut: str, char: str, language: str) -> StandIn | None:
    """The East Asian font beside `cut`, when it has the character."""
    emphatic = EMPHASIS if language.split("-")[0] in ("zh", "yue", "ja", "ko") else {}
    file, scale = emphatic.get(cut, EAST_ASIAN[cut])
    if not covers(file, char):
        return None
    return StandIn(file, f"[{file}]({east_asian_face(language)}):{EAST_ASIAN_FEATURES}", scale)


def _groups(wanted: list[str], language: str, face: Typeface) -> tuple[list[Lua], set[str]]:
    """Lua calls that give each character its stand-ins, and the files that those need.

    Characters with the same stand-ins in all cuts are told together.
    """
    cuts = dict.fromkeys(cut.file for family in face.families for cut in family.cuts)
    shared = _SHARED_PUNCTUATION if any(map(is_east_asian, wanted)) else ""
    together: dict[tuple[tuple[str, StandIn], ...], list[str]] = defaultdict(list)
    for char in wanted:
        by: list[tuple[str, StandIn]] = []
        for cut in cuts:
            found = _asian(cut, char, language) if char in shared else _printer(cut, char, language)
            if found is not None and found.specification:
                by.append((cut, found))
        if by:
            together[tuple(by)].append(char)
    calls = []
    for signature, members in together.items():
        given = [
            Lua(f"[{Lua.quoted(cut)}]={{{Lua.quoted(s.specification)},{s.scale:g}}}") for cut, s in signature
        ]
        calls.append(Lua(f"fascicle.stand_in({_wrap(members)},{{{','.join(given)}}})"))
    return calls, {s.file for signature in together for _, s in signature}


def _wrap(members: list[str]) -> Lua:
    """Code points in hexadecimal, twelve a line; TeX reads the line ends as spaces."""
    points = [f"{ord(char):x}" for char in members]
    return Lua.quoted("\n".join(" ".join(points[at : at + 12]) for at in range(0, len(points), 12)))


@cache
def _lua(name: str) -> Lua:
    source = files(__package__).joinpath(name).read_text("utf-8")
    return Lua.proved(re.sub(r"(?m)^\s*--.*\n", "", source).strip())


def _declare(family: Family) -> Latex:
    """A family of our own tables."""
    size = f"<->{family.scale}" if family.scale else "<->"
    lines = [f"\\DeclareFontFamily{{TU}}{{{family.name}}}{{{family.loading}}}"]
    lines += [
        f"\\DeclareFontShape{{TU}}{{{family.name}}}{{{cut.series}}}{{{cut.shape}}}"
        f'{{{size}{cut.scale}"[{cut.file}]:{family.features}{cut.features}"}}{{}}'
        for cut in family.cuts
    ]
    shapes = [
        f"\\DeclareFontShape{{TU}}{{{family.name}}}{{{series}}}{{{shape}}}{{<->ssub*{family.name}/{series}/{other}}}{{}}"
        for series in ("m", "b")
        for shape, other in (("sl", "it"), ("sc", "n"), ("scit", "it"), ("scsl", "scit"))
        if (series, shape) not in {(cut.series, cut.shape) for cut in family.cuts}
    ]
    shapes += [
        f"\\DeclareFontShape{{TU}}{{{family.name}}}{{bx}}{{{shape}}}{{<->ssub*{family.name}/b/{shape}}}{{}}"
        for shape in ("n", "it", "sl", "sc", "scit")
    ]
    return Latex.proved("\n".join(lines + shapes))


def _choice(face: Typeface) -> Latex:
    """The families as LaTeX's defaults; figures of equal width on demand; signs that hang, letters that give a little."""
    return Latex.proved(rf"""\renewcommand{{\rmdefault}}{{{face.serif.name}}}
\renewcommand{{\sfdefault}}{{{SANS.name}}}
\renewcommand{{\ttdefault}}{{{MONO.name}}}
\renewcommand{{\bfdefault}}{{b}}
\newcommand{{\fasciclelining}}{{\fontfamily{{{face.lining.name}}}\selectfont}}
\protrudechars=2 \adjustspacing=2
\normalfont""")


_LETTERS: Final = "Script=Latin,script-features={},sscript-features={}"


def _math(face: Typeface) -> Latex:
    """Letters and figures of formulas from the text face, signs from TeX Gyre Termes; Greek from a face that has it."""
    regular, italic, bold = (cut.file for cut in face.serif.cuts[:3])
    greek = "greek,Greek" if covers(regular, "α") else ""
    upright, sloped = (f"{letters},{greek}".rstrip(",") for letters in ("latin,Latin,num", "latin,Latin"))
    return Latex.proved(rf"""\usepackage[quiet]{{fontspec}}
\usepackage{{unicode-math}}
\setmathfont{{{MATH_FONT}}}
\setmathfont{{{regular}}}[range=up/{{{upright}}},{_LETTERS}]
\setmathfont{{{italic}}}[range=it/{{{sloped}}},{_LETTERS}]
\setmathfont{{{bold}}}[range=bfup/{{latin,Latin,num}},{_LETTERS}]""")


_SAME = Latex.proved(
    r"\AtBeginDocument{"
    + "".join(rf"\let\{name}\{other}" for name, other in SAME.items())
    + r"\def\ngeqq{\not\geqq}\def\nleqq{\not\leqq}\def\nsubseteqq{\not\subseteqq}\def\nsupseteqq{\not\supseteqq}"
    + r"\def\circledR{\text{®}}\def\circledS{\text{Ⓢ}}\def\ldotp{\mathpunct{.}}}"
)
"""Signs that would otherwise come from fonts that do not tell which characters they show."""
_RESTORED = Latex.proved(rf"\setmathfont{{{MATH_FONT}}}[range=]" + "\n" + CHARACTERS)
"""Gives the fonts' measures back to the font that has any for formulas, and old glyphs their characters."""
SIGNS_FONT: Final = "DejaVuSans.ttf"
"""Who prints signs that the font of formulas lacks."""
