"""Typed references taken apart, style by style, and names and dates as people write them."""

from __future__ import annotations

from typing import Any

import pytest

from fascicle.importers.metadata.dates import read_date
from fascicle.importers.metadata.people import split_name
from fascicle.importers.references.grammar import complete, read_reference
from fascicle.importers.references.names import read_names

BOOK = {
    "family": "Moreau",
    "year": 1998,
    "title": "The Weight of Rivers",
    "type": "book",
    "publisher": "Tern Press",
}
ARTICLE = {
    "family": "Moreau",
    "year": 1998,
    "title": "On Slow Water",
    "type": "article-journal",
    "container-title": "River Studies",
    "volume": "12",
    "issue": "3",
}


@pytest.mark.parametrize(
    ("text", "italics", "expected"),
    [
        (
            "Moreau, Anne, and B. C. Okafor. 1998. The Weight of Rivers. Leeds: Tern Press.",
            ["The Weight of Rivers"],
            BOOK,
        ),
        ("Moreau, A. and Okafor, B. (1998) The Weight of Rivers. Leeds: Tern Press.", [], BOOK),
        ("Moreau, Anne, and B. C. Okafor. The Weight of Rivers. Tern Press, 1998.", [], BOOK),
        (
            "1. Moreau A, Okafor BC. The Weight of Rivers. Leeds: Tern Press; 1998.",
            [],
            BOOK,
        ),
        (
            "Moreau, Anne. 1998. “On Slow Water.” River Studies 12 (3): 4–19.",
            ["River Studies"],
            ARTICLE | {"page": "4–19"},
        ),
        (
            "Moreau, A., & Okafor, B. (1998). On Slow Water. River Studies, 12(3), 4–19.",
            [],
            ARTICLE | {"page": "4–19"},
        ),
        (
            "Moreau, Anne. “On Slow Water.” River Studies, vol. 12, no. 3, 1998, pp. 4-19.",
            [],
            ARTICLE | {"page": "4-19"},
        ),
        (
            "Moreau, Anne. “On Slow Water.” River Studies 12, no. 3 (1998): 4–19.",
            [],
            ARTICLE | {"page": "4–19"},
        ),
        (
            "Moreau A, Okafor BC. On Slow Water. River Studies. 1998;12(3):4–19.",
            [],
            ARTICLE | {"page": "4–19"},
        ),
    ],
)
def test_styles(text: str, italics: list[str], expected: dict[str, Any]) -> None:
    """The same work in the order of each style."""
    item = read_reference(text, italics)
    assert complete(item)
    found = {**item, "family": item["author"][0]["family"], "year": item["issued"]["date-parts"][0][0]}
    assert {key: found.get(key) for key in expected} == expected


def test_a_chapter_and_an_address() -> None:
    """A chapter with its editor and pages; DOI and address go to their fields."""
    text = "Sato, Kei. 2004. “Ferries.” In Harbours, edited by Lea Brandt, 31–58. Oslo: Fjord. https://doi.org/10.1000/xyz."
    item = read_reference(text)
    assert (item["type"], item["container-title"], item["page"], item["DOI"]) == (
        "chapter",
        "Harbours",
        "31–58",
        "10.1000/xyz",
    )
    assert item["title"] == "Ferries"


def test_what_cannot_be_read_is_kept_whole() -> None:
    """A line without names, year and title keeps all its words, marked."""
    item = read_reference("Minutes of the harbour board, box 4, folder 12.")
    assert item["title"] == "To verify: Minutes of the harbour board, box 4, folder 12."
    assert not complete(item)


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("Doe, J. K., Roe, A., & van der Berg, C.", ["Doe", "Roe", "van der Berg"]),
        ("Doe, Jane, Kim Roe, and Ann de Vries", ["Doe", "Roe", "de Vries"]),
        ("Doe JK, Roe A", ["Doe", "Roe"]),
        ("Doe, J.; Roe, A.", ["Doe", "Roe"]),
    ],
)
def test_names_of_lists(text: str, families: list[str]) -> None:
    """Names in each style's order."""
    assert [name["family"] for name in read_names(text) or []] == families


@pytest.mark.parametrize(
    "text", ["A title: with a colon", "On the slow water of rivers, and others that", "“Quoted”"]
)
def test_what_is_no_list_of_names(text: str) -> None:
    """Titles are not taken for names."""
    assert read_names(text) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Jane van der Berg", {"family": "van der Berg", "given": "Jane"}),
        ("Doe, Jane", {"family": "Doe", "given": "Jane"}),
        ("John Doe Jr.", {"family": "Doe Jr.", "given": "John"}),
        ("The Harbour Project", {"literal": "The Harbour Project"}),
        ("Plato", {"literal": "Plato"}),
        ("贾樟柯", {"literal": "贾樟柯"}),
        ("Dr. Ann Roe^1,2^", {"family": "Roe", "given": "Ann"}),
    ],
)
def test_names(name: str, expected: dict[str, str]) -> None:
    """Names in the order of speech, bodies, single names."""
    assert split_name(name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 March 2024", ("2024-03-12", True)),
        ("March 12, 2024", ("2024-03-12", True)),
        ("2024-3-2", ("2024-03-02", True)),
        ("2 févr. 2021", ("2021-02-02", True)),
        ("March 2024", ("2024-03-01", False)),
        ("today", None),
        ("31 February 2024", None),
    ],
)
def test_dates(text: str, expected: tuple[str, bool] | None) -> None:
    """Dates as people write them."""
    assert read_date(text) == expected
