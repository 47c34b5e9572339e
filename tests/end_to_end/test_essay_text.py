"""The essay itself: its length, the works it cites, the pages it gives, its names in Han characters."""

from __future__ import annotations

import re

import pytest
import yaml

from fascicle.core.model import PublicationData, SectionData
from tests.conftest import ROOT

CONTENT = ROOT / "content"
SECTIONS = sorted(CONTENT.glob("*.md"))
BODIES = {path.name: path.read_text(encoding="utf-8").split("---\n", 2)[2] for path in SECTIONS}
TEXT = "\n".join(BODIES.values())
WORKS = [
    "deppman2014",
    "donald2014",
    "fan2009",
    "jia2008",
    "jia2009",
    "li2012",
    "mcgrath2007",
    "wangbing2002",
    "wang2014",
    "wu2011",
]


def words(markdown: str) -> int:
    """Words of the running text: no figures, footnotes, citations or attributes."""
    body = re.sub(r"\n\[\^\w+\]:.*", "", markdown, flags=re.DOTALL)
    body = re.sub(r"!\[.*?\]\(.*?\)\{.*?\}|\[[^\]]*@[^\]]*\]|\{[^}]*\}|\[\^\w+\]", "", body)
    return len(body.split())


def test_its_length() -> None:
    assert 1800 <= sum(words(body) for body in BODIES.values()) <= 2500


def test_the_works_it_cites() -> None:
    assert set(re.findall(r"@([a-z]+\d{4})", TEXT)) == set(WORKS)


@pytest.mark.parametrize(
    "citation",
    [
        "[@li2012, p. 174]",
        "[@li2012, p. 175]",
        "[@jia2009, p. 5]",
        "@deppman2014 [p. 189]",
        "[@wu2011, p. 15]",
        "[@wang2014, p. 152]",
    ],
)
def test_the_pages_it_gives(citation: str) -> None:
    assert citation in TEXT


@pytest.mark.parametrize(
    "name", ["贾樟柯", "范立欣", "王兵", "户口", "《归途列车》", "《二十四城记》", "《铁西区》"]
)
def test_names_stand_in_han_characters_and_say_so(name: str) -> None:
    assert f"[{name}]{{lang=zh-Hans}}" in TEXT


def test_its_figures_are_placed_described_and_mentioned() -> None:
    placed = re.findall(r"!\[[^\]]+\]\(figures/([^)]+)\)\{#(fig:\w+)", TEXT)
    ledger = yaml.safe_load((CONTENT.parent / "figures" / "figures.yaml").read_text(encoding="utf-8"))
    assert sorted(name for name, _ in placed) == sorted(ledger)
    for _, label in placed:
        assert f"@{label}" in TEXT


def test_its_front_matter() -> None:
    PublicationData.model_validate(yaml.safe_load((CONTENT / "publication.yaml").read_text(encoding="utf-8")))
    for path in SECTIONS:
        data = SectionData.model_validate(yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1]))
        assert data.words.target is not None
        assert words(BODIES[path.name]) == pytest.approx(data.words.target, rel=0.25)


def test_its_abstract() -> None:
    data = yaml.safe_load((CONTENT / "publication.yaml").read_text(encoding="utf-8"))
    assert 150 <= len(data["abstract"].split()) <= 200
    assert 5 <= len(data["keywords"]) <= 6
