"""A backlist: publications that are built together and have nothing else in common; no TeX runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fascicle.cli.commands.collection import summary
from fascicle.collection.build import CollectionRequest, build_collection
from fascicle.core.diagnostic_formats import SourceView
from fascicle.pipeline.build import BuildResult
from fascicle.pipeline.run import Request
from tests.support.issues import ARTICLES, issue

BACKLIST = "kind: backlist\narticles: [articles/one, articles/two, articles/three]\n"


def test_each_is_built_as_it_is_and_there_is_no_whole(tmp_path: Path) -> None:
    asked: list[Request] = []

    def build(jobs: Any, *_: object) -> Iterator[tuple[Any, BuildResult]]:
        for job in jobs:
            asked.append(job.request)
            made = job.request.home / "build/screen/x.pdf"
            made.parent.mkdir(parents=True, exist_ok=True)
            made.write_bytes(b"%PDF-1.7")
            yield job, BuildResult(job.edition, (), output="build/screen/x.pdf", pages=4)

    root = issue(tmp_path, BACKLIST, ARTICLES)
    result = build_collection(CollectionRequest(Request(root), build=build))
    assert {key: (pages.first, pages.last) for key, pages in result.ranges.items()} == {
        "01-one": (1, 4),
        "02-two": (1, 4),
        "03-three": (1, 4),
    }
    assert asked[3:] == asked[:3]  # whatever their lengths: what was built is not built again
    assert [request.settings for request in asked[:3]] == [{}, {}, {}]
    assert all("journal" not in request.imposed for request in asked)
    assert (result.no_whole, result.output) == (True, "")
    assert "whole" not in " ".join(summary(result, SourceView(root)))
