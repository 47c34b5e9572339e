"""Whatever an author types prints as typed: hostile text set by LuaLaTeX in every place and read back from the PDF."""

from __future__ import annotations

import re
import string
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from fascicle.core.diagnostics import Collector, Span
from fascicle.core.model import Places
from fascicle.document.figures.placed_figures import PlacedPicture
from fascicle.document.markdown.parser import Origin, ParseOptions, parse_blocks
from fascicle.document.tree import (
    Alignment,
    Block,
    Cell,
    CodeBlock,
    Figure,
    Heading,
    InlineCode,
    LineBlock,
    Link,
    ListItem,
    Note,
    OrderedList,
    Paragraph,
    Row,
    Table,
    Text,
)
from fascicle.latex.context import RenderContext
from fascicle.latex.fonts.fonts import font_setup
from fascicle.latex.templating.compose import compose
from fascicle.latex.writer.renderer import render_blocks
from fascicle.project.templates import Contract, Template, TemplateFile
from tests.conftest import ROOT

pytestmark = [pytest.mark.tex, pytest.mark.release]

HOSTILE = (
    r"\input{/etc/passwd}",
    r"\directlua{os.exit()}",
    r"\write18{touch x} \immediate\openout3=x",
    r"\end{document}",
    r"^^5cinput ^^M ^^^^0041",
    r"{{ value }} ((( value ))) ((* if x *)) ((= x =))",
    r"$$x^2$$ $x$ \(x\) \[x\]",
    r"``quoted'' ,,so`` --- -- <<so>> ?` !` ''' " + '"a "o',
    r"100% & #1 _x_ ~y ^z {a} \{b\} \\[2pt] \\*",
    r"[2pt] * ] [ = , ;",
    r"* [x] | a & b \\ \hline",
    r"\catcode`\%=12 \def\x{y} \csname x\endcsname",
    r"}}}{{{ \begin{verbatim} \iffalse",
    r"\ufdd0 \\ufdd1 \x00",
    "".join(chr(code) for code in range(0x21, 0x7F)),
)
PAIRS = tuple("x".join(first + second for second in string.punctuation) for first in string.punctuation)
AT = Span("t.md")
PREAMBLE = r"""\documentclass{article}
\usepackage[paperwidth=2400pt,paperheight=14000pt,margin=20pt]{geometry}
((( fonts )))
\usepackage{graphicx}
((* for package in packages *))
\usepackage{((( package )))}
((* endfor *))
\usepackage{hyperref}
((* include "shared/fascicle.tex" *))
\makeatletter\renewcommand\@makecaption[2]{#1: #2\par}\makeatother
\pagestyle{empty}\parindent0pt\parskip4pt\raggedright
\hypersetup{pdftitle={((( hostile[0] )))}}
\begin{document}
((* for text in hostile *))
Y((( loop.index0 ))): ((( text ))) :Y

((* endfor *))
((( body )))
\end{document}
"""


def text(content: str) -> tuple[Text, ...]:
    return (Text(AT, content),)


def paragraph(content: str) -> Paragraph:
    return Paragraph(AT, text(content))


def parsed(content: str) -> tuple[Block, ...]:
    """The text typed as Markdown, every sign with a backslash before it."""
    typed = re.sub(rf"([{re.escape(string.punctuation)}])", r"\\\1", content)
    problems = Collector()
    blocks = parse_blocks(typed, Origin("t.md"), ParseOptions(), problems)
    assert not list(problems)
    return blocks


def places(number: int, content: str) -> Iterator[Block]:
    """The text in every place of the tree, between marks that name place and number."""

    def marked(place: str) -> str:
        return f"{place}{number}: {content} :{place}"

    yield from parsed(marked("M"))
    yield paragraph(marked("P"))
    yield Paragraph(AT, (*text(f"B{number}: "), Text(AT, content), Text(AT, " :B")))
    yield Heading(AT, 2, text(marked("H")))
    yield Heading(AT, 4, text(marked("R")))
    yield Paragraph(AT, (Link(AT, text(marked("L")), "https://example.org/a_b%20c#d~e"),))
    yield Paragraph(AT, (Text(AT, "A word"), Note(AT, (paragraph(marked("N")),)), Text(AT, " after.")))
    yield Paragraph(AT, (InlineCode(AT, marked("C")),))
    yield CodeBlock(AT, f"D{number}:\n{content}\n:D")
    yield LineBlock(AT, (text(f"V{number}:"), text(content), text(":V")))
    yield OrderedList(AT, (ListItem(AT, (paragraph(f"I{number}:"),)), ListItem(AT, (paragraph(content),))))
    yield paragraph(":I")
    cells = tuple(Cell(AT, text(cell)) for cell in (f"T{number}:", content, ":T"))
    starred = tuple(Cell(AT, text(cell)) for cell in (content, "", ""))
    yield Table(AT, (Alignment.LEFT,) * 3, (Row(AT, cells),), (Row(AT, cells), Row(AT, starred)))
    here = replace(Figure(AT, "plate", ()).attributes, classes=("here",))
    yield Figure(AT, f"plate{number}", text(marked("F")), here)


def source() -> str:
    """The torture as one TeX file."""
    blocks: list[Block] = [
        block for number, content in enumerate(HOSTILE) for block in places(number, content)
    ]
    blocks += [paragraph(f"Q{number}: {content} :Q") for number, content in enumerate(PAIRS)]
    pictures = {
        f"plate{number}": PlacedPicture(
            None, f"W{number}: {content} :W", 2200, 60, f"A{number}: {content} :A"
        )
        for number, content in enumerate(HOSTILE)
    }
    fragment = render_blocks(tuple(blocks), RenderContext(pictures=pictures))
    shared = (ROOT / "templates/shared/fascicle.tex").read_text(encoding="utf-8")
    files = {
        "t/main.tex": TemplateFile(PREAMBLE, "main.tex"),
        "shared/fascicle.tex": TemplateFile(shared, "f.tex"),
    }
    template = Template("t", files, Contract(description="Torture"), Places(file="t", spans={}))
    problems = Collector()
    packages = sorted(fragment.packages - {"hyperref"})
    fonts = font_setup(string.printable, "en-GB").preamble
    variables = {"fonts": fonts, "packages": packages, "hostile": HOSTILE, "body": fragment}
    composed = compose(template, variables, problems)
    assert composed is not None, [problem.message for problem in problems]
    return composed.tex


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("torture")
    (folder / "main.tex").write_text(source(), encoding="utf-8")
    command = ["lualatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "main.tex"]
    for _ in range(2):
        done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout[-2500:]
    return folder


@pytest.fixture(scope="module")
def printed(folder: Path) -> str:
    command = ["pdftotext", "-raw", "-nopgbrk", "main.pdf", "-"]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def squeezed(content: str) -> str:
    return re.sub(r"\s+", "", content)


def found(printed: str, place: str, number: int) -> list[str]:
    """What stands between the marks of a place, in every copy."""
    pieces = re.findall(rf"{place}{number}: ?\n?(.*?) ?\n?:{place}", printed, re.DOTALL)
    return [" ".join(piece.split()) for piece in pieces]


@pytest.mark.parametrize("place", "YMPBHRLNFAWC")
def test_text_is_printed_as_typed(printed: str, place: str) -> None:
    for number, content in enumerate(HOSTILE):
        pieces = found(printed, place, number)
        assert pieces, f"{place}{number} is not printed"
        assert set(pieces) == {" ".join(content.split())}


@pytest.mark.parametrize("place", "DVIT")
def test_text_between_lines_and_cells_is_printed_as_typed(printed: str, place: str) -> None:
    for number, content in enumerate(HOSTILE):
        assert any(squeezed(content) in squeezed(piece) for piece in found(printed, place, number)), (
            place,
            content,
        )


def test_every_pair_of_signs(printed: str) -> None:
    for number, content in enumerate(PAIRS):
        assert found(printed, "Q", number) == [content]


def test_nothing_ran(folder: Path, printed: str) -> None:
    assert not (folder / "x").exists()
    assert "root:" not in printed
    log = (folder / "main.log").read_text(encoding="utf-8", errors="replace")
    assert "Missing character" not in log
    assert not re.findall(r"^! ", log, re.MULTILINE)


def test_bookmarks_and_title_are_as_typed(folder: Path) -> None:
    reader = PdfReader(folder / "main.pdf")
    titles: list[str] = []

    def walk(items: list[object]) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item)
            else:
                titles.append(str(item["/Title"]))  # type: ignore[index]

    walk(list(reader.outline))
    for number, content in enumerate(HOSTILE):
        assert squeezed(f"H{number}: {content} :H") in [squeezed(title) for title in titles]
    assert reader.metadata is not None
    assert squeezed(str(reader.metadata.title)) == squeezed(HOSTILE[0])


def test_links_lead_where_they_say(folder: Path) -> None:
    reader = PdfReader(folder / "main.pdf")
    targets = {
        str(annotation["/A"]["/URI"])
        for page in reader.pages
        for annotation in (item.get_object() for item in page.get("/Annots", []))
        if "/URI" in annotation.get("/A", {})
    }
    assert targets == {"https://example.org/a_b%20c#d~e"}
