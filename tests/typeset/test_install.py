"""Installing: as root, by sudo without password, or not at all; what apt-get is told, and what the user is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fascicle.commands.doctor import doctor
from fascicle.typeset import install, requirements, systems
from fascicle.typeset import toolchain as toolchains
from fascicle.typeset.toolchain import Toolchain

from ..shims import Shims

APT = "apt-get -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0"
TWO = ("librsvg2-bin", "qpdf")


@pytest.fixture
def shims(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shims:
    """A Debian on which nothing is installed and root is at work."""
    shims = Shims(tmp_path / "bin")
    monkeypatch.setenv("PATH", str(shims.folder))
    monkeypatch.setattr(systems.sys, "platform", "linux")
    release = tmp_path / "os-release"
    release.write_text("ID=debian\n", encoding="utf-8")
    monkeypatch.setattr(systems, "OS_RELEASE", release)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(toolchains, "_font_folders", list)
    return shims


def _calls(shims: Shims, name: str = "apt-get") -> list[str]:
    return [call for call in shims.calls if call.startswith(name) and "--simulate" not in call]


def test_root_installs_without_recommends_and_without_questions(shims: Shims) -> None:
    shims.add("apt-get", 'echo "frontend $DEBIAN_FRONTEND" >> "$0.seen"')
    told: list[str] = []
    assert install.install(TWO, told.append) == install.Outcome(True, TWO)
    assert _calls(shims) == [f"{APT} -q -y install --no-install-recommends librsvg2-bin qpdf"]
    assert (shims.folder / "apt-get.seen").read_text().splitlines()[-1] == "frontend noninteractive"
    assert told == ["installing 2 Debian packages: librsvg2-bin qpdf"]


def test_nothing_to_install_asks_nobody(shims: Shims) -> None:
    assert install.install((), print).done
    assert shims.calls == []


def test_an_unknown_package_makes_it_read_the_index_first(shims: Shims, tmp_path: Path) -> None:
    index = tmp_path / "index"
    shims.add("apt-get", f'case "$*" in *update*) touch "{index}" ;; *) test -e "{index}" ;; esac')
    assert install.install(TWO, lambda line: None).done
    assert [call.removeprefix(APT).split()[2] for call in _calls(shims)] == ["update", "install"]


def test_an_old_index_is_read_anew_after_a_failure(shims: Shims, tmp_path: Path) -> None:
    index = tmp_path / "index"
    shims.add(
        "apt-get", f'case "$*" in *--simulate*) ;; *update*) touch "{index}" ;; *) test -e "{index}" ;; esac'
    )
    assert install.install(TWO, lambda line: None).done
    assert [call.removeprefix(APT).split()[2] for call in _calls(shims)] == ["install", "update", "install"]


def test_a_failing_apt_is_not_called_a_success(shims: Shims) -> None:
    shims.add("apt-get", "exit 100")
    outcome = install.install(TWO, lambda line: None)
    assert not outcome.done
    assert outcome.command == "sudo apt-get install --no-install-recommends librsvg2-bin qpdf"


def test_sudo_is_asked_never_to_ask(shims: Shims, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    shims.add("apt-get")
    shims.add("sudo", 'shift; exec "$@"')
    shims.link("true", "/bin/true")
    assert install.install(TWO, lambda line: None).done
    assert _calls(shims, "sudo")[0] == "sudo -n true"
    assert all(call.startswith("sudo -n ") for call in _calls(shims, "sudo"))
    assert "env DEBIAN_FRONTEND=noninteractive" in _calls(shims, "sudo")[1]
    assert len(_calls(shims)) == 1


def test_a_sudo_that_wants_a_password_is_left_alone(shims: Shims, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    shims.add("apt-get")
    shims.add("sudo", "echo 'sudo: a password is required' >&2; exit 1")
    outcome = install.install(TWO, lambda line: None)
    assert not outcome.done
    assert "sudo would ask for a password" in outcome.reason
    assert _calls(shims) == []


def test_only_what_is_not_there_is_installed(shims: Shims) -> None:
    shims.add("dpkg-query", "echo 'installed ghostscript'; echo 'config-files librsvg2-bin'; exit 1")
    packages = install.wanted_packages([], Toolchain(None, None))
    assert set(requirements.debian_packages()) - set(packages) == {"ghostscript"}


def test_a_tex_live_of_its_own_is_not_doubled(shims: Shims, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install, "is_native", lambda toolchain: True)
    packages = install.wanted_packages(toolchains.diagnose(), toolchains.find_toolchain())
    assert packages == ("librsvg2-bin", "ghostscript", "fonts-noto-cjk")


# -- The command ----------------------------------------------------------------------------------------


def _doctor(*words: str) -> tuple[int, str]:
    """Exit status and output; the status is what the command returns."""
    result: Result = CliRunner().invoke(doctor, words, standalone_mode=False)
    assert result.exception is None, result.exception
    return result.return_value, result.output


def test_doctor_lists_what_is_missing_and_what_to_type(shims: Shims) -> None:
    shims.add("lualatex", 'echo "Version 1.15.0 (TeX Live 2022/Debian)"')
    status, output = _doctor()
    assert status == 3
    assert f"ok  lualatex      1.15.0, TeX Live 2022    {shims.folder / 'lualatex'}" in output.splitlines()
    assert "--  kpsewhich" in output
    assert "kpsewhich is missing: it finds TeX's files\n    sudo apt-get install" in output
    assert not _calls(shims)


def test_doctor_installs_and_looks_again(shims: Shims) -> None:
    everything = " ".join(one.name for one in (*requirements.STYLES, *requirements.FONTS))
    # The made-up apt-get brings the programs; kpsewhich then knows every file.
    shims.add(
        "apt-get",
        f"for name in lualatex rsvg-convert kpsewhich gs; do\n"
        f'  printf "#!/bin/sh\\nfor file in {everything}; do echo /tree/\\$file; done\\n" > "{shims.folder}/$name"\n'
        f'  chmod +x "{shims.folder}/$name"\ndone',
    )
    status, output = _doctor("--install")
    assert status == 0, output
    assert output.splitlines()[-1] == "TeX and the fonts are all here"
    assert len(_calls(shims)) == 1
    again, output = _doctor("--install")
    assert (again, output) == (0, "TeX and the fonts are all here\n")
    assert len(_calls(shims)) == 1


@pytest.mark.parametrize(
    "release", ["ID=fedora\n", "ID=arch\n", "ID=alpine\n", "ID=opensuse-leap\n", "ID=other\n"]
)
def test_doctor_on_another_system_says_what_to_type(shims: Shims, tmp_path: Path, release: str) -> None:
    (tmp_path / "os-release").write_text(release, encoding="utf-8")
    shims.add("apt-get")
    status, output = _doctor("--install")
    assert status == 3
    assert f"    {systems.this_system().command}\n" in output
    assert shims.calls == []


def test_an_install_that_brings_nothing_is_not_called_complete(shims: Shims) -> None:
    shims.add("apt-get")
    status, output = _doctor("--install")
    assert status == 3
    assert "lualatex is missing" in output
