r"""The smallest documents that show what a TeX can do: a line, each script, formulas, tags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fascicle.latex.fonts.fonts import font_setup
from fascicle.latex.fonts.pdftex import pdftex_fonts


@dataclass(frozen=True, slots=True)
class Script:
    """A script, and a word in it."""

    name: str
    """What it is called."""
    word: str
    """A word to print."""
    debian: str
    """The Debian packages of its font."""
    texlive: str
    """The packages of TeX Live; empty when TeX Live has none."""
    language: str = "en"
    """A language that is written in it (BCP 47)."""


_LIBERTINE = ("fonts-linuxlibertine", "libertine")
_DEJAVU = ("fonts-dejavu-core", "dejavu")
_NOTO = ("fonts-noto-cjk", "")
_T2A = ("texlive-lang-cyrillic", "cyrillic lh cm-super")
_GBSN = ("latex-cjk-chinese-arphic-gbsn00lp", "arphic")
_BSMI = ("latex-cjk-chinese-arphic-bsmi00lp", "arphic")

SCRIPTS = (
    Script("Latin", "Þórður Łukasiewicz Nguyễn", *_LIBERTINE),
    Script("Greek", "Ἀριστοτέλης", *_LIBERTINE, "el"),
    Script("Cyrillic", "Достоевский", *_LIBERTINE, "ru"),
    Script("Hebrew", "שלום", *_LIBERTINE, "he"),
    Script("Arabic", "سلام", *_DEJAVU, "ar"),
    Script("Armenian", "Հայերեն", *_DEJAVU, "hy"),
    Script("Georgian", "ქართული", *_DEJAVU, "ka"),
    Script("phonetic", "ʃəˈɡæŋ", *_LIBERTINE),
    Script("Han", "汉字漢字", *_NOTO, "zh-Hans"),
    Script("kana", "かなカナ", *_NOTO, "ja"),
    Script("hangul", "한글", *_NOTO, "ko"),
)
"""The scripts that the editions' typefaces print."""
FORMULAS = Script("formulas", r"$\sqrt{x^2+1}=\sum_{n}\alpha_n$", "fonts-texgyre-math", "tex-gyre-math")
JOURNAL_SCRIPTS = (
    Script("Latin", "Þórður Łukasiewicz", "lmodern", "lm"),
    Script("Cyrillic", "Достоевский", *_T2A),
    Script("simplified Han", "汉语", *_GBSN),
    Script("traditional Han", "漢語", *_BSMI),
)
"""The scripts that pdfLaTeX prints for journals."""

_DOCUMENT = (
    "\\documentclass{article}\n%s\\begin{document}\n\\typeout{LaTeX2e <\\fmtversion>}\n%s\n\\end{document}\n"
)
"""It writes LaTeX's date into its log, which a format of ours does not."""

_PACKAGES = "\\usepackage{graphicx}\n\\usepackage{booktabs}\n\\usepackage{hyperref}\n"
"""Packages of which the engine makes a format."""
LINE = _DOCUMENT % (_PACKAGES, "A line of text, fi and ffl.")
"""A line."""
PLAIN_LINE = _DOCUMENT % ("", "A line of text.")
TAGGED = "\\DocumentMetadata{tagging=on,lang=en}\n" + _DOCUMENT % (
    "\\usepackage{hyperref}\n",
    "A tagged line.",
)
"""A line with tags."""


def scripts_document(scripts: Sequence[Script]) -> str:
    """A document for LuaLaTeX with a word of each script, in the fonts of the editions."""
    words = "\n\n".join(script.word for script in scripts)
    math = FORMULAS in scripts
    fonts = font_setup(set(words), scripts[0].language if len(scripts) == 1 else "en", math=math)
    packages = "\\usepackage{amsmath}\n" if math else ""
    return _DOCUMENT % (f"{packages}{fonts.preamble}\n", words)


def journal_scripts_document(scripts: Sequence[Script]) -> str:
    """The same for pdfLaTeX, in the fonts of journals' packages."""
    words = "\n\n".join(script.word for script in scripts)
    return _DOCUMENT % (f"\\usepackage{{lmodern}}\n{pdftex_fonts(set(words)).preamble}\n", words)
