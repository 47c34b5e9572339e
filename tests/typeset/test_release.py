"""The release of TeX Live that an engine's banner stands for."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml

from fascicle.typeset.release import latex_date, release_of

CASES = yaml.safe_load((Path(__file__).parent / "fixtures" / "banners.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["system"]) for case in CASES])
def test_the_release_of_a_banner(case: dict[str, object]) -> None:
    found = release_of(str(case["banner"]))
    assert found.reported == case["told"]
    assert found.outdated == case.get("outdated", False)
    assert found.binds_lua == case.get("binds-lua", False)


@pytest.mark.parametrize(
    "banner", ["This is LuaHBTeX, Version 2", "pdfTeX 3.14-1-..2", "This is LuaTeX, Version 1.."]
)
def test_a_banner_that_nobody_prints_is_read_all_the_same(banner: str) -> None:
    assert release_of(banner).year is None


@pytest.mark.tex
@pytest.mark.release
def test_both_engines_here_are_of_one_release() -> None:
    years = set()
    for engine in ("lualatex", "pdflatex"):
        done = subprocess.run([engine, "--version"], capture_output=True, text=True, check=True)
        years.add(release_of(done.stdout).year)
    assert len(years) == 1
    assert 2022 <= (years.pop() or 0) <= 2100


def test_the_date_of_latex_stands_in_its_log() -> None:
    assert (
        latex_date("(./main.tex\nLaTeX2e <2026-06-01> patch level 2\nL3 programming layer <2026>")
        == "2026-06-01"
    )
    assert latex_date("This is LuaHBTeX\n") == ""
