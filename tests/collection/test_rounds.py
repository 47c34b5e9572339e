"""How often articles are set until their pages are known; no TeX runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fascicle.collection.articles import ArticleBuilder, save_lengths
from fascicle.collection.build import gather
from fascicle.collection.settings.reader import read_collection
from fascicle.core.diagnostics import Collector
from fascicle.document.chapters import chapter_references
from fascicle.document.tree import plain
from fascicle.pipeline.build import BuildResult
from fascicle.pipeline.manuscript import read_manuscript
from fascicle.pipeline.run import Request, Run
from tests.support.issues import issue

LENGTHS = {"01-one": 5, "02-two": 3, "03-three": 2}


def test_a_chapter_is_set_with_the_page_of_another(tmp_path: Path) -> None:
    root, problems = issue(tmp_path), Collector()
    text = root / "articles/one/content/01-text.md"
    text.write_text(text.read_text("utf-8") + "See [the third]{.chapter of=three}.\n", "utf-8")
    collection = read_collection(root, problems)
    assert collection is not None
    said: list[Any] = []

    def build(jobs: Any, *_: object) -> Iterator[tuple[Any, BuildResult]]:
        for job in jobs:
            said.append((job.request.place.name, job.request.imposed.get("chapters")))
            yield job, BuildResult(job.edition, (), output="x.pdf", pages=LENGTHS[job.request.place.name])

    facts = gather(collection, Request(root), problems)
    ArticleBuilder(collection, facts, Request(root), problems, build=build).typeset("screen")
    assert said[-3:] == [("01-one", {"three": "p.\u00a011"}), ("02-two", None), ("03-three", None)]
    imposed = {"chapters": {"three": "p.\u00a011"}}
    run = Run(Request(root / "articles/one", imposed=imposed), "screen", lambda event: None)
    manuscript = read_manuscript(run)
    assert manuscript is not None
    assert list(run.problems) == []
    printed = [plain(node.content) for _, node in chapter_references(manuscript.document)]
    assert printed == ["the third (p.\u00a011)"]
    text.write_text(text.read_text("utf-8").replace("of=three", "of=thre"), "utf-8")
    gather(collection, Request(root), problems)
    (found,) = problems
    assert found.span
    assert (found.span.file, found.message) == (
        "articles/one/content/01-text.md",
        "there is no other chapter 'thre'",
    )
    assert found.hints == ("did you mean 'three'?",)


@pytest.mark.parametrize(("known", "rounds"), [({}, 2), (LENGTHS, 1)])
def test_the_other_edition_tells_how_long_articles_will_be(
    known: dict[str, int], rounds: int, tmp_path: Path
) -> None:
    def set_at_once(jobs: Any, *_: object) -> Iterator[tuple[Any, BuildResult]]:
        for job in jobs:
            pages = LENGTHS[job.request.place.name]
            yield job, BuildResult(job.edition, (), output="build/print/x.pdf", pages=pages)

    root, problems = issue(tmp_path), Collector()
    collection = read_collection(root, problems)
    assert collection is not None
    save_lengths(root, "screen", known)
    builder = ArticleBuilder(
        collection, gather(collection, Request(root), problems), Request(root), problems, build=set_at_once
    )
    made = builder.typeset("print")
    assert made.built == [*LENGTHS] * rounds
    assert [pages.first for pages in made.pages.values()] == [1, 7, 11]
