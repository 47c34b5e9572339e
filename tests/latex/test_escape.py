"""Escaping: any text prints as itself, once; ready LaTeX passes."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from pylatex import NoEscape

from fascicle.latex.escape import TABLE, Latex, code, escape, latex
from fascicle.project.math.tokens import TokenKind, tokens

UNESCAPED = {command: sign for sign, command in TABLE.items() if command}


def unescape(tex: str) -> str:
    """What escaped text prints, by our own table read backwards."""
    longest = sorted(UNESCAPED, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, [*longest, "{*}"])))
    return pattern.sub(lambda match: UNESCAPED.get(match[0], "*"), tex.replace("-{}", "-"))


def printed(text: str) -> str:
    """The text as it can be printed: control characters gone, white space one space."""
    gone = {sign for sign, command in TABLE.items() if not command}
    kept = [
        sign
        for sign in re.sub(r"[ \t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+", " ", text)
        if sign not in gone and unicodedata.category(sign) not in ("Cc", "Cs") and not _noncharacter(sign)
    ]
    same = {UNESCAPED[command]: command for command in UNESCAPED}
    return "".join(UNESCAPED.get(same.get(sign, ""), sign) for sign in kept)


def _noncharacter(sign: str) -> bool:
    return 0xFDD0 <= ord(sign) <= 0xFDEF or ord(sign) & 0xFFFE == 0xFFFE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\input{x}", r"\textbackslash{}input\{x\}"),
        ("50% & $5 #1 a_b", r"50\% \& \$5 \#1 a\_b"),
        ("a~b^c", r"a\textasciitilde{}b\textasciicircum{}c"),
        ("^^5c", r"\textasciicircum{}\textasciicircum{}5c"),
        ("``x''", r"\textasciigrave{}\textasciigrave{}x\textquotesingle{}\textquotesingle{}"),
        ("<<x>>", r"\textless{}\textless{}x\textgreater{}\textgreater{}"),
        ("?`!`", r"?\textasciigrave{}!\textasciigrave{}"),
        ("[2pt] * x", "{[}2pt{]} * x"),
        ("* x", "{*} x"),
        ("  *", " {*}"),
        ("a\u00a0b\u00adc", r"a~b\-c"),
        ("a\n\n\tb\u2028c", "a b c"),
        ("a\x00\x07\ufdd0b", "ab"),
        ("\u202a\u200fx\u202c", "x"),
        ("a\ufeffb", "ab"),
        ("a -- b --- c", "a -{}- b -{}-{}- c"),
        ("", ""),
    ],
)
def test_table(text: str, expected: str) -> None:
    assert escape(text) == expected
    assert type(escape(text)) is Latex


@given(st.text())
def test_nothing_is_lost_and_nothing_acts(text: str) -> None:
    tex = escape(text)
    allowed = {token.text for command in TABLE.values() for token in tokens(command)}
    for token in tokens(tex):
        assert token.kind in (
            TokenKind.TEXT, TokenKind.SPACE, TokenKind.TIE, TokenKind.BEGIN, TokenKind.END, TokenKind.COMMAND,
        ), token  # fmt: skip
        assert token.kind is not TokenKind.COMMAND or token.text in allowed
    assert unescape(str(tex)) == printed(text)


@given(st.text(alphabet="\\{}[]*%#$^_~&\"'`<>?!-=:; \n\tab\u00a0\u00ad"))
def test_hostile_signs(text: str) -> None:
    tex = escape(text)
    depth = 0
    for token in tokens(tex):
        depth += {TokenKind.BEGIN: 1, TokenKind.END: -1}.get(token.kind, 0)
        assert depth >= 0
    assert depth == 0
    assert unescape(str(tex)) == printed(text)
    assert "\n" not in tex
    assert not tex.lstrip().startswith(("*", "["))


@given(st.text(), st.text())
def test_joining_escapes_the_plain_side_once(left: str, right: str) -> None:
    assert escape(left) + right == str(escape(left)) + str(escape(right))
    assert left + escape(right) == str(escape(left)) + str(escape(right))
    assert type(escape(left) + right) is Latex


def test_operations_of_markup_escape_for_latex() -> None:
    ready = Latex(r"\emph{%s}")
    assert ready % "a&b" == r"\emph{a\&b}"
    assert Latex(", ").join(["a&", Latex(r"\&")]) == r"a\&, \&"
    assert Latex("{} and {}").format("a_b", Latex("x_1")) == r"a\_b and x_1"
    assert Latex("aXb").replace("X", "&") == r"a\&b"
    assert Latex("ab") * 2 == "abab"
    assert Latex.escape("&") == r"\&"


def test_ready_text_passes() -> None:
    assert latex(Latex("a_b")) == "a_b"
    assert latex(NoEscape("a_b")) == "a_b"
    assert latex(Markup("a_b")) == "a_b"
    assert latex("a_b") == r"a\_b"
    assert latex(3.5) == "3.5"


def test_numbers_and_text_do_not_add_up_to_ready_text() -> None:
    with pytest.raises(TypeError):
        Latex("a") + 1


def test_code_keeps_its_spaces() -> None:
    assert code("a  b\\c") == r"a\ \ b\textbackslash{}c"
    assert code(" x ") == r"\ x\ "


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("archive/2024/list.txt", "archive/|2024/|list.|txt"),
        ("std::move(value)", "std::|move(|value)"),
        ("--ratio=3.14,2", "--ratio=|3.14,2"),
        ("a/b/c", "a/b/c"),
        ("abcdefghijklmnopqrstu", "abcd!e!f!g!h!i!j!k!l!m!n!o!p!q!rstu"),
    ],
)
def test_where_a_line_of_code_may_end(text: str, shown: str) -> None:
    """Without a sign: a hyphen at the line's end would be read as part of the name."""
    marks = {r"\fascicleweakbreak{}": "|", r"\fasciclelastbreak{}": "!", "-{}-": "--"}
    made = str(code(text))
    for command, mark in marks.items():
        made = made.replace(command, mark)
    assert made == shown
