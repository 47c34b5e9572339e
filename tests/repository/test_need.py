"""What becomes of a test whose program is missing: skipped and named, or failed where it could have been installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from fascicle.typeset.toolchain import apt
from tests import conftest
from tests.support.shims import Shims

KNOWN = """\
chromium:
  Installed: (none)
  Candidate: 142.0
hyperfine:
  Installed: (none)
  Candidate: (none)
"""


@pytest.fixture(autouse=True)
def a_bare_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A PATH that has apt-cache and nothing else, and an apt that knows Chromium alone."""
    shims = Shims(tmp_path / "bin")
    shims.add("apt-cache", f"cat <<'END'\n{KNOWN}END")
    monkeypatch.setenv("PATH", str(shims.folder))
    apt.forget()


@pytest.mark.parametrize("program", ["chromium", "lualatex", "hyperfine"])
def test_a_missing_program_is_named_where_none_is_required(
    program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conftest, "REQUIRE", False)
    with pytest.raises(pytest.skip.Exception, match=f"missing on this system: {program} "):
        conftest.need(program)


@pytest.mark.parametrize("program", ["chromium", "synctex"])
def test_where_programs_are_required_what_could_be_installed_is_a_failure(
    program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conftest, "REQUIRE", True)
    with pytest.raises(pytest.fail.Exception, match=f"missing on this system: {program} "):
        conftest.need("apt-cache", program, "hyperfine")


def test_a_program_that_no_package_has_is_named_and_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conftest, "REQUIRE", True)
    with pytest.raises(pytest.skip.Exception, match=r"hyperfine .apt knows no package of it here"):
        conftest.need("apt-cache", "hyperfine")


def test_what_set_up_fetches_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conftest, "REQUIRE", False)
    with pytest.raises(pytest.skip.Exception, match="missing on this system: a schema "):
        conftest.not_fetched("a schema")
    monkeypatch.setattr(conftest, "REQUIRE", True)
    with pytest.raises(pytest.fail.Exception, match="make setup-tests"):
        conftest.not_fetched("a schema")
