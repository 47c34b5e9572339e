"""Title and subtitle in one line, alike wherever they are joined."""

from __future__ import annotations

from pathlib import Path

import pytest

from fascicle.citations.suggested_citation import item_of
from fascicle.core.diagnostics import Collector
from fascicle.core.model import TrustSettings
from fascicle.core.text.titles import full_title, title_separator
from fascicle.document.document import parse_document, plain_text, plain_title
from fascicle.export.metadata.record import Markup, whole_title, work_of
from fascicle.pdf.metadata import metadata_of
from fascicle.project.bibliography.fields.markup import text
from fascicle.project.publication import read_publication
from fascicle.project.sources import Sources
from tests.support.publications import write


@pytest.mark.parametrize(
    ("title", "subtitle", "joined"),
    [
        ("A Title", "A Study", "A Title: A Study"),
        ("Is It?", "A Study", "Is It? A Study"),
        ("Stop!", "A Study", "Stop! A Study"),
        ("And then …", "A Study", "And then … A Study"),
        ("城市？", "研究", "城市？ 研究"),
        ("A Title", "", "A Title"),
        ("", "A Study", "A Study"),
    ],
)
def test_joined(title: str, subtitle: str, joined: str) -> None:
    assert full_title(title, subtitle) == joined


def test_a_language_has_its_own_colon() -> None:
    assert title_separator("Titre", "\u00a0: ") == "\u00a0: "
    assert title_separator("Titre\u00a0?", "\u00a0: ") == " "


@pytest.mark.parametrize(("title", "line"), [("Is It?", "Is It? A Study"), ("It Is", "It Is: A Study")])
def test_every_output_joins_them_alike(title: str, line: str, tmp_path: Path) -> None:
    stated = f"title: {title}\nsubtitle: A Study\nauthors: [{{family: B}}]\nlanguage: en-GB\nsections: [01-one.md]\n"
    write(
        tmp_path, {"content/publication.yaml": stated, "content/01-one.md": "---\ntitle: One\n---\n\nText.\n"}
    )
    problems = Collector()
    publication = read_publication(Sources(tmp_path), problems)
    assert publication is not None
    document = parse_document(publication, TrustSettings(), problems)
    assert plain_title(document) == line
    assert metadata_of(publication, plain_text).title == line
    assert whole_title(work_of(publication, problems), Markup(str)) == line
    assert text(item_of(document).texts["title"]) == line
    assert not list(problems)
