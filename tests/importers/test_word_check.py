"""The independent count of words: what is not here, and what stands here too often."""

from __future__ import annotations

import pytest

from fascicle.importers.report import Report
from fascicle.importers.word_check import tell_repeated

CAPTION = "The venues that have published on topic models."


@pytest.mark.parametrize(
    ("source", "section", "told"),
    [
        (CAPTION, f"- {CAPTION}\n- {CAPTION}\n- {CAPTION}\n", ["the venues that have published on topic"]),
        (f"{CAPTION} {CAPTION} {CAPTION}", f"{CAPTION}\n\n{CAPTION}\n\n{CAPTION}\n", []),
        (CAPTION, f"{CAPTION}\n\n{CAPTION}\n", []),
        ("", "[one](https://a.example/one/two/three/four/five/six/seven/eight) " * 4, []),
    ],
    ids=["three times for once", "as often as there", "twice", "addresses"],
)
def test_passages_that_stand_too_often(source: str, section: str, told: list[str]) -> None:
    report = Report()
    tell_repeated(source, {"content/01-one.md": section.encode(), "bib/a.bib": b"x"}, report)
    assert [line.strip("- ") for line in report.lines() if line.startswith("    - ")] == told
