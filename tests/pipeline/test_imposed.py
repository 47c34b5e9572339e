"""What a collection states of a publication: printed, written into the file, and kept out of the publication's folder."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from fascicle.pipeline.build import build_edition, settings_of
from fascicle.pipeline.run import Request
from fascicle.project import manifest
from tests.support.diagnostics import in_full
from tests.support.publications import small, write

STATED = {
    "journal": {
        "title": "Annals of Small Things",
        "volume": "7",
        "issue": "2",
        "first-page": "46",
        "last-page": "46",
    },
    "doi": "10.5555/small.46",
}


@pytest.mark.tex
def test_pages_and_journal_are_those_of_the_collection(tmp_path: Path) -> None:
    project = small(tmp_path / "article")
    before = sorted(path.relative_to(project) for path in project.rglob("*"))
    request = Request(
        project,
        settings={"trim": "royal", "options": {"first-page": "46", "two-sided": "true"}},
        imposed=STATED,
        place=tmp_path / "issue",
    )
    result = build_edition(request, "screen", lambda event: None)
    assert in_full(result.diagnostics) == []
    assert sorted(path.relative_to(project) for path in project.rglob("*")) == before
    reader = PdfReader(BytesIO((tmp_path / "issue" / result.output).read_bytes()))
    assert reader.page_labels == ["46"]
    text = " ".join(reader.pages[0].extract_text().split())
    assert "Annals of Small Things 7 (2): 46–46" in text
    assert "doi.org/10.5555/small.46" in text
    assert reader.xmp_metadata is not None
    left, right = reader.pages[0].trimbox.left, reader.pages[0].mediabox.right - reader.pages[0].trimbox.right
    assert (left, right) == (0, 0)
    known = manifest.load(request.state, "screen")
    assert known is not None
    assert manifest.is_fresh(known, project, settings_of(request), request.home)
    moved = Request(
        project, settings=request.settings, imposed={**STATED, "doi": "10.5555/other"}, place=request.place
    )
    assert not manifest.is_fresh(known, project, settings_of(moved), request.home)


def test_a_wrong_value_is_told_of_the_collection(tmp_path: Path) -> None:
    from fascicle.pipeline.build import check_edition

    project = write(tmp_path, {})
    small(project)
    found = check_edition(Request(project, imposed={"doi": "no doi"}), "screen")
    assert [line.partition(" ")[2][:60] for line in in_full(found.sorted())]
    assert any("the collection:" in one.message for one in found)
