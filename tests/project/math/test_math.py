"""TeX cut into tokens, and formulas held to the allow-list."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fascicle.core.diagnostics import Collector, Span
from fascicle.project.math import commands
from fascicle.project.math.allowlist import check_math
from fascicle.project.math.tokens import TokenKind, tokens
from tests.support.cases import Case, assert_told, parametrize

FIXTURES = Path(__file__).parent / "fixtures"
TEXISH = st.text(alphabet="\\{}[]$&#^_~%'*()| \n\tabcflr@1\u00e9\x00") | st.lists(
    st.sampled_from([r"\frac", r"\left", r"\right", r"\begin", r"\end", "{matrix}", "{", "}", "$", "^", "_", "&",
                     r"\text", r"\\", "[", "]", "x", " ", r"\sqrt", r"\tag", "\n\n", r"\input"]), max_size=30
).map("".join)  # fmt: skip


@given(st.text() | TEXISH)
def test_no_character_is_lost(text: str) -> None:
    cut = list(tokens(text))
    assert "".join(token.text for token in cut) == text
    assert all(text.startswith(token.text, token.offset) for token in cut)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (r"\alpha x", "command space text"),
        (r"\'e", "command text"),
        (r"\\[2pt]", "command text"),
        ("{a}", "begin text end"),
        ("$x$", "math text math"),
        ("a&b#~", "text align text parameter tie"),
        ("x^2_i", "text superscript text subscript text"),
        ("a % b\nc", "text space comment space text"),
        ("^^5c", "carets text"),
        (r"\^^5c", "carets text"),
        (r"\inp^^75t", "command carets text"),
        (r"\\^^41", "command carets text"),
        ("a\n\nb", "text paragraph text"),
        ("a\r\n b", "text space text"),
        ("a\r\rb", "text paragraph text"),
        ("a\x00b", "text control text"),
        ("\\\x1b", "control"),
        ("\ufdd0", "control"),
        ("\\", "command"),
    ],
)
def test_kinds(text: str, kinds: str) -> None:
    assert " ".join(token.kind.value for token in tokens(text)) == kinds


@pytest.mark.parametrize(
    ("text", "name"), [(r"\text@foo", r"\text@foo"), (r"\é", r"\é"), (r"\alphaβ", r"\alphaβ")]
)
def test_a_name_ends_where_no_reading_of_tex_would_go_on(text: str, name: str) -> None:
    assert next(iter(tokens(text))).text == name


ALLOWED = (FIXTURES / "math-allowed.txt").read_text(encoding="utf-8").split("\n\n")[1:]


@pytest.mark.parametrize("tex", ALLOWED)
def test_allowed(tex: str) -> None:
    problems = Collector()
    assert check_math(tex.strip("\n"), Span("t.md", 1, 1), problems)
    assert not list(problems)


@parametrize(FIXTURES / "math-refused.yaml")
def test_refused(case: Case) -> None:
    problems = Collector()
    assert not check_math(case.input.rstrip("\n"), Span("t.md", 1, 1), problems)
    assert_told(problems.sorted(), case)


def test_the_first_lines_column_counts_from_the_formula() -> None:
    problems = Collector()
    check_math("a\n\\inputt", Span("t.md", 10, 5), problems)
    check_math("\\inputt", Span("t.md", 10, 5), problems)
    assert [(found.span.line, found.span.column) for found in problems if found.span] == [(11, 1), (10, 5)]


@pytest.mark.parametrize(
    "tex",
    [r"a\hspace{٣em}", "\\begin{array}{l\u2003c} a \\end{array}", r"\begin{alignedat}{٢} a \end{alignedat}"],
)
def test_numbers_and_spaces_are_those_that_tex_reads(tex: str) -> None:
    assert not check_math(tex, Span("a.md", 1, 1), Collector())


@pytest.mark.parametrize(
    ("display", "inner"),
    [
        ("align", "aligned"),
        ("align*", "aligned"),
        ("gather", "gathered"),
        ("multline*", "gathered"),
        ("flalign", "aligned"),
        ("alignat", "alignedat"),
    ],
)
def test_a_display_inside_a_formula_has_another_name(display: str, inner: str) -> None:
    problems = Collector()
    argument = "{2}" if display == "alignat" else ""
    check_math(rf"a \begin{{{display}}}{argument} x \end{{{display}}}", Span("a.md", 1, 1), problems)
    assert [found.hints for found in problems] == [(f"write {inner} inside others",)]


def test_a_display_of_its_own_stands_in_displays_alone() -> None:
    tex = r"\begin{align} a &= b \end{align}"
    assert check_math(tex, Span("t.md"), Collector(), display=True)
    assert not check_math(tex, Span("t.md"), Collector(), display=False)


@given(st.text() | TEXISH, st.booleans())
def test_never_raises_and_never_lets_tex_through(tex: str, display: bool) -> None:
    problems = Collector()
    if not check_math(tex, Span("t.md"), problems, display=display):
        assert list(problems)
        return
    depth = 0
    for token in tokens(tex):
        depth += {TokenKind.BEGIN: 1, TokenKind.END: -1}.get(token.kind, 0)
        assert depth >= 0
        assert token.kind not in (
            TokenKind.COMMENT, TokenKind.CARETS, TokenKind.CONTROL, TokenKind.PARAMETER, TokenKind.PARAGRAPH
        )  # fmt: skip
        if token.kind is TokenKind.COMMAND:
            name = token.text[1:]
            known = commands.EVERY | commands.SYMBOLS | commands.TEXT_COMMANDS | commands.TEXT_ACCENTS
            assert name in known | {"begin", "end", "\\"}, name
    assert depth == 0


@pytest.mark.tex
@pytest.mark.release
def test_every_allowed_command_exists(tmp_path: Path) -> None:
    names = sorted(
        commands.EVERY - commands.OURS | {name for name in commands.TEXT_COMMANDS if name.isalpha()}
    )
    checks = "\n".join(rf"\ifcsname {name}\endcsname\else\message{{MISSING:{name};}}\fi" for name in names)
    environments = [*commands.ENVIRONMENTS, *commands.DISPLAYS]
    checks += "\n" + "\n".join(
        rf"\ifcsname {name}\endcsname\else\message{{MISSING:{name};}}\fi" for name in environments
    )
    source = (
        rf"\documentclass{{article}}\usepackage{{amsmath,amssymb}}\begin{{document}}{checks}\end{{document}}"
    )
    (tmp_path / "m.tex").write_text(source, encoding="utf-8")
    command = ["lualatex", "-interaction=batchmode", "-halt-on-error", "m.tex"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    log = (tmp_path / "m.log").read_text(encoding="utf-8").replace("\n", "")
    assert "MISSING:" not in log, log[log.index("MISSING:") :][:300]


@pytest.mark.tex
@pytest.mark.release
def test_allowed_formulas_are_typeset_without_error(tmp_path: Path) -> None:
    formulas = []
    for tex in ALLOWED:
        own = any(tex.strip().startswith(rf"\begin{{{name}}}") for name in commands.DISPLAYS)
        formulas.append(tex if own else rf"\begin{{equation*}}{tex.strip()}\end{{equation*}}")
    body = "\n\n".join(formulas)
    source = (
        rf"\documentclass{{article}}\usepackage{{amsmath,amssymb}}\begin{{document}}{body}\end{{document}}"
    )
    (tmp_path / "m.tex").write_text(source, encoding="utf-8")
    command = ["lualatex", "-interaction=nonstopmode", "-halt-on-error", "m.tex"]
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-1500:]
