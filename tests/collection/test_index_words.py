"""Words that an index looks for: the file that names them, the pages that have them, authors cited; no TeX runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from fascicle.collection.article_facts import read_facts
from fascicle.collection.settings.index_words import read_index_words
from fascicle.collection.settings.reader import read_collection
from fascicle.collection.whole_pdf import index_pages
from fascicle.collection.whole_pdf.template_values import by_page
from fascicle.core.diagnostics import Collector
from fascicle.pipeline.run import Request
from tests.support.issues import ISSUE, issue
from tests.support.publications import small, write

PAGES = (
    "Of Films\nIt was Jia Zhang\u0002\nke who filmed. 贾樟柯的电影。\n1",
    "Jia Zhangke\nCinemas and anticinema.\n2",
    "Jia Zhangke\nMore cinema, and Jia\nZhangke.\n3",
    "Jia Zhangke\nThe end.\nReferences\nJia Zhangke. Cinema.\n4",
    "Jia Zhangke\nJia Zhangke. More cinema.\nHow to cite Jia Zhangke\n5",
)


class _File:
    def __init__(self, path: Path) -> None:
        self.read_texts = PAGES
        self.reader = self
        self.page_labels = ["1", "2", "3", "4", "5"]


def test_words_are_found_outside_heads_and_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_pages, "Inspection", _File)
    words = {"Jia, Zhangke": ["Jia Zhangke", "樟柯"], "cinema": ["cinema"], "Ozu": ["Ozu"]}
    assert index_pages.pages_of_words(Path("x.pdf"), words, "en-GB") == {
        "Jia, Zhangke": ["1", "3"],
        "cinema": ["3"],
    }


def test_pages_in_a_row_are_a_range() -> None:
    places = dict.fromkeys(["7", "3", "4", "5", "12", "13", "iv"], "") | {"8": "link"}
    assert by_page(places) == {"iv": "", "3–5": "", "7": "", "8": "link", "12": "", "13": ""}


def test_the_file_of_words_is_read_and_judged(tmp_path: Path) -> None:
    root = issue(tmp_path, ISSUE + "index: index.yaml\n")
    write(root, {"index.yaml": "Jia, Zhangke: [Jia Zhangke, 贾樟柯]\ncinema:\nrain: Rain\nwrong: {a: b}\n"})
    problems = Collector()
    collection = read_collection(root, problems)
    assert collection is not None
    assert read_index_words(collection, problems) == {
        "Jia, Zhangke": ("Jia Zhangke", "贾樟柯"),
        "cinema": ("cinema",),
        "rain": ("Rain",),
    }
    assert [(one.span.file, one.span.line) for one in problems if one.span] == [("index.yaml", 4)]


def test_authors_of_cited_works_are_names(tmp_path: Path) -> None:
    bib = "".join(
        f"@book{{{key}, {people}, title = {{T}}, date = {{2000}}, publisher = {{P}}}}\n"
        for key, people in (
            ("a", "author = {van der Berg, Jan and {A Body}}"),
            ("b", "editor = {Li, Na}"),
            ("c", "author = {Nobody, Ned}"),
        )
    )
    text = "---\ntitle: One\n---\n\nSee [@a; @b].\n"
    facts, _ = read_facts(Request(small(tmp_path, **{"content/01-one.md": text, "bib/works.bib": bib})))
    assert facts is not None
    assert facts.cited == {"van der Berg, Jan": ("van der Berg",), "Li, Na": ("Li",)}
