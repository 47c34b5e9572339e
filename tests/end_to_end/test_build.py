"""Whole builds by the command line: results, exit statuses, and what bad input may not do."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.publications import SMALL, write

pytestmark = pytest.mark.tex

BOOK = "@book{a, author = {Small, Ann}, title = {A Title}, date = {2001}, publisher = {Press}, location = {Leeds}}\n"


def fascicle(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program as an author does."""
    command = [sys.executable, "-c", "from fascicle.entry import main; main()", *arguments]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small publication with its good result."""
    root = write(tmp_path_factory.mktemp("built"), SMALL)
    done = fascicle(cwd=root)
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """A copy of it, result included."""
    return Path(shutil.copytree(built, tmp_path / "project", symlinks=True))


def pdf(root: Path) -> bytes:
    return (root / "build/screen/a-small-thing.pdf").read_bytes()


def test_steps_are_told_with_their_times(tmp_path: Path) -> None:
    done = fascicle(cwd=write(tmp_path, SMALL))
    numbers = [line.split()[0] for line in done.stdout.splitlines() if line[:1].isdigit()]
    assert numbers == list("1234567")
    assert done.stderr == ""
    assert done.returncode == 0


def test_results_lie_side_by_side(built: Path) -> None:
    names = {path.name for path in (built / "build/screen").iterdir()}
    assert {"a-small-thing.pdf", "a-small-thing.tex", "a-small-thing.synctex.gz", "report.json"} <= names
    report = json.loads((built / "build/screen/report.json").read_text())
    assert report["result"] == "build/screen/a-small-thing.pdf"
    assert report["promises"]


def test_nothing_to_do_says_so(built: Path) -> None:
    done = fascicle(cwd=built)
    assert done.stdout == "screen: build/screen/a-small-thing.pdf is up to date\n"


def test_quiet_says_nothing(project: Path) -> None:
    (project / "content/01-one.md").write_text(SMALL["content/01-one.md"] + "\nMore.\n")
    done = fascicle("-q", cwd=project)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_an_edit_and_its_taking_back_give_the_same_bytes(project: Path) -> None:
    before = pdf(project)
    (project / "content/01-one.md").write_text(SMALL["content/01-one.md"] + "\nMore.\n")
    fascicle(cwd=project)
    assert pdf(project) != before
    (project / "content/01-one.md").write_text(SMALL["content/01-one.md"])
    fascicle(cwd=project)
    assert pdf(project) == before


BAD = [
    ("a citation nobody has", {"content/01-one.md": "---\ntitle: One\n---\n[@b]\n"}, "content/01-one.md:4:2"),
    ("broken YAML", {"content/publication.yaml": "title: [\n"}, "content/publication.yaml:"),
    ("not UTF-8", {"content/01-one.md": b"---\ntitle: One\n---\n\xe9\n"}, "content/01-one.md:4:1"),
    (
        "broken BibTeX",
        {"bib/a.bib": "@book{a, title = {x\n", "content/01-one.md": "---\ntitle: One\n---\n[@a]\n"},
        "bib/a.bib:1:",
    ),
    (
        "a missing picture",
        {"content/01-one.md": "---\ntitle: One\n---\n![A](figures/no.png)\n"},
        "content/01-one.md:4:1",
    ),
    ("a Jinja error", {"templates/article/main.tex": "((* if *))\n"}, "templates/article/main.tex:1:1"),
    (
        "an undefined name",
        {"templates/article/main.tex": "a\n((( titel )))\n"},
        "templates/article/main.tex:2:1",
    ),
    (
        "math that reads files",
        {"content/01-one.md": "---\ntitle: One\n---\n$\\input{x}$\n"},
        "content/01-one.md:4:2",
    ),
    (
        "an entry that runs Lua",
        {
            "bib/a.bib": BOOK.replace("A Title", "\\directlua{x}"),
            "content/01-one.md": "---\ntitle: One\n---\n[@a]\n",
        },
        "bib/a.bib:1:",
    ),
]


@pytest.mark.parametrize(
    ("files", "place"), [pytest.param(files, place, id=name) for name, files, place in BAD]
)
def test_bad_input_is_told_and_the_last_good_result_stays(
    project: Path, files: dict[str, str | bytes], place: str
) -> None:
    before = pdf(project)
    write(project, files)
    done = fascicle("--format", "short", cwd=project)
    assert done.returncode == 1
    assert place in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert "The last good result was left as it is." in done.stdout
    assert pdf(project) == before


def raw(tex: str) -> dict[str, str]:
    """A template whose body is `tex`, then the text."""
    return {
        "templates/article/main.tex": f"\\documentclass{{article}}\\begin{{document}}\n{tex}\n((( body )))\n\\end{{document}}\n"
    }


def test_an_error_of_tex_is_told_at_the_template_line(project: Path) -> None:
    write(project, raw("\\undefinedthing"))
    done = fascicle("--format", "short", cwd=project)
    assert done.returncode == 1
    assert "templates/article/main.tex:2:1: error[tex-command]" in done.stderr


def test_an_endless_loop_ends_by_the_time_limit(project: Path) -> None:
    before = pdf(project)
    write(project, raw("\\def\\x{\\x}\\x"))
    done = fascicle("--time-limit", "3", "--format", "short", cwd=project)
    assert done.returncode == 1
    assert re.match(r"templates/article/main\.tex:[12]:1: error\[tex-time-limit\]", done.stderr), done.stderr
    assert pdf(project) == before


def test_tex_typed_as_text_prints_as_text(project: Path) -> None:
    typed = r"\input{/etc/passwd} \write18{ls} \directlua{os.exit()} {{ title }} 100% & more_of #1 ~ ^^5c"
    write(project, {"content/01-one.md": f"---\ntitle: 'One \\input{{x}}'\n---\n\n{typed}\n"})
    done = fascicle("-q", cwd=project)
    assert done.returncode == 0
    told = re.findall(r": (\w+\[[\w-]+\])", done.stderr)
    assert set(told) == {"warning[other-syntax]"}, done.stderr
    text = subprocess.run(
        ["pdftotext", "-raw", "build/screen/a-small-thing.pdf", "-"],
        cwd=project,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert " ".join(typed.split()) in " ".join(text.split())
    assert r"One \input{x}" in text


def test_trust_is_taken_away_from_outside(project: Path) -> None:
    trusting = SMALL["content/publication.yaml"] + "trust: {raw-latex: true, scripts: true}\n"
    write(
        project,
        {
            "content/publication.yaml": trusting,
            "content/01-one.md": "---\ntitle: One\n---\n`\\TeX`{=latex}\n",
        },
    )
    assert fascicle("-q", cwd=project).returncode == 0
    done = fascicle("check", "--no-trust", "--format", "short", cwd=project)
    assert "content/01-one.md:4:7: warning[raw-latex-off]" in done.stderr


def test_missing_tex_is_status_3(project: Path, tmp_path: Path) -> None:
    (project / "content/01-one.md").write_text(SMALL["content/01-one.md"] + "\nMore.\n")
    empty = tmp_path / "bin"
    empty.mkdir()
    done = fascicle("--format", "short", cwd=project, PATH=str(empty))
    assert done.returncode == 3
    assert "tool-missing" in done.stderr


@pytest.mark.parametrize(
    "arguments", [["build", "poster"], ["--nonsense"], ["explain", "nonsense"], ["build", "--set", "x"]]
)
def test_wrong_usage_is_status_2(project: Path, arguments: list[str]) -> None:
    done = fascicle(*arguments, cwd=project)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount")
@pytest.mark.parametrize(("options", "code"), [("size=80k", "disk-full"), ("ro", "not-writable")])
def test_a_full_disk_and_a_folder_that_cannot_be_written(project: Path, options: str, code: str) -> None:
    shutil.rmtree(project / "build")
    (project / "build").mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(project / "build")],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("this system lets nobody mount")
    try:
        done = fascicle("--format", "short", cwd=project)
    finally:
        subprocess.run(["umount", str(project / "build")], check=True)
    assert done.returncode == 3, done.stderr
    assert code in done.stderr
    assert "Traceback" not in done.stderr


def test_another_format_keeps_standard_output_for_diagnostics(project: Path) -> None:
    write(project, {"content/01-one.md": "---\ntitle: One\n---\n[@b]\n"})
    done = fascicle("--format", "json", cwd=project)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["code"] for record in records] == ["undefined-citation"]


@pytest.mark.parametrize("command", ["build", "check", "clean", "doctor", "explain", "new", "schema"])
def test_help_tells_what_a_command_is_for(command: str, tmp_path: Path) -> None:
    done = fascicle(command, "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) > 4


def test_clean_removes_what_was_made_and_nothing_else(project: Path) -> None:
    assert fascicle("clean", cwd=project).returncode == 0
    assert sorted(path.name for path in project.iterdir()) == ["content"]
    assert "nothing to remove" in fascicle("clean", cwd=project).stdout


def test_two_builds_at_once_wait_for_each_other(project: Path) -> None:
    (project / "content/01-one.md").write_text(SMALL["content/01-one.md"] + "\nTwo at once.\n")
    command = [sys.executable, "-c", "from fascicle.entry import main; main()"]
    both = [
        subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in "ab"
    ]
    outputs = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], outputs
    assert fascicle(cwd=project).stdout.endswith("is up to date\n")
