"""Word documents that LibreOffice has saved come home: unedited ones with no change, edits at their lines."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from fascicle.pipeline.build import build_edition
from fascicle.pipeline.run import Request
from fascicle.redline.merge.merge import merge_word
from tests.conftest import STRESS, need
from tests.support.essay import copy_essay
from tests.support.everything import EVERYTHING
from tests.support.publications import write
from tests.support.random_word_edits import LOST, PLACED, WRONG, outcome, random_edits, strange, texts_of
from tests.support.word_edits import EditedWord

pytestmark = pytest.mark.slow


def sent(root: Path) -> bytes:
    """The publication's Word document."""
    build_edition(Request(root, allow_pending=True), "word", lambda event: None)
    (file,) = (root / "build/word").glob("*.docx")
    return file.read_bytes()


def saved(data: bytes, folder: Path) -> Path:
    """A document opened and saved by LibreOffice."""
    need("soffice")
    (folder / "back.docx").write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(folder / "saved")]
    subprocess.run([*command, str(folder / "back.docx")], check=True, capture_output=True)
    return folder / "saved/back.docx"


@pytest.mark.parametrize("files", [EVERYTHING], ids=["everything"])
def test_a_document_that_was_only_saved_changes_nothing(
    files: Mapping[str, str | bytes], tmp_path: Path
) -> None:
    root = write(tmp_path / "text", files)
    made = merge_word(Request(root), saved(sent(root), tmp_path))
    assert (made.patch, made.conflicts, made.problems.sorted()) == ("", [], [])
    # A LibreOffice without its part for mathematics drops formulas, which is told.
    assert [one.what for one in made.unplaced if "[formula]" not in one.what] == []


@pytest.mark.parametrize("seed", range(10 if STRESS else 1))
def test_edits_that_libreoffice_has_saved_come_home(seed: int, tmp_path: Path) -> None:
    """Forty edits of the essay, of every kind, half of them tracked: 98 in 100 at their places, none lost."""
    root = copy_essay(tmp_path / "essay")
    document, texts = EditedWord(sent(root)), texts_of(root)
    edits = random_edits(document, texts, random.Random(seed), 40)
    made = merge_word(Request(root, allow_pending=True), saved(document.done(), tmp_path))
    found = {edit: outcome(edit, texts, made) for edit in edits if edit.where not in ("matter", "work")}
    assert {edit: one for edit, one in found.items() if one in (WRONG, LOST)} == {}
    assert sum(one == PLACED for one in found.values()) >= 0.98 * len(found) - 1
    assert list(strange(edits, texts, made)) == []
