"""Typed references of many countries and trades, and mentions of them in the text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from fascicle.core.pandoc_ast import Inlines, Json, strings
from fascicle.importers.references.in_text import Mentions
from fascicle.importers.references.leftover import unplaced
from fascicle.importers.references.reference_reader import read_reference
from fascicle.importers.references.typed_list import _HEADING, _entries, _shown, _with_addresses
from fascicle.importers.report import Kind, Report
from fascicle.importers.tree.walk import plain
from tests.importers.test_references import shown

KINDS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "fixtures/references.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("each", KINDS, ids=[each["kind"] for each in KINDS])
def test_kinds(each: dict[str, Any]) -> None:
    """Each part of a work in its field."""
    typed = each["text"]
    found = shown(read_reference(typed.replace("*", ""), re.findall(r"\*([^*]+)\*", typed)))
    assert {key: found.get(key) for key in each["record"]} == each["record"]


@pytest.mark.parametrize(
    "heading",
    [
        "References", "Literaturverzeichnis", "Quellen- und Literaturverzeichnis", "Bibliografie", "Bibliografia", "Bibliografía",
        "Références bibliographiques", "Referências", "Works Cited Page", "Список литературы", "参考文献", "المراجع",
        "15. Alphabetical reference list (APA standard)",
    ],
)  # fmt: skip
def test_headings(heading: str) -> None:
    """What stands over a list of works."""
    assert _HEADING.fullmatch(heading)


def test_numbers_without_a_place_are_told() -> None:
    """A volume that no field holds is named, days and the number of the entry are not."""
    item = read_reference(
        "[3] Moreau, Anne. 1998. Slow Water. Leeds: Tern Press. 5 May 2001.", ["Slow Water"]
    )
    item.pop("issued")
    item["custom"]["typed"] += " 77."
    assert unplaced(item) == ["1998", "2001", "77"]


def test_entries_of_a_paragraph() -> None:
    """Works parted by the key for a new line; a raised edition; an address on a line of its own."""
    line: Inlines = [
        *strings("Moreau, Anne: Wasser, Bern 1998."),
        {"t": "LineBreak"},
        *strings("Roe, Kim: Häfen, Wien "),
        {"t": "Superscript", "c": strings("2")},
        *strings("2001."),
    ]
    entries = _entries({"t": "Para", "c": line})
    assert [_shown(entry) for entry in entries] == [
        "Moreau, Anne: Wasser, Bern 1998.",
        "Roe, Kim: Häfen, Wien ^2^2001.",
    ]
    joined = _with_addresses([*entries, strings("Available at: https://example.org/a")])
    assert len(joined) == 2
    assert plain(joined[1]).endswith("https://example.org/a")


WORKS = [
    {"id": "moreau", "type": "book", "author": [{"family": "Moreau"}], "issued": {"date-parts": [[1998]]}},
    {"id": "later", "type": "book", "author": [{"family": "Moreau"}], "issued": {"date-parts": [[2001]]}},
    {"id": "three", "type": "book", "author": [{"family": "Doe"}, {"family": "Roe"}, {"family": "Noe"}], "issued": {"date-parts": [[2004]]}},
    {"id": "small", "type": "book", "author": [{"family": "boe"}, {"family": "Roe"}], "issued": {"date-parts": [[2012]]}},
    {"id": "more", "type": "book", "author": [{"family": "Koster"}, {"literal": "others"}], "issued": {"date-parts": [[2011]]}},
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("as Doe, Roe and Noe (2004) say", ["three"]),
        ("as Doe, Roe, and Noe (2004) say", ["three"]),
        ("in Leeds, Moreau (1998) says", ["moreau"]),
        ("según el Moreau (1998)", ["moreau"]),
        ("as Moreau (1998, 2001) says", ["moreau", "later"]),
        ("slow (POG; Moreau, 1998)", ["moreau"]),
        ("slow (CQ: Moreau, 1998)", ["moreau"]),
        ("slow (i.e., they do not run; Moreau, 1998)", ["moreau"]),
        ("slow (Moreau 1998, Doe, Roe and Noe (2004))", ["moreau", "three"]),
        ("slow (boe and Roe 2012, 663)", ["small"]),
        ("slow (Koster et al, 2011)", ["more"]),
        ("lento (Doe, Roe y Noe, 2004)", ["three"]),
    ],
)
def test_mentions(text: str, cited: list[str]) -> None:
    """Mentions as people write them; none of them is a page."""
    report = Report()
    blocks: list[Json] = Mentions(WORKS, report).replace([{"t": "Para", "c": strings(text)}])
    works = [work for each in blocks[0]["c"] if each["t"] == "Cite" for work in each["c"][0]]
    assert [work["citationId"] for work in works] == cited
    assert "p. 2001" not in str(works)
    assert not report.of(Kind.VERIFY)


def test_a_mention_behind_many_words_is_told() -> None:
    """What names an author of the list and stays as it was typed is never silent."""
    report = Report()
    text = "slow (see a review of the main SAE and other techniques of the field in Moreau, 1998)"
    Mentions(WORKS, report).replace([{"t": "Para", "c": strings(text)}])
    assert [each.text for each in report.of(Kind.VERIFY)] == [
        "a mention that cannot be taken apart stands as it was typed"
    ]


def test_words_without_end() -> None:
    """What is no reference is kept whole; reading it ends."""
    assert read_reference("Doe, J. 1998. " + "Ab-" * 400)["title"]
    assert read_reference("Doe, J. 1998. " + "Ab. " * 600)["title"].startswith("To verify")
