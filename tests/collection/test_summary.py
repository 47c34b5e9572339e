"""What is said at the end of a collection's build."""

from __future__ import annotations

from pathlib import Path

from fascicle.cli.commands.collection import summary
from fascicle.collection.build import CollectionResult
from fascicle.core.diagnostic_formats import SourceView


def test_an_article_that_failed_is_not_counted_as_made() -> None:
    result = CollectionResult(
        others={"html": {"01-a": "a.html"}}, converted={"html": ["01-a", "02-b"]}, failed=["02-b"]
    )
    assert "html: 1 made, 0 up to date" in summary(result, SourceView(Path()))
