"""What `fascicle doctor` tries of TeX: with made-up engines what each failure is called, with the real ones that faults are seen."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from fascicle.typeset.release import TAGGING
from fascicle.typeset.toolchain import platforms, samples, trials
from fascicle.typeset.toolchain.samples import FORMULAS, SCRIPTS, Script
from fascicle.typeset.toolchain.trials import Trial
from tests.support.shims import Shims

GOOD = 'echo "LaTeX2e <2022-11-01>" >main.log; echo "\\\\relax" >main.aux; echo PDF >main.pdf'
NO_FORMAT = "I can't find the format file `lualatex.fmt'!"
THAI = Script("Thai", "ไทย", "fonts-nowhere", "nowhere")
"""A script that none of the typefaces has."""


@pytest.fixture
def shims(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shims:
    """A Debian on which nothing is installed."""
    shims = Shims(tmp_path / "bin")
    monkeypatch.chdir(tmp_path)  # engines asked for their version run where the program runs
    monkeypatch.setenv("PATH", str(shims.folder))
    release = tmp_path / "os-release"
    release.write_text("ID=debian\n", encoding="utf-8")
    monkeypatch.setattr(platforms, "OS_RELEASE", release)
    monkeypatch.setattr(platforms.sys, "platform", "linux")
    return shims


# -- One run ---------------------------------------------------------------------------------------------

FAULTS = {
    "a missing class": (
        "! LaTeX Error: File `acmart.cls' not found.",
        "the LaTeX file 'acmart.cls' is not installed",
        "on Debian: apt install texlive-publishers; in TeX Live: tlmgr install collection-publishers",
    ),
    "a missing font": (
        "! Font \\TU/x/m/n/10=[LinLibertine_R.otf]:mode=node; at 10.0pt not loadable: metric data not found.",
        "the font 'LinLibertine_R.otf' cannot be loaded",
        "on Debian: apt install fonts-linuxlibertine; in TeX Live: tlmgr install libertine",
    ),
    "an error without words of ours": ("! Something odd.", "TeX says: Something odd", ""),
    "no words at all": ("", "it ended without a word", ""),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_what_brings_the_rest(name: str, shims: Shims, tmp_path: Path) -> None:
    line, fault, remedy = FAULTS[name]
    (tmp_path / "log").write_text(f"{line}\nl.1 x\n" if line else "", encoding="utf-8")
    shims.add("pdflatex", f'cp "{tmp_path}/log" main.log; exit 1')
    ended = trials.run_once("pdflatex", "x", tmp_path / "try")
    assert (ended.fault, ended.remedy) == (fault, remedy)


def test_an_engine_that_makes_no_page_has_failed_whatever_it_says(shims: Shims, tmp_path: Path) -> None:
    shims.add("pdflatex", "echo 'all is well'")
    assert trials.run_once("pdflatex", "x", tmp_path / "try").fault == "all is well"


def test_a_run_is_in_the_programs_own_environment(
    shims: Shims, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEXINPUTS", "/nowhere")
    shims.add("pdflatex", f'env >"{tmp_path}/environment"; {GOOD}')
    assert not trials.run_once("pdflatex", "x", tmp_path / "try").fault
    seen = (tmp_path / "environment").read_text().splitlines()
    assert "shell_escape=f" in seen
    assert f"HOME={tmp_path}/try/home" in seen
    assert not [line for line in seen if line.startswith("TEXINPUTS=")]
    assert "-no-shell-escape" in shims.calls[-1]


def test_an_engine_that_never_ends_is_stopped(
    shims: Shims, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trials, "SECONDS", 0.3)
    shims.add("pdflatex", "sleep 60")
    assert trials.run_once("pdflatex", "x", tmp_path / "try").fault == "pdflatex was stopped: time limit"


def test_an_engine_that_is_not_there(shims: Shims, tmp_path: Path) -> None:
    (row,) = trials.try_pdflatex(tmp_path)
    assert row == Trial("pdfLaTeX", ok=False, reported="pdflatex is not installed")


# -- What a build needs ----------------------------------------------------------------------------------


def test_an_engine_of_which_no_format_can_be_made_works(shims: Shims, tmp_path: Path) -> None:
    shims.add("lualatex", GOOD)
    rows, date = trials.try_build(tmp_path / "try")
    assert [(row.subject, row.ok, row.needed) for row in rows] == [
        ("LuaLaTeX", True, True),
        ("formats", False, False),
    ]
    assert date == "2022-11-01"


def test_why_no_format_can_be_made_is_told(shims: Shims, tmp_path: Path) -> None:
    shims.add("lualatex", f"case $* in *-ini*) echo 'error: no dumping today'; exit 1;; esac\n{GOOD}")
    rows, _ = trials.try_build(tmp_path / "try")
    assert rows[1].reported == "none can be made of this TeX: error: no dumping today"
    assert rows[1].remedy


def test_an_engine_that_fails_is_told_with_its_own_words(shims: Shims, tmp_path: Path) -> None:
    shims.add("lualatex", "echo 'luaotfload-multiscript.lua:70: attempt to index a nil value'; exit 1")
    rows, date = trials.try_build(tmp_path / "try")
    assert [row.ok for row in rows] == [False]
    said = "luaotfload-multiscript.lua:70: attempt to index a nil value"
    assert rows[0].reported == f"LuaLaTeX ended without a result: {said}"
    assert rows[0].remedy
    assert date == ""


@pytest.mark.parametrize("end", ["exit 1", "kill -SEGV $$"])
def test_an_engine_that_dies_without_a_word_is_to_be_installed_again(
    end: str, shims: Shims, tmp_path: Path
) -> None:
    shims.add("lualatex", end)
    (row,), _ = trials.try_build(tmp_path / "try")
    assert "without a word" in row.reported or "SIGSEGV" in row.reported
    assert row.remedy == "sudo apt-get install --reinstall texlive-binaries"


def test_a_format_of_tex_that_is_missing_is_told_with_what_makes_it(shims: Shims, tmp_path: Path) -> None:
    shims.add("lualatex", f"echo {shlex.quote(NO_FORMAT)}; exit 1")
    (row,), _ = trials.try_build(tmp_path / "try")
    assert row.reported == f"LuaLaTeX ended without a result: {NO_FORMAT}"
    assert "sudo fmtutil-sys --byfmt lualatex" in row.remedy


# -- Scripts and tags ------------------------------------------------------------------------------------


def test_only_the_script_that_fails_is_told_as_failing(shims: Shims, tmp_path: Path) -> None:
    shims.add("lualatex", f"grep -q '한글' main.tex && {{ echo '! Odd.' >main.log; exit 1; }}\n{GOOD}")
    good, bad = trials.try_scripts(tmp_path / "try")
    assert good == Trial("scripts", ok=True, reported=good.reported)
    assert good.reported.split(", ") == [one.name for one in (*SCRIPTS, FORMULAS) if one.name != "hangul"]
    assert (bad.subject, bad.reported) == ("hangul", "TeX says: Odd")
    assert bad.remedy == "sudo apt-get install --no-install-recommends fonts-noto-cjk"


def test_a_fault_of_all_scripts_is_told_once(shims: Shims, tmp_path: Path) -> None:
    shims.add("lualatex", f"echo {shlex.quote(NO_FORMAT)}; exit 1")
    (row,) = trials.try_scripts(tmp_path / "try")
    assert (row.subject, row.reported) == ("scripts", f"none is set: {NO_FORMAT}")
    assert row.remedy.startswith("make it: sudo fmtutil-sys --byfmt lualatex ")


def test_what_mends_a_script_may_be_no_font(shims: Shims, tmp_path: Path) -> None:
    said = shlex.quote("! LaTeX Error: File `fontspec.sty' not found.")
    shims.add("lualatex", f"grep -q '한글' main.tex && {{ echo {said} >main.log; exit 1; }}\n{GOOD}")
    _, bad = trials.try_scripts(tmp_path / "try")
    assert bad.subject == "hangul"
    assert "apt install texlive-latex-recommended" in bad.remedy


@pytest.mark.parametrize(("date", "begun"), [("2025-11-01", 0), ("", 0), (TAGGING, 1), ("2027-06-01", 1)])
def test_tags_are_tried_where_latex_is_new_enough(
    date: str, begun: int, shims: Shims, tmp_path: Path
) -> None:
    shims.add("lualatex", GOOD)
    row = trials.try_tagging(date, tmp_path / "try")
    assert row.ok == bool(begun)
    assert len([call for call in shims.calls if "main.tex" in call]) == begun
    assert bool(row.remedy) != row.ok


# -- The real thing --------------------------------------------------------------------------------------


@pytest.mark.tex
@pytest.mark.release
def test_a_script_without_a_font_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(samples, "SCRIPTS", (SCRIPTS[0], THAI))
    good, bad = trials.try_scripts(tmp_path)
    assert good.reported == "Latin, formulas"
    assert (bad.subject, bad.ok) == ("Thai", False)
    assert bad.reported.startswith("no font prints ")


@pytest.mark.tex
@pytest.mark.release
def test_a_font_that_is_not_there_is_found_out(tmp_path: Path) -> None:
    document = samples.scripts_document(SCRIPTS[:1]).replace("LinLibertine_R.otf", "LinLibertine_X.otf")
    ended = trials.run_once("lualatex", document, tmp_path)
    assert ended.fault == "the font 'LinLibertine_X.otf' cannot be loaded"
    assert "fonts-linuxlibertine" in ended.remedy
    assert "libertine" in ended.remedy
