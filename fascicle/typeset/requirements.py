"""What a build needs from the system besides Python, why, and which packages bring it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from importlib import resources

from fascicle.text.typefaces import FONT_FILES, MATH_PACKAGES

PACKAGE_LIST = "debian-packages.txt"


class Kind(StrEnum):
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
    """Name of the program or file, such as `biber` or `csquotes.sty`."""
    kind: Kind
    """What it is."""
    why: str
    """What it is needed for, in a few words."""
    debian: str
    """The Debian package that has it."""
    texlive: str
    """The package of TeX Live's own manager that has it; empty when TeX Live has none."""
    optional: bool = False
    """True when only some publications need it."""


PROGRAMS = (
    Requirement("lualatex", Kind.PROGRAM, "sets the pages", "texlive-luatex", "collection-luatex"),
    Requirement("kpsewhich", Kind.PROGRAM, "finds TeX's files", "texlive-luatex", "collection-basic"),
    Requirement(
        "rsvg-convert", Kind.PROGRAM, "turns SVG figures into PDF", "librsvg2-bin", "", optional=True
    ),
    Requirement(
        "gs",
        Kind.PROGRAM,
        "turns drawings into printing inks and measures ink",
        "ghostscript",
        "",
        optional=True,
    ),
)

TEST_PROGRAMS = (
    Requirement("pdftotext", Kind.PROGRAM, "reads the text of a PDF", "poppler-utils", ""),
    Requirement("qpdf", Kind.PROGRAM, "checks that a PDF is sound", "qpdf", ""),
    Requirement(
        "soffice", Kind.PROGRAM, "opens Word documents as editors do", "libreoffice-writer-nogui", ""
    ),
    Requirement("chromium", Kind.PROGRAM, "opens the preview as readers do", "chromium", ""),
    Requirement("latexmk", Kind.PROGRAM, "is the benchmark's yardstick", "latexmk", "latexmk"),
    Requirement("hyperfine", Kind.PROGRAM, "is the benchmark's stopwatch", "hyperfine", ""),
)

_JOURNALS = {
    "IEEEtran.cls": ("texlive-publishers", "collection-publishers"),
    "ptmr7t.tfm": ("texlive-fonts-recommended", "collection-fontsrecommended"),
    "lmodern.sty": ("lmodern", "lm"),
    "sfrm1095.pfb": ("cm-super", "cm-super"),
    "t2aenc.def": ("texlive-lang-cyrillic", "collection-langcyrillic"),
    "gbsnu00.pfb": ("latex-cjk-chinese-arphic-gbsn00lp", "arphic"),
    "bsmiu00.pfb": ("latex-cjk-chinese-arphic-bsmi00lp", "arphic"),
}
TEST_FILES = tuple(
    Requirement(name, Kind.STYLE, "sets journals' packages", debian, texlive)
    for name, (debian, texlive) in _JOURNALS.items()
)
"""One file of each package that journals' classes and pdfLaTeX's fonts come in."""

_STYLES = {
    ("texlive-base", "collection-basic"): "amssymb",
    (
        "texlive-latex-base",
        "collection-latex",
    ): "amsmath array babel color fancyhdr geometry graphicx hyperref longtable",
    ("texlive-luatex", "collection-luatex"): "luaotfload lua-ul",
    ("texlive-latex-recommended", "collection-latexrecommended"): "booktabs fontspec lineno unicode-math",
    ("texlive-latex-extra", "collection-latexextra"): "footmisc",
}
STYLES = (
    *(
        Requirement(f"{name}.sty", Kind.STYLE, "is used by the templates", debian, texlive)
        for (debian, texlive), names in _STYLES.items()
        for name in names.split()
    ),
)

_TEXLIVE_FONTS = {
    "fonts-linuxlibertine": "libertine",
    "fonts-dejavu-core": "dejavu",
    "fonts-dejavu-extra": "dejavu",
    "fonts-texgyre-math": "tex-gyre-math",
}
"""Packages of TeX Live that have the same files; Noto's East Asian faces are not among them."""

FONTS = (
    *(
        Requirement(name, Kind.FONT, "is used by the templates", debian, _TEXLIVE_FONTS.get(debian, ""))
        for name, debian in FONT_FILES.items()
    ),
    *(
        Requirement(name, Kind.FONT, "sets formulas", debian, _TEXLIVE_FONTS.get(debian, ""), optional=True)
        for name, debian in MATH_PACKAGES.items()
    ),
)


def debian_packages(heading: str = "build") -> tuple[str, ...]:
    """The packages under `[heading]` of the list, in its order; an unknown heading gives none."""
    text = (resources.files(__package__) / PACKAGE_LIST).read_text(encoding="utf-8")
    under, packages = "", []
    for line in text.splitlines():
        content = line.partition("#")[0].strip()
        if content.startswith("["):
            under = content.strip("[]")
        elif content and under == heading:
            packages.append(content)
    return tuple(packages)
