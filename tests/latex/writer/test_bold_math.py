"""Bold signs in formulas."""

from __future__ import annotations

import pytest

from fascicle.latex.writer.bold_math import bold_letters


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        (r"x", r"x"),
        (r"\boldsymbol{x}_i", r"{{\fascicleboldletter{x}}}_i"),
        (r"\boldsymbol\tau x", r"{{\fascicleboldletter{\tau}}} x"),
        (r"\boldsymbol xy", r"{{\fascicleboldletter{x}}}y"),
        (r"\boldsymbol{\Sigma 1}", r"{{\fascicleboldupright{\Sigma}} {\fascicleboldupright{1}}}"),
        (r"\boldsymbol{\hat\beta}", r"{\hat {\fascicleboldletter{\beta}}}"),
        (r"\boldsymbol{a+b}", r"{{\fascicleboldletter{a}}\fascicleboldsign{+}{\fascicleboldletter{b}}}"),
        (r"\boldsymbol{\mathcal{L}}", r"{\fascicleboldsign{\mathcal{L}}}"),
        (
            r"\boldsymbol{\begin{matrix}a\end{matrix}}",
            r"{\begin{matrix}{\fascicleboldletter{a}}\end{matrix}}",
        ),
    ],
)
def test_each_letter_is_bold(typed: str, written: str) -> None:
    assert bold_letters(typed) == written
