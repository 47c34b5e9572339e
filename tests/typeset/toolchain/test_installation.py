"""Where TeX comes from: trees as the installers leave them, made of empty files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fascicle.typeset.toolchain.installation import InstallOrigin, off_the_path, origin_of
from fascicle.typeset.toolchain.programs import installation

# Installer: the tree, the folder of its programs, the link on PATH, who that is on Linux and on a Mac.
TREES = {
    "install-tl": (
        "usr/local/texlive/2026",
        "x86_64-linux",
        "bin/lualatex",
        InstallOrigin.TEX_LIVE,
        InstallOrigin.MACTEX,
    ),
    "install-tl without root": (
        "home/texlive/2026",
        "x86_64-linux",
        "bin/lualatex",
        InstallOrigin.TEX_LIVE,
        InstallOrigin.MACTEX,
    ),
    "in a folder of another name": (
        "opt/tl",
        "aarch64-linux",
        "bin/lualatex",
        InstallOrigin.TEX_LIVE,
        InstallOrigin.MACTEX,
    ),
    "TinyTeX": (
        "home/.TinyTeX",
        "x86_64-linux",
        "home/bin/lualatex",
        InstallOrigin.TINYTEX,
        InstallOrigin.TINYTEX,
    ),
    "TinyTeX on a Mac": (
        "Library/TinyTeX",
        "universal-darwin",
        "bin/lualatex",
        InstallOrigin.TINYTEX,
        InstallOrigin.TINYTEX,
    ),
    "MacTeX": (
        "usr/local/texlive/2026",
        "universal-darwin",
        "Library/TeX/texbin/lualatex",
        InstallOrigin.TEX_LIVE,
        InstallOrigin.MACTEX,
    ),
}


def _tree(root: Path, platform: str) -> Path:
    """An installation's root with tlmgr's folder and an engine; gives the engine's name for LaTeX."""
    programs = root / "bin" / platform
    programs.mkdir(parents=True)
    (root / "tlpkg").mkdir()
    (programs / "luahbtex").touch(mode=0o755)
    (programs / "lualatex").symlink_to("luahbtex")
    return programs / "lualatex"


@pytest.mark.parametrize("name", TREES)
@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_a_link_leads_to_the_installation(
    name: str, platform: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree, programs, link, linux, mac = TREES[name]
    engine = _tree(tmp_path / tree, programs)
    on_path = tmp_path / link
    on_path.parent.mkdir(parents=True, exist_ok=True)
    on_path.symlink_to(engine)
    monkeypatch.setattr(installation.sys, "platform", platform)
    assert origin_of(on_path) is (mac if platform == "darwin" else linux)
    assert installation.tree_of(on_path) == tmp_path / tree


def test_a_distributions_tex_has_no_tree_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "usr/bin").mkdir(parents=True)
    (tmp_path / "usr/share/texlive/tlpkg").mkdir(parents=True)
    (tmp_path / "usr/bin/luahbtex").touch()
    (tmp_path / "usr/bin/lualatex").symlink_to("luahbtex")
    assert origin_of(tmp_path / "usr/bin/lualatex") is InstallOrigin.SYSTEM
    assert origin_of(tmp_path / "usr/bin/xelatex") is None
    assert origin_of(None) is None


def test_tlmgr_needs_root_where_the_tree_is_not_the_users(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = _tree(tmp_path / "texlive/2026", "x86_64-linux")
    assert installation.tlmgr(engine) == "tlmgr"
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert installation.tlmgr(engine) == "sudo tlmgr"


@pytest.mark.parametrize(
    "place",
    [".TinyTeX/bin/x86_64-linux", "Library/TinyTeX/bin/universal-darwin", "texlive/2026/bin/x86_64-linux"],
)
def test_a_tex_that_is_not_on_the_path_is_found(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(installation, "_PLACES", [one for one in installation._PLACES if one.startswith("~")])
    assert off_the_path() is None
    root = tmp_path / place
    _tree(root.parent.parent, root.name)
    assert off_the_path() == root


def test_of_several_the_newest_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "_PLACES", (f"{tmp_path}/20??/bin/*",))
    for year in ("2024", "2026", "2025"):
        _tree(tmp_path / year, "x86_64-linux")
    assert off_the_path() == tmp_path / "2026/bin/x86_64-linux"
