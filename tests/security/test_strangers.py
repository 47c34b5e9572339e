"""Hundreds of strangers' publications: each is refused or made, with its words as text, and no canary is harmed."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from fascicle.core.diagnostic_codes import Code
from fascicle.pdf.reading.inspection import Inspection
from fascicle.pipeline.build import build_edition, check_edition
from fascicle.pipeline.run import Request
from tests.conftest import STRESS, need
from tests.support.publications import write
from tests.support.strangers import FIELDS, KINDS, MARK, Stranger, strangers

EVERY = tuple(strangers())
SECRET = "the-secret-of-the-canary"
# Of these a prime number apart, so that every kind and many places are among them.
CHECKED = EVERY if STRESS else EVERY[::31]
MADE = EVERY if STRESS else EVERY[5::151]


class Canary:
    """A file, a port, a variable of the environment and a neighbour, none of which may be touched."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.secret = folder / "secret"
        self.secret.write_text(SECRET)
        (folder / "neighbour.md").write_text("mine")
        self.listener = socket.socket()
        self.listener.bind(("127.0.0.1", 0))
        self.listener.listen()
        self.listener.settimeout(0.001)
        self.port = self.listener.getsockname()[1]

    def check(self) -> None:
        assert sorted(path.name for path in self.folder.iterdir()) == ["neighbour.md", "secret"]
        assert self.secret.read_text() == SECRET
        assert (self.folder / "neighbour.md").read_text() == "mine"
        assert not self.called()

    def called(self) -> bool:
        """Whether somebody has come to the port."""
        try:
            self.listener.accept()[0].close()
        except TimeoutError:
            return False
        return True


@pytest.fixture
def canary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Canary]:
    monkeypatch.setenv("FASCICLE_CANARY", SECRET)
    (tmp_path / "outside").mkdir()
    held = Canary(tmp_path / "outside")
    yield held
    held.listener.close()


def test_there_are_enough_of_them() -> None:
    assert len(EVERY) == len(KINDS) * len(FIELDS) > 300
    assert {one.kind for one in CHECKED} == set(KINDS)


def laid_out(stranger: Stranger, canary: Canary, folder: Path) -> Path:
    return write(folder / "stranger", stranger.files(canary.folder, canary.secret, canary.port))


def named(stranger: Stranger) -> str:
    return f"{stranger.kind}-{stranger.field}"


@pytest.mark.parametrize("stranger", CHECKED, ids=named)
def test_a_check_harms_nothing(stranger: Stranger, canary: Canary, tmp_path: Path) -> None:
    found = check_edition(Request(laid_out(stranger, canary, tmp_path), no_trust=True), "screen")
    assert Code.PROGRAM_FAULT not in {one.code for one in found}
    assert not any(SECRET in one.message for one in found)
    canary.check()


@pytest.mark.tex
@pytest.mark.parametrize("stranger", MADE, ids=named)
def test_a_build_harms_nothing(stranger: Stranger, canary: Canary, tmp_path: Path) -> None:
    need("lualatex", "rsvg-convert")
    root = laid_out(stranger, canary, tmp_path)
    for edition in ("screen", "word", "jats") if STRESS else ("screen",):
        result = build_edition(Request(root, no_trust=True), edition, lambda event: None)
        assert Code.PROGRAM_FAULT not in {one.code for one in result.diagnostics}
        assert not {one.code.value for one in result.diagnostics} & {
            "tex-error",
            "tex-crashed",
            "tex-time-limit",
        }
        if result.output:
            words = printed(root / result.output)
            assert SECRET not in words
            assert stranger.field not in ("text", "heading", "footnote", "caption") or MARK in words
        canary.check()


def printed(path: Path) -> str:
    """The words of a result."""
    data = path.read_bytes()
    if path.suffix == ".pdf":
        return "".join(Inspection(data).texts)
    if path.suffix == ".docx":
        with ZipFile(BytesIO(data)) as archive:
            return archive.read("word/document.xml").decode() + archive.read("word/footnotes.xml").decode()
    return data.decode()


def test_the_canary_would_be_missed(canary: Canary) -> None:
    """The test itself: a file that is written, and a port that is called, are seen."""
    canary.check()
    with socket.create_connection(("127.0.0.1", canary.port)), pytest.raises(AssertionError):
        canary.check()
    (canary.folder / "written").write_text("x")
    with pytest.raises(AssertionError):
        canary.check()
    assert os.environ["FASCICLE_CANARY"] == SECRET
