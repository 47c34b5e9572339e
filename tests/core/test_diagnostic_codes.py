"""Diagnostics as a whole: every code is raised, documented and tested; every format is what it says it is."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft4Validator

from fascicle.cli.main import cli
from fascicle.core import diagnostic_formats
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostic_formats import SourceView
from fascicle.core.diagnostics import Diagnostic, Severity, Span
from fascicle.core.explanations import explanation
from fascicle.pipeline.build import check_edition
from fascicle.pipeline.run import Request
from tests.conftest import ROOT, not_fetched
from tests.end_to_end.test_faults import FOLDER
from tests.support.publications import SOUND, write

CODES = Path("core/diagnostic_codes.py")
SOURCE = {
    path.relative_to(ROOT / "fascicle"): path.read_text(encoding="utf-8")
    for path in (ROOT / "fascicle").rglob("*.py")
    if path != ROOT / "fascicle" / CODES
}
PRESS_PICTURES = Path("project/figures/print_images.py")
ABOUT_TEXT_AND_TEX = [
    Path(name)
    for name in (
        "project",
        "document",
        "latex",
        "typeset",
        "pipeline/manuscript.py",
        "pipeline/build.py",
    )
]
"""The folders and modules whose codes stand in the catalogue of faults."""
FAULTS = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.yaml"))
TESTS = "\n".join(
    path.read_text(encoding="utf-8")
    for path in (ROOT / "tests").rglob("*")
    if path.suffix in (".py", ".yaml", ".txt")
)
BROKEN = {
    "content/01-one.md": """\
---
title: One [@
---

A paragraph that cites a work [@small201, p. 7] and speaks of @fig:plate.

![A grey plate.](figures/plate.png){#fig:plat width=50%}
""",
    "content/02-二.md": "---\ntitle: Two\n---\n\nText.[^lost]\n",
}


def raised(code: Code) -> list[Path]:
    """Modules that raise a code."""
    return [path for path, text in SOURCE.items() if re.search(rf"\b(?:Code|Problem)\.{code.name}\b", text)]


@pytest.mark.parametrize("code", list(Code))
def test_every_code_is_raised_somewhere(code: Code) -> None:
    assert raised(code)


@pytest.mark.parametrize("code", list(Code))
def test_every_code_of_text_and_tex_is_tested(code: Code) -> None:
    """In the catalogue, or by name in another test. Finished files, print and delivery have tests of their own."""
    modules = [path for path in raised(code) if path != PRESS_PICTURES]
    if not any(path.is_relative_to(place) for path in modules for place in ABOUT_TEXT_AND_TEX):
        return
    named = re.search(rf"\bCode\.{code.name}\b|(?<![\w-]){re.escape(code.value)}(?![\w-])", TESTS)
    assert f"[{code.value}]" in FAULTS or named


def test_the_modules_that_are_named_here_are_there() -> None:
    places = (CODES, PRESS_PICTURES, *ABOUT_TEXT_AND_TEX)
    assert not [place for place in places if not (ROOT / "fascicle" / place).exists()]


@pytest.mark.parametrize("code", list(Code))
def test_explanations_are_sentences(code: Code) -> None:
    text = explanation(code)
    assert text[0].isupper() or text.startswith("pandoc")
    assert text.endswith(".")
    assert "‘" not in text
    result = CliRunner().invoke(cli, ["explain", code.value])
    assert result.exit_code == 0
    assert " ".join(result.output.split()) == f"{code.value} ({code.severity}) {text}"


def test_the_generated_pages_are_those_of_the_program() -> None:
    program = (
        "import sys; sys.path.insert(0, 'tools'); import generate_docs as g\n"
        "print([name for name, made in g.GENERATED.items() if (g.DOCS / name).read_text('utf-8') != made()])"
    )
    reported = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert reported.stdout.strip() == "[]", "run python tools/generate_docs.py"


# -- Formats -----------------------------------------------------------------------------------------------


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    return write(tmp_path, {**SOUND, **BROKEN})


def printed(project: Path, form: str) -> list[str]:
    arguments = ["check", "--project", str(project), "--format", form]
    result = CliRunner().invoke(cli, arguments, standalone_mode=False)
    assert result.return_value == 1
    return result.stdout.splitlines()


@pytest.fixture(scope="module")
def sarif_schema() -> Draft4Validator:
    """SARIF 2.1.0's own schema, where `make setup-tests` puts it."""
    path = Path(sys.prefix, "sarif", "sarif-schema-2.1.0.json")
    if not path.exists():
        not_fetched("SARIF's schema")
    return Draft4Validator(json.loads(path.read_text("utf-8")), format_checker=Draft4Validator.FORMAT_CHECKER)


def test_sarif_passes_its_schema(broken: Path, sarif_schema: Draft4Validator) -> None:
    log = json.loads("\n".join(printed(broken, "sarif")))
    sarif_schema.validate(log)
    results = log["runs"][0]["results"]
    assert len(results) == len(printed(broken, "json")) == 3
    places = [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results]
    assert any("%E4%BA%8C" in place for place in places)


def test_sarif_of_every_code_and_of_places_of_every_kind(
    tmp_path: Path, sarif_schema: Draft4Validator
) -> None:
    spans = [None, Span("a b.md"), Span("é%|.md", 3, 7), Span("a.md", 2, 5, 2, 5), Span("a.md", 2, 5, 4, 1)]
    found = [
        Diagnostic(code, f"message {span}", span, severity, hints=("a hint",))
        for code in Code
        for span, severity in zip(spans, [*Severity, *Severity], strict=False)
    ]
    log = json.loads(diagnostic_formats.sarif([(item, SourceView(tmp_path, tmp_path)) for item in found]))
    sarif_schema.validate(log)
    assert len(log["runs"][0]["results"]) == len(found)


def test_github_annotations_name_section_files(broken: Path) -> None:
    lines = printed(broken, "github")
    pattern = re.compile(r"::(error|warning|notice) title=[\w-]+,file=[^,]*,line=\d+,col=\d+(,\w+=\d+)*::.+")
    assert all(pattern.fullmatch(line) for line in lines)
    assert all("/content/0" in line for line in lines)


def test_json_lines_are_versioned_objects(broken: Path) -> None:
    documented = (ROOT / "docs/reference.md").read_text(encoding="utf-8").partition("## JSON lines")[2]
    for line in printed(broken, "json"):
        record = json.loads(line)
        assert record["version"] == diagnostic_formats.JSON_VERSION
        assert all(f"`{key}`" in documented for key in (*record, *record["span"]))


def test_a_broken_copy_of_the_essay_is_annotated_in_its_sections(tmp_path: Path) -> None:
    for name in ("content", "bib", "figures"):
        shutil.copytree(ROOT / name, tmp_path / name)
    section = sorted((tmp_path / "content").glob("*.md"))[3]
    section.write_text(section.read_text(encoding="utf-8") + "\nAs was said [@nobody1999].[^lost]\n", "utf-8")
    lines = [line for line in printed(tmp_path, "github") if line.startswith("::error")]
    last = section.read_text(encoding="utf-8").count("\n")
    assert len(lines) == 2
    assert all(f"/content/{section.name},line={last}," in line for line in lines)


# -- Together ----------------------------------------------------------------------------------------------


def test_ten_faults_of_all_sources_are_told_at_once_in_file_order(tmp_path: Path) -> None:
    publication = str(SOUND["content/publication.yaml"]) + (
        "keywrds: [film]\nlicense: CC-BY-5.0\neditions: {screen: {options: {papr: a4}}}\n"
    )
    files = {
        **SOUND,
        "content/publication.yaml": publication,
        "content/01-one.md": str(SOUND["content/01-one.md"]) + "\nText [@nobody].[^lost]\n\n$$\\input{x}$$\n",
        "content/02-two.md": "---\ntitle: Two\nstatus: finished\n---\n\n#### Deep\n\nSee @fig:nowhere.\n",
        "bib/works.bib": str(SOUND["bib/works.bib"]).replace("{2001}", "{Spring}"),
        "figures/figures.yaml": str(SOUND["figures/figures.yaml"]).replace("own", "mine"),
    }
    found = check_edition(Request(write(tmp_path, files)), "screen").sorted()
    assert [f"{item.span.file}:{item.span.line} {item.code}" for item in found if item.span] == [
        "bib/works.bib:4 bib-date",
        "content/01-one.md:13 undefined-citation",
        "content/01-one.md:13 undefined-footnote",
        "content/01-one.md:15 math-command",
        "content/02-two.md:3 wrong-value",
        "content/02-two.md:8 undefined-reference",
        "content/publication.yaml:7 unknown-key",
        "content/publication.yaml:8 wrong-value",
        "content/publication.yaml:9 unknown-option",
        "figures/figures.yaml:2 wrong-value",
    ]
