"""Kinds of works as the manuals print them, each with the rule; the scoreboard counts whole works."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.citations.backends import program
from tests.citations.words import normal

FIXTURE: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "forms.yaml").read_text("utf-8"))
CASES = [
    pytest.param(case["record"], style, forms, id=f"{number}-{style}")
    for number, case in enumerate(FIXTURE, 1)
    for style, forms in case.items()
    if style not in ("kind", "record")
]


@pytest.mark.parametrize(("record", "style", "forms"), CASES)
def test_a_kind_of_work_is_printed_by_its_rule(record: str, style: str, forms: dict[str, str]) -> None:
    words = program(record, style, [("a", ""), ("a", "")])
    found = {"list": words.entries.get("a", ""), "first": words.citations[0], "again": words.citations[1]}
    assert {part: normal(found[part]) for part in forms} == {
        part: normal(text) for part, text in forms.items()
    }
