"""Greek letters in the alphabets of text, as Word's formulas have them."""

from __future__ import annotations

import pytest

from fascicle.latex.writer.upright_math import separate_letters, worded


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        (r"\mathrm{\Delta}_{f}H", r"{{\fascicleupright{\Delta}}}_{f}H"),
        (r"\mathrm{\Delta H}", r"{{\fascicleupright{\Delta}} \mathrm{H}}"),
        (r"\mathbf{\partial n}", r"{{\fascicleboldupright{\partial}} \mathbf{n}}"),
        (r"\mathrm{𝛥G}", r"{{\fascicleupright{𝛥}}\mathrm{G}}"),
        (r"\mathrm{kg}", r"\mathrm{kg}"),
        (r"\mathrm x", r"\mathrm x"),
    ],
)
def test_letters_are_separated(typed: str, written: str) -> None:
    assert separate_letters(typed) == written


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        (r"S_{n} - во\ сколько", r"S_{n} - {\text{во}}\ {\text{сколько}}"),
        (r"E_ł = współczynnik", r"E_{\text{ł}} = {\text{współczynnik}}"),
        (r"\text{współ} + \mathrm{距離} 距", r"\text{współ} + \mathrm{距離} {\text{距}}"),
        (r"α + 𝛿 \times ℝ", r"α + 𝛿 \times ℝ"),
    ],
)
def test_words_in_other_letters_stand_in_the_font_of_text(typed: str, written: str) -> None:
    assert worded(typed) == written
