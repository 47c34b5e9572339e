"""docs/tex.md says what the program knows: releases, folders, commands."""

from __future__ import annotations

import re
from pathlib import Path

from fascicle.cli.commands.doctor import doctor
from fascicle.typeset import release
from fascicle.typeset.toolchain import installation, platforms

PAGE = (Path(__file__).parents[2] / "docs" / "tex.md").read_text(encoding="utf-8")


def test_its_releases_are_those_that_are_known() -> None:
    rows = re.findall(r"^\| (\d{4}) \| ([\d., ]+) \|", PAGE, re.MULTILINE)
    reported = {version: int(year) for year, versions in rows for version in versions.split(", ")}
    assert reported == {
        f"{major}.{minor}": year
        for (major, minor), year in release._LUAHBTEX.items()
        if year >= release.OLDEST
    }
    assert f"Any from {release.OLDEST} on" in PAGE
    assert f"LaTeX {release.TAGGING} or newer, which is in TeX Live {release.TAGGING_RELEASE}" in PAGE


def test_its_commands_are_the_programs_own() -> None:
    assert f"    {platforms.tlmgr_command()}\n" in PAGE
    assert platforms.brew_command("fonts-noto-cjk") in PAGE
    assert set(re.findall(r"fascicle doctor (--[a-z]+)", PAGE)) <= {
        one for p in doctor.params for one in p.opts
    }


def test_its_folders_are_looked_into() -> None:
    for place in ("/Library/TeX/texbin", "~/.TinyTeX/bin/", "~/Library/TinyTeX/bin/", "/usr/local/texlive/"):
        assert f"`{place}" in PAGE
        assert any(known.startswith(place) for known in installation._PLACES)
