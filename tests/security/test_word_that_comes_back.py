"""A Word document that a co-author sends back changes words, and nothing else of a publication."""

from __future__ import annotations

import json
import shutil
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fascicle.export.zip_archive import unzipped, zipped
from fascicle.pipeline.build import build_edition
from fascicle.pipeline.run import Request
from fascicle.redline.merge.edits import hunks
from fascicle.redline.merge.merge import EDITION, Merged, merge_word
from fascicle.redline.merge.new_citations import RECORDS
from tests.support.fuzzing import in_processor_time
from tests.support.publications import write
from tests.support.word_edits import EditedWord, W

FILES = {
    "content/publication.yaml": "title: A Text of Trains\nauthors: [{family: Doe, given: Jane}]\nabstract: About trains.\n",
    "content/01-trains.md": "---\ntitle: On Trains\n---\n\nThe train leaves.[^n]\n\nA second paragraph stands here.\n\n[^n]: A note.\n",
}
MANY = 20_000


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A publication and its Word document."""
    root = write(tmp_path_factory.mktemp("sent"), FILES)
    assert build_edition(Request(root), EDITION, lambda event: None).output
    (file,) = (root / "build/word").glob("*.docx")
    data = file.read_bytes()
    shutil.rmtree(root / "build")
    return root, data


@pytest.fixture
def merged(sent: tuple[Path, bytes], tmp_path: Path) -> Callable[[bytes], Merged]:
    """What comes of a document."""

    def merge(data: bytes) -> Merged:
        file = tmp_path / "back.docx"
        file.write_bytes(data)
        with in_processor_time(20):
            return merge_word(Request(sent[0]), file)

    return merge


def with_picture(document: EditedWord, words: str) -> EditedWord:
    """A picture in a paragraph: it can be brought in nowhere, and the paragraph is held to no text any more."""
    ET.SubElement(ET.SubElement(document.paragraph(words), f"{W}r"), f"{W}drawing")
    return document


def test_a_title_brings_no_other_key(sent: tuple[Path, bytes], merged: Callable[[bytes], Merged]) -> None:
    document = with_picture(EditedWord(sent[1]), "A Text of Trains")
    document.replace("second paragraph", "third paragraph")
    document.replace("A Text of Trains", "X\nshort-title: Y")
    made = merged(document.done())
    assert set(made.changed) == {"content/01-trains.md"}, "the other edit comes home"
    assert any("X" in one.what for one in made.unplaced), made.unplaced


def test_a_record_brings_what_is_csl_alone(
    sent: tuple[Path, bytes], merged: Callable[[bytes], Merged]
) -> None:
    record = {
        "type": "no\\type", "title": "Known\x9b31m \u202e", "author": [{"family": "Roe", "x": {}}, 5], "issued": {"date-parts": [[2001]]},
        "URL": "javascript:alert(1)", "custom": [[[[]]]], "note": {"a": 1}, "script": "x", "volume": float("nan"),
    }  # fmt: skip
    code = f"ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps({'citationItems': [{'itemData': record}]})}"
    made = merged(EditedWord(sent[1]).cite("second paragraph", code, "(Roe)").done())
    (kept,) = json.loads(made.changed[RECORDS])
    assert kept == {
        "author": [{"family": "Roe"}], "id": "roe2001", "issued": {"date-parts": [[2001]]}, "title": record["title"], "type": "document",
    }  # fmt: skip
    assert "\\u202e" in made.changed[RECORDS]


def body(old: str, new: str) -> Callable[[bytes], bytes]:
    return lambda data: data.replace(old.encode(), new.encode(), 1)


ENDED, WORDS = "</w:body>", "second paragraph"
_RUN, _AGAIN = "x</w:t></w:r>", "<w:r><w:t>"
UNLIKE_ANY = {
    "nested": body(ENDED, "<w:x>" * 5_000 + "</w:x>" * 5_000 + ENDED),
    "nested in a paragraph": body(ENDED, f"<w:p>{'<w:x>' * 5_000}{'</w:x>' * 5_000}</w:p>{ENDED}"),
    "another encoding": lambda data: (
        data.replace(b"?>", b' encoding="cp037"?>', 1)
        if b"encoding" not in data[:60]
        else data.replace(b"UTF-8", b"cp037", 1)
    ),
    "entities in UTF-16": lambda data: (
        data.decode().replace("?>", '?><!DOCTYPE a [<!ENTITY e "x">]>', 1).encode("utf-16")
    ),
}
"""Documents that no word processor makes."""
LARGE = {
    "bookmarks": body(WORDS, _RUN + "".join(f'<w:bookmarkStart w:name="_f{n:012x}"/>' for n in range(MANY)) + _AGAIN),
    "remarks": body(WORDS, _RUN + "".join(f'<w:commentRangeStart w:id="{n}"/><w:commentRangeEnd w:id="{n}"/>' for n in range(MANY)) + _AGAIN),
    "fields in fields": body(WORDS, _RUN + '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>CIT</w:instrText></w:r>' * MANY + _AGAIN),
    "prefixes": body("<w:body", "<w:body " + " ".join(f'xmlns:q{n}="u{n}"' for n in range(MANY))),
    "one note many times": body(WORDS, _RUN + '<w:r><w:footnoteReference w:id="20"/></w:r>' * MANY + _AGAIN),
}  # fmt: skip
"""Documents that took time by the square of what they hold."""


@pytest.fixture
def _usual_depth() -> Iterator[None]:
    """Python's own limit of calls within calls, which a library of the tests may have raised in this process."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(1_000)
    yield
    sys.setrecursionlimit(before)


@pytest.mark.usefixtures("_usual_depth")
@pytest.mark.parametrize("name", [*UNLIKE_ANY, *LARGE])
def test_nothing_hangs_or_breaks(
    name: str, sent: tuple[Path, bytes], merged: Callable[[bytes], Merged]
) -> None:
    files = unzipped(sent[1])
    text = files["word/document.xml"]
    files["word/document.xml"] = {**UNLIKE_ANY, **LARGE}[name](text)
    assert files["word/document.xml"] != text
    made = merged(zipped(files, 1_700_000_000))
    assert made.problems.failed is (name in UNLIKE_ANY)


def test_paragraphs_beyond_measure_are_compared() -> None:
    present = "".join(f"a{n} " for n in range(3_000))
    with in_processor_time(20):
        assert len(hunks(present, present.replace("a9 ", "b9 ") + "c")) == 2
        assert hunks(present, "".join(f"b{n} " for n in range(3_000)))
