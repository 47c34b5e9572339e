"""Formulas in English words, as pandoc's MathML has them."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from fascicle.core import pandoc_ast as p
from fascicle.core.diagnostics import Collector
from fascicle.core.system.pandoc import API, find_pandoc
from fascicle.export.spoken_formulas import spoken

SAID = {
    r"\frac{a}{b}+x^2_i": "a over b plus x sub i squared",
    r"\frac{a+1}{b}": "the fraction a plus 1 over b, end fraction,",
    r"\sum_{i=1}^{n} x_i \leq \sqrt{y}": "the sum from i equals 1 to n of x sub i is at most the square root of y",
    r"\int_0^\infty e^{-x}\,dx": "the integral from 0 to infinity of e to the power minus x, end power, d x",
    r"\hat{\beta} \in \mathbb{R}": "beta hat in double-struck capital R",
    r"\begin{pmatrix}a&b\\c&d\end{pmatrix}": "the 2 by 2 matrix; row 1: a, b; row 2: c, d; end matrix",
    r"\begin{aligned}a&=b\\c&=d\end{aligned}": "line 1: a equals b; line 2: c equals d; end lines",
    r"\binom{n}{k}": "n choose k",
    r"\sin x'": "sin of x prime",
    r"\lim_{x \to 0} \Gamma(x)": "lim over x to 0 of capital gamma open parenthesis x close parenthesis",
    r"\sqrt[3]{x+1}": "the cube root of x plus 1, end root,",
    r"A \rightleftharpoons B": "capital A rightwards harpoon over leftwards harpoon capital B",
    r"x_{ij}\text{ if }y>0": "x sub i j, end sub, if y is greater than 0",
}


@pytest.fixture(scope="module")
def made() -> dict[str, ET.Element]:
    pandoc = find_pandoc(Collector(), "to write formulas")
    assert pandoc
    blocks = [p.plain([p.math(tex, display=True)]) for tex in SAID]
    answer = pandoc.run(p.pandoc(API, blocks, {}), "html5", "--mathml")
    text = answer.output.decode().replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "")
    return dict(zip(SAID, ET.fromstring(f"<root>{text}</root>").iter("math"), strict=True))


@pytest.mark.parametrize("tex", SAID)
def test_a_formula_in_words(tex: str, made: dict[str, ET.Element]) -> None:
    assert spoken(made[tex]) == SAID[tex]


def test_what_nobody_can_say_is_left_to_mathml() -> None:
    assert spoken(ET.fromstring("<math><mmultiscripts><mi>x</mi></mmultiscripts></math>")) is None
