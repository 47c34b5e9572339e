"""Redlines as PDF: made, proved by their colours, and not delivered when a mark is missing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from fascicle.core.diagnostics import Severity
from fascicle.document.tree import Mark
from fascicle.pdf.reading.text import page_texts
from fascicle.pipeline.run import Request
from fascicle.redline import print as redline_print
from fascicle.redline.proof.print import coloured
from fascicle.redline.redline import Wanted, make_redline
from tests.redline.test_redline import ONE, redline, with_text
from tests.support.everything import EVERYTHING
from tests.support.publications import SOUND, write

pytestmark = pytest.mark.tex
MORE = r"""
A paragraph with $a+b$, a note[^n] and *emphasis* [@small2001, p. 9].

[^n]: The note's text.

| a | b |
|---|---|
| 1 | 2 |

: A table {#tbl:new}

    literal lines

- an item
"""


def test_insertions_and_deletions(tmp_path: Path) -> None:
    made = redline(tmp_path, SOUND, with_text(SOUND, "is little to", "is much to"), "pdf")
    assert made.problems.sorted() == []
    pdf = (tmp_path / "new/build/redline/a-sound-thing.pdf").read_bytes()
    assert coloured(pdf) == {Mark.INSERTED: Counter("much"), Mark.DELETED: Counter("little")}
    text = " ".join(" ".join(page_texts(pdf)).split())
    assert "What has changed" in text
    assert "1 change: 1 replaced" in text
    assert "(p. 1)" in text or "(p. 2)" in text


@pytest.mark.parametrize("turned", [False, True], ids=["inserted", "deleted"])
def test_one_of_everything(tmp_path: Path, turned: bool) -> None:
    old, new = SOUND, {**SOUND, ONE: f"{SOUND[ONE]!s}{MORE}"}
    made = redline(tmp_path, *((new, old) if turned else (old, new)), "pdf")
    assert [one.message for one in made.problems.sorted()] == []
    assert made.files == ("build/redline/a-sound-thing.pdf",)


def test_a_whole_dialect(tmp_path: Path) -> None:
    """Of a text that has everything, every other paragraph goes."""
    head, *parts = str(EVERYTHING[ONE]).split("\n\n")
    old = {**EVERYTHING, ONE: "\n\n".join([head, *parts[::2]])}
    made = redline(tmp_path, old, EVERYTHING, "pdf")
    assert [one.message for one in made.problems.sorted() if one.severity is Severity.ERROR] == []
    assert made.files


def test_a_mark_that_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is read again: with another colour than that of the marks it is not delivered."""
    monkeypatch.setattr(redline_print, "coloured", lambda pdf: {mark: Counter() for mark in Mark})
    made = redline(tmp_path, SOUND, with_text(SOUND, "is little to", "is much to"), "pdf")
    assert [one.code.value for one in made.problems.sorted()] == ["redline-unproved"]
    assert made.files == ()


def test_a_template_without_marks(tmp_path: Path) -> None:
    text = str(SOUND["content/publication.yaml"]) + "editions: {screen: {template: preprint}}\n"
    root = write(tmp_path, {**SOUND, "content/publication.yaml": text})
    made = make_redline(Request(root), Wanted(str(root), "", ("pdf",)))
    assert "the template 'preprint' has no marks for changes" in [
        one.message for one in made.problems.sorted()
    ]
