"""What a build needs: the table, what is found of it, and what brings the rest on each system."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from fascicle.latex.fonts.typefaces import CHOSEN_FILES, FONT_FILES, MATH_PACKAGES
from fascicle.typeset.toolchain import apt, platforms, programs, requirements
from fascicle.typeset.toolchain.programs import Toolchain
from fascicle.typeset.toolchain.requirements import RequirementKind
from tests.conftest import ROOT
from tests.support.shims import Shims

ALL = (*requirements.PROGRAMS, *requirements.STYLES, *requirements.FONTS)
BROUGHT_ALONG = {"texlive-base", "texlive-latex-base"}
"""Not in the list: every other TeX package of Debian brings them."""
NOTHING = Toolchain(None, None)


@pytest.fixture
def shims(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shims:
    shims = Shims(tmp_path / "bin")
    monkeypatch.setenv("PATH", str(shims.folder))
    return shims


# -- The table and the list ------------------------------------------------------------------------------


def test_each_package_that_is_needed_is_in_the_list() -> None:
    listed = set(requirements.debian_packages())
    assert {one.debian for one in ALL} - listed == BROUGHT_ALONG
    needed = {one.debian for one in (*requirements.TEST_PROGRAMS, *requirements.JOURNAL_FILES)}
    assert needed == set(requirements.debian_packages(*requirements.TESTS["all"]))


def test_each_package_of_the_list_is_there_for_something_we_look_for() -> None:
    assert set(requirements.debian_packages()) <= {one.debian for one in ALL}


def test_each_package_of_the_list_says_why_it_is_there() -> None:
    text = (ROOT / "fascicle/typeset/toolchain/debian-packages.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith(("#", "["))]
    assert len(lines) == len(requirements.debian_packages("build", *requirements.TESTS["all"]))
    assert [
        line for line in lines if not re.fullmatch(r"[a-z0-9.+-]+(?: \| [a-z0-9.+-]+)* +# \S.*", line)
    ] == []


def test_every_font_of_the_typefaces_is_looked_for() -> None:
    declared = FONT_FILES | MATH_PACKAGES | CHOSEN_FILES
    assert {font.name: font.debian for font in requirements.FONTS} == declared


def _loaded() -> set[str]:
    """The LaTeX packages that the editions' templates load and the renderer asks for; journals bring their own."""
    names: set[str] = set()
    templates = [*ROOT.glob("templates/article/*.tex"), *ROOT.glob("templates/title-page/*.tex")]
    for path in (*templates, ROOT / "templates/shared/fascicle.tex", *ROOT.glob("fascicle/**/*.tex")):
        text = path.read_text(encoding="utf-8")
        for found in re.findall(r"\\(?:usepackage|RequirePackage)\s*(?:\[[^\]]*\])?\s*\{([\w,\s-]+)\}", text):
            names.update(name.strip() for name in found.split(","))
    # What doctor tries is no part of any edition.
    modules = (path for path in ROOT.glob("fascicle/**/*.py") if path.parent.name != "toolchain")
    for path in modules:
        text = path.read_text(encoding="utf-8")
        names.update(re.findall(r"packages\.add\(\"([\w-]+)\"\)", text))
        names.update(re.findall(r"\bPackage\(\"([\w-]+)\"\)", text))
        names.update(re.findall(r"\\usepackage(?:\[[^\]]*\])?\{\{([\w-]+)\}\}", text))
    return {f"{name}.sty" for name in names if name}


def test_every_package_that_is_loaded_is_looked_for_and_no_other() -> None:
    known = {style.name for style in requirements.STYLES if style.name.endswith(".sty")}
    assert len(_loaded()) > 10
    # The engine's own font loader is loaded by other packages; what numbers the lines of tagged text, only a newer TeX has.
    assert known - {"luaotfload.sty"} == _loaded() - {"lualineno.sty"}


@pytest.mark.tex
@pytest.mark.release
def test_debian_agrees_which_package_has_what(need_program: object) -> None:
    """Asked of dpkg about the files that are here. TeX's own packages may trade files from release to release."""
    need_program("dpkg-query")  # type: ignore[operator]
    here = programs.find_toolchain()
    if programs.is_native(here):
        pytest.skip("TeX is not Debian's here")
    found = programs.locate([one.name for one in ALL if one.kind is not RequirementKind.PROGRAM], here)
    assert len(found) > 30
    paths = {str(Path(path).resolve()): name for name, path in found.items()}
    done = subprocess.run(["dpkg-query", "-S", *paths], capture_output=True, text=True, check=False)
    owners = {paths[path]: owner for owner, path in (line.split(": ") for line in done.stdout.splitlines())}
    listed = {name for package in requirements.debian_packages() for name in apt.alternatives(package)}
    assert set(owners.values()) <= {*listed, *BROUGHT_ALONG}
    fonts = {one.name: apt.alternatives(one.debian) for one in requirements.FONTS if one.name in owners}
    assert len(fonts) > 10
    assert {name: owners[name] for name, names in fonts.items() if owners[name] not in names} == {}


# -- Finding --------------------------------------------------------------------------------------------


def test_find_toolchain_starts_nothing(shims: Shims) -> None:
    for name in ("lualatex", "kpsewhich"):
        shims.add(name)
    found = programs.find_toolchain()
    assert found == Toolchain(shims.folder / "lualatex", shims.folder / "kpsewhich")
    assert shims.calls == []


@pytest.mark.parametrize(
    ("name", "printed", "expected"),
    [
        ("lualatex", "This is LuaHBTeX, Version 1.15.0 (TeX Live 2022/Debian)", "1.15.0, TeX Live 2022"),
        ("lualatex", "This is LuaHBTeX, Version 1.18.0 (TeX Live 2025/dev/Debian)", "1.18.0, TeX Live 2024"),
        ("pdflatex", "pdfTeX 3.141592653-2.6-1.40.24 (TeX Live 2022/Debian)", "1.40.24, TeX Live 2022"),
        ("rsvg-convert", "rsvg-convert version 2.54.7", "2.54.7"),
        ("kpsewhich", "kpathsea version 6.3.4", "6.3.4"),
        ("lualatex", "nonsense", "version unknown"),
    ],
)
def test_versions(shims: Shims, name: str, printed: str, expected: str) -> None:
    shims.add(name, f'echo "{printed}"')
    row = next(one for one in programs.diagnose() if one.requirement.name == name)
    assert row.version == expected
    assert row.ok


def test_an_old_tex_live_is_not_good_enough(shims: Shims) -> None:
    shims.add("lualatex", 'echo "This is LuaHBTeX, Version 1.13.0 (TeX Live 2021)"')
    row = programs.diagnose()[0]
    assert row.outdated
    assert not row.ok
    assert row.remedy == "install TeX Live 2022 or newer: docs/tex.md says how"


def test_files_are_asked_for_in_one_call_and_fonts_looked_for_in_the_systems_folders(
    shims: Shims, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts = tmp_path / "fonts" / "deep"
    fonts.mkdir(parents=True)
    (fonts / "LinLibertine_R.otf").touch()
    (fonts / "stray.sty").touch()
    monkeypatch.setattr(programs, "_font_folders", lambda: [fonts.parent])
    shims.add("kpsewhich", 'echo "/tree/tex/csquotes.sty"; exit 1')
    wanted = ["csquotes.sty", "stray.sty", "LinLibertine_R.otf", "NotoSerifCJK-Regular.ttc"]
    assert programs.locate(wanted, programs.find_toolchain()) == {
        "csquotes.sty": "/tree/tex/csquotes.sty",
        "LinLibertine_R.otf": str(fonts / "LinLibertine_R.otf"),
    }
    assert shims.calls == ["kpsewhich " + " ".join(wanted)]


def test_without_anything_every_row_has_a_remedy(shims: Shims, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "_font_folders", list)
    rows = programs.diagnose()
    assert len(rows) == len(ALL)
    assert not any(row.ok for row in rows)
    assert all(row.remedy for row in rows)


# -- Systems --------------------------------------------------------------------------------------------

OS_RELEASES = {
    "Debian": (
        'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n',
        "sudo apt-get install --no-install-recommends ",
    ),
    "Mint": ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', "sudo apt-get install --no-install-recommends "),
    "Fedora": ("ID=fedora\n", "sudo dnf install "),
    "Rocky": ('ID="rocky"\nID_LIKE="rhel centos fedora"\n', "sudo dnf install "),
    "openSUSE": ('ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\n', "sudo zypper install "),
    "Arch": ("ID=arch\n", "sudo pacman -S --needed "),
    "Manjaro": ("ID=manjaro\nID_LIKE=arch\n", "sudo pacman -S --needed "),
    "Alpine": ("ID=alpine\n", "sudo apk add "),
    "unknown": ("ID=plan9\nnonsense\n", "install TeX Live from https://tug.org/texlive/"),
    "none": (None, "install TeX Live from https://tug.org/texlive/"),
}


@pytest.mark.parametrize("name", OS_RELEASES)
def test_the_command_of_each_system(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text, command = OS_RELEASES[name]
    if text is not None:
        (tmp_path / "os-release").write_text(text, encoding="utf-8")
    monkeypatch.setattr(platforms, "OS_RELEASE", tmp_path / "os-release")
    monkeypatch.setattr(platforms.sys, "platform", "linux")
    assert platforms.this_system().command.startswith(command)


def test_the_mac(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platforms.sys, "platform", "darwin")
    assert platforms.this_system().command.startswith("brew install --cask mactex")


def test_a_tex_live_of_its_own_gets_its_packages_from_its_own_manager(
    tmp_path: Path, shims: Shims, monkeypatch: pytest.MonkeyPatch
) -> None:
    native = Toolchain(_own_tree(tmp_path / "texlive/2024"), None)
    assert programs.is_native(native)
    assert _remedy("kpsewhich", native) == "tlmgr install kpathsea"
    assert _remedy("array.sty", native) == "tlmgr install tools"
    assert _remedy("LinLibertine_R.otf", native) == "tlmgr install libertine"
    assert not programs.is_native(NOTHING)
    monkeypatch.setattr(platforms.sys, "platform", "darwin")
    assert _remedy("kpsewhich", native) == "tlmgr install kpathsea"
    assert _remedy("rsvg-convert", native) == "brew install librsvg"
    assert _remedy("NotoSerifCJK-Regular.ttc", native).startswith("brew install --cask font-noto-serif-cjk")


def _own_tree(root: Path) -> Path:
    """An installation as TeX Live's own installer makes it; gives its engine."""
    engine = root / "bin/x86_64-linux/lualatex"
    engine.parent.mkdir(parents=True)
    engine.touch()
    (root / "tlpkg").mkdir()
    return engine


def _remedy(name: str, here: Toolchain) -> str:
    return programs.remedy(next(one for one in ALL if one.name == name), here)


def test_what_a_template_needs_is_named_by_both_managers() -> None:
    """Noto's East Asian faces and programs that are no TeX alone have no package in TeX Live."""
    none = {"librsvg2-bin", "ghostscript", "fonts-noto-cjk", "bubblewrap"}
    assert {one.debian for one in ALL if not one.texlive} == none
