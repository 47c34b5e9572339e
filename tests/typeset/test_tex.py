"""The engine with the real LuaLaTeX."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from fascicle.typeset import environment
from fascicle.typeset.engine import typeset
from fascicle.typeset.font_cache import FontCache
from fascicle.typeset.job import FailureKind, Job, Limits, Program, RerunReason, TypesetOutcome
from fascicle.typeset.log.latex_log import LogKind, read_log
from tests.conftest import ROOT
from tests.support.pages import without_id

pytestmark = [pytest.mark.tex, pytest.mark.release]

WORDS = [
    "the",
    "city",
    "moves",
    "through",
    "its",
    "own",
    "images",
    "while",
    "people",
    "who",
    "came",
    "from",
    "elsewhere",
    "build",
    "towers",
]
KEYS = [f"work{number}" for number in range(8)]
PREAMBLE = r"""\documentclass{article}
\usepackage{hyperref}
\begin{document}
\tableofcontents
"""


def article() -> str:
    """Five pages with contents and cross-references to later pages."""
    dice = random.Random(7)
    parts = [PREAMBLE]
    for number, key in enumerate(KEYS):
        later = (number + 3) % len(KEYS)
        parts.append(f"\\section{{Section {number}}}\\label{{sec:{number}}}")
        parts += [" ".join(dice.choices(WORDS, k=130)) + "." for _ in range(2)]
        parts.append(f"As {key} says, see page~\\pageref{{sec:{later}}} and \\ref{{sec:{later}}}.")
    return "\n\n".join([*parts, "\\end{document}", ""])


TEX = article()


def make(folder: Path, cache: Path, **changes: object) -> Job:
    values: dict[str, object] = {
        "folder": folder / "run",
        "tex": TEX,
        "cache": cache,
        "epoch": 1_700_000_000,
    }
    return Job(**{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture(scope="module", autouse=True)
def two_processors() -> object:
    """The parallel way is tested on a machine with one processor too."""
    patch = pytest.MonkeyPatch()
    patch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    yield
    patch.undo()


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A font cache that has served the article's preamble."""
    folder = tmp_path_factory.mktemp("cache")
    first = make(
        tmp_path_factory.mktemp("first"),
        folder,
        tex=PREAMBLE + "x\\end{document}\n",
        parallel=False,
    )
    assert typeset(first).failure is None
    assert FontCache(folder, TEX).warm
    return folder


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> TypesetOutcome:
    """The article, one program after the other."""
    return typeset(make(tmp_path_factory.mktemp("plain"), cache, parallel=False))


@pytest.fixture(scope="module")
def fast(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> TypesetOutcome:
    """The article, with the next engine started ahead."""
    return typeset(make(tmp_path_factory.mktemp("fast"), cache))


def kept_bytes(outcome: TypesetOutcome) -> dict[str, bytes]:
    assert outcome.pdf is not None
    return {path.name: path.read_bytes() for path in (outcome.pdf.parent / "kept").iterdir()}


def test_all_is_settled_and_said(plain: TypesetOutcome) -> None:
    assert plain.failure is None
    assert [one.program for one in plain.passes] == [Program.LUALATEX] * 3
    assert plain.passes[0].reason is RerunReason.FIRST
    assert "undefined" not in plain.log
    assert read_log(plain.log) == []
    assert plain.synctex is not None


def test_side_by_side_gives_the_same_bytes(plain: TypesetOutcome, fast: TypesetOutcome) -> None:
    assert fast.failure is None
    assert without_id(fast.pdf) == without_id(plain.pdf)
    assert kept_bytes(fast) == kept_bytes(plain)


def test_the_result_is_that_of_plain_runs_by_hand(tmp_path: Path, cache: Path, plain: TypesetOutcome) -> None:
    engine = shutil.which("lualatex") or ""
    variables = environment.child_environment(cache, cache / "home", 1_700_000_000, engine=engine)
    (tmp_path / "main.tex").write_text(TEX)
    lualatex = ["lualatex", "-no-shell-escape", "-interaction=nonstopmode", "-synctex=1", "main.tex"]
    for _ in range(3):
        subprocess.run(lualatex, cwd=tmp_path, env=variables, capture_output=True, check=True)
    assert without_id(tmp_path / "main.pdf") == without_id(plain.pdf)
    for name, content in kept_bytes(plain).items():
        assert (tmp_path / name).read_bytes() == content, name


def test_a_second_build_needs_one_pass(fast: TypesetOutcome, cache: Path) -> None:
    assert fast.pdf is not None
    before = without_id(fast.pdf)
    again = typeset(make(fast.pdf.parent.parent, cache))
    assert [one.reason for one in again.passes] == [RerunReason.CHANGED]
    assert without_id(again.pdf) == before


def test_a_preamble_that_reads_what_the_last_pass_wrote(tmp_path: Path, cache: Path) -> None:
    tex = (
        "\\documentclass{article}\n\\def\\told{nothing}\\InputIfFileExists{\\jobname.extra}{}{}\n"
        "\\newwrite\\extra\n\\begin{document}\nIt told \\told.\\clearpage\n"
        "\\immediate\\openout\\extra=\\jobname.extra\n\\immediate\\write\\extra{\\def\\string\\told{everything}}\n"
        "\\immediate\\closeout\\extra\n\\end{document}\n"
    )
    fonts = FontCache(cache, tex)
    with fonts.filling():
        pass
    texts = []
    for parallel in (False, True):
        outcome = typeset(make(tmp_path / str(parallel), cache, tex=tex, parallel=parallel))
        texts.append(
            subprocess.run(["pdftotext", str(outcome.pdf), "-"], capture_output=True, text=True).stdout
        )
    assert ["everything" in text for text in texts] == [True, True]


def test_inputs_are_linked_and_nothing_else_is_read_where_tex_is_held(tmp_path: Path, cache: Path) -> None:
    """From TeX Live 2024 on LuaTeX is not held, or could not find its fonts: docs/security.md says so."""
    (tmp_path / "part.tex").write_text("Linked text. ")
    (tmp_path / "secret.tex").write_text("Secret text. ")

    def tex(name: str) -> str:
        return f"\\documentclass{{article}}\n\\begin{{document}}\n\\input{{{name}}}\n\\end{{document}}\n"

    inputs = {"parts/part.tex": tmp_path / "part.tex"}
    options = {"inputs": inputs}
    good = typeset(make(tmp_path, cache, tex=tex("parts/part.tex"), **options))
    assert good.failure is None
    engine = shutil.which("lualatex") or ""
    held = environment.child_environment(cache, cache / "home", 0, engine=engine)["openin_any"] == "p"
    for name in (str(tmp_path / "secret.tex"), "../../secret.tex") if held else ():
        bad = typeset(make(tmp_path, cache, tex=tex(name), **options))
        assert bad.failure is not None
        assert bad.failure.kind is FailureKind.TEX
        assert "not found" in bad.log
    assert good.pdf is not None
    assert good.pdf.exists()


def test_an_endless_loop_is_stopped(tmp_path: Path, cache: Path) -> None:
    tex = TEX.replace("\\tableofcontents", "\\def\\x{\\x}\\x")
    begun = time.monotonic()
    outcome = typeset(make(tmp_path, cache, tex=tex, limits=Limits(seconds=3)))
    assert outcome.failure is not None
    assert outcome.failure.kind is FailureKind.TIME_LIMIT
    assert time.monotonic() - begun < 6


def test_endless_pages_are_stopped(tmp_path: Path, cache: Path) -> None:
    loop = (
        "\\pdfvariable compresslevel=0 \\loop\\shipout\\hbox{\\rule{1cm}{1cm}}\\pdfextension literal{%\n"
        + "x" * 9000
        + "}\\iftrue\\repeat"
    )
    tex = TEX.replace("\\tableofcontents", loop)
    outcome = typeset(
        make(tmp_path, cache, tex=tex, limits=Limits(seconds=600, output=1_000_000), parallel=False)
    )
    assert outcome.failure is not None
    assert outcome.failure.kind is FailureKind.OUTPUT_LIMIT


def test_an_error_in_the_text_is_in_the_log(tmp_path: Path, cache: Path) -> None:
    outcome = typeset(make(tmp_path, cache, tex=TEX.replace("As work2", "As \\nonsense")))
    assert outcome.failure is not None
    assert outcome.failure.kind is FailureKind.TEX
    line = TEX[: TEX.index("As work2")].count("\n") + 1
    errors = [one for one in read_log(outcome.log) if one.kind is LogKind.ERROR]
    assert [(one.file, one.line, one.token) for one in errors] == [("main.tex", line, "\\nonsense")]


def test_a_build_killed_at_any_moment_does_no_harm(
    tmp_path: Path, cache: Path, plain: TypesetOutcome
) -> None:
    dice = random.Random(3)
    job = make(tmp_path, cache)
    names = ("folder", "tex", "cache", "epoch")
    values = ", ".join(
        f"{name}=Path({str(value)!r})"
        if isinstance(value := getattr(job, name), Path)
        else f"{name}={value!r}"
        for name in names
    )
    program = (
        "from pathlib import Path\nfrom fascicle.typeset.engine import typeset\n"
        f"from fascicle.typeset.job import Job\ntypeset(Job({values}))\n"
    )
    for _ in range(3):
        child = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT)
        time.sleep(dice.uniform(0.3, 3))
        child.kill()
        child.wait()
    outcome = typeset(replace(job, limits=Limits()))
    assert outcome.failure is None
    assert without_id(outcome.pdf) == without_id(plain.pdf)
    assert not list(job.folder.glob("pass-*"))
