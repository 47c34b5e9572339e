"""`fascicle check --fix`: the changes are shown, written whole or not at all, and never without being asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from fascicle.cli.main import cli
from fascicle.pipeline.fixes import find_fixes
from fascicle.project.sources import Sources

DATA = "title: T\nauthors: [{family: Doe, given: Jane}]\nlanguage: en-GB\n"
TEXT = "---\ntitle: One\n---\n\nAn \\emph{old} thing, as \\citep{li2012} says.\n\n\\newpage\n\nThe end.\n"
MENDED = "---\ntitle: One\n---\n\nAn *old* thing, as [@li2012] says.\n\n\n\nThe end.\n"
WORK = "@book{li2012, author = {Li, Na}, title = {Lamps}, date = {2012}, publisher = {P}, location = {L}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {
        "content/publication.yaml": DATA,
        "content/01-one.md": TEXT,
        "bib/b.bib": WORK,
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def check(folder: Path, *more: str, answer: str | None = None) -> str:
    done = CliRunner().invoke(cli, ["check", "--project", str(folder), "--fix", *more], input=answer)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.output


def text(folder: Path) -> str:
    return (folder / "content/01-one.md").read_text("utf-8")


def test_the_changes_are_shown_and_nothing_is_written_where_nobody_can_be_asked(folder: Path) -> None:
    reported = check(folder)
    assert "-An \\emph{old} thing, as \\citep{li2012} says." in reported
    assert "+An *old* thing, as [@li2012] says." in reported
    assert "3 places in 1 file would be mended; add --yes to write them" in reported
    assert text(folder) == TEXT


def test_they_are_written_when_that_is_said(folder: Path) -> None:
    reported = check(folder, "--yes")
    assert "content/01-one.md: mended" in reported
    assert "other-syntax" not in reported
    assert text(folder) == MENDED
    assert "nothing can be mended without thought" in check(folder, "--yes")


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    assert "would be mended; nothing was written" in check(folder, "--yes", "--dry-run")
    assert text(folder) == TEXT


def test_what_is_left_is_told_at_its_line(folder: Path) -> None:
    (folder / "content/01-one.md").write_text(TEXT + "\nFirst \\ref{fig:a}, then \\ref{fig:b}.\n", "utf-8")
    reported = check(folder, "--yes")
    assert "01-one.md:11:7: warning[other-syntax]: a cross-reference of LaTeX to a number" in reported
    assert "(1 more place in this file)" in reported


@pytest.mark.parametrize(("ending", "mark"), [("\r\n", ""), ("\n", "\ufeff")])
def test_line_ends_and_the_byte_order_mark_stay(folder: Path, ending: str, mark: str) -> None:
    path = folder / "content/01-one.md"
    path.write_bytes((mark + TEXT).replace("\n", ending).encode())
    check(folder, "--yes")
    assert path.read_bytes() == (mark + MENDED).replace("\n", ending).encode()


def test_a_file_that_has_changed_meanwhile_is_left_alone(folder: Path) -> None:
    (mending,) = find_fixes(Sources(folder))
    (folder / "content/01-one.md").write_text("Somebody else was here.\n", "utf-8")
    assert not mending.write()
    assert text(folder) == "Somebody else was here.\n"


@pytest.mark.parametrize("option", ["--dry-run", "--yes"])
def test_its_options_want_it(folder: Path, option: str) -> None:
    done = CliRunner().invoke(cli, ["check", "--project", str(folder), option])
    assert done.exit_code == 2
    assert "go with --fix" in done.output
