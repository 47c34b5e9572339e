"""docs/preflight.md names every check and every command that it shows exists."""

from __future__ import annotations

import re

from fascicle.cli.commands.preflight import preflight
from fascicle.pdf.preflight.preflight import CHECKS
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "preflight.md").read_text(encoding="utf-8")


def test_every_check_is_described_and_slow_ones_are_marked() -> None:
    rows = [row for row in PAGE.splitlines() if row.startswith("| `")]
    named = {
        name: "*slow*" in row.split("|")[1]
        for row in rows
        for name in re.findall(r"`([a-z-]+)`", row.split("|")[1])
    }
    assert named == {check.name: check.slow for check in CHECKS}


def test_its_options_exist() -> None:
    options = {option for parameter in preflight.params for option in parameter.opts}
    assert set(re.findall(r"(?<=\s)--[a-z-]+", PAGE.split("##")[0])) <= options
