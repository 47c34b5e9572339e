"""Hundreds of strangers' publications: each is refused or made, with its words as text, and no canary is harmed."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Diagnostic
from fascicle.export.metadata.formats import EXPORTS
from fascicle.export.metadata.record import work_of
from fascicle.journals.journal_edition import SubmitOptions
from fascicle.journals.submission import submit
from fascicle.pdf.reading.inspection import Inspection
from fascicle.pipeline.build import build_edition, check_edition
from fascicle.pipeline.run import Request
from fascicle.project.publication import read_publication
from tests.conftest import STRESS, need
from tests.support.publications import write
from tests.support.strangers import FIELDS, KINDS, MARK, OUTPUTS, Stranger, strangers

EVERY = tuple(strangers())
SECRET = "the-secret-of-the-canary"
# Of these a prime number apart, so that every kind and many places are among them.
CHECKED = EVERY if STRESS else EVERY[::31]
MADE = EVERY if STRESS else EVERY[::69]


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
    assert {one.output for one in MADE} == set(OUTPUTS)
    assert {(one.kind, one.output) for one in EVERY} == {
        (kind, output) for kind in KINDS for output in OUTPUTS
    }
    assert {(one.field, one.output) for one in EVERY} == {
        (field, output) for field in FIELDS for output in OUTPUTS
    }


def laid_out(stranger: Stranger, canary: Canary, folder: Path) -> Path:
    return write(folder / "stranger", stranger.files(canary.folder, canary.secret, canary.port))


def named(stranger: Stranger) -> str:
    return f"{stranger.kind}-{stranger.field}-{stranger.output}"


@pytest.mark.stress
@pytest.mark.parametrize("stranger", CHECKED, ids=named)
def test_a_check_harms_nothing(stranger: Stranger, canary: Canary, tmp_path: Path) -> None:
    found = check_edition(Request(laid_out(stranger, canary, tmp_path), no_trust=True), "screen")
    assert Code.PROGRAM_FAULT not in {one.code for one in found}
    assert not any(SECRET in one.message for one in found)
    canary.check()


@pytest.mark.tex
@pytest.mark.stress
@pytest.mark.parametrize("stranger", MADE, ids=named)
def test_what_is_made_harms_nothing(stranger: Stranger, canary: Canary, tmp_path: Path) -> None:
    need("lualatex", "rsvg-convert")
    root = laid_out(stranger, canary, tmp_path)
    found, made = MAKERS.get(stranger.output, an_edition)(Request(root, no_trust=True), stranger.output)
    assert not {one.code for one in found} & FAULTS
    for name, data in made.items():
        words = printed(name, data)
        assert SECRET not in words
        assert not ACTING.search(words if name.endswith(RAW) else "")
        assert stranger.field not in PRINTED or stranger.output in MAKERS or MARK in words
    canary.check()


FAULTS = {Code.PROGRAM_FAULT, Code.TEX_ERROR, Code.TEX_CRASHED, Code.TEX_TIME_LIMIT}
PRINTED = ("text", "heading", "footnote", "caption")
RAW = (".html", ".xhtml", ".svg", ".opf")
# Elements and addresses of a browser that none of our own templates writes.
ACTING = re.compile(
    r"<script(?! type=.application/ld)|<iframe|<object|<embed|<[a-z][^<>]*\son\w+\s*=\s*[\"']|<[a-z][^<>]*\s(?:href|src)\s*=\s*[\"']?\s*(?:javascript|run|file|data:text/html):"
)

Made = tuple[Iterable[Diagnostic], dict[str, bytes]]


def an_edition(request: Request, name: str) -> Made:
    result = build_edition(request, name, lambda event: None)
    return result.diagnostics, {
        result.output: (request.project / result.output).read_bytes()
    } if result.output else {}


def a_package(request: Request, name: str) -> Made:
    result = submit(request, SubmitOptions("arxiv", draft=True), lambda event: None)
    folder = request.project / result.folder
    return result.diagnostics, {path: (folder / path).read_bytes() for path in result.files}


def records(request: Request, name: str) -> Made:
    problems = Collector()
    publication = read_publication(request.open_sources(), problems)
    if publication is None:
        return problems, {}
    work = work_of(publication, problems)
    written = {export.file: export.write(work, problems) for export in EXPORTS.values()}
    return problems, {file: text.encode() for file, text in written.items() if text}


MAKERS: Mapping[str, Callable[[Request, str], Made]] = {"package": a_package, "records": records}


def printed(name: str, data: bytes) -> str:
    """The words of a result."""
    if name.endswith(".pdf"):
        return "".join(Inspection(data).texts)
    if name.endswith((".docx", ".epub", ".zip")):
        with ZipFile(BytesIO(data)) as archive:
            return "".join(printed(entry, archive.read(entry)) for entry in archive.namelist())
    return data.decode("utf-8", "replace")


def test_the_canary_would_be_missed(canary: Canary) -> None:
    """The test itself: a file that is written, and a port that is called, are seen."""
    canary.check()
    with socket.create_connection(("127.0.0.1", canary.port)), pytest.raises(AssertionError):
        canary.check()
    (canary.folder / "written").write_text("x")
    with pytest.raises(AssertionError):
        canary.check()
    assert os.environ["FASCICLE_CANARY"] == SECRET
