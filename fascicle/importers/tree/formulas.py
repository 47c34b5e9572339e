"""Formulas made such that our own reader takes them, or given up with a word."""

from __future__ import annotations

import re

from fascicle.core.diagnostics import Collector, Span
from fascicle.project.math.allowlist import check_math

_LABEL = re.compile(r"\s*\\label\s*\{([^{}]*)\}")
_TAG = re.compile(r"\\(?:nonumber|notag)\b\s*")
_OUTER = re.compile(r"\s*\\begin\{(equation\*?|displaymath|math)\}(.*)\\end\{\1\}\s*", re.DOTALL)
_REWRITTEN = (
    (r"\\(?:bm|boldmath|pmb)\b", r"\\boldsymbol"),
    (r"\\mathscr\b", r"\\mathcal"),
    (r"\\(?:mathds|mathbbm)\b", r"\\mathbb"),
    (r"\\coloneqq\b", ":="),
    (r"\\eqqcolon\b", "=:"),
    (r"\\(?:arg)\\?(max|min)\b", r"\\operatorname*{arg\\,\1}"),
    (r"\\textnormal\b", r"\\text"),
    (r"\\textup\b", r"\\text"),
    (r"\\(?:mbox|hbox)\b", r"\\text"),
    (r"\\textrm\b", r"\\text"),
    (r"\\ensuremath\b", ""),
    (r"\\(?:mathnormal)\b", ""),
    (r"\\(?:displaylimits|protect|allowbreak|smallskip|medskip|bigskip|noindent|footnotesize|small|normalsize|centering)\b", ""),
    (r"\\hspace\*?\{[^{}]*\}", r"\\quad "),
    (r"\\vspace\*?\{[^{}]*\}", ""),
    (r"\\(?:num)\{([^{}]*)\}", r"\1"),
    (r"\\(?:si|unit)\{([^{}\\]*)\}", r"\\mathrm{\1}"),
    (r"\\(?:SI|qty)\{([^{}]*)\}\{([^{}\\]*)\}", r"\1\\,\\mathrm{\2}"),
    (r"\\ce\{([^{}\\]*)\}", r"\\mathrm{\1}"),
    (r"\\(?:color|textcolor)\{[^{}]*\}", ""),
    (r"\\xspace\b", ""),
    (r"\\(?:eqref|ref|autoref|cref)\{[^{}]*\}", ""),
    (r"\\textsubscript\{([^{}]*)\}", r"_{\\text{\1}}"),
    (r"\\textsuperscript\{([^{}]*)\}", r"^{\\text{\1}}"),
    (r"\\(?:begin|end)\{(?:split|gathered)\}", lambda found: found[0].replace("split", "aligned")),
    (r"\\lvert\b", "|"),
    (r"\\rvert\b", "|"),
    (r"\\lVert\b", r"\\|"),
    (r"\\rVert\b", r"\\|"),
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
    tex = re.sub(r"(?<!\\)%[^\n]*\n?", "", tex)
    lines = [line.strip() for line in tex.strip().splitlines()]
    return ("\n" if display else " ").join(line for line in lines if line)


def _plain_scripts(tex: str) -> str:
    """Double scripts, which TeX refuses, made of groups."""
    return re.sub(r"('+)\^(\{[^{}]*\}|\w)", r"^{\\prime \2}", tex)
