"""Namesakes in long lists are told apart as in short ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from fascicle.citations.engine import engine
from fascicle.citations.postprocessing import namesakes
from fascicle.document.tree import Cite, walk
from tests.citations.worded import listed, shown, worded

GIVEN = ("Ann", "Bob", "Anton", "Cy", "Ann-Marie")
FAMILIES = ("Smith", "Smithson", "Roe", "van Dyck", "Müller")


def records() -> str:
    """Two hundred and ten works; every other author has a namesake, some with the same initials, some with a co-author."""
    made = []
    for number in range(210):
        family = FAMILIES[number % 5] if number % 2 else f"Single{number:03}"
        first = f"{family}, {GIVEN[number // 5 % 5]}"
        authors = f"{first} and Roe, Zoe" if number % 7 == 3 else first
        made.append(
            f"@book{{w{number}, author = {{{authors}}}, title = {{Title Number {number}}}, "
            f"publisher = {{Verso}}, date = {{{1950 + number % 40}}}}}\n"
        )
    return "".join(made)


TEXT = "\n\n".join([
    *(f"One [@w{number}, p. 3] and @w{number} [p. 4] and [see @w{number + 1}; @w{number + 5}]." for number in range(0, 205, 5)),
    "All [" + "; ".join(f"@w{number}" for number in range(210)) + "].",
    "Notes.^[See @w3 [p. 5] and [@w1; @w13].]",
])  # fmt: skip


def words(folder: Path, style: str) -> tuple[list[str], list[str]]:
    cited, problems = worded(folder, TEXT, records(), style)
    assert cited is not None
    assert not [found for found in problems if found.severity == "error"]
    cites = [node for node in walk(cited.document.sections[0].blocks) if isinstance(node, Cite)]
    return [shown(node.content) for node in cites], listed(cited)


@pytest.mark.slow
@pytest.mark.parametrize("style", ["chicago-author-date", "chicago-notes", "apa"])
def test_a_long_list_words_namesakes_as_a_short_one(
    tmp_path: Path, style: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = words(tmp_path / "long", style)
    monkeypatch.setattr(engine, "MANY", 1_000)
    monkeypatch.setattr(namesakes, "MANY", 1_000)
    short = words(tmp_path / "short", style)
    assert long == short
    assert "B. Smith" in " ".join(long[0])


def test_who_is_a_namesake(tmp_path: Path) -> None:
    cited, _ = worded(tmp_path, "[@w1; @w0; @w2]", records(), "apa")
    assert cited is not None
    assert namesakes.namesakes(cited.items) == {}
    cited, _ = worded(tmp_path / "more", "[@w5; @w35; @w0]", records(), "apa")
    assert cited is not None
    assert {name: len(found) for name, found in namesakes.namesakes(cited.items).items()} == {"Smith": 2}
