"""The typefaces as data: which file is which cut, which Debian package brings it, and who stands in for whom.

Files are named as TeX finds them, never by the family's name, which would need an index of all fonts.
"""

from __future__ import annotations

from dataclasses import dataclass

FONT_FILES: dict[str, str] = {
    "LinLibertine_R.otf": "fonts-linuxlibertine",
    "LinLibertine_RI.otf": "fonts-linuxlibertine",
    "LinLibertine_RB.otf": "fonts-linuxlibertine",
    "LinLibertine_RBI.otf": "fonts-linuxlibertine",
    "LinBiolinum_R.otf": "fonts-linuxlibertine",
    "LinBiolinum_RI.otf": "fonts-linuxlibertine",
    "LinBiolinum_RB.otf": "fonts-linuxlibertine",
    "DejaVuSansMono.ttf": "fonts-dejavu-mono | fonts-dejavu-core",
    "DejaVuSansMono-Bold.ttf": "fonts-dejavu-mono | fonts-dejavu-core",
    "DejaVuSansMono-Oblique.ttf": "fonts-dejavu-mono | fonts-dejavu-extra",
    "DejaVuSansMono-BoldOblique.ttf": "fonts-dejavu-mono | fonts-dejavu-extra",
    "DejaVuSans.ttf": "fonts-dejavu-core",
    "DejaVuSans-Bold.ttf": "fonts-dejavu-core",
    "NotoSerifCJK-Regular.ttc": "fonts-noto-cjk",
    "NotoSerifCJK-Bold.ttc": "fonts-noto-cjk",
    "NotoSansCJK-Regular.ttc": "fonts-noto-cjk",
    "NotoSansCJK-Bold.ttc": "fonts-noto-cjk",
}
"""Every font file that the templates use unless another typeface is chosen, and the Debian package it comes from: the
newest release's first."""

MATH_FONT = "texgyretermes-math.otf"
MATH_PACKAGES = {MATH_FONT: "fonts-texgyre-math"}
"""The font of formulas: it is looked for only when a text holds any."""


@dataclass(frozen=True, slots=True)
class Cut:
    r"""One cut of a family: what `\textit` or `\textbf` ends in."""

    series: str
    """`m` or `b`, as LaTeX names weights."""
    shape: str
    """`n`, `it` or `sc`, as LaTeX names shapes; `fullsc` is ours."""
    file: str
    """The font file."""
    features: str = ""
    """What the font loader is told beside the family's own features."""
    scale: str = ""
    """Size relative to the family's, as LaTeX writes it."""


@dataclass(frozen=True, slots=True)
class Family:
    """A typeface."""

    name: str
    """Its name inside LaTeX."""
    features: str
    """Font features that all its cuts have."""
    cuts: tuple[Cut, ...]
    """Its cuts; they cost nothing until a text uses them."""
    scale: str = ""
    """Size relative to the text face, as LaTeX writes it: `s*[0.82]`; empty for the same size."""
    loading: str = ""
    """TeX that is run as one of its fonts is loaded."""


_TEXT = "mode=node;script=latn;language=dflt;protrusion=fascicle;expansion=fascicle;"
_SMALL_CAPITALS = "+smcp;-liga;kernfactor=0.02;"
"""Without ligatures: Libertine's small QU is one glyph, which is read back as Q."""
_SPACED = "kernfactor=0.04;"

SERIF = Family(
    "fasciclelibertine",
    _TEXT + "+onum;+pnum;",
    (
        Cut("m", "n", "LinLibertine_R.otf"),
        Cut("m", "it", "LinLibertine_RI.otf"),
        Cut("b", "n", "LinLibertine_RB.otf"),
        Cut("b", "it", "LinLibertine_RBI.otf"),
        Cut("m", "sc", "LinLibertine_R.otf", _SMALL_CAPITALS),
        Cut("m", "scit", "LinLibertine_RI.otf", _SMALL_CAPITALS),
        Cut("b", "sc", "LinLibertine_RB.otf", _SMALL_CAPITALS),
        # Capitals in a smaller size: the font's small capitals would be read back as small letters.
        Cut("m", "fullsc", "LinLibertine_R.otf", _SPACED, "s*[0.86]"),
        Cut("b", "fullsc", "LinLibertine_RB.otf", _SPACED, "s*[0.86]"),
    ),
)
"""Linux Libertine with old-style figures: Latin, Greek, Cyrillic, Hebrew, real small capitals, a true bold italic."""

TABULAR = Family(
    "fasciclelining",
    _TEXT + "+lnum;+tnum;",
    tuple(cut for cut in SERIF.cuts if "sc" not in cut.shape),
)
"""The same with lining figures of equal width, for tables."""

SANS = Family(
    "fasciclebiolinum",
    _TEXT,
    (
        Cut("m", "n", "LinBiolinum_R.otf"),
        Cut("m", "it", "LinBiolinum_RI.otf"),
        Cut("b", "n", "LinBiolinum_RB.otf"),
        Cut("b", "it", "LinBiolinum_RB.otf", "slant=0.2;"),
        Cut("m", "sc", "LinBiolinum_R.otf", _SMALL_CAPITALS),
        Cut("b", "sc", "LinBiolinum_RB.otf", _SMALL_CAPITALS),
        Cut("m", "fullsc", "LinBiolinum_R.otf", _SPACED, "s*[0.86]"),
        Cut("b", "fullsc", "LinBiolinum_RB.otf", _SPACED, "s*[0.86]"),
    ),
)
"""Linux Biolinum; it has no bold italic of its own, so the bold is slanted."""

MONO = Family(
    "fasciclemono",
    "mode=node;script=latn;-liga;-clig;",
    (
        Cut("m", "n", "DejaVuSansMono.ttf"),
        Cut("m", "it", "DejaVuSansMono-Oblique.ttf"),
        Cut("b", "n", "DejaVuSansMono-Bold.ttf"),
        Cut("b", "it", "DejaVuSansMono-BoldOblique.ttf"),
    ),
    scale="s*[0.79]",
    loading=r"\hyphenchar\font=-1",
)
"""DejaVu Sans Mono at the x-height of Libertine, without any ligature; its words are never hyphenated."""


@dataclass(frozen=True, slots=True)
class Typeface:
    """What a text is set in: `options.typeface`."""

    description: str
    """What it is, for whoever chooses."""
    serif: Family
    """The face of the text."""
    lining: Family
    """The same with figures of equal width, for tables."""
    package: str = ""
    """The Debian package of its files, where the templates do not need them anyway."""

    @property
    def families(self) -> tuple[Family, ...]:
        """All families that a text may use."""
        return (self.serif, self.lining, SANS, MONO)

    @property
    def files(self) -> tuple[str, ...]:
        """The files of its own."""
        return tuple(dict.fromkeys(cut.file for cut in self.serif.cuts))


def _gyre(name: str, description: str) -> Typeface:
    """A face of the TeX Gyre collection: Latin, old-style and lining figures, real small capitals in all cuts."""
    files = {kind: f"texgyre{name}-{kind}.otf" for kind in ("regular", "italic", "bold", "bolditalic")}
    upright = (
        Cut("m", "n", files["regular"]),
        Cut("m", "it", files["italic"]),
        Cut("b", "n", files["bold"]),
        Cut("b", "it", files["bolditalic"]),
    )
    small = (
        Cut("m", "sc", files["regular"], _SMALL_CAPITALS),
        Cut("m", "scit", files["italic"], _SMALL_CAPITALS),
        Cut("b", "sc", files["bold"], _SMALL_CAPITALS),
        Cut("m", "fullsc", files["regular"], _SPACED, "s*[0.86]"),
        Cut("b", "fullsc", files["bold"], _SPACED, "s*[0.86]"),
    )
    return Typeface(
        description,
        Family(f"fascicle{name}", _TEXT + "+onum;+pnum;", (*upright, *small)),
        Family(f"fascicle{name}lining", _TEXT + "+lnum;+tnum;", upright),
        "fonts-texgyre",
    )


USUAL = "libertine"
"""The typeface of a text that chooses none."""
TYPEFACES = {
    USUAL: Typeface("Linux Libertine, a book face of the Renaissance kind", SERIF, TABULAR),
    "pagella": _gyre("pagella", "TeX Gyre Pagella, after Palatino"),
    "schola": _gyre("schola", "TeX Gyre Schola, after Century Schoolbook"),
    "termes": _gyre("termes", "TeX Gyre Termes, after Times"),
    "bonum": _gyre("bonum", "TeX Gyre Bonum, after Bookman"),
}
"""The typefaces that `options.typeface` names, the usual one first."""
CHOSEN_FILES = {file: face.package for face in TYPEFACES.values() if face.package for file in face.files}
"""Font files that a text needs when it chooses a typeface, and their Debian package."""

_MODE = "mode=node;"
_SYMBOLS = {"m": (("DejaVuSans.ttf", _MODE, 0.88),), "b": (("DejaVuSans-Bold.ttf", _MODE, 0.88),)}
_MONO_SYMBOLS = {"m": (("DejaVuSans.ttf", _MODE, 1.0),), "b": (("DejaVuSans-Bold.ttf", _MODE, 1.0),)}

STAND_INS: dict[str, tuple[tuple[str, str, float], ...]] = {
    "LinLibertine_R.otf": _SYMBOLS["m"],
    "LinLibertine_RI.otf": (("LinLibertine_R.otf", _MODE + "slant=0.2;", 1.0), *_SYMBOLS["m"]),
    "LinLibertine_RB.otf": (("LinLibertine_R.otf", _MODE, 1.0), *_SYMBOLS["b"]),
    "LinLibertine_RBI.otf": (
        ("LinLibertine_RB.otf", _MODE + "slant=0.2;", 1.0),
        ("LinLibertine_R.otf", _MODE + "slant=0.2;", 1.0),
        *_SYMBOLS["b"],
    ),
    "LinBiolinum_R.otf": (("LinLibertine_R.otf", _MODE, 1.0), *_SYMBOLS["m"]),
    "LinBiolinum_RI.otf": (("LinLibertine_R.otf", _MODE + "slant=0.2;", 1.0), *_SYMBOLS["m"]),
    "LinBiolinum_RB.otf": (("LinLibertine_RB.otf", _MODE, 1.0), *_SYMBOLS["b"]),
    "DejaVuSansMono.ttf": (*_MONO_SYMBOLS["m"], ("LinLibertine_R.otf", _MODE, 1.1)),
    "DejaVuSansMono-Oblique.ttf": (
        ("DejaVuSansMono.ttf", _MODE + "slant=0.2;", 1.0),
        *_MONO_SYMBOLS["m"],
        ("LinLibertine_R.otf", _MODE, 1.1),
    ),
    "DejaVuSansMono-Bold.ttf": (*_MONO_SYMBOLS["b"], ("LinLibertine_R.otf", _MODE, 1.1)),
    "DejaVuSansMono-BoldOblique.ttf": (
        ("DejaVuSansMono-Bold.ttf", _MODE + "slant=0.2;", 1.0),
        *_MONO_SYMBOLS["b"],
        ("LinLibertine_R.otf", _MODE, 1.1),
    ),
}
"""For each cut, who prints the characters it lacks, best first: file, loader features, size relative to the cut.
East Asian characters come after these, from the files below."""

EAST_ASIAN: dict[str, tuple[str, float]] = {
    "LinLibertine_R.otf": ("NotoSerifCJK-Regular.ttc", 0.94),
    "LinLibertine_RI.otf": ("NotoSerifCJK-Regular.ttc", 0.94),
    "LinLibertine_RB.otf": ("NotoSerifCJK-Bold.ttc", 0.94),
    "LinLibertine_RBI.otf": ("NotoSerifCJK-Bold.ttc", 0.94),
    "LinBiolinum_R.otf": ("NotoSansCJK-Regular.ttc", 0.92),
    "LinBiolinum_RI.otf": ("NotoSansCJK-Regular.ttc", 0.92),
    "LinBiolinum_RB.otf": ("NotoSansCJK-Bold.ttc", 0.92),
    "DejaVuSansMono.ttf": ("NotoSansCJK-Regular.ttc", 1.204),
    "DejaVuSansMono-Oblique.ttf": ("NotoSansCJK-Regular.ttc", 1.204),
    "DejaVuSansMono-Bold.ttf": ("NotoSansCJK-Bold.ttc", 1.204),
    "DejaVuSansMono-BoldOblique.ttf": ("NotoSansCJK-Bold.ttc", 1.204),
}
"""Han, kana and hangul for each cut, upright where the cut is italic, as East Asian books set it; in the mono
family one sign is exactly as wide as two letters (1204 units of 1000 and 2 times 602)."""

# A chosen typeface is helped by Libertine, cut for cut, and then by whoever helps that.
for _face in TYPEFACES.values():
    for _cut, _usual in zip(_face.serif.cuts[:4], SERIF.cuts[:4], strict=True):
        if _cut.file not in STAND_INS:
            STAND_INS[_cut.file] = ((_usual.file, _MODE, 1.0), *STAND_INS[_usual.file])
            EAST_ASIAN[_cut.file] = EAST_ASIAN[_usual.file]

EMPHASIS: dict[str, tuple[str, float]] = {
    "LinLibertine_RI.otf": ("NotoSansCJK-Regular.ttc", 0.94),
    "LinLibertine_RBI.otf": ("NotoSansCJK-Bold.ttc", 0.94),
    **{
        face.serif.cuts[at].file: (file, 0.94)
        for face in TYPEFACES.values()
        if face.package
        for at, file in ((1, "NotoSansCJK-Regular.ttc"), (3, "NotoSansCJK-Bold.ttc"))
    },
}
"""The same where the whole text is Chinese, Japanese or Korean: there emphasis is shown by the sans cut."""

EAST_ASIAN_FEATURES = "mode=harf;-kern;-liga;-ccmp;"
"""HarfBuzz opens these large files in a tenth of the time of the default reader, and a fifth of the memory. No
substitutions: they would join two dashes into one glyph that other fonts' metrics know nothing of."""

EAST_ASIAN_FACES: dict[str, int] = {"ja": 0, "ko": 1, "zh-Hans": 2, "zh-Hant": 3, "zh-Hant-HK": 4}
"""Which face inside a Noto collection has the shapes that a language's readers expect."""

OPENING = "〈《「『【〔〖〘〚（［｛“‘"
"""Full-width signs whose left half is blank."""
CLOSING = "〉》」』】〕〗〙〛）］｝”’"
"""Full-width signs whose right half is blank."""
STOPS = {0: "、。，．", 1: "、。，．", 2: "、。，．：；！？"}
"""Stops whose right half is blank, by face; elsewhere they stand in the middle."""
