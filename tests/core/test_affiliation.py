"""The name of an institution with its country and without."""

from __future__ import annotations

import pytest

from fascicle.core.model import Affiliation


@pytest.mark.parametrize(
    ("name", "country", "institution", "printed"),
    [
        ("University of Leeds", None, "University of Leeds", "University of Leeds"),
        (
            "University of Leeds",
            "United Kingdom",
            "University of Leeds",
            "University of Leeds, United Kingdom",
        ),
        ("Leeds, United Kingdom", "United Kingdom", "Leeds", "Leeds, United Kingdom"),
        ("Bank of China", "China", "Bank of China", "Bank of China, China"),
        ("China", "China", "China", "China, China"),
        ("A, B, C", None, "A, B, C", "A, B, C"),
    ],
)
def test_the_country_is_printed_once(name: str, country: str | None, institution: str, printed: str) -> None:
    place = Affiliation(name=name, country=country)
    assert (place.institution, place.printed) == (institution, printed)
