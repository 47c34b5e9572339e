"""LaTeX that pandoc's reader would lose, rewritten such that it does not."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable

from fascicle.importers.latex.columns import plain_columns, with_captions
from fascicle.importers.latex.environment_scan import Environment, environments, with_environments
from fascicle.importers.latex.environments import known_environments
from fascicle.importers.latex.tables import whole_cells
from fascicle.importers.latex.unknown import without_layout
from fascicle.importers.latex.wrappers import without_wrappers
from fascicle.importers.report import Report

_SUBFLOAT = re.compile(
    r"\\(?:subfloat|subfigure|subcaptionbox)\s*(?:\[((?:[^\[\]{}]|\{[^{}]*\})*)\])?\s*\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
)
_SUBTABLE = re.compile(r"\\begin\{(?P<kind>subtable)\}(?:\[[^\[\]]*\])?\{[^{}]*\}")
_SEVERAL = re.compile(
    r"\\(?P<name>parencites|textcites|autocites|footcites|cites|smartcites|supercites)(?P<works>(?:\s*(?:\[[^\]]*\]){0,2}\s*\{[^{}]+\})+)"
)
_DRAWN = re.compile(r"\\begin\{(?P<kind>tikzpicture|pgfpicture|pspicture|circuitikz|forest|tikzcd|axis)\}")
_ALGORITHM = re.compile(r"\\begin\{(?P<kind>algorithmic|algorithm2e|algorithm\*?)\}(?:\[[^\[\]]*\])?")
_RENAMED = (
    (r"\\(?:citep|parencite|autocite|citealp|citealt|supercite|citenum)(?=\*?[\[{])", r"\\citep"),
    (r"\\(?:textcite|citet)(?=\*?[\[{])", r"\\citet"),
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
    (r"\\begin\{(?:adjustbox|threeparttable|ThreePartTable|adjustwidth\*?|landscape|singlespace|doublespace|spacing\*?|CJK\*?|refsection|sloppypar|widetext|strip|onecolumn|small|footnotesize|scriptsize)\}(?:\{[^{}]*\})*", ""),
    (r"\\end\{(?:adjustbox|threeparttable|ThreePartTable|adjustwidth\*?|landscape|singlespace|doublespace|spacing\*?|CJK\*?|refsection|sloppypar|widetext|strip|onecolumn|small|footnotesize|scriptsize)\}", ""),
    (r"\\(?:chemfig|ce)\{([^{}]*)\}", r"\1"),
    (r"\\(?:highlight|hl|textls|uline)\{", "{"),
    (r"\\(?:IEEEPARstart)\{([^{}]*)\}\{([^{}]*)\}", r"\1\2"),
    (r"\\xspace\b", ""),
    (r"\\(?:begin|end)\{frontmatter\}", ""),
    (r"\\begin\{(keywords?|IEEEkeywords|CCSXML)\}.*?\\end\{\1\}", ""),
    (r"\\(?:fbox|mbox|framebox|makebox|raisebox|rotatebox|turnbox|colorbox|fcolorbox)(?=\s*[\[{])", r"\\fasciclebox"),
    (r"\\fasciclebox\s*(?:\[[^\]]*\]\s*|\{-?[\d.]*(?:pt|mm|cm|ex|em|in|\\baselineskip)?\}\s*(?=[\[{])|\{\w+\}\s*(?=\{))*\{", "{"),
    (r"\\(?:sbox|savebox|setbox)\s*=?\s*(?:\d|\\[A-Za-z]+|\{[^{}]*\})\s*(?:\[[^\]]*\]\s*)*(?=\{)", ""),
    (r"\\(?:unhbox|unvbox|usebox|copy|box)\s*(?:\d|\{[^{}]*\})", ""),
    (r"\\parbox\s*(?:\[[^\]]*\]\s*)*\{[^{}]*\}\s*(?=\{)", ""),
    (r"\\caption(\*?)\s*(?:\[(?:[^\[\]{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\]\s*)?(?=\{)", r"\\caption\1"),
    (r"\\subref\*?(?=\{)", r"\\ref"),
    (r"\\(begin|end)\{(?:CodeInput|CodeOutput|Code|Sinput|Soutput)\}", r"\\\1{verbatim}"),
    (r"\\(?:begin|end)\{(?:CodeChunk|Schunk)\}", ""),
    (r"\\IEEEmembership\s*\{[^{}]*\}", ""),
    (r"\\textquote(?=\{)", r"\\enquote"),
    (r"\\(?:endnote|tablefootnote|tablenote|sidenote|footnoteA|footnoteB)(?=\{)", r"\\footnote"),
    (r"\\caption(?:below|above)(?=\s*[\[{])", r"\\caption"),
    (r"\\(?:cmidrule|cline)\s*(?:\([a-z]*(?:\{[^{}]*\})?[a-z]*\)\s*)?\{[\d-]+\}", ""),
    (r"\\(?:addlinespace|specialrule|noalign|arrayrulecolor|rowcolor|rowcolors\{[^{}]*\}\{[^{}]*\})(?:\s*\[[^\]]*\])?(?:\{[^{}]*\})*", ""),
    (r"\\endfirsthead(.*?)\\endhead", ""),
    (r"\\(?:begin\{multicols\*?\}\{\d\}(?:\[[^\]]*\])?|end\{multicols\*?\})", ""),
    (r"\\footnotemark(?:\[\d+\])?(?P<between>(?:(?!\\footnotemark).){0,2000}?)\\footnotetext(?:\[\d+\])?(?P<note>\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})", r"\\footnote\g<note>\g<between>"),
)  # fmt: skip


_LITERAL = re.compile(r"\\begin\{(?P<kind>(?:verbatim|lstlisting|minted|comment)\*?)\}")
_AROUND = re.compile(r"(?<!\\)%[^\n]*|\\(?P<which>begin|end)\s*\{(?P<name>[^{}]+)\}")
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


_ARGUMENT = r"\s*(\{(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*\})"
_REPLACED = re.compile(r"\\replaced\s*(?:\[[^\]]*\])?" + _ARGUMENT + _ARGUMENT)
_DELETED = re.compile(r"\\(?:deleted|remove)\s*(?:\[[^\]]*\])?" + _ARGUMENT)
_ADDED = re.compile(r"\\added\s*(?:\[[^\]]*\])?(?=\s*\{)")


def _accepted(text: str, report: Report) -> str:
    """The text as it is to be, where the package `changes` marks what was replaced, deleted and added."""
    text, replaced = _REPLACED.subn(r"\1", text)
    text, deleted = _DELETED.subn("", text)
    text, added = _ADDED.subn("", text)
    if count := replaced + deleted + added:
        report.read_as("changes that the source marks, accepted", times=count)
    return text


def prepared(text: str, report: Report) -> str:
    """The text in commands that pandoc reads."""
    text = known_environments(without_wrappers(_accepted(text, report)))
    for pattern, by in _RENAMED:
        if by is not None:
            text = re.sub(pattern, by, text, flags=re.DOTALL)
    text = without_layout(_KNOWN + text)
    text = _MARGIN.sub(lambda found: _remark(found[1], report), text)
    text = _balanced(plain_columns(with_captions(whole_cells(text))), report)
    text = re.sub(r"(\\begin\{(?:itemize|enumerate|description)\*?\})\s*\[[^\]]*\]", r"\1", text)
    text = _with_names(text)
    text = _SEVERAL.sub(_one_by_one, text)
    text = with_environments(text, _SUBTABLE, lambda found: _with_caption(found.inner, report))
    text = _SUBFLOAT.sub(_part, text)
    text = with_environments(
        text, _ALGORITHM, lambda found: _algorithm(found.begin["kind"], found.inner, report)
    )
    lines = [0, *(found.end() for found in re.finditer("\n", text))]
    pictures = [found.start() for found in re.finditer(r"\\begin\{tikzpicture\}", text)]

    def drawn(found: Environment) -> str:
        at = found.begin.start()
        report.left_out(
            "a drawing that LaTeX makes; a plate stands for it",
            f"{found.begin['kind']}, line {bisect_right(lines, at)}",
        )
        return f"\\includegraphics{{drawn by LaTeX/drawing-{bisect_left(pictures, at) + 1}.png}}"

    return with_environments(text, _DRAWN, drawn)


_KNOWN = "".join(
    f"\\providecommand{{\\{name}}}[1]{{{meant}}}"
    for name, meant in {
        "pkg": "\\textbf{#1}",
        "proglang": "#1",
        "code": "\\texttt{#1}",
        "fct": "\\texttt{#1}",
        "say": "\\enquote{#1}",
    }.items()
)
"""Commands of classes and packages that carry words, for texts that do not define them."""
_MARGIN = re.compile(
    r"\\(?:todo|marginpar|marginnote|missingfigure)\s*(?:\[[^\]]*\])*\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
)


def _remark(words: str, report: Report) -> str:
    report.left_out("a remark in the margin", " ".join(words.split())[:200])
    return ""


def _balanced(text: str, report: Report) -> str:
    """The text without ends of what nothing began, as of a class whose title opens two columns."""
    literal = iter([(found.begin.start(), found.end) for found in environments(text, _LITERAL)])
    skipped, over = next(literal, (len(text), len(text)))
    opened: list[str] = []
    open_names: Counter[str] = Counter()
    parts: list[str] = []
    at = line = seen = 0
    for found in _AROUND.finditer(text, max(text.find("\\begin{document}"), 0)):
        while over <= found.start() < len(text):
            skipped, over = next(literal, (len(text), len(text)))
        if found.start() >= skipped or found[0].startswith("%"):
            continue
        name = found["name"]
        if found["which"] == "begin":
            opened.append(name)
            open_names[name] += 1
        elif open_names[name]:
            while (closed := opened.pop()) != name:
                open_names[closed] -= 1
            open_names[name] -= 1
        else:
            line, seen = line + text.count("\n", seen, found.start()), found.start()
            report.left_out(f"the end of “{name}”, which nothing in the source begins", f"line {line + 1}")
            parts.append(text[at : found.start()])
            at = found.end()
    return "".join([*parts, text[at:]])


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


def _part(found: re.Match[str]) -> str:
    r"""`\subfloat[A caption]{…}` as the part of a figure that pandoc knows."""
    caption = f"\\caption{{{found[1]}}}" if found[1] else ""
    return f"\\begin{{subfigure}}{{.5\\textwidth}}{found[2]}{caption}\\end{{subfigure}}"


def _one_by_one(found: re.Match[str]) -> str:
    r"""`\cites[3]{a}[4]{b}` as a citation of each work, side by side."""
    name = "citet" if found["name"] == "textcites" else "citep"
    works = re.findall(r"((?:\[[^\]]*\]\s*)*)\{([^{}]+)\}", found["works"])
    return "; ".join(f"\\{name}{places.strip()}{{{key}}}" for places, key in works)


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
