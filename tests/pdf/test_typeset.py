"""A real document of LuaLaTeX, finished: the same bytes from any folder, sound for other readers, PDF/A-2u."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from fascicle.core.diagnostics import Collector
from fascicle.pdf.finish.finish import Finishing
from fascicle.pdf.preflight import verapdf
from fascicle.pdf.preflight.preflight import preflight
from fascicle.pdf.reading.inspection import Inspection
from tests.conftest import need, need_verapdf
from tests.support.pdf_samples import METADATA, finished

pytestmark = [pytest.mark.tex, pytest.mark.release]


@pytest.fixture(scope="module")
def done(typeset_twice: tuple[bytes, bytes], archive: Finishing) -> bytes:
    return finished(typeset_twice[0], archive)


@pytest.fixture
def file(done: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "done.pdf"
    path.write_bytes(done)
    return path


def test_two_folders_give_the_same_bytes(typeset_twice, archive, done) -> None:
    one, two = typeset_twice
    assert one != two, "the engine leaves no trace of the folder: the test proves nothing"
    assert finished(two, archive) == done


def test_every_promise_is_kept(done, archive) -> None:
    problems = Collector()
    preflight(done, archive, problems)
    assert list(problems) == []


def test_what_tex_leaves_breaks_promises(typeset_twice, archive) -> None:
    broken = {item.check.name for item in preflight(typeset_twice[0], archive, Collector()) if item.broken}
    assert broken >= {"info", "xmp", "language", "claims", "annotations"}
    assert "version" in broken or typeset_twice[0].startswith(b"%PDF-1.7")  # as TeX Live 2024 and newer write
    assert not broken & {"fonts-embedded", "characters", "links", "bookmarks"}


def test_the_file_hardly_grows(typeset_twice, done, archive) -> None:
    profile = archive.intent.profile.stat().st_size
    assert len(done) < len(typeset_twice[0]) + profile + 9000, "XMP is the only other thing that was added"


def test_links_bookmarks_and_labels(done) -> None:
    found = Inspection(done)
    assert [(mark.title, mark.target) for mark in found.outlines] == [
        ("Office, affluent, fjord — 流动人口", 2),
        ("Second", 3),
    ]
    assert len(found.links) >= 5
    assert all(link.target for link in found.links)
    assert found.reader.page_labels == ["i", "1", "2", "3"]


def test_text_is_found_again(done) -> None:
    text = " ".join(Inspection(done).texts)
    for words in (
        "Office, affluent, fjord — 流动人口",
        "户口",
        "Libertine ffi Qu Th",
        "Ελληνικά",
        "Inside a drawing: fi Th",
    ):
        assert words in text


def test_qpdf_finds_no_fault(file) -> None:
    need("qpdf")
    ran = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_poppler_sees_the_same_fonts(file, done) -> None:
    need("pdffonts")
    table = subprocess.run(
        ["pdffonts", file], capture_output=True, text=True, check=True
    ).stdout.splitlines()[2:]
    theirs = {(row.split()[0], *row.rsplit(maxsplit=5)[1:4]) for row in table}
    flag = {True: "yes", False: "no"}
    ours = {(f.name, flag[f.embedded], flag[f.subset], flag[f.unicode]) for f in Inspection(done).fonts}
    assert ours == theirs
    assert len(ours) >= 7


def test_poppler_reads_the_same_metadata(file) -> None:
    need("pdfinfo")
    reported = subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True).stdout
    assert METADATA.title in reported
    assert "Jia Zhangke; Österle, Ana; 贾樟柯" in reported
    assert "Metadata Stream: yes" in " ".join(reported.split())


@pytest.mark.slow
def test_verapdf_finds_pdf_a_2u(done) -> None:
    need_verapdf()
    assert verapdf.failures(done, "2u") == []


@pytest.mark.slow
def test_verapdf_would_find_a_fault(typeset_twice) -> None:
    need_verapdf()
    assert "clause 6.6.2.1, test 1 is broken" in verapdf.failures(typeset_twice[0], "2u")
