"""Signs that formulas take from fonts older than Unicode: the file says which characters they are, and is not refused."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from fascicle.latex.fonts.legacy_glyphs import CHARACTERS
from fascicle.pipeline.build import build_edition
from fascicle.pipeline.run import Request
from tests.conftest import need

SIGNS = {
    r"\blacksquare": "■",
    r"\square": "□",
    r"\Box": "□",
    r"\ldotp": ".",
    r"\varGamma": "Γ",
    r"\restriction": "↾",
    r"\varpropto": "∝",
    r"\circledS": "Ⓢ",
    r"\lvertneqq": "≨",
    r"\nshortmid": "∤",
}


@pytest.mark.tex
@pytest.mark.release
def test_their_characters_are_in_the_file(tmp_path: Path) -> None:
    need("lualatex", "pdftotext")
    (tmp_path / "content").mkdir()
    data = "title: Signs\nauthors: [{literal: Nobody}]\nlanguage: en-GB\ndate: 2024-05-01\n"
    (tmp_path / "content/publication.yaml").write_text(data, "utf-8")
    text = "\n\n".join(f"Here $a {sign} b$ stands." for sign in SIGNS)
    text += "\n\nThen $\\left\\arrowvert x\\right\\arrowvert$ and $\\left\\Arrowvert y\\right\\Arrowvert$.\n"
    (tmp_path / "content/01-signs.md").write_text(f"---\ntitle: Signs\n---\n\n{text}", "utf-8")
    result = build_edition(Request(tmp_path), "screen", lambda event: None)
    assert [(found.code.value, found.message) for found in result.diagnostics] == []
    made = subprocess.run(
        ["pdftotext", str(tmp_path / result.output), "-"], capture_output=True, text=True, check=True
    )
    shown = re.sub(r"\s", "", made.stdout)
    assert [sign for sign, character in SIGNS.items() if character not in shown] == []


def test_each_glyph_is_named_once() -> None:
    names = re.findall(r"glyphtounicode\{(\w+)\}\{[0-9A-F ]+\}", CHARACTERS)
    assert len(names) == len(set(names)) == CHARACTERS.count("\n")
