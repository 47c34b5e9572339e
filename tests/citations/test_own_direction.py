"""Entries of works that run against the text's direction are marked with a language of their own."""

from __future__ import annotations

import pytest

from fascicle.citations.postprocessing.own_direction import own_direction
from fascicle.core.diagnostics import Span
from fascicle.document.tree import ListedWork, SpanInline, Text


@pytest.mark.parametrize(
    ("text", "stated", "language", "marked"),
    [
        ("(2001) Smith, Jane.", "", "fa", "en"),
        ("Müller, Jan.", "de", "he", "de"),
        ("לוי, דוד.", "", "he", ""),
        ("لوی، داود.", "fa", "en-GB", "fa"),
        ("לוי, דוד.", "en", "en-GB", "he"),
        ("Smith, Jane.", "fr", "en-GB", ""),
    ],
)
def test_entries(text: str, stated: str, language: str, marked: str) -> None:
    at = Span("bib/a.bib", 1)
    work = ListedWork(at, "a", (), (Text(at, text),), "a", "work.1")
    (made,) = own_direction(work, stated, language).content
    assert (made.attributes.get("lang") if isinstance(made, SpanInline) else "") == marked
