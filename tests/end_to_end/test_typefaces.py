"""A text with everything that a typeface has to print, in each of those that can be chosen."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from fascicle.latex.fonts.typefaces import TYPEFACES
from fascicle.pipeline.build import build_edition
from fascicle.pipeline.run import Request
from tests.support.publications import write

pytestmark = [pytest.mark.tex, pytest.mark.slow, pytest.mark.release]

TEXT = """\
---
title: Of 1984 and *After*
---

Old-style figures 0123456789, *slanted 1984*, **bold 1984**, ***both***, [small capitals of quires]{.smallcaps}, [NATO]{.smallcaps},
ﬁne office, Łódź, naïve, λόγος, Москва, 贾樟柯, `code == 1`, and → arrows.

$$\\int_0^1 f(x)\\,\\mathrm{d}x = \\sum_{n=1}^\\infty \\frac{\\alpha_n}{\\mathbf{n}!}$$ {#eq:one}

| Year | Share |
|------|------:|
| 1984 | 12.50 |

## *Italic* heading of 1984
"""


@pytest.mark.parametrize("typeface", [name for name, face in TYPEFACES.items() if face.package])
def test_a_typeface_prints_everything(typeface: str, tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {
            "content/publication.yaml": "title: Faces\nauthors: [{literal: A}]\n",
            "content/01-one.md": TEXT,
        },
    )
    result = build_edition(
        Request(root, settings={"options": {"typeface": typeface}}), "screen", lambda event: None
    )
    assert [f"{found.span} {found.message}" for found in result.diagnostics] == []
    pdf = root / result.output
    fonts = subprocess.run(["pdffonts", str(pdf)], capture_output=True, text=True, check=True).stdout
    own = f"TeXGyre{typeface.capitalize()}".lower()
    cuts = {
        cut for cut in ("Regular", "Italic", "Bold", "BoldItalic") if f"{own}-{cut.lower()} " in fonts.lower()
    }
    assert cuts == {"Regular", "Italic", "Bold", "BoldItalic"}, fonts
    text = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    for words in ("small capitals of quires", "NATO", "λόγος", "Москва", "贾樟柯", "12.50"):
        assert words.replace(" ", "") in "".join(text.split())
