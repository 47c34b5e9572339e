"""Formulas made such that our own reader takes them, or given up with a word."""

from __future__ import annotations

import re

from fascicle.core.diagnostics import Collector, Span
from fascicle.project.math.allowlist import check_math

_LABEL = re.compile(r"\s*\\label\s*\{([^{}]*)\}")
_TAG = re.compile(r"\\(?:nonumber|notag)(?![A-Za-z])\s*")
_ROWS = re.compile(
    r"\s*\\begin\{(align|eqnarray|gather|multline|flalign|dmath)\*?\}(.*)\\end\{\1\*?\}\s*", re.DOTALL
)
_NAMED_ROW = re.compile(r"\\tag\*?\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_SCRIPT = re.compile(
    r"([_^])\s*(\\(?:mathbb|mathcal|mathrm|mathbf|mathit|mathsf|mathfrak|text|textrm|operatorname|boldsymbol|bm|hat|bar|tilde|vec|frac)\s*\{[^{}]*\}(?:\{[^{}]*\})?)"
)
_OUTER = re.compile(r"\s*\\begin\{(equation\*?|displaymath|math)\}(.*)\\end\{\1\}\s*", re.DOTALL)
_REWRITTEN = (
    (r"\\(?:bm|boldmath|pmb)(?![A-Za-z])", r"\\boldsymbol"),
    (r"\\(?:mathscr|mathpzc|euscr)(?![A-Za-z])", r"\\mathcal"),
    (r"\\(?:mathds|mathbbm)(?![A-Za-z])", r"\\mathbb"),
    (r"\\setminus(?![A-Za-z])", r"\\smallsetminus"),
    (r"\\coloneqq(?![A-Za-z])", ":="),
    (r"\\eqqcolon(?![A-Za-z])", "=:"),
    (r"\\(?:arg)\\?(max|min)(?![A-Za-z])", r"\\operatorname*{arg\\,\1}"),
    (r"\\textnormal(?![A-Za-z])", r"\\text"),
    (r"\\textup(?![A-Za-z])", r"\\text"),
    (r"\\(?:mbox|hbox)(?![A-Za-z])", r"\\text"),
    (r"\\textrm(?![A-Za-z])", r"\\text"),
    (r"\\ensuremath(?![A-Za-z])", ""),
    (r"\\(?:mathnormal)(?![A-Za-z])", ""),
    (r"\\(?:displaylimits|protect|allowbreak|smallskip|medskip|bigskip|noindent|footnotesize|small|normalsize|centering)(?![A-Za-z])", ""),
    (r"\\hspace\*?\{[^{}]*\}", r"\\quad "),
    (r"\\vspace\*?\{[^{}]*\}", ""),
    (r"\\(?:num)\{([^{}]*)\}", r"\1"),
    (r"\\(?:si|unit)\{([^{}\\]*)\}", r"\\mathrm{\1}"),
    (r"\\(?:SI|qty)\{([^{}]*)\}\{([^{}\\]*)\}", r"\1\\,\\mathrm{\2}"),
    (r"\\ce\{([^{}\\]*)\}", r"\\mathrm{\1}"),
    (r"\\(?:color|textcolor)\{[^{}]*\}", ""),
    (r"\\xspace(?![A-Za-z])", ""),
    (r"\\(?:eqref|ref|autoref|cref)\{[^{}]*\}", ""),
    (r"\\textsubscript\{([^{}]*)\}", r"_{\\text{\1}}"),
    (r"\\textsuperscript\{([^{}]*)\}", r"^{\\text{\1}}"),
    (r"\\(?:begin|end)\{(?:split|gathered)\}", lambda found: found[0].replace("split", "aligned")),
    (r"\\lvert(?![A-Za-z])", "|"),
    (r"\\rvert(?![A-Za-z])", "|"),
    (r"\\lVert(?![A-Za-z])", r"\\|"),
    (r"\\rVert(?![A-Za-z])", r"\\|"),
)  # fmt: skip


def labels_of(tex: str) -> tuple[str, str]:
    r"""A formula without its `\label`, and the label; several stand side by side, and it is empty when there is none."""
    names = [name.strip() for name in _LABEL.findall(tex)]
    return _LABEL.sub("", tex), ",".join(names)


def readable(tex: str, *, display: bool) -> tuple[str, bool] | None:
    """The formula in our dialect and whether it had to be changed; None when it is not understood at all."""
    tex = _tidy(tex, display=display)
    if accepted(tex, display=display):
        return tex, False
    changed = _TAG.sub("", tex)
    for pattern, by in _REWRITTEN:
        changed = re.sub(pattern, by, changed)
    changed = _tidy(changed, display=display)
    for attempt in (changed, rf"\begin{{aligned}}{changed}\end{{aligned}}", _plain_scripts(changed)):
        if accepted(attempt, display=display):
            return attempt, True
    return None


def accepted(tex: str, *, display: bool) -> bool:
    """Whether our own reader takes a formula, between the dollar signs that will stand around it."""
    if not tex.strip() or "$$" in tex or (not display and "$" in re.sub(r"\\text\{[^{}]*\}|\\\$", "", tex)):
        return False
    return check_math(tex, Span("formula"), Collector(), display=display)


def _tidy(tex: str, *, display: bool) -> str:
    if outer := _OUTER.fullmatch(tex):
        tex = outer[2]
    if rows := _ROWS.fullmatch(tex):
        rows = _ROWS.fullmatch(_NAMED_ROW.sub(_row_name, tex)) or rows
        tex = f"\\begin{{aligned}}{_columns(rows[2]) if rows[1] == 'eqnarray' else rows[2]}\\end{{aligned}}"
    tex = _SCRIPT.sub(r"\1{\2}", re.sub(r"(?<!\\)%[^\n]*\n?", "", tex))
    lines = [line.strip() for line in tex.strip().splitlines()]
    return ("\n" if display else " ").join(line for line in lines if line)


def _row_name(found: re.Match[str]) -> str:
    """What stands in the place of a row's number, as words after the row: rows inside one formula have no numbers."""
    words = re.sub(r"\\text[a-z]+|[{}]", "", found[1])
    return rf"\qquad(\text{{{words}}})"


def _columns(tex: str) -> str:
    """Rows of `eqnarray`, whose relation stands in a column of its own."""
    return re.sub(r"&\s*([^&\\]*?|\\[A-Za-z]+\s*)\s*&", r"&\1 ", tex)


def _plain_scripts(tex: str) -> str:
    """Double scripts, which TeX refuses, made of groups."""
    return re.sub(r"('+)\^(\{[^{}]*\}|\w)", r"^{\\prime \2}", tex)
