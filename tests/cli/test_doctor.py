"""`fascicle doctor`: what it tries of journals and of pandoc, and how all of it is told."""

from __future__ import annotations

import errno
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from fascicle.cli.commands import doctor as command
from fascicle.cli.doctor.outputs import ClassDocument, class_documents, try_class, try_pandoc
from fascicle.core.system import pandoc
from fascicle.typeset.toolchain.programs import Finding
from fascicle.typeset.toolchain.requirements import Requirement, RequirementKind
from fascicle.typeset.toolchain.trials import Trial


def _finding(name: str, path: str, *, optional: bool = False) -> Finding:
    needed = Requirement(name, RequirementKind.PROGRAM, "does it", "package", "", optional=optional)
    return Finding(needed, path, "1.0" if path else "", "" if path else "install package")


FINE = [_finding("lualatex", "/bin/lualatex")]
LINE = Trial("LuaLaTeX", ok=True, reported="sets a line", needed=True)
OLD = Trial("tagged PDF", ok=False, reported="LaTeX is too old", remedy="get a newer one")


@pytest.fixture
def doctor(monkeypatch: pytest.MonkeyPatch) -> object:
    """Run the command with what it finds and what comes of its trials made up."""

    def run(found: list[Finding], tried: list[Trial], *words: str) -> tuple[int, list[str]]:
        monkeypatch.setattr(command, "diagnose", lambda **_: found)
        monkeypatch.setattr(command, "_tried", lambda *, everything: tried if everything else tried[:1])
        result = CliRunner().invoke(command.doctor, words, standalone_mode=False)
        assert result.exception is None, result.exception
        return result.return_value, result.output.splitlines()

    return run


# -- Telling ---------------------------------------------------------------------------------------------


def test_one_line_for_each_thing_and_a_verdict(doctor) -> None:  # type: ignore[no-untyped-def]
    status, lines = doctor(FINE, [LINE, OLD])
    assert status == 0
    assert "ok  lualatex       1.0                     /bin/lualatex" in lines
    assert "ok  LuaLaTeX       sets a line" in lines
    assert "--  tagged PDF     LaTeX is too old; get a newer one" in lines
    assert lines[-1].startswith("a plain build works here; looked and tried in ")


def test_what_only_some_need_does_not_count(doctor) -> None:  # type: ignore[no-untyped-def]
    status, lines = doctor([*FINE, _finding("gs", "", optional=True)], [LINE])
    assert status == 0
    assert "gs is missing: it does it (only some publications need it)" in lines


@pytest.mark.parametrize(
    ("found", "tried"),
    [
        (FINE, [Trial("LuaLaTeX", ok=False, reported="it ended without a word", needed=True)]),
        ([*FINE, _finding("lualatex", "")], [LINE]),
    ],
    ids=["a line fails", "a program is missing"],
)
def test_what_every_build_needs_counts(doctor, found: list[Finding], tried: list[Trial]) -> None:  # type: ignore[no-untyped-def]
    status, lines = doctor(found, tried)
    assert status == 3
    assert lines[-1].startswith("a plain build does not work here")


def test_an_installation_that_cannot_set_a_line_is_no_good_one(doctor) -> None:  # type: ignore[no-untyped-def]
    fails = Trial("LuaLaTeX", ok=False, reported="it ended without a word", remedy="try this", needed=True)
    status, lines = doctor(FINE, [fails], "--install")
    assert status == 3
    assert lines[-1] == "--  LuaLaTeX       it ended without a word; try this"
    assert doctor(FINE, [LINE, OLD], "--install") == (0, ["TeX and the fonts are all here"])


def test_things_that_one_command_brings_are_told_together(doctor) -> None:  # type: ignore[no-untyped-def]
    _, lines = doctor([*FINE, _finding("gs", "", optional=True), _finding("kpsewhich", "")], [LINE])
    assert lines.count("    install package") == 1


def test_things_for_one_purpose_share_a_line(doctor) -> None:  # type: ignore[no-untyped-def]
    lost = [_finding("gs", "", optional=True), _finding("qpdf", "", optional=True)]
    _, lines = doctor([*FINE, *lost], [LINE])
    assert "gs, qpdf are missing: each does it (only some publications need them)" in lines


def test_without_an_engine_nothing_is_tried(doctor, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(command, "off_the_path", lambda: Path("/home/me/.TinyTeX/bin/x86_64-linux"))
    status, lines = doctor([_finding("lualatex", "")], [LINE])
    assert status == 3
    assert "Tried:" not in lines
    assert "TeX is installed in /home/me/.TinyTeX/bin/x86_64-linux, which is not on PATH" in lines
    assert '    export PATH="/home/me/.TinyTeX/bin/x86_64-linux:$PATH"' in lines


def test_what_could_not_be_installed_is_told_though_a_plain_build_works(doctor) -> None:  # type: ignore[no-untyped-def]
    status, lines = doctor([*FINE, _finding("gs", "", optional=True)], [LINE], "--install")
    assert status == 0
    assert "what every build needs is here" in lines
    assert "gs is missing: it does it (only some publications need it)" in lines


def test_an_interrupt_waits_for_no_trial(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(command.trials, "try_build", lambda folder, stop: stop.wait(60))
    monkeypatch.setattr(command, "class_documents", lambda folder: _interrupted())
    with pytest.raises(KeyboardInterrupt):
        command._tried(everything=True)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(folder: Path) -> list[ClassDocument]:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(command.trials, "try_build", lambda folder, stop: ([LINE], ""))
    monkeypatch.setattr(command, "class_documents", full)
    (row,) = command._tried(everything=True)
    assert (row.ok, row.needed) == (False, True)
    assert row.reported == "cannot be made: the disk is full"
    assert "TMPDIR=/path/to/folder fascicle doctor" in row.remedy


def test_no_folder_for_the_trials_is_told_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere/at/all")
    (row,) = command._tried(everything=False)
    assert "No such file or directory" in row.reported


def _interrupted() -> list[ClassDocument]:
    raise KeyboardInterrupt


# -- Journals, Word and JATS -----------------------------------------------------------------------------


def test_each_class_of_the_journals_is_tried_once(tmp_path: Path) -> None:
    documents = {one.template: one for one in class_documents(tmp_path)}
    assert set(documents) == {
        "acmart",
        "apa7",
        "preprint",
        "elsarticle",
        "ieeetran",
        "sagej",
        "sn-jnl",
        "interact",
    }
    assert documents["preprint"].journals == ("arxiv", "hal")
    assert {one.brought for one in documents.values()} == {"", "sagej.cls", "sn-jnl.cls", "interact.cls"}
    assert all(bool(one.tex) != bool(one.brought) for one in documents.values())
    assert (
        r"\documentclass[manuscript,review,anonymous,nonacm,natbib=true]{acmart}" in documents["acmart"].tex
    )


def test_a_class_that_the_author_brings_is_not_looked_for(tmp_path: Path) -> None:
    row = try_class(ClassDocument(("sage",), "sagej", "pdflatex", "", "sagej.cls"), tmp_path)
    assert (row.ok, row.needed) == (False, False)
    assert row.reported == "for sage: you bring sagej.cls yourself, with --class-path"


@pytest.mark.tex
@pytest.mark.release
def test_a_class_that_is_not_there_is_told_with_what_brings_it(tmp_path: Path, need_program: object) -> None:
    need_program("pdflatex")  # type: ignore[operator]
    tex = "\\documentclass{revtex4-3}\\begin{document}x\\end{document}\n"
    row = try_class(ClassDocument(("prl",), "revtex", "pdflatex", tex), tmp_path)
    assert row.reported == "for prl: the LaTeX file 'revtex4-3.cls' is not installed"
    assert "tlmgr install revtex4-3" in row.remedy


def test_pandoc_is_tried_for_citations_word_and_jats() -> None:
    rows = list(try_pandoc())
    assert [(row.subject, row.ok) for row in rows] == [("citations", True), ("Word", True), ("JATS", True)]


def test_without_pandoc_what_brings_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "_located", lambda: None)
    monkeypatch.setenv("PATH", "")
    rows = list(try_pandoc())
    assert [(row.ok, row.needed) for row in rows] == [(False, True), (False, False), (False, False)]
    assert all("pip install --force-reinstall pypandoc-binary" in row.remedy for row in rows)


@pytest.mark.tex
@pytest.mark.release
def test_everything_that_can_work_here_does(need_program: object) -> None:
    """The real engines, each script and each class; what does not work is what cannot."""
    need_program("pdflatex")  # type: ignore[operator]
    result = CliRunner().invoke(command.doctor, (), standalone_mode=False)
    assert result.return_value == 0, result.output
    tried = result.output.partition("Tried:")[2].splitlines()
    works = [line[4:18].strip() for line in tried if line.startswith("ok")]
    assert works[:5] == ["LuaLaTeX", "formats", "scripts", "pdfLaTeX", "for journals"]
    assert {"acmart", "apa7", "preprint", "elsarticle", "ieeetran", "citations", "Word", "JATS"} <= set(works)
    fails = {line[4:18].strip() for line in tried if line.startswith("--")}
    assert fails - {"tagged PDF"} == {"sagej", "sn-jnl", "interact"}
