"""Where LaTeX's packages come from.

For a file that is missing, what to install on Debian and in TeX Live.
"""

from __future__ import annotations

import re

# Debian package (and TeX Live collection of the same contents), then the packages' file names without extension.
_COLLECTIONS: tuple[tuple[str, str, str], ...] = (
    ("texlive-latex-recommended", "collection-latexrecommended", "babel caption booktabs fancyhdr fancyvrb float footmisc geometry hyperref listings mathtools memoir microtype ragged2e scrartcl scrbook scrreprt setspace subfig tabularx titlesec typearea unicode-math xcolor xurl fontspec anysize lineno amsmath amssymb natbib placeins parskip pdflscape"),
    ("texlive-latex-base", "collection-latex", "article book report letter graphicx graphics color longtable array calc ifthen inputenc fontenc textcomp multicol url keyval tools"),
    ("texlive-latex-extra", "collection-latexextra", "adjustbox authblk bigfoot blindtext changepage chngcntr collectbox csquotes datetime2 enumitem environ epigraph eso-pic etoc everypage fnpct footnotehyper framed imakeidx import lettrine mdframed moreverb needspace newunicodechar pagecolor pdfpages placeins quoting sectsty sidenotes soul soulpos standalone tcolorbox titling tocbibind tocloft todonotes trimclip ulem uni-titlesec upquote verse wallpaper wrapfig xifthen xpatch xstring zref zref-user selnolig attachfile2 accsupp axessibility colorprofiles hyperxmp crop"),
    ("texlive-luatex", "collection-luatex", "luacode luacolor luatexbase luatex85 luaotfload lua-ul luavlna lua-visual-debug luatexja luatexja-fontspec lualatex-math selnolig interpreter lua-widow-control"),
    ("texlive-bibtex-extra", "collection-bibtexextra", "biblatex biblatex-chicago biblatex-apa biblatex-mla chicago-authordate chicago-notes apa mla authoryear numeric standard chicago-dates-common verbose philosophy-classic oxnotes logreq"),
    ("texlive-publishers", "collection-publishers", "IEEEtran elsarticle acmart llncs revtex4-2 apa7 asmeconf sagej interact"),
    ("texlive-humanities", "collection-humanities", "reledmac reledpar ednotes verse plari play bidi dramatist lyluatex"),
    ("texlive-lang-chinese", "collection-langchinese", "ctex xeCJK CJK CJKutf8 ctexart"),
    ("texlive-lang-japanese", "collection-langjapanese", "luatexja luatexja-preset ltjsarticle"),
    ("texlive-plain-generic", "collection-plaingeneric", "ulem xstring iftex ifluatex ifxetex ifpdf kvsetkeys pdftexcmds stringenc letltxmacro"),
    ("texlive-pictures", "collection-pictures", "tikz pgf pgfplots pgfcore pict2e"),
    ("texlive-science", "collection-mathscience", "siunitx algorithm algorithmic mhchem physics"),
    ("texlive-fonts-recommended", "collection-fontsrecommended", "lmodern tgtermes tgpagella tgheros mathpazo mathptmx fourier"),
    ("texlive-fonts-extra", "collection-fontsextra", "ebgaramond libertine libertinus libertinus-otf cochineal garamondx stix2 sourceserifpro fontawesome5 noto"),
    ("texlive-lang-european", "collection-langeuropean", "dutch danish swedish norsk finnish icelandic"),
    ("texlive-lang-cyrillic", "collection-langcyrillic", "t2aenc t2benc t2cenc x2enc"),
    ("texlive-lang-french", "collection-langfrench", "french frenchle"),
    ("texlive-lang-german", "collection-langgerman", "ngerman german austrian"),
)  # fmt: skip

# Begin of a font's name, its Debian packages, and TeX Live's package where there is one.
_FONTS: tuple[tuple[str, str, str], ...] = (
    ("EBGaramond", "fonts-ebgaramond fonts-ebgaramond-extra", "ebgaramond"),
    ("LinLibertine", "fonts-linuxlibertine", "libertine"),
    ("LinBiolinum", "fonts-linuxlibertine", "libertine"),
    ("DejaVu", "fonts-dejavu", "dejavu"),
    ("texgyretermes-math", "fonts-texgyre-math", "tex-gyre-math"),
    ("texgyre", "fonts-texgyre", "tex-gyre"),
    ("TeX Gyre", "fonts-texgyre", "tex-gyre"),
    ("lmroman", "fonts-lmodern", "lm"),
    ("Latin Modern", "fonts-lmodern", "lm"),
    ("NotoSerifCJK", "fonts-noto-cjk fonts-noto-cjk-extra", ""),
    ("NotoSansCJK", "fonts-noto-cjk", ""),
    ("Noto Serif CJK", "fonts-noto-cjk fonts-noto-cjk-extra", ""),
    ("Noto Sans CJK", "fonts-noto-cjk", ""),
    ("Fandol", "texlive-lang-chinese", "fandol"),
    ("STIX", "fonts-stix", "stix2-otf"),
    ("Nanum", "fonts-nanum", ""),
)

_HOME = {name: (debian, live) for debian, live, names in reversed(_COLLECTIONS) for name in names.split()}


def package_hint(name: str) -> str:
    """How to install the LaTeX package or class whose file is called `name` (without extension)."""
    if name in _HOME:
        debian, live = _HOME[name]
        return f"on Debian: apt install {debian}; in TeX Live: tlmgr install {live}"
    return f"in TeX Live: tlmgr install {name}; on Debian it is part of one of the texlive-… packages"


def font_hint(name: str) -> str:
    """How to install a font, or the advice to look for its name."""
    plain = name.strip("[]").rsplit("/", 1)[-1]
    for begin, debian, live in _FONTS:
        if plain.lower().startswith(begin.lower()):
            elsewhere = f"in TeX Live: tlmgr install {live}" if live else "TeX Live does not have it"
            return f"on Debian: apt install {debian}; {elsewhere}"
    return "install it, or choose another font in the template; the name is that of its file"


_FORMAT = re.compile(r"can't find the format file `([\w-]+)\.fmt'")


def format_hint(words: str) -> str:
    """How to make the format that an engine's last words miss; empty when they speak of none."""
    found = _FORMAT.search(words)
    return (
        f"make it: sudo fmtutil-sys --byfmt {found[1]} (without sudo where TeX is your own)" if found else ""
    )
