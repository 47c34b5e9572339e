"""Labels of lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fascicle.document.list_labels import label, number_of
from fascicle.document.tree import ListStyle


@pytest.mark.parametrize(
    ("number", "style", "shown"),
    [
        (3, ListStyle.DECIMAL, "3"), (3, ListStyle.LOWER_ALPHA, "c"), (27, ListStyle.LOWER_ALPHA, "aa"),
        (28, ListStyle.UPPER_ALPHA, "AB"), (4, ListStyle.LOWER_ROMAN, "iv"), (1994, ListStyle.UPPER_ROMAN, "MCMXCIV"),
        (0, ListStyle.LOWER_ROMAN, "0"),
    ],
)  # fmt: skip
def test_labels(number: int, style: ListStyle, shown: str) -> None:
    assert label(number, style) == shown


@given(st.integers(1, 3999))
def test_roman_numerals_are_read_as_they_are_written(number: int) -> None:
    assert number_of(label(number, ListStyle.LOWER_ROMAN)) == number


@pytest.mark.parametrize("text", ["", "abc", "iiii", "vx", "ic"])
def test_what_is_no_roman_numeral(text: str) -> None:
    assert number_of(text) is None
