"""Our reading of Markdown against Pandoc's own: equal wherever ours accepts a text without a word, or listed here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from fascicle.core.diagnostics import Collector
from fascicle.core.system.pandoc import find_pandoc
from fascicle.document.markdown.parser import Origin, ParseOptions, parse_blocks
from fascicle.export.pandoc.blocks import render_blocks
from fascicle.export.pandoc.context import PandocContext
from tests.conftest import ROOT
from tests.document.markdown.test_markdown import FIXTURES, load
from tests.document.markdown.test_markdown_docs import EXAMPLES
from tests.support.pandoc_reading import normal, printed_citations, theirs

LISTED = Path(__file__).parent / "fixtures" / "pandoc-differences.yaml"


def corpus() -> dict[str, str]:
    """Texts by name: the parser's fixtures (without what Pandoc itself does not read), the examples of the manual, the essay's sections."""
    texts = {}
    for path in (path for path in FIXTURES if path.stem != "others"):
        for case in load(path):
            option = case.title.rpartition("(")[2].rstrip(")") if case.title.endswith(")") else ""
            if not case.problems and option in ("", "places"):
                texts[f"{path.stem}: {case.title}"] = case.text
    for number, (_, text) in enumerate(EXAMPLES, start=1):
        texts[f"docs/markdown.md: example {number}"] = text
    for path in sorted((ROOT / "content").glob("*.md")):
        texts[f"content/{path.name}"] = re.sub(
            r"\A---\n.*?\n---\n", "", path.read_text("utf-8"), flags=re.DOTALL
        )
    return texts


@pytest.fixture(scope="module")
def differences(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The names of texts that are read in two ways, each with where the readings part."""
    pandoc = find_pandoc(Collector())
    assert pandoc, "pandoc comes with the development dependencies"
    texts = corpus()
    ours, problems = [], Collector()
    for name, text in texts.items():
        blocks = parse_blocks(text, Origin(name), ParseOptions(), problems)
        ours.append(render_blocks(blocks, PandocContext()))
    read = theirs(pandoc, list(texts.values()), tmp_path_factory.mktemp("pandoc"))
    cited_here, cited_there = printed_citations(pandoc, ours), printed_citations(pandoc, read)
    found = {}
    for number, name in enumerate(texts):
        here, there = normal(ours[number]), normal(read[number], number)
        if here != there:
            found[name] = f"\nours:   {here}\ntheirs: {there}"
        elif cited_here[number] != cited_there[number]:
            found[name] = f"\nours:   {cited_here[number]}\ntheirs: {cited_there[number]}"
    return found


def listed() -> dict[str, str]:
    return {
        name: reason for reason, names in yaml.safe_load(LISTED.read_text("utf-8")).items() for name in names
    }


def test_every_difference_is_listed_with_its_reason(differences: dict[str, str]) -> None:
    unlisted = {name: how for name, how in differences.items() if name not in listed()}
    assert not unlisted, "".join(f"\n\n{name}{how}" for name, how in unlisted.items())


def test_no_listed_difference_has_gone(differences: dict[str, str]) -> None:
    assert listed().keys() <= differences.keys(), listed().keys() - differences.keys()


def test_the_corpus_is_large() -> None:
    assert len(corpus()) >= 200
