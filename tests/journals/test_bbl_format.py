"""The list of works and the TeX Live that reads it."""

from __future__ import annotations

import json

import pytest

from fascicle.core.diagnostics import Collector
from fascicle.journals.bbl_format import WorkList, list_item, work_list
from fascicle.journals.latex_package import readme
from fascicle.journals.profile import Journal
from fascicle.journals.profile_files import read_journal
from fascicle.project.sources import Sources
from tests.conftest import ROOT

BBL = "% $ biblatex auxiliary file $\n% $ biblatex bbl format version {} $\n"
LOG = "This is pdfTeX, Version 3.141592653-2.6-1.40.24 (TeX Live 2022/Debian) (preloaded format=pdflatex)\n"


def profile(name: str) -> Journal:
    journal = read_journal(name, Sources(ROOT), Collector())
    assert journal
    return journal


def test_what_file_and_log_tell() -> None:
    assert work_list(BBL.format("3.2"), LOG) == WorkList("3.2", "2022")
    assert work_list(BBL.format("3.3"), "This is MiKTeX-pdfTeX 4.15\n") == WorkList("3.3", "")
    assert work_list("\\begin{thebibliography}{1}", LOG) is None
    assert work_list("", "") is None


@pytest.mark.parametrize(("form", "release"), [("3.2", 2023), ("3.3", 2025)])
def test_arxiv_is_asked_for_a_release_that_reads_the_list(form: str, release: int) -> None:
    works = WorkList(form, "2022")
    assert json.loads(readme("main", profile("arxiv"), works)) == {
        "version": 2,
        "process": {"compiler": "pdflatex"},
        "sources": [{"filename": "main.tex", "usage": "toplevel"}],
        "texlive_version": release,
    }
    item = list_item(profile("arxiv"), works)
    assert item
    assert item.kept
    assert f"has the format {form}, written by TeX Live 2022" in item.found
    assert f"asks for TeX Live {release}" in item.found
    assert "unconfirmed" in item.source


def test_a_format_that_no_release_reads() -> None:
    record = json.loads(readme("main", profile("arxiv"), WorkList("9.9")))
    assert record.keys() == {"process", "sources"}
    item = list_item(profile("arxiv"), WorkList("9.9"))
    assert item
    assert not item.kept
    assert (
        "and the journal asks for one that its TeX Live reads (2023 reads 3.2, 2025 reads 3.3)"
        in item.message
    )


def test_without_a_list_or_a_rule_there_is_nothing_to_tell() -> None:
    assert list_item(profile("arxiv"), None) is None
    assert list_item(profile("elsevier"), WorkList("3.2")) is None
    assert json.loads(readme("main", profile("arxiv"), None))["texlive_version"] == 2025
