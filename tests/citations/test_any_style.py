"""The whole scoreboard in styles that nobody here has looked at: a law review, a science journal, German humanities."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from fascicle.document.tree import Cite, plain, walk
from tests.citations.scoredata import works
from tests.citations.worded import listed, paragraphs, worded

STYLES = [
    ("local-government-law-journal", "en-AU"),
    ("journal-of-geophysical-research-biogeosciences", "en-US"),
    ("zeitschrift-fur-religionswissenschaft-note", "de"),
]
"""Picked at random from each sort of the collection, each in the language of its journal."""

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "any_style.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["kind"] for case in CASES])
def test_nothing_is_lost_and_nothing_left_over(tmp_path: Path, case: dict[str, Any]) -> None:
    cited, problems = worded(tmp_path, case["text"], case["record"], case["style"], case["language"])
    assert cited is not None
    assert paragraphs(cited) == [case["printed"]]
    assert listed(cited) == case["list"]
    told = [found.code.value for found in problems if not found.code.value.startswith("bib-")]
    assert told == case.get("told", [])


@pytest.mark.slow
@pytest.mark.parametrize(("style", "language"), STYLES)
def test_the_scoreboard_is_worded(tmp_path: Path, style: str, language: str) -> None:
    text = "\n\n".join(
        f"One [@{work.key}{work.locator and ', ' + work.locator}] two." for work in (*works(), *works())
    )
    records = "".join(work.record for work in works())
    cited, problems = worded(tmp_path, text, records, style, language)
    assert cited is not None
    assert [found for found in problems if found.severity == "error"] == []
    assert [
        cite.citations[0].key for cite in _cites(cited.document.sections[0].blocks) if not _shown(cite)
    ] == []
    entries = listed(cited)
    assert cited.style is not None
    assert (len({work.key for work in cited.works}) > 100) is cited.style.lists
    assert [
        entry for entry in entries if len(entry) < 12 or "()" in entry or ".." in entry.replace("...", "")
    ] == []


def _shown(cite: Cite) -> str:
    """The words of a citation, those of its note too."""
    return "".join(plain((node,)) for node in walk(cite.content)).strip(" ()[].")


def _cites(blocks: object) -> Iterator[Cite]:
    return (node for node in walk(blocks) if isinstance(node, Cite))
