"""Whatever is edited, accepting all changes gives the new tree, and rejecting all the old one."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from fascicle.redline.comparison.changes import accepted, rejected
from fascicle.redline.comparison.compare import Comparison
from fascicle.redline.comparison.elements import settled, without_places
from tests.document.markdown.test_markdown_properties import PIECES, parse

PIECE = st.sampled_from(["|", "| ", *PIECES.split("|"), "a word ", "another ", "\n\n", "\n\n"])
EDIT = st.tuples(st.integers(0, 60), st.integers(0, 4), st.lists(PIECE, max_size=4))


def edited(pieces: list[str], edits: list[tuple[int, int, list[str]]]) -> list[str]:
    """Some pieces out, others in their place."""
    result = list(pieces)
    for at, many, instead in edits:
        result[at : at + many] = instead
    return result


def check(old: str, new: str) -> None:
    before, after = settled(parse(old)[0]), settled(parse(new)[0])
    changes = Comparison().compare(before, after)
    assert bare(accepted(changes)) == bare(after)
    assert bare(rejected(changes)) == bare(before)


def bare(tree: Any) -> Any:
    return without_places(tree)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECE, max_size=60), st.lists(EDIT, min_size=1, max_size=4))
def test_accepting_and_rejecting_edits(pieces: list[str], edits: list[tuple[int, int, list[str]]]) -> None:
    check("".join(pieces), "".join(edited(pieces, edits)))


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECE, max_size=40), st.lists(PIECE, max_size=40))
def test_accepting_and_rejecting_another_text(old: list[str], new: list[str]) -> None:
    check("".join(old), "".join(new))
