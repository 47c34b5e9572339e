r"""Authors' commands, `\ce` and siunitx's quantities, written out before TeX sees them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fascicle.project.math.chemistry import chemistry
from fascicle.project.math.macros import (
    Macro,
    MacroError,
    definitions,
    expanded,
    macro_of,
    only_definitions,
)
from fascicle.project.math.quantities import number, quantity, unit
from fascicle.project.math.tokens import tokens
from fascicle.project.math.unicode_symbols import lacked_signs, signs, written_out

MACROS = {
    "E": macro_of(r"\mathbb{E}"),
    "abs": macro_of(r"\left|#1\right|"),
    "pair": Macro(2, "(#1,#2)", "0"),
    "argmax": macro_of(r"\operatorname*{arg\,max}"),
    "loop": macro_of(r"\loop"),
    "two": macro_of(r"\abs{\E}"),
}


def out(tex: str) -> str:
    made = expanded(tex, MACROS)
    return tex if made is None else made.tex


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        (r"x + y", r"x + y"),
        (r"\E[X]", r"\mathbb{E}[X]"),
        (r"\abs{x^2}y", r"\left|x^2\right|y"),
        (r"\abs xy", r"\left|x\right|y"),
        (r"\abs\alpha", r"\left|\alpha\right|"),
        (r"\pair{b} \pair[a]{b}", r"(0,b) (a,b)"),
        (r"\argmax_x", r"\operatorname*{arg\,max}_x"),
        (r"\two", r"\left|\mathbb{E}\right|"),
        (r"\newcommand{\R}{\mathbb{R}}\R^n", r"\mathbb{R}^n"),
        (r"\newcommand\f[1]{#1'} \f{x}", r" x'"),
        (r"\def\f#1#2{#2#1}\f ab", r"ba"),
        (r"\DeclareMathOperator{\Tr}{Tr}\Tr A", r"\operatorname{Tr} A"),
        (r"\DeclareMathOperator*{\Tr}{Tr}\Tr A", r"\operatorname*{Tr} A"),
        (r"\renewcommand{\phi}{\varphi}\phi x", r"\varphi x"),
        (r"\newcommand{\a}{\alpha}\a b\a{c}", r"\alpha b\alpha{c}"),
        (r"\newcommand{\a}[2][q]{#1+#2}\a{b}\a[c]d", r"q+bc+d"),
        (r"\bm{x}_1 \bm\mu", r"\boldsymbol{x}_1 \boldsymbol{\mu}"),
        (r"a \coloneqq b", r"a \mathrel{:=} b"),
    ],
)
def test_macros_are_written_out(typed: str, written: str) -> None:
    assert out(typed) == written


def test_a_definition_that_never_ends_is_none() -> None:
    assert out(r"\def\square{\square}\square") == r"\square"


def test_a_word_of_tex_never_grows_into_another() -> None:
    assert expanded(r"\f{b}", {"f": macro_of(r"\alpha#1")}).tex == r"\alpha b"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (r"\loop", "a macro calls itself, or macros stand too deep in one another"),
        (r"\abs", r"the macro '\abs' takes 1 argument"),
        (r"\newcommand{\f}{#2}\f", "a macro names the argument #2, which it does not take"),
        (r"\newcommand{f}{x}", r"the definition after '\newcommand' cannot be read"),
        (r"\qty{5}{\parsecs}", r"'\qty': '\parsecs' is no unit that is known here"),
        (r"\num{five}", r"'\num': 'five' is not a number"),
        (r"\ce{H2@}", r"'\ce': '@' has no meaning in a chemical formula"),
        (r"\ce", r"something must follow '\ce'"),
    ],
)
def test_what_cannot_be_written_out_is_told(typed: str, why: str) -> None:
    with pytest.raises(MacroError, match="^" + __import__("re").escape(why)):
        expanded(typed, MACROS)


def test_a_bomb_is_refused() -> None:
    bomb = {chr(97 + at): macro_of(rf"\{chr(98 + at)}" * 10) for at in range(20)}
    with pytest.raises(MacroError, match=r"too long|too deep"):
        expanded(r"\a", {**bomb, chr(97 + 20): macro_of("x")})


def test_places_are_those_of_the_call_and_of_its_arguments() -> None:
    made = expanded(r"ab\abs{xy}", MACROS)
    assert made is not None
    assert made.tex == r"ab\left|xy\right|"
    assert made.origin(0) == 0
    assert made.origin(2) == 2
    assert made.origin(made.tex.index("x")) == 7
    assert made.origin(len(made.tex) + 5) == 2


@given(st.text(alphabet="ab\\{}[]#^_ 12$&%", max_size=40))
def test_any_text_is_written_out_or_told(text: str) -> None:
    try:
        made = expanded(text, MACROS)
    except MacroError:
        return
    if made is not None:
        assert len(made.tex) == len(made.origins)
        assert "".join(token.text for token in tokens(made.tex)) == made.tex


def test_definitions_of_a_text() -> None:
    text = "Words.\n\n\\newcommand{\\R}{\\mathbb{R}}\n\\def\\f#1{#1}\n\nMore $\\newcommand\\g{x}\\g$ words."
    assert definitions(text) == {
        "R": Macro(0, r"\mathbb{R}"), "f": Macro(1, "#1"), "g": Macro(0, "x"),
    }  # fmt: skip
    assert only_definitions("\\newcommand{\\R}{\\mathbb{R}}\n\\def\\f#1{#1}")
    assert not only_definitions("\\newcommand{\\R}{\\mathbb{R}} and words")
    assert not only_definitions("\\newcommand{")
    assert not only_definitions("Words")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("H2O", r"{\mathrm{H}_{2}\mathrm{O}}"),
        ("SO4^2-", r"{\mathrm{SO}_{4}^{2-}}"),
        ("NH4+", r"{\mathrm{NH}_{4}^{+}}"),
        ("Fe^{3+}", r"{\mathrm{Fe}^{3+}}"),
        ("[Cu(NH3)4]^2+", r"{[\mathrm{Cu}(\mathrm{NH}_{3})_{4}]^{2+}}"),
        ("^{227}_{90}Th+", r"{{}^{227}_{90}\mathrm{Th}^{+}}"),
        (
            "2 H2 + O2 -> 2 H2O",
            r"{2\,\mathrm{H}_{2} + \mathrm{O}_{2} \mathrel{\rightarrow} 2\,\mathrm{H}_{2}\mathrm{O}}",
        ),
        ("A ->[\\Delta] B", r"{\mathrm{A} \xrightarrow{\Delta} \mathrm{B}}"),
        ("A <=> B", r"{\mathrm{A} \mathrel{\rightleftharpoons} \mathrm{B}}"),
        ("1/2 O2", r"{\tfrac{1}{2}\,\mathrm{O}_{2}}"),
        ("CuSO4*5H2O", r"{\mathrm{CuSO}_{4}{\cdot}5\,\mathrm{H}_{2}\mathrm{O}}"),
        ("NaCl(aq)", r"{\mathrm{NaCl}\,\mathrm{(aq)}}"),
        ("CO2 ^", r"{\mathrm{CO}_{2}\,\uparrow}"),
        ("HC#CH", r"{\mathrm{HC}{\equiv}\mathrm{CH}}"),
    ],
)
def test_chemistry(typed: str, written: str) -> None:
    assert chemistry(typed) == written


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("3", "3"), ("-3.14", "-3.14"), (".5", "0.5"), ("1234", "1234"), ("12345", r"12\,345"),
        ("0.123456", r"0.123\,456"), ("3e8", r"3 \times 10^{8}"), ("e-3", "10^{-3}"), ("1,5", "1.5"),
        ("1.23(4)", "1.23(4)"), ("1.2 +- 0.1", r"1.2 \pm 0.1"), ("2x3", r"2 \times 3"),
    ],
)  # fmt: skip
def test_numbers(typed: str, written: str) -> None:
    assert number(typed) == written


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        (r"\metre\per\second\squared", r"\mathrm{m}\,\mathrm{s}^{-2}"),
        (r"\m\per\square\s", r"\mathrm{m}\,\mathrm{s}^{-2}"),
        (r"\kilo\gram\per\cubic\metre", r"\mathrm{kg}\,\mathrm{m}^{-3}"),
        (r"kg.m^{-2}", r"\mathrm{kg}\,\mathrm{m}^{-2}"),
        (r"m/s", r"\mathrm{m}\,\mathrm{s}^{-1}"),
        (r"\micro\ohm", r"\mathrm{µΩ}"),
        (r"\percent", r"\%"),
    ],
)
def test_units(typed: str, written: str) -> None:
    assert unit(typed) == written


def test_quantities() -> None:
    assert quantity("25", r"\celsius") == r"{25\,{^\circ}\mathrm{C}}"
    assert quantity("5.0 +- 0.1", "mm") == r"{(5.0 \pm 0.1)\,\mathrm{mm}}"
    assert out(r"\qty[per-mode=symbol]{5}{\m}") == r"{5\,\mathrm{m}}"
    assert out(r"\ang{12;30;}") == r"12{^\circ}30{'}"


def test_every_sign_of_unicode_math_has_its_character() -> None:
    assert len(signs()) > 2300
    assert written_out("coloneq") == r"\mathrel{≔}"
    assert written_out("mdlgblksquare") == "{■}"
    assert written_out("bigoplus") == r"\mathop{⨁}"
    assert written_out("hat") is None
    assert written_out("nothing") is None
    assert lacked_signs(r"\alpha \bigstar \fisheye") == {"★", "◉"}
    assert lacked_signs(r"A \setminus B") == set(), "it is printed as the sign that fonts have"
