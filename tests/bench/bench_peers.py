"""A build of the essay beside pandoc, Typst and texmark on the same text."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from importlib import util
from pathlib import Path

import pytest

from tests.bench.bench_build import cleaned, cold, first
from tests.bench.harness import PROGRAM, Table, compare, pandoc, timed
from tests.bench.onefile import TEXT, OneFile
from tests.bench.peers import LATEXMK, warm_fonts

TYPST_COLD = "import typst; typst.compile('text.typ', output='text.pdf')"
TEXMARK_TRIED = (
    "texmark 0.15.5 was tried by hand: its default template is no valid Jinja, and with its template 'arxiv' BibTeX "
    "cannot read the name of the citation style, so that every citation stays undefined"
)

pytestmark = [pytest.mark.tex, pytest.mark.slow]


def needed(table: Table, name: str, here: object, package: str) -> None:
    """Note that a row cannot be measured for want of a program, and go on."""
    if not here:
        table.skipped[name] = f"not installed (pip install {package})"
        pytest.skip(table.skipped[name])


@pytest.fixture
def text(essay: Path, tmp_path: Path) -> Path:
    """The folder of the one file."""
    one = OneFile(essay, tmp_path / "text")
    one.export()
    return one.folder


def test_pandoc_with_citeproc(table: Table, essay: Path, text: Path) -> None:
    """Without biber: pandoc makes the list of works by itself, and lets LuaLaTeX run until nothing changes."""
    name = "cold build / pandoc --citeproc"
    needed(table, name, pandoc(), "pypandoc_binary")
    command = (pandoc() or "", "--citeproc", "--pdf-engine=lualatex", TEXT, "--output=text.pdf")

    def theirs(_: int) -> float:
        return timed(command, text, warm_fonts(essay))

    theirs(0)
    name_of_first = "first build with these packages and this style / pandoc --citeproc"
    table.add(compare(name_of_first, lambda _: first(essay), theirs, None))
    cleaned(essay)
    again = "build after make clean / pandoc --citeproc"
    table.add(compare(again, lambda _: cleaned(essay), theirs, None))
    table.hold(compare(name, lambda _: cold(essay), theirs, 0.9))


def test_pandoc_with_latexmk(table: Table, essay: Path, text: Path) -> None:
    """LaTeX for biblatex by pandoc, then latexmk: what many who write in Markdown do."""
    name = "cold build / pandoc + latexmk"
    needed(table, name, pandoc(), "pypandoc_binary")
    convert = (pandoc() or "", "--standalone", "--biblatex", TEXT, "--output=text.tex")

    def theirs(_: int) -> float:
        for left in text.glob("text.*"):
            if left.name != TEXT:
                left.unlink()
        return timed(convert, text) + timed((*LATEXMK, "text.tex"), text, warm_fonts(essay))

    theirs(0)
    table.add(compare(name, lambda _: cold(essay), theirs, None))


def test_typst(table: Table, essay: Path, tmp_path: Path) -> None:
    """Typst sets its own pages of the same text: the yardstick, since no TeX comes near it."""
    names = ("cold build / Typst, process", "word edited / Typst, warm")
    for name in names:
        if not util.find_spec("typst") or not pandoc():
            table.skipped[name] = "not installed (pip install typst pypandoc_binary)"
    if names[0] in table.skipped:
        pytest.skip(table.skipped[names[0]])
    folder = typst_folder(essay, tmp_path)
    table.add(
        compare(
            names[0], lambda _: cold(essay), lambda _: timed([sys.executable, "-c", TYPST_COLD], folder), None
        )
    )
    table.add(compare(names[1], edits_of(essay), warm_typst(folder), None))


def typst_folder(essay: Path, tmp_path: Path) -> Path:
    """The text as pandoc writes it for Typst."""
    one = OneFile(essay, tmp_path / "typst")
    one.export(typst=True)
    command = (pandoc() or "", "--standalone", "--to=typst", TEXT, "--output=text.typ")
    timed(command, one.folder)
    return one.folder


def edits_of(essay: Path) -> Callable[[int], float]:
    """Our build after another word."""
    section = essay / "content/03-the-journey.md"
    original = section.read_text(encoding="utf-8")

    def ours(number: int) -> float:
        section.write_text(original.replace("rural Sichuan", f"rural {number} Sichuan"), encoding="utf-8")
        seconds = timed([PROGRAM], essay)
        section.write_text(original, encoding="utf-8")
        return seconds

    return ours


def warm_typst(folder: Path) -> Callable[[int], float]:
    """The same edit in a process of Typst's that keeps what it knows."""
    import typst

    source = folder / "text.typ"
    original = source.read_text(encoding="utf-8")
    compiler = typst.Compiler(str(source))
    last = compiler.compile()

    def theirs(number: int) -> float:
        nonlocal last
        edited = original.replace("rural Sichuan", f"rural {number} Sichuan")
        assert edited != original
        source.write_text(edited, encoding="utf-8")
        begun = time.perf_counter()
        made = compiler.compile()
        seconds = time.perf_counter() - begun
        assert made != last
        last = made
        return seconds

    return theirs


def test_texmark(table: Table, essay: Path, text: Path) -> None:
    """Where it is installed and can make the essay."""
    name = "cold build / texmark"
    program = shutil.which("texmark")
    if program is None:
        table.skipped[name] = TEXMARK_TRIED
        pytest.skip(TEXMARK_TRIED)
    command = (program, TEXT, "--pdf", "--engine=lualatex", "--journal-template=arxiv", "--bib=all.bib")

    def theirs(_: int) -> float:
        shutil.rmtree(text / "build", ignore_errors=True)
        return timed(command, text, {**warm_fonts(essay), "PYPANDOC_PANDOC": pandoc() or ""})

    try:
        theirs(0)
    except AssertionError as error:
        table.skipped[name] = f"it cannot make the essay: {str(error).strip().splitlines()[-1]}"
        pytest.skip(table.skipped[name])
    table.add(compare(name, lambda _: cold(essay), theirs, None))
