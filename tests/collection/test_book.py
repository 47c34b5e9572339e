"""An edited book: parts, chapters by several authors, one index of names and subjects."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from fascicle.collection.build import CollectionRequest, build_collection
from fascicle.pipeline.run import Request
from tests.support.diagnostics import in_full
from tests.support.issues import article, issue
from tests.support.publications import write

BOOK = """\
kind: book
title: Small Things and *Large* Ones
subtitle: A Subtitle
editors: [{family: Editor, given: Edna}]
publisher: Small Press
isbn: 978-3-16-148410-0
date: 2024-02-29
front: [cover, imprint, contents]
glossary: glossary.md
back: [glossary, tables, subjects]
groups:
  - title: Antiquity
    articles: [chapters/one]
  - title: Notes
    articles: [chapters/two]
"""


@pytest.mark.tex
def test_a_book_has_parts_and_one_index_of_names_and_subjects(tmp_path: Path) -> None:
    one, two = article("On One", "Alpha, Ann"), article("On Two", "Beta, Bert")
    one["content/01-text.md"] += 'Films by [Jia Zhangke]{.index entry="Jia, Zhangke"} and [work]{.index}.\n'
    two["content/01-text.md"] += (
        'Again [Jia]{.index entry="Jia, Zhangke"}, and [Jia]{.index entry="Jia, Zhangke"}.\n'
    )
    one["content/01-text.md"] += (
        "\n| a | b |\n|---|---|\n| 1 | 2 |\n\n: Letters[^n] and *numbers*. {#tbl:x}\n\nIn @tbl:x.\n\n[^n]: A note.\n"
    )
    write(tmp_path, {"glossary.md": "---\ntitle: Glossary\n---\n\nthing\n:   What is small.\n"})
    root = issue(tmp_path, BOOK, {"chapters/one": one, "chapters/two": two})
    result = build_collection(CollectionRequest(Request(root), to=("jats",)))
    assert in_full(result.diagnostics) == []
    reader = PdfReader(root / result.output)
    words = " ".join(reader.pages[-1].extract_text().split())
    assert "Index of names and subjects" in words
    lists = " ".join(" ".join(page.extract_text().split()) for page in reader.pages[-3:-1])
    assert "Glossary thing What is small" in lists
    assert "List of tables On One 1 Letters and numbers. 1" in lists
    assert "Jia, Zhangke, 1, 3" in words
    assert "work, 1" in words
    targets = [link.get_object()["/A"]["/D"] for link in reader.pages[-1]["/Annots"]]
    pages = [reader.get_destination_page_number(reader.named_destinations[target]) for target in targets]
    assert [reader.page_labels[page] for page in pages] == ["1", "3", "1"]
    cover = " ".join(reader.pages[0].extract_text().split())
    assert "Large Ones 29 February 2024 A Subtitle Edna Editor" in cover
    first = " ".join(PdfReader(root / result.articles["01-one"]).pages[-1].extract_text().split())
    assert "Edited by Edna Editor. Small Press" in first.replace("edited", "Edited")
    contents = " ".join(reader.pages[2].extract_text().split())
    assert re.search(r"Antiquity.*On One 1.*Notes.*On Two 3", contents, re.IGNORECASE)
    jats = (root / result.others["jats"]["01-one"]).read_text("utf-8")
    assert "Films by Jia Zhangke and work." in jats
