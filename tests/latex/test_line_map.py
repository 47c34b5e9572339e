"""The line map: marks survive, vanish, and tell each TeX line's place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fascicle.core.diagnostics import Span
from fascicle.latex.escape import escape
from fascicle.latex.line_map import extract_line_map, mark, mark_template, unmark

ONE = Span("content/01-a.md", 5, 3)
TWO = Span("content/02-b.md", 9, 1)


def test_a_line_without_marks_comes_from_the_line_above() -> None:
    tex, lines = extract_line_map(f"x\n{mark(ONE)}a\nb\n{mark(TWO)}c")
    assert tex == "x\na\nb\nc"
    assert [lines.at(number) for number in (1, 2, 3, 4)] == [None, ONE, ONE, TWO]


def test_outside_the_file_nothing_is_known() -> None:
    _, lines = extract_line_map(str(mark(ONE)))
    assert lines.at(0) is None
    assert lines.at(2) is None
    assert lines.block_at(-1) is None


def test_a_blocks_first_line_is_remembered() -> None:
    _, lines = extract_line_map(f"{mark(ONE)}a\n{mark(Span(ONE.file, 6), ONE)}b")
    assert lines.at(2) == Span(ONE.file, 6)
    assert lines.block_at(2) == ONE


def test_text_comes_before_its_template() -> None:
    template = mark_template("templates/t/main.tex", 4)
    _, lines = extract_line_map(
        f"{template}\\title{{{mark(ONE)}On a}}\n{mark_template('templates/t/main.tex', 5)}\\maketitle"
    )
    assert lines.at(1) == ONE
    assert lines.at(2) == Span("templates/t/main.tex", 5)


def test_text_comes_before_what_its_template_has_in_the_same_line() -> None:
    _, lines = extract_line_map(f"{mark_template('templates/t/main.tex', 4)}x\n\\title{{{mark(ONE)}On a}}")
    assert lines.at(2) == ONE


def test_the_template_line_that_prints_is_taken() -> None:
    marks = "".join(mark_template("t.tex", line) for line in (1, 2))
    _, lines = extract_line_map(f"{marks}{mark_template('t.tex', 3)}x{mark_template('t.tex', 4)}")
    assert lines.at(1) == Span("t.tex", 3)


def test_the_end_of_a_paragraph_belongs_to_it() -> None:
    _, lines = extract_line_map(f"{mark(ONE)}a\nb {mark(TWO)}c\nd")
    assert [lines.at(number) for number in (1, 2, 3)] == [ONE, ONE, TWO]


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    st.integers(1, 10**6),
    st.integers(1, 10**4),
)
def test_any_file_name_and_place(file: str, line: int, column: int) -> None:
    span = Span(file, line, column)
    tex, lines = extract_line_map(f"{mark(span)}x")
    assert tex == "x"
    assert lines.at(1) == span


@given(st.lists(st.tuples(st.text("ab\n{}"), st.integers(1, 99)), max_size=20))
def test_stripping_gives_the_text_back(pieces: list[tuple[str, int]]) -> None:
    tex = "".join(f"{mark(Span('a', line))}{text}" for text, line in pieces)
    clean, lines = extract_line_map(tex)
    assert clean == "".join(text for text, _ in pieces) == unmark(tex)
    assert len(lines.places) == clean.count("\n") + 1


@given(st.text())
def test_no_text_can_forge_a_mark(text: str) -> None:
    assert unmark(escape(text)) == escape(text)
    assert unmark(escape(str(mark(ONE)) + text)) == escape(text)
