"""What `.ci/run` makes of another release: which failures count, and what is told. The root is made up."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

OLD, NEW = "texlive-luatex 2026-1\n", "texlive-luatex 2026-2\n"
# A made-up tools/roots: it leaves what a root leaves, and ends as it is told.
ROOTS = """#!/bin/sh
echo "$*" >roots-called
mkdir -p "$2/build"
printf 'bash 5.2\\ntexlive-luatex 2026-{version}\\n' >"$2/packages.txt"
echo 'screen: build/screen/floating-population.pdf, 8 pages'
echo '==== 12 passed in 3.21s ===='
sleep {seconds}
exit {status}
"""


class Checkout:
    """A checkout of nothing but the script, with made-up programs around it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in (".ci", "tools", ".venv/bin"):
            (folder / name).mkdir(parents=True)
        shutil.copy(ROOT / ".ci/try-release", folder / ".ci/try-release")
        self.records(OLD)
        self.pages(0)

    def records(self, versions: str) -> None:
        """The versions of the last good run of forky."""
        (self.folder / ".ci/forky-packages.txt").write_text(versions)

    def pages(self, status: int) -> None:
        """How the comparison of the pages ends."""
        self._program(".venv/bin/python", f"#!/bin/sh\necho '8 pages, greatest difference'\nexit {status}\n")

    def run(
        self, release: str, status: int, *, version: int = 1, seconds: int = 0, at_most: int = 60
    ) -> tuple[int, str]:
        """Try a release whose root ends with a status; the script's own status and what it says."""
        self._program("tools/roots", ROOTS.format(version=version, status=status, seconds=seconds))
        done = subprocess.run(
            [self.folder / ".ci/try-release", release],
            capture_output=True,
            text=True,
            env={**os.environ, "FASCICLE_ROOT_SECONDS": str(at_most)},
            check=False,
        )
        assert not done.stderr
        return done.returncode, done.stdout

    def _program(self, name: str, text: str) -> None:
        path = self.folder / name
        path.write_text(text)
        path.chmod(0o755)


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path / "checkout")


@pytest.mark.parametrize("release", ["13", "forky"])
def test_a_release_that_passes(release: str, checkout: Checkout) -> None:
    status, said = checkout.run(release, 0)
    assert status == 0
    assert "12 passed in 3.21s" in said
    assert "8 pages, greatest difference" in said
    assert "!!" not in said
    called = (checkout.folder / "roots-called").read_text()
    untagged = " && .venv/bin/python build.py build --set options.tagging=off"
    newer = release == "forky"
    tests = f"make{untagged * newer} && make test-release{' && make test-tagged' * newer}"
    assert called == f"--out build/ci/{release} {release} sh -c {tests}\n"


def test_versions_that_are_new_and_good_are_to_be_recorded(checkout: Checkout) -> None:
    status, said = checkout.run("forky", 0, version=2)
    assert status == 0
    assert "!!   cp build/ci/forky/versions.txt .ci/forky-packages.txt" in said
    assert (checkout.folder / "build/ci/forky/versions.txt").read_text() == NEW


def test_a_failure_of_a_release_that_stands_still_counts(checkout: Checkout) -> None:
    status, said = checkout.run("13", 2, version=2)
    assert status == 1
    assert "== 13 fails; all of the output is in build/ci/13.log" in said


def test_a_failure_with_the_versions_that_were_good_counts(checkout: Checkout) -> None:
    assert checkout.run("forky", 2)[0] == 1


def test_a_failure_before_everything_is_installed_counts(checkout: Checkout) -> None:
    checkout.records("qpdf 12-1\n" + OLD)
    assert checkout.run("forky", 2)[0] == 1


def test_a_failure_with_other_versions_is_told_and_does_not_count(checkout: Checkout) -> None:
    status, said = checkout.run("forky", 2, version=2)
    assert status == 0
    assert "!! forky FAILS, with other versions" in said
    assert "< texlive-luatex 2026-1\n---\n> texlive-luatex 2026-2\n" in said


@pytest.mark.parametrize("release", ["13", "forky"])
def test_a_root_that_cannot_be_made_is_told_and_does_not_count(release: str, checkout: Checkout) -> None:
    status, said = checkout.run(release, 4)
    assert status == 0
    assert f"!! {release}: NOT TRIED: its root could not be made" in said


@pytest.mark.parametrize("release", ["13", "forky"])
def test_pages_that_look_different_are_a_failure(release: str, checkout: Checkout) -> None:
    checkout.pages(1)
    assert checkout.run(release, 0)[0] == 1


def test_a_root_that_does_not_end_is_stopped(checkout: Checkout) -> None:
    status, said = checkout.run("13", 0, seconds=60, at_most=1)
    assert status == 1
    assert "== root of 13: status 124" in said
