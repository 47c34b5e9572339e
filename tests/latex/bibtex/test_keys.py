"""Keys for BibTeX: the author's own where that can be, plain letters, no two alike."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from fascicle.latex.bibtex.keys import bibtex_keys


def test_an_authors_key_stays() -> None:
    assert bibtex_keys(["smith:2014", "tröbst2016", "Łoś_1999", "a%b"]) == {
        "smith:2014": "smith:2014",
        "tröbst2016": "trobst2016",
        "Łoś_1999": "Los_1999",
        "a%b": "a-b",
    }


def test_keys_that_would_be_alike_are_told_apart() -> None:
    assert list(bibtex_keys(["Doe", "doe", "döe", "貾", "賈"]).values()) == [
        "Doe",
        "doe-2",
        "doe-3",
        "work",
        "work-2",
    ]


@given(st.lists(st.text(min_size=1), unique=True))
def test_any_keys_become_safe_ones(keys: list[str]) -> None:
    found = bibtex_keys(keys)
    assert list(found) == keys
    assert all(re.fullmatch(r"[A-Za-z0-9:./_+-]+", key) for key in found.values())
    assert len({key.lower() for key in found.values()}) == len(keys)
