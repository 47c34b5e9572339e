"""Installing: as root, by sudo without password, or not at all; what apt-get is told, and what the user is."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fascicle.cli.commands import doctor as command
from fascicle.cli.commands.doctor import doctor
from fascicle.typeset.toolchain import apt, install, package_log, platforms, requirements
from fascicle.typeset.toolchain import programs as toolchains
from fascicle.typeset.toolchain.programs import Toolchain
from fascicle.typeset.toolchain.trials import Trial
from tests.support.shims import Shims

APT = "apt-get -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0"
TWO = ("librsvg2-bin", "qpdf")


@pytest.fixture
def shims(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shims:
    """A Debian on which nothing is installed and root is at work."""
    shims = Shims(tmp_path / "bin")
    monkeypatch.setenv("PATH", str(shims.folder))
    monkeypatch.setattr(platforms.sys, "platform", "linux")
    release = tmp_path / "os-release"
    release.write_text("ID=debian\n", encoding="utf-8")
    monkeypatch.setattr(platforms, "OS_RELEASE", release)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(toolchains, "_font_folders", list)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return shims


def _calls(shims: Shims, name: str = "apt-get") -> list[str]:
    return [call for call in shims.calls if call.startswith(name) and "--simulate" not in call]


def test_root_installs_without_recommends_and_without_questions(shims: Shims) -> None:
    shims.add("apt-get", 'echo "frontend $DEBIAN_FRONTEND" >> "$0.seen"')
    reported: list[str] = []
    assert install.install(TWO, reported.append) == install.InstallOutcome(True, TWO)
    assert _calls(shims) == [f"{APT} -q -y install --no-install-recommends librsvg2-bin qpdf"]
    assert (shims.folder / "apt-get.seen").read_text().splitlines()[-1] == "frontend noninteractive"
    assert reported == ["installing 2 Debian packages, which may take some minutes: librsvg2-bin qpdf"]


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
    shims.add("apt-get", 'case "$*" in *--simulate*) ;; *) exit 100 ;; esac')
    outcome = install.install(TWO, lambda line: None)
    assert not outcome.done
    assert outcome.command == "sudo apt-get install --no-install-recommends librsvg2-bin qpdf"


def test_what_apt_says_goes_to_a_log_and_its_errors_are_shown(
    shims: Shims, capfd: pytest.CaptureFixture[str]
) -> None:
    said = "for n in $(seq 300); do echo \"Unpacking $n\"; done; echo 'E: no room' >&2; exit 100"
    shims.link("seq", shutil.which("seq") or "/usr/bin/seq")
    shims.add("apt-get", f'case "$*" in *--simulate*) ;; *) {said} ;; esac')
    status, output = _doctor("--install")
    assert status == 3
    assert len(output.splitlines()) <= 25
    assert "\n    E: no room\n" in output
    assert str(package_log.log_path()) in output
    assert package_log.log_path().read_text().count("Unpacking") == 600
    assert capfd.readouterr() == ("", "")


def test_a_long_installation_says_each_minute_what_it_does(
    shims: Shims, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package_log, "MINUTE", 0.05)
    shims.add("apt-get", 'case "$*" in *--simulate*) ;; *) echo Unpacking qpdf; sleep 0.3 ;; esac')
    reported: list[str] = []
    assert install.install(TWO, reported.append).done
    assert "  1 min: Unpacking qpdf" in reported


def test_what_journals_need_is_installed_when_asked_for(shims: Shims) -> None:
    shims.add("apt-get")
    _doctor("--install", "elsevier")
    assert "texlive-publishers" in _calls(shims)[0]
    assert "poppler-utils" not in _calls(shims)[0]


def test_an_unknown_journal_is_answered_with_the_nearest(shims: Shims) -> None:
    result = CliRunner().invoke(doctor, ["--install", "elsevir"])
    assert result.exit_code == 2
    assert "did you mean 'elsevier'?" in result.output


def _apt_without(shims: Shims, *unknown: str) -> None:
    """An apt that knows every package but these: one name that it does not know, and it does nothing at all."""
    pattern = "|".join(f"*' {name} '*" for name in unknown)
    shims.add(
        "apt-get", f"""case " $* " in {pattern}) echo "E: Unable to locate package" >&2; exit 100 ;; esac"""
    )
    names = "|".join(unknown)
    shims.add(
        "apt-cache",
        'shift\nfor name in "$@"; do case $name in '
        + f"{names}) ;; *) printf '%s:\\n  Installed: (none)\\n  Candidate: 1.0-1\\n' $name ;; esac; done",
    )


def test_a_package_that_this_release_lacks_keeps_no_other_from_being_installed(shims: Shims) -> None:
    _apt_without(shims, "hyperfine")
    reported: list[str] = []
    outcome = install.install(("qpdf", "hyperfine", "latexmk"), reported.append)
    assert outcome.packages == ("qpdf", "latexmk")
    assert outcome.left_out == ("hyperfine",)
    assert outcome.reason == "apt cannot install hyperfine here"
    assert not outcome.done
    assert _calls(shims)[-1] == f"{APT} -q -y install --no-install-recommends qpdf latexmk"
    assert reported == [
        "reading apt's index anew",
        "installing 2 Debian packages, which may take some minutes: qpdf latexmk",
    ]


def test_a_package_whose_dependencies_are_missing_is_left_out_too(shims: Shims) -> None:
    _apt_without(shims, "qpdf")
    shims.add("apt-cache", 'shift; for name in "$@"; do printf "%s:\\n  Candidate: 1.0-1\\n" $name; done')
    outcome = install.install(TWO, lambda line: None)
    assert (outcome.packages, outcome.left_out) == (("librsvg2-bin",), ("qpdf",))


@pytest.mark.parametrize(
    ("unknown", "chosen"),
    [
        ("fonts-dejavu-mono", ("fonts-dejavu-core", "fonts-dejavu-extra")),  # Debian 12
        ("nothing", ("fonts-dejavu-core", "fonts-dejavu-mono")),  # Debian 13 and later
    ],
)
def test_of_alternatives_the_one_that_apt_knows_is_installed(
    shims: Shims, unknown: str, chosen: tuple[str, ...]
) -> None:
    _apt_without(shims, unknown)
    fonts = tuple(name for name in requirements.debian_packages() if "dejavu" in name)
    assert install.install(fonts, lambda line: None) == install.InstallOutcome(True, chosen)
    assert platforms.apt_command(fonts).endswith(" ".join(chosen))


def test_an_alternative_that_is_there_is_not_installed_again(shims: Shims) -> None:
    _apt_without(shims, "fonts-dejavu-mono")
    shims.add("dpkg-query", "echo 'installed fonts-dejavu-core'; exit 1")
    packages = install.wanted_packages([], Toolchain(None, None))
    assert [name for name in packages if "dejavu" in name] == ["fonts-dejavu-mono | fonts-dejavu-extra"]


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


def test_programs_of_the_tests_that_came_from_elsewhere_stay(shims: Shims) -> None:
    shims.add("mvn")
    found = toolchains.diagnose(tests="all")
    packages = install.wanted_packages(found, Toolchain(None, None), *requirements.TESTS["all"])
    assert set(requirements.debian_packages(*requirements.TESTS["all"])) - set(packages) == {"maven"}


def test_a_tex_live_of_its_own_is_not_doubled(shims: Shims, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install, "is_native", lambda toolchain: True)
    packages = install.wanted_packages(toolchains.diagnose(), toolchains.find_toolchain())
    assert packages == ("librsvg2-bin", "ghostscript", "bubblewrap", "fonts-noto-cjk")


# -- The command ----------------------------------------------------------------------------------------


def _doctor(*words: str) -> tuple[int, str]:
    """Exit status and output; the status is what the command returns."""
    result: Result = CliRunner().invoke(doctor, words, standalone_mode=False)
    assert result.exception is None, result.exception
    return result.return_value, result.output


@pytest.fixture(autouse=True)
def _works(monkeypatch: pytest.MonkeyPatch) -> None:
    """Made-up programs set no lines: what is tried works here."""
    fine = [Trial("LuaLaTeX", ok=True, reported="sets a line", needed=True)]
    monkeypatch.setattr(command, "_tried", lambda *, everything: fine)


def test_doctor_lists_what_is_missing_and_what_to_type(shims: Shims) -> None:
    shims.add("lualatex", 'echo "This is LuaHBTeX, Version 1.15.0 (TeX Live 2022/Debian)"')
    status, output = _doctor()
    assert status == 3
    assert f"ok  lualatex       1.15.0, TeX Live 2022   {shims.folder / 'lualatex'}" in output.splitlines()
    assert "--  kpsewhich" in output
    reported = output.partition("kpsewhich is missing: it finds TeX's files\n")[2]
    assert "    sudo apt-get install --no-install-recommends texlive-" in reported
    assert not _calls(shims)


def test_doctor_installs_and_looks_again(shims: Shims) -> None:
    everything = " ".join(one.name for one in (*requirements.STYLES, *requirements.FONTS))
    # The made-up apt-get brings the programs; kpsewhich then knows every file.
    shims.add(
        "apt-get",
        f"for name in lualatex pdflatex rsvg-convert kpsewhich gs bwrap; do\n"
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
    assert f"    {platforms.this_system().command}\n" in output
    assert shims.calls == []


def test_an_install_that_brings_nothing_is_not_called_complete(shims: Shims) -> None:
    shims.add("apt-get")
    status, output = _doctor("--install")
    assert status == 3
    assert "lualatex is missing" in output


def test_the_real_apt_is_understood() -> None:
    if not shutil.which("apt-cache"):
        pytest.skip("there is no apt here")
    chosen, unknown = apt.choose(("no-such-package-at-all | apt", "no-such-package-at-all"))
    assert (chosen, unknown) == (("apt",), ("no-such-package-at-all",))
