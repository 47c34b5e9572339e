"""Sources with CriticMarkup: what is marked, and that both versions are read back byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fascicle.redline.critic_markup import accepted, marked_source, rejected

CASES = [
    ("One small step.\n", "One large step.\n", "One {--small--}{++large++} step.\n"),
    ("One.\n", "One.\n\nTwo.\n", "One.\n{++\nTwo.\n++}"),
    ("", "New.\n", "{++New.\n++}"),
    ("Gone.\n", "", "{--Gone.\n--}"),
    ("a long word - b\n", "a long word -\n", "a long word -{-- b--}\n"),
]


@pytest.mark.parametrize(("old", "new", "expected"), CASES)
def test_marks(old: str, new: str, expected: str) -> None:
    assert marked_source(old, new) == expected


def test_marks_of_its_own() -> None:
    assert marked_source("Is {++this++} so?\n", "Is {++this++} not so?\n") is None


TEXT = st.lists(st.sampled_from([*"ab -+~\n", "word ", "line\n", "--", "++", "{", "}"]), max_size=40).map(
    "".join
)


@settings(max_examples=300, deadline=None)
@given(TEXT, TEXT)
def test_both_versions_come_back(old: str, new: str) -> None:
    marked = marked_source(old, new)
    if marked is None:
        assert any(sign in old + new for sign in "{}")
    else:
        assert (accepted(marked), rejected(marked)) == (new, old)
