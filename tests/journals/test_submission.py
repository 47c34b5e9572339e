"""Packages for journals: held to the rules, built, proved by use, delivered whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from fascicle.export.zip_archive import unzipped
from fascicle.journals.checklist import NAMELESS
from fascicle.journals.journal_edition import SubmitOptions
from fascicle.journals.manuscript_files import WrittenManuscript
from fascicle.journals.submission import CHECKLIST, Submitted, submit
from fascicle.pipeline.run import Request
from fascicle.pipeline.submitted_text import submitted
from tests.conftest import REQUIRE, need
from tests.journals.test_profile import FIFTEEN
from tests.support import reading_word as word
from tests.support.classes import STUBS
from tests.support.hostile import HOSTILE
from tests.support.publications import SOUND, write

NAMES = ("Lovelace", "Zhangke", "Достоевская", "贾樟柯", "ada@example.org", "University of Leeds")
ALL_RIGHT = """\
name: Journal of Small Things
publisher: Small Press
sources:
  guide: {title: Guide, date: 2026-08}
rules:
  formats: {value: [latex, docx], source: guide}
  template: {value: preprint, source: guide}
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("hostile"), HOSTILE)


@pytest.fixture(scope="module")
def classes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stand-ins for the classes that may not be passed on."""
    return write(tmp_path_factory.mktemp("classes"), STUBS)


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return write(tmp_path, {**SOUND, "templates/journals/small.yaml": ALL_RIGHT})


def sent(root: Path, journal: str, *, draft: bool = True, **asked: object) -> Submitted:
    return submit(Request(root), SubmitOptions(journal, draft, **asked), lambda event: None)  # type: ignore[arg-type]


def errors(result: Submitted) -> list[str]:
    return [f"{found.span or '-'} {found.code.value}: {found.message}" for found in result.diagnostics if found.severity == "error"]  # fmt: skip


def files(root: Path, journal: str) -> Mapping[str, bytes]:
    folder = root / "build/submit" / journal
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def rules(root: Path, text: str) -> None:
    write(root, {"templates/journals/small.yaml": ALL_RIGHT + text})


def sources_of(root: Path, journal: str) -> Mapping[str, bytes]:
    """The archive's files; they are those of the folder beside it."""
    every = files(root, journal)
    (archive,) = (content for path, content in every.items() if path.endswith(".zip"))
    inside = unzipped(archive)
    assert inside == {path.partition("/")[2]: content for path, content in every.items() if "/" in path}
    return inside


EVERYTHING = REQUIRE or os.environ.get("FASCICLE_ALL_JOURNALS", "") not in ("", "0")
"""`.ci/run` builds for every journal; by itself a run of the tests takes one of each kind, for each costs ten seconds."""


def among(*journals: str) -> list[object]:
    """The journals, those after a `*` only when all of them are wanted."""
    usual, _, others = " ".join(journals).partition("*")
    skipped = pytest.mark.skipif(
        not EVERYTHING, reason="set FASCICLE_ALL_JOURNALS=1 to build for this one too"
    )
    return [
        *usual.split(),
        *(pytest.param(name, marks=[skipped, pytest.mark.slow]) for name in others.split()),
    ]


LATEX = among("arxiv", "acm", "*", "elsevier", "ieee", "apa7", "hal")


@pytest.mark.tex
@pytest.mark.release
@pytest.mark.parametrize("journal", LATEX)
def test_latex_packages_of_a_hostile_publication(journal: str, hostile: Path) -> None:
    result = sent(hostile, journal)
    assert errors(result) == []
    inside = sources_of(hostile, journal)
    endings = sorted(path.rpartition(".")[2] for path in inside)
    own = {"arxiv": ["json"], "acm": ["bbl"]}.get(journal, [])
    assert endings == sorted(["tex", "bib", "png", "png", *own])
    assert not any("/" in path or path.startswith(".") or not path.isascii() for path in inside)
    assert all(str(hostile).encode() not in content for content in inside.values())
    listed = b"\\bibliography{references}" if journal == "acm" else b"\\begin{thebibliography}"
    assert listed in next(inside[path] for path in inside if path.endswith(".tex"))
    assert "compiled there with pdflatex, without a shell" in result.checklist
    assert "NOT FOR SENDING" in result.checklist
    if journal == "acm":
        whole = b"\n".join(inside.values()).decode("utf-8", "replace")
        assert not [name for name in NAMES if name in whole]


@pytest.mark.tex
@pytest.mark.release
@pytest.mark.parametrize("layout", ["manuscript", "sigconf"])
def test_acmart_with_names_prints_each_place_once(layout: str, tmp_path: Path) -> None:
    """ACM's class stops where an affiliation has no country; an author need not state it."""
    need("pdftotext")
    root = write(tmp_path, HOSTILE)
    settings = root / "content/publication.yaml"
    stated = "name: 'Московский университет, Москва', country: Россия"
    settings.write_text(settings.read_text("utf-8").replace("name: Московский университет", stated), "utf-8")
    profile = ALL_RIGHT.replace("preprint", "acmart") + (
        f"  options: {{value: {{format: {layout}}}, source: guide}}\n"
    )
    write(root, {"templates/journals/named.yaml": profile})
    result = sent(root, "named")
    assert errors(result) == []
    source = sources_of(root, "named")["wolves.tex"].decode()
    assert r"\institution{Московский университет, Москва}\country{Россия}" in source
    (pdf,) = (root / "build/submit/named").glob("*.pdf")
    printed = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
    assert "Россия" in printed
    assert not re.search(r",\s*,", printed)
    assert ("АННА ДОСТОЕВСКАЯ" if layout == "manuscript" else "Анна Достоевская") in printed


@pytest.mark.tex
@pytest.mark.release
@pytest.mark.skipif(not EVERYTHING, reason="set FASCICLE_ALL_JOURNALS=1 to build for all journals")
@pytest.mark.parametrize(
    ("journal", "form"),
    [*((name, None) for name in sorted(FIFTEEN)), ("sage", "latex"), ("taylor-francis", "latex")],
)
def test_the_essay_for_each_journal(journal: str, form: str | None, essay: Path, classes: Path) -> None:
    result = sent(essay, journal, form=form, class_path=classes)
    assert errors(result) == []
    assert "NOT FOR SENDING" in result.checklist


@pytest.mark.tex
@pytest.mark.release
def test_the_essay_for_arxiv_is_the_same_bytes_each_time(essay: Path) -> None:
    assert errors(sent(essay, "arxiv")) == []
    first = files(essay, "arxiv")
    shutil.rmtree(essay / "build/submit")
    assert errors(sent(essay, "arxiv")) == []
    assert files(essay, "arxiv") == first
    inside = sources_of(essay, "arxiv")
    assert b'"compiler": "pdflatex"' in inside["00README.json"]
    assert "流动人口" in inside["main.tex"].decode()


@pytest.mark.tex
@pytest.mark.release
@pytest.mark.parametrize("journal", among("springer-nature", "*", "taylor-francis", "sage"))
def test_classes_that_the_author_brings(journal: str, hostile: Path, classes: Path) -> None:
    name = {"springer-nature": "sn-jnl.cls", "taylor-francis": "interact.cls", "sage": "sagej.cls"}[journal]
    without = sent(hostile, journal, form="latex")
    assert [line for line in errors(without) if name in line and "journal-class" in line]
    assert without.failed
    assert errors(sent(hostile, journal, form="latex", class_path=classes)) == []
    every = files(hostile, journal)
    assert any(path.endswith(f"/{name}") for path in every)


@pytest.mark.tex
@pytest.mark.release
def test_a_pdf_of_a_class_that_the_author_brings(sound: Path, classes: Path) -> None:
    profile = ALL_RIGHT.replace("[latex, docx]", "[pdf]").replace("preprint", "sagej")
    write(
        sound, {"templates/journals/small.yaml": profile + "  classes: {value: [sagej.cls], source: guide}\n"}
    )
    assert any("journal-class: sagej.cls is wanted" in line for line in errors(sent(sound, "small")))
    assert errors(sent(sound, "small", class_path=classes)) == []
    assert files(sound, "small").keys() == {"NOT-FOR-SENDING-a-sound-thing.pdf", CHECKLIST}


WORD = among(
    "film-criticism", "jcms", "taylor-francis", "cambridge", "*", "mclc", "pmla", "sage", "springer-nature"
)


@pytest.mark.parametrize("journal", WORD)
def test_word_packages(journal: str, hostile: Path) -> None:
    result = sent(hostile, journal, form="docx")
    assert errors(result) == []
    made = files(hostile, journal)
    assert any(path.endswith("wolves.docx") for path in made)
    anonymous = journal in ("jcms", "mclc", "taylor-francis", "pmla")
    assert (NAMELESS in result.checklist) is anonymous
    pages = [content for path, content in made.items() if path.endswith("title-page.docx")]
    assert bool(pages) is (anonymous and journal != "jcms")
    for page in pages:
        text = "\n".join(paragraph.text for paragraph in word.opened(page).paragraphs)
        assert all(name in text for name in (*NAMES[1:], "Lovelace", "Wolf Fund & Co.", "None declared."))
        assert re.search(r"^Words: [1-9]\d+ \(\d+ with notes\)$", text, re.MULTILINE)
        assert "Sentence number" not in text
    assert any("not-for-review" in path for path in made) is (journal == "taylor-francis")
    (document,) = (
        content for path, content in made.items() if path.endswith("wolves.docx") and "review" not in path
    )
    shown = [name for name in unzipped(document) if name.startswith("word/media/")]
    assert bool(shown) is (journal not in ("jcms", "cambridge"))  # these take the figures apart
    figures = {
        "jcms": {"figure-1.tif", "figure-2.tif"},
        "cambridge": {"LovelaceFig1.tif", "LovelaceFig2.tif"},
    }
    assert figures.get(journal, set()) <= made.keys()


@pytest.mark.tex
@pytest.mark.release
def test_zenodo_takes_the_pdf_itself(hostile: Path) -> None:
    assert errors(sent(hostile, "zenodo")) == []
    assert {"CITATION.cff", "wolves.csl.json", "NOT-FOR-SENDING-wolves.pdf"} <= files(
        hostile, "zenodo"
    ).keys()


def test_what_breaks_a_rule_stops_the_package_before_anything_slow(sound: Path) -> None:
    rules(
        sound, "  words: {value: {min: 500}, source: guide}\n  abstract: {value: {max: 5}, source: guide}\n"
    )
    result = sent(sound, "small", draft=False)
    assert result.failed
    assert not (sound / "build/submit").exists()
    reported = errors(result)
    assert any("journal-limit: there are" in line and "asks for at least 500" in line for line in reported)
    assert any("journal-wants: an abstract is missing" in line for line in reported)


@pytest.mark.tex
@pytest.mark.release
def test_a_package_to_be_sent_is_not_marked(sound: Path) -> None:
    result = sent(sound, "small", draft=False)
    assert errors(result) == []
    assert "NOT FOR SENDING" not in result.checklist
    made = files(sound, "small")
    assert {"a-sound-thing.zip", "a-sound-thing.pdf", CHECKLIST} <= made.keys()
    # A later failure leaves it whole.
    rules(sound, "  words: {value: {min: 500}, source: guide}\n")
    assert sent(sound, "small", draft=False).failed
    assert files(sound, "small") == made
    # What was sent is kept for a later comparison.
    kept = submitted(sound, "small")
    assert kept is not None
    assert (kept / "content/01-one.md").read_bytes() == (sound / "content/01-one.md").read_bytes()


def test_a_pending_picture_is_an_error_and_in_a_draft_an_open_point(sound: Path) -> None:
    ledger = sound / "figures/figures.yaml"
    ledger.write_text(ledger.read_text().replace("permission: own", "permission: pending"))
    reported = errors(sent(sound, "small", draft=False))
    assert any(
        "journal-figure: the permission to print figures/plate.png is pending" in line for line in reported
    )
    result = sent(sound, "small", form="docx")
    assert errors(result) == []
    assert "- [ ] the permission to print figures/plate.png is pending" in result.checklist


def test_a_picture_that_the_ledger_does_not_know_is_an_error(sound: Path) -> None:
    write(sound, {"figures/figures.yaml": "{}\n"})
    (reported,) = errors(sent(sound, "small", draft=False))
    assert reported == (
        "content/01-one.md:7:1 journal-figure: the permission to print figures/plate.png is not stated, "
        "and the journal asks for pictures that may be printed"
    )
    assert not (sound / "build/submit").exists()
    result = sent(sound, "small", form="docx")
    assert errors(result) == []
    assert "- [ ] the permission to print figures/plate.png is not stated" in result.checklist


def test_a_character_that_pdflatex_cannot_print_is_told_at_its_place(sound: Path) -> None:
    text = sound / "content/01-one.md"
    text.write_text(text.read_text().replace("A paragraph", "A ҈ or ܐ paragraph"))
    reported = errors(sent(sound, "small"))
    assert [line.partition(":")[2].partition("'")[0] for line in reported] == [
        "5:3 missing-character: no font has the character ",
        "5:8 missing-character: no font has the character ",
    ]


def test_a_format_that_the_journal_does_not_take(sound: Path) -> None:
    (reported,) = errors(sent(sound, "small", form="jats"))
    assert reported == "- journal-format: Journal of Small Things does not take 'jats'"


def test_a_picture_in_a_kind_that_the_journal_does_not_take(sound: Path) -> None:
    rules(sound, "  figure-formats: {value: [eps, tif], source: guide}\n")
    (reported,) = errors(sent(sound, "small"))
    assert reported.startswith("content/01-one.md:7:")
    assert (
        "figures/plate.png cannot be sent: the journal takes eps, tif, and pdfLaTeX places none" in reported
    )


APART = """\
  figures-sent: {value: both, source: guide}
  figure-formats: {value: [eps, tif], source: guide}
  figure-name: {value: "Fig{number}", source: guide}
"""
DRAWN = {
    "content/01-one.md": """\
---
title: One
---

Two figures, @fig:later and @fig:plate.

![Not there yet.](figures/later.png){#fig:later}

![Drawn.](figures/drawing.svg){#fig:drawing width=50%}

![A grey plate.](figures/plate.png){#fig:plate width=50%}
""",
    "bib/works.bib": "",
    "figures/figures.yaml": """\
later.png: {permission: pending, alt: Later, size: 100x50mm}
drawing.svg: {permission: own, alt: A line, credit: Own}
plate.png: {permission: own, alt: A plate in even grey, credit: Own}
""",
    "figures/drawing.svg": (
        '<svg xmlns="http://www.w3.org/2000/svg" width="40mm" height="20mm" viewBox="0 0 40 20">'
        '<path d="M2 2 L38 18" stroke="#c00" fill="none"/></svg>'
    ),
}


@pytest.mark.tex
@pytest.mark.release
def test_drawings_as_eps_each_figure_under_its_own_number(sound: Path) -> None:
    need("gs", "rsvg-convert")
    write(sound, DRAWN)
    rules(sound, APART)
    assert errors(sent(sound, "small")) == []
    made = files(sound, "small")
    assert {"Fig2.eps", "Fig3.tif", "a-sound-thing/Fig2.pdf", "a-sound-thing/Fig3.png"} <= made.keys()
    assert not any("Fig1" in path for path in made)
    assert made["Fig2.eps"].startswith(b"%!PS-Adobe-3.0 EPSF-3.0")
    again = sent(sound, "small", form="docx")
    assert errors(again) == []
    assert files(sound, "small")["Fig2.eps"] == made["Fig2.eps"]


def test_without_ghostscript_no_slow_step_begins(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need("rsvg-convert")
    write(sound, DRAWN)
    rules(sound, APART)
    monkeypatch.setattr("fascicle.journals.figure_files.is_installed", lambda: False)
    monkeypatch.setattr(
        "fascicle.journals.submission.make", lambda *_: pytest.fail("something slow has begun")
    )
    (reported,) = errors(sent(sound, "small", form="docx"))
    assert reported.startswith("content/01-one.md:9:")
    assert "tool-missing: Ghostscript (gs) is needed to make figures/drawing.svg an EPS file" in reported


def test_jats_without_names(hostile: Path) -> None:
    profile = ALL_RIGHT.replace("[latex, docx]", "[jats]") + "  anonymous: {value: true, source: guide}\n"
    write(hostile, {"templates/journals/xml.yaml": profile})
    result = sent(hostile, "xml")
    assert errors(result) == []
    assert NAMELESS in result.checklist
    assert {"wolves.xml", "figures/picture01.png", CHECKLIST} == files(hostile, "xml").keys() - {
        "figures/picture02.png"
    }


def test_a_name_left_anywhere_stops_an_anonymous_package(
    hostile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = ALL_RIGHT.replace("[latex, docx]", "[docx]") + "  anonymous: {value: true, source: guide}\n"
    write(hostile, {"templates/journals/nameless.yaml": profile})
    made = WrittenManuscript({"wolves.docx": b"by Ada & Byron Lovelace"})
    monkeypatch.setattr("fascicle.journals.submission.make", lambda *_: made)
    reported = errors(sent(hostile, "nameless"))
    assert reported == [
        "- author-in-file: NOT-FOR-SENDING-wolves.docx holds the whole name of an author: 'Ada & Byron Lovelace'"
    ]
    assert not (hostile / "build/submit/nameless").exists()


def test_files_that_are_too_large(sound: Path) -> None:
    rules(sound, "  file-megabytes: {value: 0.001, source: guide}\n")
    reported = errors(sent(sound, "small", form="docx"))
    assert any("file-too-large: " in line for line in reported)
