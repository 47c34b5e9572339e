"""Several publications in one command: each told where its author stands, none stopped by another, one summary."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest

from fascicle.cli.many_builds import ProgressBoard
from fascicle.cli.reporter import Reporter
from fascicle.core.events import Listener, Progress
from fascicle.pipeline import parallel
from fascicle.pipeline.build import BuildResult, build_edition
from fascicle.pipeline.parallel import PoolJob
from fascicle.pipeline.run import Request
from fascicle.project import manifest
from fascicle.project.manifest import path_of, state_folder
from tests.pipeline.test_parallel import PROGRAM
from tests.support.command_line import fascicle
from tests.support.processes import left_behind, marked, working_in
from tests.support.publications import SMALL, SOUND, TINY, write

WRONG = {"content/01-one.md": "---\ntitle: One\n---\n\nA work [@nobody].\n"}
SECONDS = re.compile(r"[\d.]+ s\b")


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of publications, in the folder where the author stands."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FASCICLE_PROJECT", raising=False)
    (tmp_path / "shelf").mkdir()
    return tmp_path / "shelf"


@pytest.fixture
def no_tex(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds that only say that they were made; a publication named `dies` ends its process, `fails` has a fault."""

    def pretend(request: Request, edition: str, listen: Listener) -> BuildResult:
        listen(Progress(edition, "lualatex 1: first run"))
        if request.project.name == "dies":
            os.kill(os.getpid(), signal.SIGKILL)
        if request.project.name == "fails":
            raise ZeroDivisionError("nothing to share")
        return BuildResult(edition, (), f"build/{edition}/a.pdf", 3, 1.0)

    monkeypatch.setattr(parallel, "build_edition", pretend)


def put(shelf: Path, *names: str) -> None:
    for name in names:
        write(shelf / name, SMALL)


def summary(printed: str) -> list[str]:
    """The table at the end, times taken out, columns one space apart."""
    lines = SECONDS.sub("TIME", printed).rstrip().split("\n\n")[-1].splitlines()
    return [" ".join(line.split()) for line in lines]


@pytest.mark.usefixtures("no_tex")
def test_one_that_fails_or_dies_stops_no_other(
    shelf: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put(shelf, "a", "dies", "fails", "z")
    assert fascicle(monkeypatch, "build", "--all-in", "shelf") == 3
    printed = capsys.readouterr()
    assert summary(printed.out) == [
        "shelf/a made TIME screen, 3 pages",
        "shelf/dies failed TIME screen: 1 error",
        "shelf/fails failed TIME screen: 1 error",
        "shelf/z made TIME screen, 3 pages",
        "4 publications: 2 made, 0 up to date, 2 failed; TIME",
    ]
    assert "error[program-fault]: shelf/dies: the program itself failed" in printed.err
    assert "error[program-fault]: shelf/fails: the program itself failed: ZeroDivisionError" in printed.err
    assert "Traceback" not in printed.out + printed.err
    assert "shelf/a: screen: shelf/a/build/screen/a.pdf, 3 pages" in printed.out


def test_problems_are_told_where_the_author_stands_and_the_highest_status_counts(
    shelf: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(shelf / "one", {**SMALL, **WRONG})
    write(shelf / "two", {**SMALL, **WRONG, "content/02-two.md": "---\ntitle: [\n---\n"})
    (shelf / "empty").mkdir()
    monkeypatch.chdir(shelf / "one")
    folders = ("--project", ".", "--project", "../two", "--project", "../empty")
    assert fascicle(monkeypatch, "build", *folders, "--format", "short") == 1
    reported = capsys.readouterr().err.splitlines()
    assert (
        "content/01-one.md:5:9: error[undefined-citation]: works are cited ('nobody'), and bib/ holds no bibliography"
        in reported
    )
    assert any(line.startswith("../two/content/02-two.md:") for line in reported)
    assert "error[missing-file]: ../empty: there is no content/publication.yaml here" in reported


def test_machines_read_one_document(
    shelf: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one", "two"):
        write(shelf / name, {**SMALL, **WRONG})
    assert fascicle(monkeypatch, "build", "--all-in", "shelf", "--format", "sarif") == 1
    (one,) = json.loads(capsys.readouterr().out)["runs"]
    places = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in one["results"]
    ]
    assert sorted(places) == ["shelf/one/content/01-one.md", "shelf/two/content/01-one.md"]
    assert fascicle(monkeypatch, "check", "--all-in", "shelf", "--format", "json") == 1
    places = [json.loads(line)["span"]["file"] for line in capsys.readouterr().out.splitlines()]
    assert places == ["shelf/one/content/01-one.md", "shelf/two/content/01-one.md"]


@pytest.mark.usefixtures("no_tex")
def test_a_folder_counts_once_by_whatever_name(
    shelf: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put(shelf, "b", "a")
    (shelf / "c").symlink_to("a")
    names = ("--project", "shelf/b", "--project", "shelf/../shelf/b/", "--all-in", "shelf")
    assert fascicle(monkeypatch, "build", *names) == 0
    labels = [line.split()[0] for line in summary(capsys.readouterr().out)]
    assert labels == ["shelf/b", "shelf/a", "2"]


@pytest.mark.usefixtures("no_tex")
def test_two_names_of_one_publication_are_one(
    shelf: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It keeps its trust, and there is no summary."""
    put(shelf, "a")
    monkeypatch.setattr(
        "fascicle.pipeline.parallel.build_edition",
        lambda request, *_: BuildResult("x", (), str(request.no_trust)),
    )
    assert fascicle(monkeypatch, "build", "--project", "shelf/a", "--project", "shelf/a/") == 0
    assert capsys.readouterr().out == "x: shelf/a/False, 0.0 s\n"


def test_the_variable_names_one_publication_when_no_option_does(
    shelf: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It may hold a colon; and a folder of publications is not joined by the one that it names."""
    put(shelf, "a:b c", "d")
    monkeypatch.setenv("FASCICLE_PROJECT", str(shelf / "a:b c"))
    assert fascicle(monkeypatch, "check") == 0
    assert capsys.readouterr().out == "no problems found\n"
    assert fascicle(monkeypatch, "check", "--project", "shelf/d") == 0
    assert capsys.readouterr().out == "no problems found\n"
    (shelf / "more").mkdir()
    put(shelf / "more", "e")
    assert fascicle(monkeypatch, "check", "--all-in", "shelf/more") == 0
    assert (
        capsys.readouterr().out == "shelf/more/e: no problems found\n1 publication: 1 good, 0 with errors\n"
    )


@pytest.mark.parametrize(
    ("folder", "reported"),
    [
        ("shelf/none", "no folder in 'shelf/none' is a publication"),
        ("shelf/one", "it is one itself: --project shelf/one"),
        ("shelf/nowhere", "does not exist"),
    ],
)
def test_a_folder_without_publications_is_told(
    shelf: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    folder: str,
    reported: str,
) -> None:
    put(shelf, "one")
    (shelf / "none/.hidden/content").mkdir(parents=True)
    (shelf / "none/.hidden/content/publication.yaml").write_text("title: Hidden\n")
    assert fascicle(monkeypatch, "build", "--all-in", folder) == 2
    assert reported in capsys.readouterr().err


def test_an_edition_that_none_has_is_wrong_usage(
    shelf: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put(shelf, "a", "b")
    assert fascicle(monkeypatch, "build", "camera", "--all-in", "shelf") == 2
    assert "there is no edition 'camera'; known are: " in capsys.readouterr().err


def test_an_edition_that_one_has_is_an_error_of_the_others(
    shelf: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(shelf / "a", {**SMALL, **WRONG, "templates/editions/camera.yaml": "description: For a camera\n"})
    put(shelf, "b")
    assert fascicle(monkeypatch, "build", "camera", "--all-in", "shelf", "--trust", "--format=short") == 1
    reported = capsys.readouterr().err.splitlines()
    assert [line for line in reported if "shelf/a/content/01-one.md" in line]
    assert "error[wrong-value]: shelf/b: there is no edition 'camera'" in reported


# -- Trust ----------------------------------------------------------------------------------------------


def withheld(printed: str) -> list[str]:
    return [line for line in printed.splitlines() if "note[trust-withheld]" in line]


def test_several_get_no_trust_and_are_told_so(
    shelf: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(
        shelf / "raw",
        {
            **SMALL,
            "content/publication.yaml": SMALL["content/publication.yaml"] + "trust: {raw-latex: true}\n",
        },
    )
    write(shelf / "tiny", TINY)
    put(shelf, "plain")
    fascicle(monkeypatch, "check", "--all-in", "shelf", "--format", "short")
    several = "which several at once do not get"
    assert withheld(capsys.readouterr().err) == [
        f"shelf/raw/content/publication.yaml:4:8: note[trust-withheld]: the publication asks for trust (raw LaTeX), {several}",
        "shelf/tiny/content/publication.yaml:5:8: note[trust-withheld]: the publication asks for trust "
        f"(raw LaTeX, templates of its own), {several}",
    ]


@pytest.mark.parametrize("arguments", [("--trust",), ("--no-trust",)])
def test_who_decides_on_trust_is_told_nothing_of_it(
    shelf: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: tuple[str]
) -> None:
    write(shelf / "tiny", TINY)
    good = fascicle(monkeypatch, "check", "--all-in", "shelf", "--format", "short", *arguments) == 0
    reported = capsys.readouterr().err
    assert withheld(reported) == []
    assert good == (arguments == ("--trust",)), reported


@pytest.mark.parametrize("arguments", [(), ("--trust",)])
def test_one_publication_has_the_trust_that_it_gives_itself(
    shelf: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
) -> None:
    write(shelf / "tiny", TINY)
    assert fascicle(monkeypatch, "check", "--project", "shelf/tiny", *arguments) == 0
    assert capsys.readouterr().err == ""


# -- The board on a terminal ----------------------------------------------------------------------------


def test_the_board_shows_a_line_for_each_and_leaves_only_the_summary(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(shelf, "a", "b")
    reporter = Reporter()
    screens: list[list[str]] = []
    monkeypatch.setattr(reporter, "board", lambda lines: screens.append([text for text, _ in lines]))
    monkeypatch.setattr(Reporter, "height", 24)
    said: list[str] = []
    monkeypatch.setattr(reporter, "say", lambda text, style="": said.append(text))
    roots = [shelf / "a", shelf / "b"]
    jobs = [PoolJob(Request(root), "screen") for root in roots]
    board = ProgressBoard(roots, reporter)
    board.expect(jobs)
    board.event(jobs[0], Progress("screen", "lualatex 1: first run"))
    assert [SECONDS.sub("TIME", line) for line in screens[-1]] == [
        "0 of 2 publications done, TIME",
        "shelf/a  screen: lualatex 1: first run, TIME",
        "shelf/b  waits",
    ]
    board.done(jobs[0], BuildResult("screen", (), "build/screen/a.pdf"))
    board.done(jobs[1], BuildResult("screen", ()))
    board.close()
    assert [SECONDS.sub("TIME", line) for line in screens[-1]] == [
        "2 of 2 publications done, TIME",
        "shelf/a  made",
        "shelf/b  failed",
    ]
    assert len("\n".join(said).strip().splitlines()) == 3, "nothing but the summary is left on the screen"


def test_more_publications_than_lines_show_those_at_work(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"p{number:02}" for number in range(40)]
    reporter = Reporter()
    screens: list[list[str]] = []
    monkeypatch.setattr(reporter, "board", lambda lines: screens.append([text for text, _ in lines]))
    monkeypatch.setattr(Reporter, "height", 24)
    roots = [shelf / name for name in names]
    jobs = [PoolJob(Request(root), "screen") for root in roots]
    board = ProgressBoard(roots, reporter)
    board.expect(jobs)
    board.event(jobs[33], Progress("screen", "lualatex 1: first run"))
    assert screens[-1][1].startswith("shelf/p33  screen: lualatex 1")


# -- With TeX -------------------------------------------------------------------------------------------


@pytest.mark.tex
def test_what_is_made_is_what_each_gives_by_itself(shelf: Path) -> None:
    """The same name of the result in both, one new since the last time, one up to date."""
    for name in ("a", "b"):
        write(shelf / name, {**SMALL, "content/01-one.md": f"---\ntitle: {name}\n---\n\nText of {name}.\n"})
    one = [PROGRAM, "build", "--no-trust", "--project", "shelf/a", "-q"]
    done = subprocess.run(one, cwd=shelf.parent, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    output = "build/screen/a-small-thing.pdf"
    before = (shelf / "a" / output).read_bytes()
    known = manifest.load(state_of(shelf / "a"), "screen")
    assert known
    assert known.settings.program == manifest.program_fingerprint()
    assert [entry for entry in known.reads if not manifest.is_current(entry, shelf / "a")] == []
    done = subprocess.run(
        [PROGRAM, "build", "--all-in", "shelf"], cwd=shelf.parent, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert summary(done.stdout) == [
        "shelf/a up to date screen up to date",
        "shelf/b made TIME screen, 1 page",
        "2 publications: 1 made, 1 up to date, 0 failed; TIME",
    ]
    Path(path_of(state_of(shelf / "a"), "screen")).unlink()
    write(shelf / "bad", {**SMALL, **WRONG})
    done = subprocess.run(
        [PROGRAM, "build", "--all-in", "shelf", "-q"],
        cwd=shelf.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert (shelf / "a" / output).read_bytes() == before
    alone_b = build_edition(Request(shelf / "b"), "screen", lambda event: None)
    assert (shelf / "b" / alone_b.output).read_bytes() != before


@pytest.mark.tex
@pytest.mark.parametrize(
    ("end", "group"),
    [(signal.SIGINT, False), (signal.SIGINT, True), (signal.SIGKILL, False)],
    ids=["kill -INT", "Ctrl-C", "kill -KILL"],
)
def test_the_end_of_the_command_ends_all(shelf: Path, end: signal.Signals, group: bool) -> None:
    for number in range(6):
        write(shelf / f"p{number}", SOUND)
    process = subprocess.Popen(
        [PROGRAM, "build", "--all-in", shelf],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    states = [state_of(shelf / f"p{number}") for number in range(6)]
    await_tex(states, process)
    if group:
        os.killpg(process.pid, end)
    else:
        process.send_signal(end)
    _, reported = process.communicate(timeout=120)
    assert process.returncode == (130 if end == signal.SIGINT else -end)
    assert reported.strip() == ("interrupted" if end == signal.SIGINT else "")
    assert [left for folder in (shelf, *states) for left in left_behind(folder)] == []
    assert not list(shelf.glob("*/build/*/*.pdf"))


def state_of(publication: Path) -> Path:
    """Where it is kept what builds without trust know of one another."""
    return Path(state_folder(publication, untrusted=True))


def await_tex(folders: list[Path], process: subprocess.Popen[str]) -> None:
    """Until TeX is at work in one of `folders`, which namespaces of its own do not hide in the words that start it."""
    while process.poll() is None and not any(_sets(folder) for folder in folders):
        time.sleep(0.02)
    assert process.poll() is None, "the build ended before it could be interrupted"


def _sets(folder: Path) -> bool:
    return any("lualatex" in command for command in (*marked(str(folder)), *working_in(folder)))


@pytest.mark.tex
@pytest.mark.slow
def test_twenty_with_fonts_that_are_new(shelf: Path, tmp_path: Path) -> None:
    """They share one empty font cache, and each comes out as it does by itself."""
    for number in range(20):
        text = SOUND["content/01-one.md"]
        assert isinstance(text, str)
        write(
            shelf / f"p{number:02}", {**SOUND, "content/01-one.md": text.replace("little", f"{number} times")}
        )
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}

    def build(*wanted: str) -> str:
        """By the command alone: what tests say of tags reaches no other process."""
        command = [PROGRAM, "build", *wanted]
        done = subprocess.run(
            command, cwd=shelf.parent, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    together = summary(build("--all-in", "shelf"))
    assert together[-1] == "20 publications: 20 made, 0 up to date, 0 failed; TIME"
    for number in (0, 7, 19):
        result = next((shelf / f"p{number:02}/build/screen").glob("*.pdf"))
        made = result.read_bytes()
        subprocess.run(["rm", "-rf", shelf / f"p{number:02}/build"], check=True)
        build("--project", f"shelf/p{number:02}")
        assert result.read_bytes() == made
