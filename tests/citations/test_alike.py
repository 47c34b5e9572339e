"""A Word document and JATS say the same words for every entry of the list and every citation."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml

from fascicle.pipeline.build import build_edition
from fascicle.pipeline.run import Request
from tests.support import reading_word as word
from tests.support.publications import reported, write

RECORDS = yaml.safe_load((Path(__file__).parent / "words.yaml").read_text("utf-8"))["records"]
TEXT = "One [@jia, p. 5] and @smith-a [p. 11].\n\nTwo [see @smith-b, chap. 2; @tröbst2016; @zhang].^[Note [@jia, 7].]\n\nThree [@letter; @many]."


@pytest.mark.parametrize(
    ("style", "language"),
    [
        ("chicago-author-date", "en-GB"),
        ("chicago-notes", "en-US"),
        ("apa", "de"),
        ("mla", "en-US"),
        ("numeric", "fr"),
        ("oscola", "en-GB"),
    ],
)
def test_the_same_words(tmp_path: Path, style: str, language: str) -> None:
    data = {
        "content/publication.yaml": f"title: T\nauthors: [{{literal: A}}]\nlanguage: {language}\ncitation-style: {style}\n",
        "content/01-one.md": f"---\ntitle: One\n---\n\n{TEXT}\n",
        "bib/works.bib": RECORDS,
    }
    root = write(tmp_path, data)
    made = {}
    for edition in ("word", "jats"):
        result = build_edition(Request(root), edition, lambda event: None)
        assert result.output, reported(result)
        made[edition] = (root / result.output).read_bytes()
    article = ET.fromstring(made["jats"])
    cited = ["".join(node.itertext()) for node in article.iter("mixed-citation")]
    labels = [node.text or "" for node in article.iterfind("back/ref-list/ref/label")] or [""] * len(cited)
    listed = [_bare(label + entry) for label, entry in zip(labels, cited, strict=True)]
    document = word.opened(made["word"])
    assert [_bare(entry) for entry in word.styled(document, "Bibliography")] == listed
    assert len(listed) == 7
    body = [_bare(paragraph.text) for paragraph in document.paragraphs]
    for paragraph in article.iterfind("body/sec/p"):
        assert _bare(_without_marks(paragraph)) in body


def _without_marks(paragraph: ET.Element) -> str:
    """A paragraph's text without the numbers of its notes, which Word counts itself."""
    for node in paragraph.iter("xref"):
        if node.get("ref-type") == "fn":
            node.text = ""
            for inner in node:
                inner.text = ""
    return "".join(paragraph.itertext())


def _bare(text: str) -> str:
    return "".join(text.split())
