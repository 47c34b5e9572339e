"""The author's guide shows what the program says and does."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from fascicle.cli.main import cli
from fascicle.core import diagnostic_formats
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostic_formats import SourceView
from fascicle.core.model import FigureData, PublicationData
from fascicle.pipeline.build import Request, check_edition
from tests.conftest import ROOT

DOCS = ROOT / "docs"
GUIDE = (DOCS / "authors-guide.md").read_text(encoding="utf-8")


def fenced(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", GUIDE, flags=re.DOTALL | re.MULTILINE)


def test_its_error_message_is_the_one_that_is_printed(tmp_path: Path) -> None:
    for folder in ("content", "bib", "figures"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    section = tmp_path / "content" / "04-hukou.md"
    text = section.read_text(encoding="utf-8")
    assert "[@li2012, p. 175]" in text
    section.write_text(text.replace("[@li2012, p. 175]", "[@li2021, p. 175]"), encoding="utf-8")
    found = check_edition(Request(tmp_path), "screen")
    (reported,) = (item for item in found if item.code is Code.UNDEFINED_CITATION)
    printed = diagnostic_formats.human(reported, SourceView(tmp_path, tmp_path))
    assert "".join(f"    {line}\n" for line in printed.split("\n")) in GUIDE


def test_the_error_from_start_to_mend_is_told_so(tmp_path: Path) -> None:
    page = (DOCS / "errors.md").read_text(encoding="utf-8")
    broken, explained, mended = re.findall(
        r"^```console\n\$ [^\n]*\n(.*?)^```$", page, re.DOTALL | re.MULTILINE
    )
    for folder in ("content", "bib", "figures"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    section = tmp_path / "content" / "01-introduction.md"
    text = section.read_text(encoding="utf-8")
    section.write_text(text.replace(".[^titles]", ".[^title]"), encoding="utf-8")
    assert broken in "".join(printed(tmp_path))
    section.write_text(text, encoding="utf-8")
    assert mended == "".join([*printed(tmp_path), "1 note\n"])
    assert CliRunner().invoke(cli, ["explain", "undefined-footnote"]).output == explained


def printed(project: Path) -> list[str]:
    found = check_edition(Request(project), "screen").sorted()
    return [diagnostic_formats.human(item, SourceView(project, project)) + "\n" for item in found]


def test_its_shortest_publication_is_valid() -> None:
    shortest = next(block for block in fenced("yaml") if "A First Essay" in block)
    PublicationData.model_validate(yaml.safe_load(shortest))


def test_its_ledger_is_valid() -> None:
    ledger = next(block for block in fenced("yaml") if "timeline.svg" in block)
    entries = yaml.safe_load(ledger)
    assert len(entries) == 2
    for entry in entries.values():
        FigureData.model_validate(entry)


@pytest.mark.parametrize("code", re.findall(r"fascicle explain ([a-z-]+)", GUIDE))
def test_the_codes_it_names_exist(code: str) -> None:
    assert Code(code)


@pytest.mark.parametrize(
    "page", ["authors-guide.md", "architecture.md", "errors.md", "many.md", "security.md"]
)
def test_its_links_lead_somewhere(page: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", (DOCS / page).read_text(encoding="utf-8"))
    assert links
    for link in links:
        if not link.startswith("figures/"):
            assert (DOCS / link).is_file(), link
