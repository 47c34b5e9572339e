"""The scoreboard's comparison: what counts as the same form, what does not, and what the report shows."""

from __future__ import annotations

import pytest

from fascicle.core.diagnostics import Span
from fascicle.document.tree import Emph, Link, Quoted, Text
from tests.citations import scoreboard
from tests.citations.backends import ENGINES, Citations, Words
from tests.citations.scoredata import STYLES, works
from tests.citations.words import normal, printed

SAME = [
    ("*Title.* Press", "*Title*. Press"),
    ("*Journal*, *14*(2)", "*Journal, 14*(2)"),
    ("A\u00a0B  C", "A B C"),
    ("no. 18\u20112059", "no. 18-2059"),
]
OTHER = [("*Title*", "Title"), ("“Title.”", "“Title”."), ("117–18", "117-18"), ("Oxford UP", "Oxford U P")]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spaces_and_stops_at_italics_make_no_difference(one: str, other: str) -> None:
    assert normal(one) == normal(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_words_marks_and_italics_do(one: str, other: str) -> None:
    assert normal(one) != normal(other)


def test_nodes_are_read_as_they_are_printed() -> None:
    at = Span("")
    title = Emph(at, (Text(at, "On "), Emph(at, (Text(at, "Othello"),)), Text(at, " and more.")))
    quoted = Quoted(at, True, (Text(at, "Part"),))
    link = Link(at, (Text(at, "https://example.org"),), "https://example.org")
    assert printed((title, Text(at, " "), quoted, Text(at, ". "), link)) == (
        "*On* Othello *and more*. “Part”. https://example.org"
    )


def _perfect(records: str, style: str, citations: Citations) -> Words:
    known = {work.key: work.forms[style].texts for work in works()}
    half = len(citations) // 2
    reported = [known[key]["first" if at < half else "again"][0] for at, (key, _) in enumerate(citations)]
    return Words(reported, {key: known[key]["list"][0] for key, _ in citations if known[key]["list"]})


def test_an_engine_that_prints_every_form_has_all_right() -> None:
    found = scoreboard.measured(_perfect, STYLES)
    assert len(found) == 3 * 4 * len(works())
    assert all(verdict.right for verdict in found)


def test_an_engine_that_prints_nothing_is_right_where_nothing_is_wanted() -> None:
    found = scoreboard.measured(lambda records, style, citations: Words([], {}), ["chicago-notes"])
    right = {verdict.work.key for verdict in found if verdict.right}
    assert right == {work.key for work in works() if not work.forms["chicago-notes"].texts["list"]}


def test_a_wrong_form_is_shown_and_that_of_a_work_kept_apart_is_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    engines = {"empty": lambda records, style, citations: Words([], {})}
    scoreboard.main(["--style", "mla", "--kind", "books"], engines)
    reported = capsys.readouterr().out
    assert "mla books yu2020 first\n  right (Yu 45)\n  found (nothing)" in reported
    assert "london1990" not in reported
    assert "books     0/57 (0/12)" in reported


LEAST = {"chicago-author-date": 414, "chicago-notes": 413, "apa": 413, "mla": 413}
"""How many of the 414 forms are right, as docs/bibliography.md tells."""


@pytest.mark.slow
@pytest.mark.parametrize("style", STYLES)
def test_the_program_prints_what_the_manuals_print(style: str) -> None:
    found = scoreboard.measured(ENGINES["program"], [style])
    assert sum(verdict.right for verdict in found) >= LEAST[style]
