"""Writes a long publication of made-up text: sections, citations, figures and notes in any number."""

from __future__ import annotations

import random
from pathlib import Path

from PIL import Image

WORDS = (  # noqa: SIM905 - a list would be three times as long
    "archive camera city crowd distance document duty factory family film frame gesture home image journey labour "
    "letter light memory migrant montage narrator number opera parent period platform portrait promise record "
    "register road scene school sentence silence song station still street testimony ticket time train village "
    "voice wage wait window witness work year the a of in and to with from against before after beside under"
).split()


def write(root: Path, *, sections: int, citations: int, figures: int, words: int, seed: int = 7) -> Path:
    """A publication with so many sections, citations (of as many works, at most 200), figures and words."""
    chance = random.Random(seed)
    works = min(citations, 200)
    for folder in ("content", "bib", "figures"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "content/publication.yaml").write_text(
        "title: A Long Publication\nauthors: [{family: Long, given: Ann}]\ndate: 2024-02-29\n"
        "editions: {screen: {options: {contents: true}}}\n"
    )
    (root / "bib/works.bib").write_text("".join(_work(number, chance) for number in range(works)))
    ledger = []
    for number in range(figures):
        Image.new("L", (60, 40), number % 256).save(root / f"figures/f{number:03}.png", dpi=(30, 30))
        ledger.append(
            f"f{number:03}.png: {{permission: own, alt: A grey plate, credit: Drawn for this test}}\n"
        )
    (root / "figures/figures.yaml").write_text("".join(ledger))
    shown, cited = iter(range(figures)), iter(range(citations))
    for number in range(sections):
        figures_here = [next(shown, None) for _ in range(_share(figures, sections, number))]
        citations_here = [next(cited, None) for _ in range(_share(citations, sections, number))]
        text = _section(number, words // sections, citations_here, figures_here, works, chance)
        (root / f"content/{number:03}-section.md").write_text(text)
    return root


def _share(total: int, parts: int, number: int) -> int:
    return total * (number + 1) // parts - total * number // parts


def _work(number: int, chance: random.Random) -> str:
    title = " ".join(chance.sample(WORDS, 5)).title()
    return (
        f"@book{{w{number},\n  author = {{Author{number:03}, Given}},\n  title = {{{title}}},\n"
        f"  date = {{{1950 + number % 70}}},\n  publisher = {{Press}},\n  location = {{Leeds}},\n}}\n"
    )


def _section(
    number: int,
    words: int,
    cited: list[int | None],
    shown: list[int | None],
    works: int,
    chance: random.Random,
) -> str:
    parts = [f"---\ntitle: Section {number}\n---\n"]
    paragraphs = max(1, words // 120)
    marks = [f"[@w{key % works}, p. {key + 1}]" for key in cited if key is not None]
    for paragraph in range(paragraphs):
        text = [chance.choice(WORDS) for _ in range(words // paragraphs)]
        here = marks[paragraph::paragraphs]
        for place, mark in enumerate(here, start=1):
            text.insert(place * len(text) // (len(here) + 1), mark)
        if paragraph % 4 == 3:
            text.append("^[A note with a few words of its own.]")
        parts.append("\n" + _lines(text).capitalize() + ".\n")
    for figure in shown:
        parts.append(f"\n![Plate {figure}.](figures/f{figure:03}.png){{#fig:f{figure} width=60%}}\n")
        parts.append(f"\nAs @fig:f{figure} shows.\n")
    return "".join(parts)


def _lines(words: list[str], width: int = 12) -> str:
    return "\n".join(" ".join(words[start : start + width]) for start in range(0, len(words), width))
