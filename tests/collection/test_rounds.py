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
from fascicle.pipeline.build import BuildResult
from fascicle.pipeline.run import Request
from tests.support.issues import issue

LENGTHS = {"01-one": 5, "02-two": 3, "03-three": 2}


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
