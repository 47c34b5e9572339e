"""`fascicle preflight`: what it says to people and to machines, and its exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fascicle.cli.main import cli
from fascicle.pdf.expectations import NOTHING
from fascicle.pdf.preflight.external_tools import ProgramError, ToolRunner
from tests.support import press_sample
from tests.support.pdf_samples import PLAIN, changed, finished, raw_pdf, wishes_for


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "good.pdf"
    path.write_bytes(finished(raw_pdf(), wishes_for("a-2u", tmp_path)))
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["preflight", *map(str, arguments)], standalone_mode=False)


def test_a_good_file_gives_a_table_of_kept_promises(archive: Path) -> None:
    ran = run(archive, "--project", archive.parent)
    assert ran.return_value == 0, ran.output
    assert ran.output.splitlines()[0].endswith("good.pdf: 3 pages, PDF/A-2u, by itself")
    assert "  kept    All fonts are in the file" in ran.output
    assert "BROKEN" not in ran.output
    assert "No page takes too much ink" not in ran.output


def test_all_lists_what_nobody_promised(archive: Path) -> None:
    ran = run(archive, "--project", archive.parent, "--all")
    assert "  -       No page takes too much ink  (no edition to hold it to)" in ran.output


def test_a_broken_promise_is_named_with_its_page_and_ends_in_status_1(archive: Path, tmp_path: Path) -> None:
    def damage(writer):
        del writer.pages[1]["/Resources"]["/Font"]["/F1"]["/ToUnicode"]

    bad = tmp_path / "bad.pdf"
    bad.write_bytes(changed(archive.read_bytes(), damage))
    ran = run(bad, "--project", tmp_path)
    assert ran.return_value == 1
    assert "  BROKEN  Text can be searched and copied\n" in ran.output
    assert "does not tell which characters it shows (pages 1, 2, 3)" in ran.output
    quiet = run(bad, "--project", tmp_path, "-q")
    assert quiet.output.startswith("characters: the font ABCDEF+Sample-Regular")
    assert len(quiet.output.splitlines()) == 1


def test_a_machine_is_told_the_same(archive: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(changed(archive.read_bytes(), lambda writer: writer.root_object.pop("/Lang")))
    ran = run(bad, "--project", tmp_path, "--format", "json")
    reported = json.loads(ran.output)
    assert ran.return_value == 1
    assert reported["standard"] == "PDF/A-2u"
    assert reported["count"]["broken"] == 1
    (broken,) = (one for one in reported["promises"] if one["verdict"] == "broken")
    assert broken["name"] == "language"
    assert broken["broken"] == [{"message": "the file does not say its language"}]


def test_pdf_x_is_not_said_to_be_validated(tmp_path: Path) -> None:
    wanted = press_sample.output_options(tmp_path, "x-4")
    path = tmp_path / "press.pdf"
    path.write_bytes(finished(press_sample.press_pdf(), press_sample.without(wanted, promises=NOTHING)))
    ran = run(path, "--project", tmp_path)
    assert ran.return_value == 0, ran.output
    assert "No free program can validate PDF/X as a whole" in ran.output
    reported = json.loads(run(path, "--project", tmp_path, "--format", "json").output)
    assert reported["pdfx"]["validated"] is False
    assert "output intent and its profile" in reported["pdfx"]["checked"]


@pytest.mark.parametrize("what", ["none.pdf", "folder/none.pdf", "scren"])
def test_what_is_not_there_is_a_wrong_use(what: str, tmp_path: Path) -> None:
    ran = run(what, "--project", tmp_path)
    assert "there is no" in str(ran.exception)


def test_an_edition_that_has_not_been_built(tmp_path: Path, root: Path) -> None:
    from tests.support.publications import small

    ran = run("screen", "--project", small(tmp_path))
    assert "has not been built; type: fascicle build screen" in str(ran.exception)


def test_what_is_no_pdf_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_text("no PDF at all")
    ran = run(path, "--project", tmp_path)
    assert ran.return_value == 1
    assert "unreadable-pdf" in ran.output


def test_an_answer_is_asked_for_once(tmp_path: Path) -> None:
    bench, asked = ToolRunner(tmp_path / "proofs"), []

    def ask() -> list[int]:
        asked.append(1)
        return [1, 2]

    assert [bench.answer("q", b"file", ask) for _ in range(3)] == [[1, 2]] * 3
    assert bench.answer("q", b"another", ask) == [1, 2]
    assert bench.answer("another", b"file", ask) == [1, 2]
    assert len(asked) == 3


def test_a_damaged_answer_is_asked_for_again(tmp_path: Path) -> None:
    bench = ToolRunner(tmp_path)
    bench.answer("q", b"file", lambda: 1)
    (kept,) = tmp_path.iterdir()
    kept.write_text("{")
    assert bench.answer("q", b"file", lambda: 2) == 2


def test_a_program_that_is_missing_leaves_a_promise_unchecked(
    archive: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    ran = run(archive, "--project", tmp_path)
    assert ran.return_value == 0
    assert "  ?       The file's structure is sound (qpdf)  (qpdf is not installed)" in ran.output
    assert ran.output.rstrip().endswith("not checked")


def test_qpdf_finds_what_the_others_pass_over(archive: Path, tmp_path: Path, need_program) -> None:
    need_program("qpdf")
    from fascicle.pdf.preflight import qpdf

    data = archive.read_bytes()
    assert qpdf.faults(data) == []
    assert qpdf.faults(data.replace(b"startxref\n", b"startxref\n1"))


def test_verapdf_without_a_verdict_is_no_verdict(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from fascicle.pdf.preflight import verapdf

    java = tmp_path / "java"
    java.write_text("#!/bin/sh\necho 'Error: no main class' >&2\nexit 1\n")
    java.chmod(0o755)
    jar = tmp_path / "v.jar"
    jar.touch()
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setenv("VERAPDF_JAR", str(jar))
    with pytest.raises(ProgramError, match="no main class"):
        verapdf.failures(b"%PDF", "2u")


def test_a_wish_for_nothing_promises_nothing() -> None:
    assert PLAIN.promises is NOTHING
