"""Files that are installed and not found: what is to be typed then. dpkg and apt are made up."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from fascicle.typeset.toolchain import damage, platforms
from fascicle.typeset.toolchain.programs import Finding
from fascicle.typeset.toolchain.requirements import FONTS, STYLES, Requirement
from tests.support.shims import Shims


@pytest.fixture
def shims(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shims:
    """A Debian with the packages of fonts and styles."""
    shims = Shims(tmp_path / "bin")
    monkeypatch.setenv("PATH", str(shims.folder))
    release = tmp_path / "os-release"
    release.write_text("ID=debian\n", encoding="utf-8")
    monkeypatch.setattr(platforms, "OS_RELEASE", release)
    monkeypatch.setattr(platforms.sys, "platform", "linux")
    shims.add(
        "dpkg-query", 'shift 3; for name; do case $name in -f|*{*) ;; *) echo "installed $name" ;; esac; done'
    )
    return shims


def found(*missing: str) -> list[Finding]:
    """What there is to find, less the files named, or less all styles."""

    def row(one: Requirement) -> Finding:
        lost = one.name in missing or (not missing and one in STYLES)
        return Finding(one, "" if lost else "/tree/file", "", "install it" if lost else "")

    return [row(one) for one in (*STYLES, *FONTS)]


def _remedies(rows: Sequence[Finding]) -> set[str]:
    return {row.remedy for row in rows if row.remedy}


def test_a_file_of_a_package_that_is_there_is_brought_back(shims: Shims) -> None:
    rows = damage.with_remedies(found("fontspec.sty"))
    expected = "sudo apt-get install --reinstall texlive-latex-recommended    (it is installed, but its files are not found)"
    assert _remedies(rows) == {expected}


def test_a_tex_that_finds_none_of_its_files_has_damaged_settings(shims: Shims) -> None:
    (remedy,) = _remedies(damage.with_remedies(found()))
    assert "sudo mktexlsr" in remedy
    assert "kpsewhich -a texmf.cnf" in remedy


def test_what_is_not_installed_is_installed(shims: Shims) -> None:
    shims.add("dpkg-query", "exit 1")
    assert _remedies(damage.with_remedies(found("fontspec.sty"))) == {"install it"}


def test_without_a_fault_nobody_is_asked(shims: Shims) -> None:
    rows = found("nothing.sty")
    assert damage.with_remedies(rows) == rows
    assert shims.calls == []
