"""Entries of a list of works can be told from one another on the page."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import need
from tests.support.publications import TINY, build, write

RECORDS = "".join(
    f"@book{{{name.lower()}, author = {{{name}, Ann}}, title = {{T}}, date = {{2001}}}}\n"
    for name in ("Doe", "Roe")
)


def gap(root: Path, style: str) -> float:
    """How far the lines of two entries stand apart."""
    data = {
        **TINY,
        "content/publication.yaml": f"{TINY['content/publication.yaml']}citation-style: {style}\n",
        "content/01-one.md": "---\ntitle: One\n---\n\nText [@doe; @roe].\n\n# References\n",
        "bib/works.bib": RECORDS,
    }
    result = build(write(root, data))
    assert result.output
    made = subprocess.run(
        ["pdftotext", "-bbox", root / result.output, "-"], capture_output=True, check=True, text=True
    ).stdout
    first, second = (
        float(re.findall(rf'yMin="([\d.]+)"[^>]*>{name},</word>', made)[-1]) for name in ("Doe", "Roe")
    )
    return second - first


@pytest.mark.tex
def test_entries_that_do_not_hang_stand_apart(tmp_path: Path) -> None:
    need("pdftotext")
    assert gap(tmp_path / "flush", "authoryear") > 1.2 * gap(tmp_path / "hanging", "apa")
