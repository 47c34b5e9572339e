"""Citation styles by name and by file: those that are there, those that are not, those of strangers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from fascicle.citations.engine import engine
from fascicle.citations.styles import collection
from fascicle.citations.styles.style_file import BrokenStyleError, CitationFormat, read_style
from fascicle.citations.styles.styles import find_style, named_style
from fascicle.cli.main import cli
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.system import pandoc
from fascicle.project.sources import Sources
from tests.citations.worded import worded

RECORD = "@book{a, author = {Doe, Jane}, title = {T}, date = {2001}, publisher = {P}}"
PLACE = Span("content/publication.yaml", 4, 1)
HEAD = '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>T</title></info>'
CITATION = '<citation><layout prefix="(" suffix=")"><text variable="title"/></layout></citation>'
NETWORK = '<link href="http://www.zotero.org/styles/{}" rel="independent-parent"/>'


def style(inner: str) -> str:
    return f"{HEAD}{inner}</style>"


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("chicago-author-date", CitationFormat.AUTHOR_DATE),
        ("chicago-notes", CitationFormat.NOTE),
        ("chicago-notes-17", CitationFormat.NOTE),
        ("mla", CitationFormat.AUTHOR),
        ("numeric", CitationFormat.NUMERIC),
        ("nature-climate-change", CitationFormat.NUMERIC),
    ],
)
def test_named(name: str, format: CitationFormat) -> None:
    problems = Collector()
    found = named_style(name, problems)
    assert found is not None
    assert found.format is format
    assert not list(problems)


def test_a_dependent_style_is_its_parent() -> None:
    found = named_style("nature-climate-change", Collector())
    assert found is not None
    assert found.id == "nature"


def test_one_that_is_not_there() -> None:
    problems = Collector()
    assert named_style("chicago-author-dat", problems, PLACE) is None
    (reported,) = problems
    assert reported.span == PLACE
    assert "did you mean 'chicago-author-date' or 'chicago-author-date-17'?" in reported.hints[0]
    assert "fascicle styles WORD" in reported.hints[0]


def test_our_own_names_come_first() -> None:
    problems = Collector()
    assert named_style("Chicago", problems, PLACE) is None
    assert "'chicago-author-date' or 'chicago-notes' or" in next(iter(problems)).hints[0]


def test_the_collection_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collection, "folders", lambda: (collection.SHIPPED,))
    for name in collection.NAMES:
        assert named_style(name, Collector()) is not None, name


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("<html/>", "its outermost element is not <style>"),
        ("<style/>", 'its element <style> lacks xmlns="http://purl.org/net/xbiblio/csl"'),
        ("", "its XML is broken"),
        (HEAD, "its XML is broken"),
        (style(""), "it has no element <citation>"),
        ('<!DOCTYPE style [<!ENTITY a "b">]>' + style(CITATION), "it declares a document type or entities"),
        (style(CITATION.replace('variable="title"', 'macro="gone"')), "it calls the macro 'gone'"),
        (style('<macro name="a"><text macro="b"/></macro><macro name="b"><text macro="a"/></macro>' + CITATION), "calls itself"),
        (style(f"<info><link rel='independent-parent'/></info>{CITATION}"), "does not say for which"),
        (style(f"<info><a:link xmlns:a='b' href='/' rel=' independent-parent'/></info>{CITATION}"), "does not say for which"),
        (style(CITATION + " " * 1_000_001), "it is larger than 1,000 kB"),
    ],
)  # fmt: skip
def test_broken_files(tmp_path: Path, text: str, reported: str) -> None:
    with pytest.raises(BrokenStyleError, match=re.escape(reported)):
        read_style(text)
    (tmp_path / "own.csl").write_text(text)
    problems = Collector()
    assert find_style("own.csl", Sources(tmp_path), problems, PLACE) is None
    (found,) = problems
    assert found.code == "unknown-citation-style"
    assert found.span == PLACE
    assert reported in found.message


def test_a_parent_is_never_fetched(tmp_path: Path) -> None:
    (tmp_path / "own.csl").write_text(
        style(NETWORK.format("no-such-parent"))
        .replace("<link", "<info><link")
        .replace('parent"/>', 'parent"/></info>')
    )
    problems = Collector()
    assert find_style("own.csl", Sources(tmp_path), problems, PLACE) is None
    (found,) = problems
    assert "stands for the style 'no-such-parent', which is not there" in found.message
    assert found.hints == (
        "put no-such-parent.csl into the project and write 'citation-style: no-such-parent.csl'",
    )


def test_what_only_the_engine_finds_is_told_at_the_line_that_names_the_style(tmp_path: Path) -> None:
    (tmp_path / "own.csl").write_text(style("<citation/>"))
    cited, problems = worded(tmp_path, "[@a]", RECORD, "own.csl")
    assert cited is None
    (found,) = (one for one in problems if one.severity == "error")
    assert "No layout element present in citation" in found.causes[0]
    assert "name a style of the collection" in found.hints[0]


def test_a_style_that_asks_for_what_a_record_lacks(tmp_path: Path) -> None:
    layout = CITATION.replace('<text variable="title"/>', '<text variable="archive"/>')
    (tmp_path / "own.csl").write_text(style(layout))
    cited, problems = worded(tmp_path, "One [@a].", RECORD, "own.csl")
    assert cited is not None
    found = next(one for one in problems if one.code == "citation-empty")
    assert (found.severity, str(found.span)) == ("warning", "content/01-one.md:5:5")
    assert found.message == "the citation style 'own.csl' prints nothing where 'a' is cited"


def test_a_dependent_file_with_its_parent_in_the_collection(tmp_path: Path) -> None:
    (tmp_path / "own.csl").write_text(style(f"<info>{NETWORK.format('apa')}</info>"))
    found = find_style("own.csl", Sources(tmp_path), Collector())
    assert found is not None
    assert found.id == "apa"


def test_macros_without_end_are_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty macros, each of which calls the one before twice, would print a million million titles."""
    macros = '<macro name="m0"><text variable="title"/></macro>' + "".join(
        f'<macro name="m{n}"><text macro="m{n - 1}"/><text macro="m{n - 1}"/></macro>' for n in range(1, 40)
    )
    monkeypatch.setattr(engine, "SECONDS", 2.0)
    (tmp_path / "own.csl").write_text(style(macros + CITATION.replace('variable="title"', 'macro="m39"')))
    cited, problems = worded(tmp_path, "[@a]", RECORD, "own.csl")
    assert cited is None
    (found,) = (one for one in problems if one.severity == "error")
    assert found.message == "the citation style 'own.csl' could not be used"


def test_pandoc_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "_located", lambda: None)
    cited, problems = worded(tmp_path, "[@a] alone", RECORD.replace("Doe", "Missing"), "apa")
    assert cited is None
    assert any("pip install --force-reinstall pypandoc-binary" in " ".join(one.hints) for one in problems)


@pytest.mark.parametrize(
    "script",
    ['echo \'{"pandoc-api-version":[1,22],"meta":{},"blocks":[]}\'', "exit 64", "sleep 60", "echo nothing"],
    ids=["old", "ancient", "hangs", "another program"],
)
def test_another_pandoc_on_the_path_is_asked_whether_it_is_of_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    program = tmp_path / "pandoc"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(pandoc, "ASKING_SECONDS", 1.0)
    assert not pandoc._speaks(str(program))


def test_what_is_shipped_says_its_licence() -> None:
    for path in collection.SHIPPED.glob("*.csl"):
        text = path.read_text("utf-8")
        assert "creativecommons.org/licenses/by-sa/3.0" in text, path.name
        read_style(text)
    assert len(list(collection.SHIPPED.glob("*.csl"))) >= 24


def test_the_command() -> None:
    found = CliRunner().invoke(cli, ["styles", "bluebook", "abstract"])
    assert found.exit_code == 0, found.output
    assert "bluebook-law-review-with-abstract\n  Bluebook Law Review (with abstract)\n" in found.output
    assert "Ada Grace Okafor & Per Lindqvist, The Work of Memory: A Reply, 12 Journal" in found.output
    assert "no citation style has 'zzzzzz'" in CliRunner().invoke(cli, ["styles", "zzzzzz"]).output


def test_without_pandoc_the_line_that_names_the_style_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fascicle.citations.engine.engine import CslEngine
    from fascicle.citations.engine.skeleton import alone
    from fascicle.citations.sample import WORK

    style = named_style("apa", Collector())
    assert style is not None
    monkeypatch.setattr(pandoc, "_located", lambda: None)
    monkeypatch.setattr(pandoc.shutil, "which", lambda name: "/opt/old/pandoc")
    problems = Collector()
    engine = CslEngine(
        style, "en-GB", tmp_path, Span("content/publication.yaml", 4, 17), {"w1": "w1", "no": "n"}
    )
    assert engine.answer([alone("w1")], [WORK], problems) is None
    (found,) = problems
    assert found.span == Span("content/publication.yaml", 4, 17)
    assert (
        found.message
        == "pandoc is needed to word citations, and /opt/old/pandoc is there, and too old or too new"
    )
    assert "pip install" in found.hints[0]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("APA", "did you mean 'apa'?"),
        ("MLA 9", "did you mean 'mla'?"),
        ("Chicago Manual of Style", "did you mean 'chicago-author-date' or 'chicago-notes'"),
        ("harvard", "did you mean 'authoryear'?"),
        ("Turabian", "did you mean 'chicago-notes'?"),
        ("nature.csl", "a style of the collection is named without '.csl': write 'citation-style: nature'"),
        ("house.csl", "its path begins in the publication's folder"),
    ],
)
def test_what_people_call_styles_is_answered_with_their_names(tmp_path: Path, name: str, hint: str) -> None:
    problems = Collector()
    assert find_style(name, Sources(tmp_path), problems, None) is None
    (found,) = problems
    assert found.hints[0].startswith(hint)
