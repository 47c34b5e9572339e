"""A publication as the item that its own suggested citation is made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from fascicle.citations.suggested_citation import item_of
from fascicle.core.diagnostics import Collector
from fascicle.core.model import TrustSettings
from fascicle.pipeline.manuscript import parse_and_resolve
from fascicle.pipeline.run import Request
from fascicle.project.publication import read_publication
from tests.support.publications import small


@pytest.mark.parametrize(
    ("journal", "kind", "place"),
    [
        ("", "book", True),
        ("journal: {title: Annals}\n", "article-journal", False),
        ("journal: {title: Book, book: true, editors: [{family: E}]}\n", "chapter", True),
    ],
)
def test_what_it_is_and_whether_it_has_a_place(journal: str, kind: str, place: bool, tmp_path: Path) -> None:
    """Styles print a place beside a journal to tell it from another of the same name."""
    stated = f"title: T\nauthors: [{{family: A, given: B}}]\npublisher: P\nplace: Leeds\n{journal}"
    sources, problems = (
        Request(small(tmp_path, **{"content/publication.yaml": stated})).open_sources(),
        Collector(),
    )
    publication = read_publication(sources, problems)
    assert publication is not None
    document, _ = parse_and_resolve(publication, sources, TrustSettings(), problems)
    item = item_of(document)
    assert item.type == kind
    assert ("publisher-place" in item.texts) is place
    assert ("editor" in item.names) is (kind == "chapter")
