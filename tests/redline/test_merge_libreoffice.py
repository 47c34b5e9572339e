"""Word documents that LibreOffice has saved come home: unedited ones with no change, edits at their lines."""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from fascicle.pipeline.build import build_edition
from fascicle.pipeline.run import Request
from fascicle.redline.merge.merge import apply, merge_word
from tests.conftest import STRESS, need
from tests.support.essay import copy_essay
from tests.support.everything import EVERYTHING
from tests.support.publications import write
from tests.support.word_edits import EditedWord, W

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
    """Fifty words of the essay replaced at random, half of them tracked: 98 in 100 in the files, none lost."""
    root = copy_essay(tmp_path / "essay")
    chance = random.Random(seed)
    document = EditedWord(sent(root))
    paragraphs = ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in document.body.iter(f"{W}p")]
    words = [word for text in paragraphs if len(text) > 200 for word in re.findall(r"[a-z]{6,}", text)]
    written = "".join(path.read_text(encoding="utf-8") for path in (root / "content").glob("*.md"))
    once = [
        word
        for word in dict.fromkeys(words)
        if sum(text.count(word) for text in paragraphs) == 1 and word in written
    ]
    for number, word in enumerate(chance.sample(once, 50)):
        document.tracked = bool(number % 2)
        document.replace(word, f"zq{number}x")
    made = merge_word(Request(root, allow_pending=True), saved(document.done(), tmp_path))
    apply(Request(root), made)
    texts = "".join(path.read_text(encoding="utf-8") for path in (root / "content").iterdir())
    placed = {f"zq{number}x" for number in range(50) if f"zq{number}x" in texts}
    told = " ".join(one.what for one in (*made.unplaced, *made.conflicts))
    assert [
        number for number in range(50) if f"zq{number}x" not in placed and f"zq{number}x" not in told
    ] == []
    assert len(placed) >= 49
