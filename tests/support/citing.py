"""Sets one document in a citation style and reads its citations and its list back from the PDF."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from fascicle.core.diagnostics import Collector
from fascicle.core.model import CitationStyle
from fascicle.document.markdown.parser import Origin, ParseOptions, parse_inlines
from fascicle.document.tree import Cite, Inline, Note, SoftBreak, Text
from fascicle.latex.biblatex.bib_file import write_bib
from fascicle.latex.biblatex.styles import style_setup
from fascicle.latex.escape import Latex, escape
from fascicle.latex.fonts.fonts import font_setup
from fascicle.latex.writer.citations import render_cite
from fascicle.project.bibliography.library import Bibliography, read_bibliography
from fascicle.project.sources import Sources
from tests.conftest import ROOT

FIXTURES = ROOT / "tests/latex/biblatex/fixtures"

_HEAD = r"""\documentclass[10pt]{article}
\usepackage[PAPER]{geometry}
\newattribute\fascicleasian
% Without the slant's correction after italics, which pdftotext takes for a space.
\makeatletter\let\sw@slant\@empty\makeatother
FONTS
\usepackage{babel}
\babelprovide[import,main]{BABEL}
\usepackage{csquotes}
\usepackage[hidelinks]{hyperref}
\newcommand\fasciclebreak{\hskip0pt}\newcommand\fasciclejoin{}
\newcommand\fasciclespace[1]{\hskip#1}\newcommand\fasciclefixedspace[1]{\nobreak\hskip#1}
"""
WIDE = "paperwidth=1600mm,paperheight=420mm,margin=20mm"
"""So wide that no citation and no entry is broken into lines."""


@dataclass(frozen=True)
class Result:
    """What one run gave."""

    pdf: Path
    log: str
    biber: str
    citations: list[str]
    entries: list[str]


def library(root: Path, problems: Collector) -> Bibliography:
    """The essay's sources and the hostile library in one."""
    essay, fixture = "bib/references.bib", FIXTURES.relative_to(root).as_posix()
    return read_bibliography(Sources(root), [(essay, None), (f"{fixture}/library.bib", None)], problems)


def set_document(
    folder: Path, bibliography: Bibliography, style: CitationStyle, language: str = "en-GB", paper: str = WIDE
) -> Result:
    """Write, typeset and read one document that cites everything."""
    folder.mkdir(parents=True, exist_ok=True)
    babel = {"en-GB": "british", "en-US": "american", "de": "ngerman", "fr": "french"}[language]
    setup = style_setup(style, language)
    lines = [
        f"\\par\\noindent C{number}: {render(line, style, language)}"
        for number, line in enumerate((FIXTURES / "citations.txt").read_text().splitlines(), 1)
    ]
    body = "\n\n".join(lines)
    works = write_bib(bibliography, bibliography.entries, style, language)
    fonts = font_setup(body + works, language).preamble
    head = _HEAD.replace("BABEL", babel).replace("PAPER", paper).replace("FONTS", fonts)
    document = (
        f"{head}{setup.package}\n{setup.setup}\\addbibresource{{references.bib}}\n\\begin{{document}}\n\\raggedright\n"
        f"{body}\n\\nocite{{*}}\n\\clearpage\n\\printbibliography[title={{{setup.heading}}}]\n\\end{{document}}\n"
    )
    (folder / "main.tex").write_text(document)
    (folder / "references.bib").write_text(works)
    log, biber = _typeset(folder)
    text = _run(["pdftotext", "-layout", "main.pdf", "-"], folder)
    citations, _, listed = text.partition(f"{setup.heading}\n")
    return Result(folder / "main.pdf", log, biber, _lines(citations), _lines(listed))


def render(line: str, style: CitationStyle, language: str) -> Latex:
    """One line of Markdown with its citations rendered, everything else escaped."""
    problems = Collector()
    inlines = parse_inlines(
        line, Origin("citations.txt", 1, 1), ParseOptions(language, raw_latex=False), problems
    )
    assert not list(problems), list(problems)

    def latex(nodes: tuple[Inline, ...]) -> Latex:
        return Latex("").join(_inline(node, style, language, latex) for node in nodes)

    return latex(inlines)


def cite(source: str, style: CitationStyle, language: str = "en-GB") -> str:
    """The LaTeX of one citation written in Markdown."""
    return str(render(source, style, language))


def _inline(node: Inline, style: CitationStyle, language: str, latex: object) -> Latex:
    match node:
        case Cite():
            return render_cite(node, style, latex, language)  # type: ignore[arg-type]
        case Text(text=text):
            return escape(text)
        case SoftBreak():
            return Latex(" ")
        case Note():
            raise NotImplementedError
        case _:
            raise TypeError(type(node))


def _typeset(folder: Path) -> tuple[str, str]:
    engine = ["lualatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "main"]
    _run([*engine[:-1], "-draftmode", "main"], folder)
    biber = _run(["biber", "--noconf", "main"], folder)
    _run([*engine[:-1], "-draftmode", "main"], folder)
    _run(engine, folder)
    return (folder / "main.log").read_text(errors="replace"), biber


def _run(command: list[str], folder: Path) -> str:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=120, check=False, errors="replace",
        env={**os.environ, "max_print_line": "2000"},
    )  # fmt: skip
    assert done.returncode == 0, f"{command[0]}: {done.stdout[-3000:]}\n{done.stderr[-2000:]}"
    return done.stdout


def _lines(text: str) -> list[str]:
    lines = (re.sub(r"\s+", " ", line).strip() for line in text.replace("\f", "\n").splitlines())
    return [line for line in lines if line and not re.fullmatch(r"\d+", line)]


def expected(style: str) -> list[str]:
    """The lines that a style's document must give: citations, an empty line, the list."""
    return (FIXTURES / f"{style}.txt").read_text("utf-8").splitlines()


def italic_words(pdf: Path) -> set[str]:
    """Words of the PDF that are set in an italic font."""
    from pypdf import PdfReader

    words: set[str] = set()

    def visit(text: str, _cm: object, _tm: object, font: dict[str, str] | None, _size: float) -> None:
        if font and font.get("/BaseFont", "").endswith("LinLibertineOI"):
            words.update(re.findall(r"[\w.]+", text))

    for page in PdfReader(pdf).pages:
        page.extract_text(visitor_text=visit)
    return words
