"""What a build needs from the system besides Python, why, and which packages bring it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources

from fascicle.latex.fonts.typefaces import CHOSEN_FILES, FONT_FILES, MATH_FONT, MATH_PACKAGES

PACKAGE_LIST = "debian-packages.txt"


class RequirementKind(StrEnum):
    """What a requirement is, which decides where it is looked for."""

    PROGRAM = "program"
    """Found on PATH."""
    STYLE = "LaTeX package"
    """Found by kpsewhich in the trees of TeX."""
    FONT = "font"
    """Found by kpsewhich or in the folders that the system keeps fonts in."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One program or file that must be there."""

    name: str
    """Name of the program or file, such as `lualatex` or `fontspec.sty`."""
    kind: RequirementKind
    """What it is."""
    why: str
    """What it is needed for, in a few words."""
    debian: str
    """The Debian package that has it; alternatives of several releases are joined by ` | `, the newest first."""
    texlive: str
    """The packages of TeX Live's own manager that have it; empty when TeX Live has none."""
    optional: bool = False
    """True when only some publications need it."""


_BUBBLEWRAP = Requirement(
    "bwrap", RequirementKind.PROGRAM, "keeps strangers' texts in", "bubblewrap", "", optional=True
)
PROGRAMS = (
    Requirement(
        "lualatex", RequirementKind.PROGRAM, "sets the pages", "texlive-luatex", "latex-bin luahbtex"
    ),
    Requirement("kpsewhich", RequirementKind.PROGRAM, "finds TeX's files", "texlive-luatex", "kpathsea"),
    Requirement(
        "pdflatex",
        RequirementKind.PROGRAM,
        "sets manuscripts for journals",
        "texlive-luatex",
        "latex-bin pdftex",
        optional=True,
    ),
    Requirement(
        "rsvg-convert",
        RequirementKind.PROGRAM,
        "turns SVG figures into PDF",
        "librsvg2-bin",
        "",
        optional=True,
    ),
    Requirement(
        "gs",
        RequirementKind.PROGRAM,
        "turns drawings into printing inks and measures ink",
        "ghostscript",
        "",
        optional=True,
    ),
    *((_BUBBLEWRAP,) if sys.platform == "linux" else ()),
)

TEST_PROGRAMS = (
    Requirement("pdftotext", RequirementKind.PROGRAM, "reads the text of a PDF", "poppler-utils", ""),
    Requirement("qpdf", RequirementKind.PROGRAM, "checks that a PDF is sound", "qpdf", ""),
    Requirement(
        "java", RequirementKind.PROGRAM, "runs checkers of PDF, EPUB and HTML", "default-jre-headless", ""
    ),
    Requirement("mvn", RequirementKind.PROGRAM, "fetches veraPDF and EPUBCheck", "maven", ""),
    Requirement(
        "soffice",
        RequirementKind.PROGRAM,
        "opens Word documents as editors do",
        "libreoffice-writer-nogui",
        "",
    ),
    Requirement("chromium", RequirementKind.PROGRAM, "opens the preview as readers do", "chromium", ""),
    Requirement("latexmk", RequirementKind.PROGRAM, "is the benchmark's yardstick", "latexmk", "latexmk"),
    Requirement("hyperfine", RequirementKind.PROGRAM, "is the benchmark's stopwatch", "hyperfine", ""),
)

_JOURNALS = {
    "IEEEtran.cls": ("texlive-publishers", "IEEEtran"),
    "ptmr7t.tfm": ("texlive-fonts-recommended", "times"),
    "lmodern.sty": ("lmodern", "lm"),
    "sfrm1095.pfb": ("cm-super", "cm-super"),
    "t2aenc.def": ("texlive-lang-cyrillic", "cyrillic"),
    "gbsnu00.pfb": ("latex-cjk-chinese-arphic-gbsn00lp", "arphic"),
    "bsmiu00.pfb": ("latex-cjk-chinese-arphic-bsmi00lp", "arphic"),
}
JOURNAL_FILES = tuple(
    Requirement(name, RequirementKind.STYLE, "sets journals' packages", debian, texlive)
    for name, (debian, texlive) in _JOURNALS.items()
)
"""One file of each package that journals' classes and pdfLaTeX's fonts come in."""

_STYLES = {
    "texlive-base": {"amssymb": "amsfonts"},
    "texlive-latex-base": {
        "amsmath": "amsmath",
        "array": "tools",
        "babel": "babel",
        "color": "graphics",
        "fancyhdr": "fancyhdr",
        "geometry": "geometry",
        "graphicx": "graphics",
        "hyperref": "hyperref",
        "longtable": "tools",
    },
    "texlive-luatex": {"luaotfload": "luaotfload", "lua-ul": "lua-ul"},
    "texlive-latex-recommended": {
        "booktabs": "booktabs",
        "fontspec": "fontspec",
        "lineno": "lineno",
        "pdflscape": "pdflscape",
        "unicode-math": "unicode-math",
    },
    "texlive-latex-extra": {"footmisc": "footmisc"},
}
"""LaTeX packages that the templates load, by Debian's package, each with TeX Live's."""

STYLES = (
    *(
        Requirement(f"{name}.sty", RequirementKind.STYLE, "is used by the templates", debian, texlive)
        for debian, names in _STYLES.items()
        for name, texlive in names.items()
    ),
)

_TEXLIVE_FONTS = {
    "LinLibertine": "libertine",
    "LinBiolinum": "libertine",
    "DejaVu": "dejavu",
    "texgyre": "tex-gyre-math",
}
"""Packages of TeX Live that have the same font files, by their names' beginnings; Noto's East Asian faces are not there."""


def _font(name: str, debian: str) -> Requirement:
    texlive = next((package for begin, package in _TEXLIVE_FONTS.items() if name.startswith(begin)), "")
    if debian == "fonts-noto-cjk":
        return Requirement(
            name, RequirementKind.FONT, "prints Han, kana and hangul", debian, texlive, optional=True
        )
    if name == MATH_FONT:
        return Requirement(name, RequirementKind.FONT, "sets formulas", debian, texlive, optional=True)
    if name in CHOSEN_FILES:
        use = "sets texts that choose its typeface"
        return Requirement(name, RequirementKind.FONT, use, debian, "tex-gyre", optional=True)
    return Requirement(name, RequirementKind.FONT, "is used by the templates", debian, texlive)


FONTS = tuple(_font(name, debian) for name, debian in (FONT_FILES | MATH_PACKAGES | CHOSEN_FILES).items())


JOURNALS = "journals"
"""The heading of what journals' classes need."""
TESTS = {
    "": (),
    "release": (JOURNALS, "release"),
    "tagged": (JOURNALS, "release", "tagged"),
    "all": (JOURNALS, "release", "tagged", "tests"),
}
"""Headings of the list by the tests that are to be run: none, or those of `make test-release`, `test-tagged`, `test`."""


def test_programs(tests: str) -> tuple[Requirement, ...]:
    """The programs that `tests`, a key of `TESTS`, use besides those of a build."""
    packages = debian_packages(*TESTS[tests])
    return tuple(one for one in TEST_PROGRAMS if one.debian in packages)


def debian_packages(*headings: str) -> tuple[str, ...]:
    """The packages under each `[heading]` of the list, in its order; an unknown heading gives none."""
    text = (resources.files(__package__) / PACKAGE_LIST).read_text(encoding="utf-8")
    under, packages = "", []
    for line in text.splitlines():
        content = line.partition("#")[0].strip()
        if content.startswith("["):
            under = content.strip("[]")
        elif content and under in (headings or ("build",)):
            packages.append(content)
    return tuple(packages)
