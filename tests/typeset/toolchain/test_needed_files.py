"""What a document needs of TeX is looked for before TeX runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from fascicle.core.diagnostics import Collector
from fascicle.typeset.toolchain.needed_files import tell_missing_files
from tests.support.shims import Shims

TEX = """\\documentclass[review]{elsarticle}
\\usepackage[T2A,T1]{fontenc}
\\usepackage{amsmath, booktabs}
%\\usepackage{never}
\\begin{document}\\fasciclehan{gbsnu4e}{2d}{4E2D}\\end{document}
"""


def _told(shims: Shims, here: str, brought: tuple[str, ...] = ()) -> list[str]:
    shims.add("lualatex")
    shims.add("kpsewhich", f"for name in {here}; do echo /tree/$name; done")
    problems = Collector()
    tell_missing_files(TEX, brought, problems)
    return [" | ".join((one.message, *one.hints)) for one in problems]


@pytest.fixture
def shims(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shims:
    shims = Shims(tmp_path / "bin")
    monkeypatch.setenv("PATH", str(shims.folder))
    return shims


def test_what_is_missing_is_told_with_the_command_that_brings_it(shims: Shims) -> None:
    assert _told(shims, "fontenc.sty amsmath.sty booktabs.sty") == [
        "TeX has no elsarticle.cls, gbsnu00.pfb, t2aenc.def here, and this document cannot be set without"
        " | type: fascicle doctor --install journals"
    ]


def test_nothing_is_told_when_all_is_there_or_brought(shims: Shims) -> None:
    here = "fontenc.sty amsmath.sty booktabs.sty gbsnu00.pfb t2aenc.def"
    assert _told(shims, here, ("elsarticle.cls",)) == []


def test_without_kpsewhich_nothing_is_claimed(shims: Shims) -> None:
    problems = Collector()
    tell_missing_files(TEX, (), problems)
    assert list(problems) == []
