"""What a TeX says of its tags, told by its files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from fascicle.typeset import environment, tagging
from fascicle.typeset.tagging import Capability, capability


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    """What is remembered of the TeX of this machine is not remembered of the stand-ins."""
    for one in (environment.banner, tagging._capability):
        one.cache_clear()
    yield
    for one in (environment.banner, tagging._capability):
        one.cache_clear()


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, banner: str, date: str, *files: str) -> None:
    """A LuaLaTeX of this banner, and a kpsewhich that finds LaTeX of this date and these packages."""
    programs = folder / "bin"
    programs.mkdir()
    kernel = folder / "latex.ltx"
    kernel.write_text(f"\\def\\fmtname{{LaTeX2e}}\n\\edef\\fmtversion\n%<*latex>\n   {{{date}}}\n")
    found = " ".join(str(folder / name) for name in ("latex.ltx", *files))
    scripts = {"lualatex": f"echo '{banner}'", "kpsewhich": f"printf '%s\\n' {found}"}
    for name, script in scripts.items():
        (programs / name).write_text(f"#!/bin/sh\n{script}\n")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(programs), prepend=os.pathsep)


NEW = "This is LuaHBTeX, Version 1.24.0 (TeX Live 2026/Debian)"


@pytest.mark.parametrize(
    ("banner", "date", "files", "told"),
    [
        (
            "This is LuaHBTeX, Version 1.15.0 (TeX Live 2022/Debian)",
            "2026-06-01",
            ("tagpdf.sty",),
            Capability("TeX Live 2022 cannot tag"),
        ),
        (NEW, "2025-11-01", ("tagpdf.sty",), Capability("LaTeX of 2025-11-01 cannot tag")),
        (NEW, "2026-06-01", (), Capability("the package tagpdf is missing")),
        (NEW, "2026-06-01", ("tagpdf.sty",), Capability()),
        (NEW, "2027-06-01", ("tagpdf.sty", "lualineno.sty"), Capability(numbers_lines=True)),
        ("This is something else", "2026-06-01", ("tagpdf.sty",), Capability()),
    ],
)
def test_what_a_tex_can_do(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    banner: str,
    date: str,
    files: tuple[str, ...],
    told: Capability,
) -> None:
    install(tmp_path, monkeypatch, banner, date, *files)
    assert capability() == told


def test_without_lualatex_there_is_nothing_to_tag_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert capability() == Capability("LuaLaTeX is not installed")
