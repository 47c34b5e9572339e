"""A publication that takes too much is stopped, told, and stops no other."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from fascicle.cli.main import cli, run
from fascicle.core import limits
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Diagnostic
from fascicle.pipeline import confined
from tests.support.publications import SMALL, write


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv(limits.VARIABLE, "seconds=1,memory=600M,section=2K")
    limits.limits.cache_clear()
    yield
    limits.limits.cache_clear()


def test_time_has_an_end(few: None) -> None:
    found = confined.confined(lambda: time.sleep(60))
    assert isinstance(found, Diagnostic)
    assert found.code is Code.LIMIT_REACHED
    assert "1 seconds" in found.message


def test_memory_has_an_end(few: None) -> None:
    found = confined.confined(lambda: len(bytearray(3 << 30)))
    assert isinstance(found, Diagnostic)
    assert found.code is Code.LIMIT_REACHED
    assert "0.6 GB" in found.message


@pytest.mark.parametrize(
    ("module", "name", "words"),
    [
        ("watch", "EditionWatcher", ("watch", "screen")),
        ("submit", "send", ("submit", "arxiv")),
        ("preflight", "examine_edition", ("preflight", "screen")),
    ],
)
def test_so_it_has_in_commands_for_one_publication(
    few: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, name: str, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(f"fascicle.cli.commands.{module}.{name}", lambda *given, **named: bytearray(3 << 30))
    project = str(write(tmp_path / "stranger", SMALL))
    before = resource.getrlimit(resource.RLIMIT_AS)
    monkeypatch.setattr(sys, "argv", ["fascicle", *words, "--project", project, "--no-trust"])
    told = StringIO()
    monkeypatch.setattr(sys, "stderr", told)
    assert run() == 1
    assert "needs more than 0.6 GB of memory" in told.getvalue()
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_what_takes_little_is_done(few: None) -> None:
    assert confined.confined(lambda: 7) == 7


def test_a_fault_of_ours_is_told_as_one() -> None:
    found = confined.confined(lambda: [][1])
    assert isinstance(found, Diagnostic)
    assert found.code is Code.PROGRAM_FAULT


def test_one_publication_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.limits(), "section", 2000)
    write(tmp_path / "good", SMALL)
    write(tmp_path / "huge", {**SMALL, "content/02-huge.md": "---\ntitle: Two\n---\n\n" + "word " * 1000})
    reported = CliRunner().invoke(cli, ["check", "--all-in", str(tmp_path)])
    assert reported.exit_code in (0, 1)
    assert "too-large-file" in reported.output
    assert "2 publications: 1 good, 1 with errors" in reported.output


@pytest.mark.parametrize("stated", ["memory", "seconds=x", "speed=1", "memory=1T"])
def test_a_limit_that_is_none_is_told(tmp_path: Path, stated: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(limits.VARIABLE, stated)
    limits.limits.cache_clear()
    reported = CliRunner().invoke(
        cli, ["check", "--project", str(write(tmp_path, SMALL))], standalone_mode=False
    )
    assert isinstance(reported.exception, Exception)
    assert "FASCICLE_LIMITS" in str(reported.exception)
    monkeypatch.undo()
    limits.limits.cache_clear()


def test_so_it_has_in_an_import(few: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fascicle.cli.commands.import_.import_text", lambda *given: time.sleep(60))
    (tmp_path / "a.md").write_text("Words.\n")
    made = CliRunner().invoke(cli, ["import", str(tmp_path / "a.md"), str(tmp_path / "made")])
    assert made.exit_code == 1
    assert "a.md cannot be brought in: the publication was stopped after 1 seconds" in made.output
