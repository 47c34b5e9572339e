"""A section that prints no heading."""

from __future__ import annotations

from pathlib import Path

from fascicle.core.diagnostics import Collector
from fascicle.core.model import TrustSettings
from fascicle.document.document import parse_document
from fascicle.document.resolve import resolve
from fascicle.document.sections.section_openings import section_headings
from fascicle.project.publication import read_publication
from fascicle.project.sources import Sources


def test_heading_false(tmp_path: Path) -> None:
    """Neither heading nor label; the sections after it are as they were."""
    files = {
        "publication.yaml": "title: T\nauthors: [{literal: A}]\n",
        "00-first.md": "---\ntitle: First\nheading: false\n---\n\nWords.\n",
        "01-second.md": "---\ntitle: Second\n---\n\nWords.\n",
    }
    for name, text in files.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    problems = Collector()
    publication = read_publication(Sources(tmp_path), problems)
    assert publication is not None
    document = parse_document(publication, TrustSettings(), problems)
    assert [len(section_headings(parsed)) for parsed in document.sections] == [0, 1]
    assert list(resolve(document, problems).labels) == ["sec:second"]
    assert list(problems) == []
