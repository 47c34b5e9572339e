"""Inputs that were once printed wrongly, each held to its right value; notes in captions, cells and headings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from fascicle.document.tree import Cite, Link, Note, walk
from tests.citations.worded import listed, paragraphs, shown, worded

FIXTURE: list[dict[str, Any]] = [
    case
    for name in ("faults.yaml", "untidy.yaml", "rest_of_kinds.yaml")
    for case in yaml.safe_load((Path(__file__).parent / name).read_text("utf-8"))
]
KEYS = ("fault", "record", "text", "language", "told")
CASES = [
    pytest.param(case, style, id=f"{case['fault']}-{number}-{style}")
    for number, case in enumerate(FIXTURE, 1)
    for style in case
    if style not in KEYS
]
BOOK = "@book{a, author = {Doe, Jane}, title = {The Rooms}, date = {2019}, publisher = {Verso}}\n"


@pytest.mark.parametrize(("case", "style"), CASES)
def test_the_right_words(tmp_path: Path, case: dict[str, Any], style: str) -> None:
    cited, problems = worded(tmp_path, case["text"], case["record"], style, case.get("language", "en-US"))
    assert cited is not None
    assert [found for found in problems if found.severity == "error"] == []
    if "told" in case or case["fault"] == "A21":
        assert [f"{found.severity.value} {found.code.value}" for found in problems] == case.get("told", [])
    assert {"text": paragraphs(cited)[0], "list": listed(cited)} == case[style]


@pytest.mark.parametrize("style", ["nature", "elsevier-vancouver"])
def test_a_range_of_numbers_leads_to_its_first_and_last(tmp_path: Path, style: str) -> None:
    records = "".join(BOOK.replace("{a,", f"{{{key},").replace("Doe", key) for key in "abc")
    cited, _ = worded(tmp_path, "All [@a; @b; @c].", records, style)
    assert cited is not None
    targets = [
        node.target
        for cite in walk(cited.document.sections[0].blocks)
        if isinstance(cite, Cite)
        for node in walk(cite.content)
        if isinstance(node, Link)
    ]
    assert targets == ["#ref-a", "#ref-c"]


PLACES = [
    "| Head |\n|---|\n| Cell [@a, 5]. |",
    "| Head [@a, 5] |\n|---|\n| Cell. |",
    "| Head |\n|---|\n| Cell. |\n\n: Caption [@a, 5].",
    "## Heading [@a, 5]",
]


@pytest.mark.parametrize("text", PLACES)
@pytest.mark.parametrize(
    ("style", "words"),
    [
        ("chicago-author-date", "(Doe 2019, 5)"),
        ("chicago-notes", "Jane Doe, *The Rooms* (Verso, 2019), 5."),
        ("apa", "(Doe, 2019, p. 5)"),
    ],
)
def test_citations_in_cells_captions_and_headings(tmp_path: Path, text: str, style: str, words: str) -> None:
    """They are worded there, or refused at their line."""
    cited, problems = worded(tmp_path, f"{text}\n\nText.", BOOK, style)
    errors = [found for found in problems if found.severity == "error"]
    if errors:
        assert all(
            found.span and found.span.file == "content/01-one.md" and found.span.line for found in errors
        )
        return
    assert cited is not None
    cites = [node for node in walk(cited.document.sections[0].blocks) if isinstance(node, Cite)]
    assert [shown(cite.content).strip("⟦⟧") for cite in cites] == [words]
    assert any(isinstance(node, Note) for node in walk(cites[0].content)) is (style == "chicago-notes")


def test_a_key_given_twice_for_two_works_is_an_error(tmp_path: Path) -> None:
    _, problems = worded(tmp_path, "See [@a].", BOOK + BOOK.replace("Rooms", "Doors"), "apa")
    (found,) = problems
    assert (found.severity, found.code.value, found.span and found.span.line) == (
        "error",
        "bib-duplicate-key",
        2,
    )


def test_a_file_in_another_encoding_is_read_and_told(tmp_path: Path) -> None:
    record = BOOK.replace("Doe, Jane", "Müller, Jané").encode("latin-1")
    cited, problems = worded(tmp_path, "See [@a].", record, "apa")
    assert cited is not None
    assert listed(cited) == ["Müller, J. (2019). *The rooms*. Verso."]
    assert [found.code.value for found in problems] == ["bib-encoding"]
