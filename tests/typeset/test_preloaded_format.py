"""Formats that hold the packages: which lines they hold, when they serve, and that nobody can tell the result."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from fascicle.pipeline.manuscript import read_manuscript
from fascicle.pipeline.run import Request, Run
from fascicle.project import scaffold
from fascicle.typeset import format_source, preloaded_format
from fascicle.typeset.engine import typeset
from fascicle.typeset.environment import environment_of, font_cache, programs_of
from fascicle.typeset.format_source import head_of
from fascicle.typeset.job import Job, TypesetOutcome
from fascicle.typeset.preloaded_format import Dumped, Formats, why_none
from tests.support.pages import without_id

HEAD = "% made by a program\n\\documentclass[11pt]{article}\n\n\\usepackage[pdfa]{hyperref}\n"
BODY = "\\begin{document}\nAn office in \\textbf{flux}. {\\large Another.}\\par\\MakeUppercase{straße é}\n\\end{document}\n"


@pytest.mark.parametrize(
    ("tex", "head"),
    [
        (HEAD + "\\usepackage{geometry}\n\\usepackage{csquotes}\n", HEAD),
        (HEAD + "% more\n\\usepackage{color}\n", HEAD + "% more\n\\usepackage{color}\n"),
        (HEAD + "% no more\n\\begin{document}", HEAD),
        (HEAD + "\\usepackage[colorlinks=\\iftrue true\\fi]{color}\n", HEAD),
        (HEAD.replace("article", "book"), ""),
        ("\\documentclass{article}\n\\usepackage{color}\n", ""),
        ("\\usepackage{hyperref}\n\\documentclass{book}\n", ""),
        ("\\input{before}\n" + HEAD, ""),
        ("", ""),
    ],
)
def test_the_lines_that_a_format_can_hold(tex: str, head: str) -> None:
    assert head_of(tex) == head


@pytest.fixture
def job(tmp_path: Path) -> Callable[..., Job]:
    """Makes jobs in one folder with one cache."""

    def make(tex: str = HEAD + BODY, **changes: object) -> Job:
        values: dict[str, object] = {"folder": tmp_path / "run", "tex": tex, "cache": tmp_path / "cache"}
        return Job(**{**values, **changes})  # type: ignore[arg-type]

    return make


class Programs:
    """Stands for the engine: makes formats of a given ending, and counts them."""

    def __init__(self, folder: Path, status: int = 0, *, proves: bool = True) -> None:
        self.made: list[str] = []
        self._folder, self._status = folder, status
        self._unproved = "" if proves else "no luck"
        self.package = folder / "package.sty"
        self.package.write_text("one")

    def make(self, tex: str) -> Dumped:
        """What the engine's run gives."""
        self.made.append(tex)
        path = self._folder / "main.fmt"
        path.write_bytes(b"format")
        read = f"INPUT {self.package}\nINPUT main.tex\n"
        return Dumped(self._status, path, read, "no luck")

    def find(self, job: Job) -> preloaded_format.Preloaded | None:
        """The format for a job."""
        environment = environment_of(job)
        formats = Formats(job, environment, programs_of(job, environment))
        return formats.find_or_make(self.make, lambda trial, tex: self._unproved, 1.0)


def test_a_format_is_made_once_and_serves_what_begins_alike(job: Callable[..., Job], tmp_path: Path) -> None:
    programs = Programs(tmp_path)
    found = programs.find(job())
    again = programs.find(job(tex=HEAD + "\\begin{document}other\\end{document}", epoch=7))
    assert found == again
    assert found
    assert (found.lines, found.read) == (4, (str(programs.package),))
    assert found.serves(HEAD + "whatever")
    assert not found.serves("other")
    assert len(programs.made) == 1
    assert HEAD in programs.made[0]


def test_it_is_made_anew_for_other_packages_engines_and_environments(
    job: Callable[..., Job], tmp_path: Path
) -> None:
    programs = Programs(tmp_path)
    jobs = [job(), job(tex=HEAD.replace("11pt", "12pt") + BODY), job(environment={"TEXINPUTS": "x"})]
    assert len({found.path for one in jobs if (found := programs.find(one))}) == 3
    assert len(programs.made) == 3


def test_it_is_made_anew_when_a_package_or_the_format_itself_has_changed(
    job: Callable[..., Job], tmp_path: Path
) -> None:
    programs = Programs(tmp_path)
    found = programs.find(job())
    assert found
    programs.package.write_text("another one")
    assert programs.find(job())
    assert len(programs.made) == 2
    found.path.write_bytes(b"half")
    assert programs.find(job())
    assert len(programs.made) == 3
    assert found.path.read_bytes() == b"format"


def test_a_file_of_the_publication_goes_before_a_package(job: Callable[..., Job], tmp_path: Path) -> None:
    programs = Programs(tmp_path)
    assert programs.find(job())
    assert programs.find(job(inputs={"package.sty": tmp_path / "own.sty"})) is None
    assert len(programs.made) == 1


@pytest.mark.parametrize(("status", "proves"), [(preloaded_format.REFUSED, True), (0, False)])
def test_what_no_format_can_hold_is_tried_once(
    job: Callable[..., Job], tmp_path: Path, status: int, proves: bool
) -> None:
    programs = Programs(tmp_path, status, proves=proves)
    assert [programs.find(job()) for _ in range(2)] == [None, None]
    assert len(programs.made) == 1
    assert why_none(tmp_path / "cache") == "no luck"


def test_an_error_of_tex_is_tried_again(job: Callable[..., Job], tmp_path: Path) -> None:
    programs = Programs(tmp_path, 1)
    assert [programs.find(job()) for _ in range(2)] == [None, None]
    assert len(programs.made) == 2
    assert why_none(tmp_path / "cache") == "no luck"
    assert Programs(tmp_path).find(job())
    assert not why_none(tmp_path / "cache")


def test_a_cache_that_cannot_be_written_is_no_error(job: Callable[..., Job], tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("no folder")
    assert Programs(tmp_path).find(job()) is None


def test_the_ones_used_longest_ago_go(
    job: Callable[..., Job], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preloaded_format, "_REMEMBERED", 2)
    programs = Programs(tmp_path)
    found = [programs.find(job(environment={"NAME": str(number)})) for number in range(2)]
    for number, one in enumerate(found):
        assert one
        os.utime(one.path, (number, number))
    assert programs.find(job(environment={"NAME": "0"}))  # used now
    programs.find(job(environment={"NAME": "2"}))
    assert len(programs.made) == 3
    assert programs.find(job(environment={"NAME": "0"}))
    assert len(programs.made) == 3
    assert (
        sorted(path.suffix for path in (tmp_path / "cache/formats").glob("*.*"))
        == [".fmt"] * 2 + [".json"] * 2
    )


@pytest.fixture
def fonts(tmp_path: Path) -> Path:
    """A cache of one's own that finds the fonts of all tests."""
    shared = font_cache(tmp_path)
    own = tmp_path / "cache"
    own.mkdir()
    for name in ("tex",):
        (shared / name).mkdir(exist_ok=True)
        (own / name).symlink_to(shared / name)
    return own


def pages(outcome: TypesetOutcome) -> bytes:
    """The PDF that came out, which there must be."""
    assert outcome.pdf, outcome.log[-2000:]
    return without_id(outcome.pdf)


def both_ways(monkeypatch: pytest.MonkeyPatch, make: Callable[[str], Job]) -> tuple[bytes, bytes, list[Path]]:
    """A job's pages with a format and without, and the formats made."""
    with_format = pages(typeset(make("with")))
    made = list((make("with").cache / "formats").glob("*.fmt"))
    monkeypatch.setattr(preloaded_format, "head_of", lambda tex: "")
    return with_format, pages(typeset(make("without"))), made


@pytest.mark.tex
@pytest.mark.release
def test_the_pages_are_those_of_a_run_without(
    job: Callable[..., Job], fonts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, made = both_ways(monkeypatch, lambda name: job(cache=fonts, folder=tmp_path / name))
    assert first == second
    assert len(made) == 1


STORED_IN_LUA = r"""\begin{document}
\ExplSyntaxOn
\tl_set:Nn \l_tmpa_tl { An ~ office ~ of ~ 1984 }
\regex_replace_all:nnN { [0-9]+ } { (\0) } \l_tmpa_tl \l_tmpa_tl \par
\fp_eval:n { sind(33) } \par
\text_uppercase:n { straße ~ ﬁn ~ ǆ ~ ΐ } ~ \text_titlecase_first:n { ǆep } \par
\intarray_const_from_clist:Nn \c_fascicle_test_intarray { 3, 5 } \intarray_item:Nn \c_fascicle_test_intarray { 2 }
\ExplSyntaxOff
\definecolor{ink}{rgb}{.2,.4,.6}\font\plain={[lmroman10-regular]:color=336699}\plain Plain
\font\named={[lmroman10-regular]:color=ink}\named named
\end{document}
"""


@pytest.mark.tex
@pytest.mark.release
def test_what_latex_keeps_in_lua_outlives_a_format(
    job: Callable[..., Job], fonts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tex = HEAD.replace("\\usepackage", "\\usepackage{color}\n\\usepackage") + STORED_IN_LUA
    first, second, made = both_ways(
        monkeypatch, lambda name: job(tex=tex, cache=fonts, folder=tmp_path / name)
    )
    assert first == second
    assert len(made) == 1


@pytest.mark.tex
@pytest.mark.release
@pytest.mark.parametrize("package", ["lua-ul", "babel"])
def test_packages_that_speak_to_lua_are_not_held(
    job: Callable[..., Job], fonts: Path, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    monkeypatch.setattr(format_source, "_HELD", format_source._HELD | {package})
    one = job(tex=f"{HEAD}\\usepackage{{{package}}}\n{BODY}", cache=fonts)
    assert head_of(one.tex).endswith(f"{{{package}}}\n")
    assert typeset(one).pdf
    assert list((fonts / "formats").glob("*.json"))
    assert not list((fonts / "formats").glob("*.fmt"))
    assert why_none(fonts).startswith("error: the packages change what Lua knows: ")


@pytest.mark.tex
@pytest.mark.release
def test_a_warning_of_a_package_is_told_each_time(job: Callable[..., Job], fonts: Path) -> None:
    one = job(tex=HEAD.replace("pdfa", "a4paper") + BODY, cache=fonts)
    for _ in range(2):
        outcome = typeset(one)
        assert outcome.pdf
        assert re.search("Package hyperref Warning: Option .a4paper", outcome.log)
    assert re.search("Package hyperref Warning: Option .a4paper", why_none(fonts))
    assert len(list((fonts / "formats").glob("*.json"))) == 1
    assert not list((fonts / "formats").glob("*.fmt"))


@pytest.mark.tex
@pytest.mark.release
@pytest.mark.parametrize("style", ["chicago-author-date", "chicago-notes", "numeric"])
def test_each_citation_style_is_the_same_with_a_format(
    style: str, fonts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "publication"
    scaffold.write(project)
    data = project / "content/publication.yaml"
    data.write_text(re.sub(r"(?m)^citation-style:.*$", f"citation-style: {style}", data.read_text()))
    section = next((project / "content").glob("01-*.md"))
    section.write_text(
        section.read_text() + "\n| a | b |\n|---|---|\n| $x$ | ~~d~~ |\n\nTable: Cells. {#tbl:cells}\n"
    )
    run = Run(Request(project), "screen", lambda event: None)
    manuscript = read_manuscript(run)
    assert manuscript, [str(found) for found in run.problems.sorted()]
    assembled = manuscript.assembled
    assert assembled

    def make(name: str) -> Job:
        return Job(
            folder=tmp_path / name,
            tex=assembled.tex,
            cache=fonts,
            inputs={
                **assembled.pictures,
                **{name: _text(tmp_path, name, text) for name, text in assembled.texts.items()},
            },
            epoch=manuscript.epoch,
        )

    assert "{hyperref}\n" in head_of(assembled.tex)
    first, second, made = both_ways(monkeypatch, make)
    assert first == second
    assert len(made) == 1


def in_texmf(name: str) -> bool:
    """Whether TeX's trees have a file."""
    return bool(subprocess.run(["kpsewhich", name], capture_output=True, check=False).stdout)


def _text(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text)
    return path
