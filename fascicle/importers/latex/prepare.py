"""LaTeX that pandoc's reader would lose, rewritten such that it does not."""

from __future__ import annotations

import re
from collections.abc import Callable

from fascicle.importers.report import Report

_SUBFLOAT = re.compile(
    r"\\(?:subfloat|subfigure|subcaptionbox)\s*(?:\[((?:[^\[\]{}]|\{[^{}]*\})*)\])?\s*\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
)
_SUBENV = re.compile(
    r"\\begin\{sub(?:figure|table)\}(?:\[[^\]]*\])?\{[^{}]*\}(.*?)\\end\{sub(?:figure|table)\}", re.DOTALL
)
_DRAWN = re.compile(
    r"\\begin\{(tikzpicture|pgfpicture|pspicture|circuitikz|forest|tikzcd|axis)\}.*?\\end\{\1\}", re.DOTALL
)
_ALGORITHM = re.compile(
    r"\\begin\{(algorithmic|algorithm2e|algorithm\*?)\}(?:\[[^\]]*\])?(.*?)\\end\{\1\}", re.DOTALL
)
_RENAMED = (
    (r"\\(?:citep|parencite|autocite|citealp|citealt|autocites|parencites|cites|supercite|citenum)(?=\*?[\[{])", r"\\citep"),
    (r"\\(?:textcite|citet|textcites)(?=\*?[\[{])", r"\\citet"),
    (r"\\begin\{(?:figure|table|wrapfigure|SCfigure|sidewaysfigure)\*?\}(?:\{[^{}]*\}){0,2}(?=\s*(?:\[[^\]]*\])?\s*\\)", None),
    (r"\\begin\{sidewaystable\*?\}", r"\\begin{table}"),
    (r"\\end\{sidewaystable\*?\}", r"\\end{table}"),
    (r"\\begin\{(?:sideways|wrap)figure\*?\}(?:\[[^\]]*\])?(?:\{[^{}]*\}){0,2}", r"\\begin{figure}"),
    (r"\\end\{(?:sideways|wrap)figure\*?\}", r"\\end{figure}"),
    (r"\\begin\{(table|figure)\*\}", r"\\begin{\1}"),
    (r"\\end\{(table|figure)\*\}", r"\\end{\1}"),
    (r"\\begin\{(?:tabularx|tabulary)\}\{[^{}]*\}", r"\\begin{tabular}"),
    (r"\\end\{(?:tabularx|tabulary)\}", r"\\end{tabular}"),
    (r"\\(?:resizebox|scalebox)\*?(?:\{[^{}]*\}){1,2}(?=\{)", ""),
    (r"\\begin\{(?:adjustbox|threeparttable|adjustwidth|landscape|small|footnotesize|scriptsize)\}(?:\{[^{}]*\})*", ""),
    (r"\\end\{(?:adjustbox|threeparttable|adjustwidth|landscape|small|footnotesize|scriptsize)\}", ""),
    (r"\\(?:chemfig|ce)\{([^{}]*)\}", r"\1"),
    (r"\\(?:added|highlight|hl|textls|uline|mbox)\{", "{"),
    (r"\\(?:IEEEPARstart)\{([^{}]*)\}\{([^{}]*)\}", r"\1\2"),
    (r"\\xspace\b", ""),
    (r"\\(?:todo|marginpar|missingfigure)(?:\[[^\]]*\])?\{[^{}]*\}", ""),
)  # fmt: skip


_FROM_FILE = re.compile(
    r"\\(?:lstinputlisting|verbatiminput|VerbatimInput|inputminted)\s*(?:\[(?:[^\[\]{}]|\{[^{}]*\})*\])?(?:\{[^{}]*\}(?=\{))?\{([^{}]+)\}"
)


def with_listings(text: str, read: Callable[[str], str | None], report: Report) -> str:
    """The text with the literal files that it takes in, from inside its folder."""

    def change(found: re.Match[str]) -> str:
        inner = read(found[1].strip())
        if inner is None:
            report.left_out("a literal file that does not lie beside the source", found[1])
            return ""
        lines = inner.strip("\n").replace("\\end{verbatim}", "")
        return f"\n\\begin{{verbatim}}\n{lines}\n\\end{{verbatim}}\n"

    return _FROM_FILE.sub(change, text)


def prepared(text: str, report: Report) -> str:
    """The text in commands that pandoc reads."""
    for pattern, by in _RENAMED:
        if by is not None:
            text = re.sub(pattern, by, text)
    text = re.sub(r"(\\begin\{(?:itemize|enumerate|description)\*?\})\s*\[[^\]]*\]", r"\1", text)
    text = _with_names(text)
    text = _SUBENV.sub(lambda found: _with_caption(found[1], report), text)
    text = _SUBFLOAT.sub(lambda found: f"{found[2]} {found[1] or ''}", text)
    text = _ALGORITHM.sub(lambda found: _algorithm(found[1], found[2], report), text)

    def drawn(found: re.Match[str]) -> str:
        number = text.count("\\begin{tikzpicture}", 0, found.start()) + 1
        report.left_out(
            "a drawing that LaTeX makes; a plate stands for it",
            f"{found[1]}, line {text.count(chr(10), 0, found.start()) + 1}",
        )
        return f"\\includegraphics{{drawn by LaTeX/drawing-{number}.png}}"

    return _DRAWN.sub(drawn, text)


def _with_names(text: str) -> str:
    """The text with the names of theorems and their like as their first words."""
    kinds = {
        *re.findall(
            r"\\new(?:theorem|environment|tcolorbox|tcbtheorem|mdtheoremenv|mdenv)\*?\s*(?:\[[^\]]*\])?\{(\w+)\}",
            text,
        ),
        "theorem",
        "lemma",
        "definition",
        "proposition",
        "corollary",
        "remark",
    }
    named = re.compile(
        rf"(\\begin\{{(?:{'|'.join(sorted(kinds))})\}})\s*\[((?:[^\[\]{{}}]|\{{[^{{}}]*\}})*)\]"
    )
    return named.sub(r"\1(\2) ", text)


def _with_caption(inner: str, report: Report) -> str:
    """A part of a figure, its caption as words under its picture."""
    report.changed("captions of a figure's parts stand in the caption of the whole")
    return re.sub(r"\\label\{[^{}]*\}", "", re.sub(r"\\caption\*?\{", "{", inner))


def _algorithm(kind: str, inner: str, report: Report) -> str:
    """An algorithm as literal lines, its caption before them."""
    report.changed("an algorithm stands as literal lines")
    caption = re.search(r"\\caption\{((?:[^{}]|\{[^{}]*\})*)\}", inner)
    body = re.sub(
        r"\\caption\{((?:[^{}]|\{[^{}]*\})*)\}|\\label\{[^{}]*\}|\\(?:begin|end)\{algorithmic\}(?:\[\d+\])?",
        "",
        inner,
    )
    lines = "\n".join(line.rstrip() for line in body.splitlines() if line.strip())
    return f"\n\n{caption[1] if caption else ''}\n\n\\begin{{verbatim}}\n{lines}\n\\end{{verbatim}}\n\n"


_STYLES = {
    "plain": "numeric", "ieeetr": "numeric", "unsrt": "numeric", "IEEEtran": "numeric", "abbrv": "numeric", "apalike": "apa",
    "apacite": "apa", "apa": "apa", "mla": "mla", "acm": "association-for-computing-machinery", "ACM-Reference-Format":
    "association-for-computing-machinery", "unsrtnat": "numeric", "abbrvnat": "authoryear", "plainnat": "authoryear",
    "chicago": "chicago-author-date", "nature": "nature", "naturemag": "nature", "numeric": "numeric", "ieee": "numeric",
    "authoryear": "authoryear", "authoryear-comp": "authoryear", "chicago-authordate": "chicago-author-date",
    "chicago-notes": "chicago-notes", "alpha": "numeric", "splncs04": "numeric", "spmpsci": "numeric", "siam": "numeric",
    "numeric-comp": "numeric", "elsarticle-num": "numeric", "elsarticle-harv": "elsevier-harvard", "vancouver": "nlm-citation-sequence",
}  # fmt: skip


def citation_style(text: str) -> str | None:
    """The citation style that comes nearest to the one that the text asks for."""
    found = re.search(
        r"\\bibliographystyle\{([^{}]+)\}|\\usepackage\[[^\]]*style\s*=\s*([\w-]+)[^\]]*\]\{biblatex", text
    )
    if not found:
        return None
    return _STYLES.get((found[1] or found[2]).rpartition("/")[2])
