"""English titles in small letters."""

from __future__ import annotations

import pytest

from fascicle.citations.items.titles import rich, short_title
from fascicle.citations.style_adjustments.sentence_case import lowered
from fascicle.project.bibliography.fields.markup import Chars, Styled, text


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Memory, Subjectivity and Independent {Chinese} Cinema", "Memory, subjectivity and independent Chinese cinema"),
        ("The Image: A Reply", "The image: A reply"),
        ("What Is Cinema? And Why", "What is cinema? And why"),
        ("DNA, iPhones and 3D Prints in World War II", "DNA, iPhones and 3D prints in World War II"),
        ("``The Wolf'' and Other Tales", "“The wolf” and other tales"),
        ("Self-Portraits of T. S. Eliot", "Self-portraits of T. S. Eliot"),
        ("Vitamin C, Generation X and A Day", "Vitamin C, generation X and a day"),
        ("Why {I} Write", "Why I write"),
        ("Understanding Aboriginal histories in Wyndham", "Understanding Aboriginal histories in Wyndham"),
        ("the Shell Film Unit and its travelogues: a history", "The Shell Film Unit and its travelogues: A history"),
        ("Films by \\emph{The Master} Himself", "Films by the master himself"),
    ],
)  # fmt: skip
def test_lowered(typed: str, printed: str) -> None:
    assert text(lowered(rich(typed))) == printed


@pytest.mark.parametrize(
    ("typed", "short"),
    [
        ("Excitable Speech: A Politics", "Excitable Speech"),
        ("What Next? A Reply", "What Next?"),
        ("Plain", ""),
    ],
)
def test_short_titles(typed: str, short: str) -> None:
    assert text(short_title(rich(typed))) == short


def test_what_follows_a_title_in_another_language_says_nothing_of_its_capitals() -> None:
    title = (Chars("The Salt Road"), Chars(" "), Styled("addition", (Chars("[La via del sale]"),)))
    assert text(lowered(title)) == "The salt road [La via del sale]"
