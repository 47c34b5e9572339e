"""Lines of YAML that a hint gives to be typed."""

from __future__ import annotations

import pytest

from fascicle.core.text.yaml_lines import authors_line, day_meant, list_line, quoted, straight


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ("Ada Lovelace", "authors: [{family: Lovelace, given: Ada}]"),
        ("Ada Lovelace and Bob Doe", "authors: [{family: Lovelace, given: Ada}, {family: Doe, given: Bob}]"),
        ("Doe, Jane; Roe, Ann", "authors: [{family: Doe, given: Jane}, {family: Roe, given: Ann}]"),
        ("Ada Lovelace, Bob Doe", "authors: [{family: Lovelace, given: Ada}, {family: Doe, given: Bob}]"),
        (["Ada Lovelace", {"name": "Doe, Bob"}], "authors: [{family: Lovelace, given: Ada}, {family: Doe, given: Bob}]"),
        ("University of Utrecht", "authors: [{literal: University of Utrecht}]"),
        ("Jane O'Neill", "authors: [{family: \"O'Neill\", given: Jane}]"),
        ("", ""),
        ([{"family": "Doe"}], ""),
    ],
)  # fmt: skip
def test_authors(given: object, line: str) -> None:
    assert authors_line(given) == line


def test_lists_and_quotation_marks() -> None:
    assert list_line("keywords", "silk, paper, the road") == "keywords: [silk, paper, the road]"
    assert list_line("keywords", "silk; paper, pulp") == 'keywords: [silk, "paper, pulp"]'
    assert quoted("Silk: A History") == '"Silk: A History"'
    assert quoted('"Silk": A History') == "'\"Silk\": A History'"
    assert straight("“Silk”") == straight("„Silk“") == straight("« Silk »") == "Silk"
    assert straight("“Silk” and “Paper”") == straight("Silk") == straight("“”") == ""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("30 November 2026", "2026-11-30"),
        ("November 30th, 2026", "2026-11-30"),
        ("30.11.2026", "2026-11-30"),
        ("30/11/2026", "2026-11-30"),
        ("2026/1/5", "2026-01-05"),
        ("3/4/2026", "None"),
        ("31 February 2026", "None"),
        ("30 Brumaire 2026", "None"),
        ("soon", "None"),
    ],
)
def test_days(text: str, day: str) -> None:
    assert str(day_meant(text)) == day
