"""Redlines as Word documents: tracked changes that both versions are had from, and a file that word processors read."""

from __future__ import annotations

import random
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from fascicle.core.diagnostics import Severity
from fascicle.export.docx.check import units
from fascicle.export.docx.package import W
from fascicle.export.zip_archive import unzipped
from fascicle.redline import word
from fascicle.redline.tracked import version
from tests.conftest import need
from tests.redline.test_redline import ONE, mutated, redline, with_text
from tests.redline.test_redline_pdf import MORE
from tests.support.everything import EVERYTHING
from tests.support.publications import SOUND

_TRACKED = {f"{{{W}}}{name}" for name in ("ins", "del")}
_INSIDE = {"r", "oMath", "oMathPara"}
_FILE = "build/redline/a-sound-thing.docx"


def body_of(tmp_path: Path, name: str = _FILE) -> bytes:
    return unzipped((tmp_path / "new" / name).read_bytes())["word/document.xml"]


def test_tracked_changes(tmp_path: Path) -> None:
    made = redline(tmp_path, SOUND, with_text(SOUND, "is little to", "is much to"), "word")
    assert made.problems.sorted() == []
    xml = body_of(tmp_path).decode()
    assert re.findall(r"<w:(ins|del) ([^>]*)>", xml) == [
        ("del", 'w:id="9001" w:author="Fascicle" w:date="2024-02-29T00:00:00Z"'),
        ("ins", 'w:id="9002" w:author="Fascicle" w:date="2024-02-29T00:00:00Z"'),
    ]
    assert "little</w:delText>" in xml
    assert "Assection1.1says,thereismuchtosay." in [
        one.capitalize() for one in units(version(xml.encode(), new=True))
    ]


@pytest.mark.parametrize("turned", [False, True], ids=["inserted", "deleted"])
def test_the_file_keeps_to_the_schema(tmp_path: Path, turned: bool) -> None:
    """Changes hold runs and formulas alone, deleted runs deleted text, and each has a number of its own (ECMA-376, 17.13.5)."""
    old, new = SOUND, {**SOUND, ONE: f"{SOUND[ONE]!s}{MORE}"}
    made = redline(tmp_path, *((new, old) if turned else (old, new)), "word")
    assert [one.message for one in made.problems.sorted()] == []
    root = ElementTree.fromstring(body_of(tmp_path))
    assert root.find(f".//{{{W}}}fascicle") is None
    numbers = [node.get(f"{{{W}}}id") for node in root.iter() if node.tag in _TRACKED]
    assert len(set(numbers)) == len(numbers) > 10
    for node in root.iter():
        for child in node:
            inside = {inner.tag.rpartition("}")[2] for inner in child}
            if child.tag in _TRACKED and node.tag != f"{{{W}}}rPr" and node.tag != f"{{{W}}}trPr":
                assert inside <= _INSIDE
            if child.tag == f"{{{W}}}del":
                assert child.find(f".//{{{W}}}t") is None
            if child.tag == f"{{{W}}}ins":
                assert child.find(f".//{{{W}}}delText") is None


@pytest.mark.parametrize("seed", range(4))
def test_random_edits_are_proved(tmp_path: Path, seed: int) -> None:
    choice = random.Random(seed)
    old, new = ({**EVERYTHING, ONE: mutated(str(EVERYTHING[ONE]), choice)} for _ in range(2))
    made = redline(tmp_path, old, new, "word")
    assert [one.message for one in made.problems.sorted() if one.severity is Severity.ERROR] == []
    assert made.files


def test_a_change_that_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The finished file is read both ways: without its marks it is not delivered."""
    monkeypatch.setattr(word.Tracker, "_sign", lambda self, kind: None)
    made = redline(tmp_path, SOUND, with_text(SOUND, "is little to", "is much to"), "word")
    assert [one.code.value for one in made.problems.sorted()] == ["redline-unproved"]
    assert made.files == ()


@pytest.mark.slow
def test_libreoffice_reads_them(tmp_path: Path) -> None:
    """Saved by LibreOffice, the file still has its changes, and both versions are had from it.

    But for formulas: it takes every formula for text of both versions.
    """
    need("soffice")
    more = MORE.replace("$a+b$", "words")
    redline(
        tmp_path,
        SOUND,
        {**SOUND, ONE: f"{with_text(SOUND, 'is little to', 'is much to')[ONE]!s}{more}"},
        "word",
    )
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "docx",
    ]
    subprocess.run(
        [*command, "--outdir", tmp_path / "saved", tmp_path / "new" / _FILE], check=True, capture_output=True
    )
    saved = unzipped((tmp_path / "saved/a-sound-thing.docx").read_bytes())["word/document.xml"]
    ours = body_of(tmp_path)
    for new in (True, False):
        both = ["".join("".join(units(version(data, new=new))).split()) for data in (ours, saved)]
        assert re.sub(r"\W", "", both[0]) == re.sub(r"\W", "", both[1])
