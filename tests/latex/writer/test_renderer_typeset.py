"""What the renderer writes is good LaTeX: every fixture is typeset, and notes carry the numbers of their marks."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from fascicle.core.diagnostics import Collector
from fascicle.document.markdown.parser import Origin, ParseOptions, parse_blocks
from fascicle.latex.context import RenderContext
from fascicle.latex.line_map import unmark
from fascicle.latex.writer.renderer import render_blocks
from tests.conftest import ROOT
from tests.latex.writer.test_renderer import FIXTURES, load, rendered

pytestmark = [pytest.mark.tex, pytest.mark.release]

PREAMBLE = r"""\documentclass{article}
\usepackage{fontspec}
\setmainfont{LinLibertine_R.otf}[Ligatures=TeXOff,BoldFont=LinLibertine_RB.otf,
  ItalicFont=LinLibertine_RI.otf,BoldItalicFont=LinLibertine_RBI.otf]
\usepackage{graphicx}
PACKAGES
\usepackage{hyperref}
\input{fascicle}
\renewcommand\includegraphics[2][]{[#2]}
\def\ignored#1#{\ignoredkey}\def\ignoredkey#1{#1}
\let\parencite\ignored \let\textcite\ignored \let\autocite\ignored \let\cite\ignored \let\fasciclename\ignored
\newcommand\mkbibparens[1]{(#1)}
\def\parencites{\futurelet\nextone\parencitesnext}
\def\parencitesnext{\ifx\nextone[\expandafter\citesnote\else\ifx\nextone\bgroup\citeskey\fi\fi}
\def\citesnote[#1]{\parencites}
\def\citeskey\fi\fi#1{\fi\fi#1 \parencites}
\begin{document}
"""


def typeset(folder: Path, body: str, packages: set[str]) -> str:
    """The PDF's text; fails when TeX tells an error."""
    loaded = "\n".join(rf"\usepackage{{{name}}}" for name in sorted(packages - {"hyperref"}))
    shared = (ROOT / "templates/shared/fascicle.tex").read_text(encoding="utf-8")
    (folder / "fascicle.tex").write_text(shared, encoding="utf-8")
    source = PREAMBLE.replace("PACKAGES", loaded) + body + "\n\\end{document}\n"
    (folder / "main.tex").write_text(source, encoding="utf-8")
    for _ in range(2):
        command = ["lualatex", "-no-shell-escape", "-interaction=nonstopmode", "-file-line-error", "main.tex"]
        done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
        assert done.returncode == 0, "\n".join(
            re.findall(r"^.*main\.tex:\d+: .*\n.*", done.stdout, re.MULTILINE)
        )
    text = subprocess.run(
        ["pdftotext", "-layout", "main.pdf", "-"], cwd=folder, check=True, capture_output=True, text=True
    )
    return text.stdout


def test_every_fixture_is_typeset(tmp_path: Path) -> None:
    bodies: list[str] = []
    packages: set[str] = set()
    for path in FIXTURES:
        for case in load(path):
            fragment, _ = rendered(case)
            packages |= fragment.packages
            # Labels are given many times over; the first of each is enough.
            bodies.append(unmark(fragment.latex))
    body = "\n\n".join(bodies)
    seen: set[str] = set()

    def once(match: re.Match[str]) -> str:
        if match[0] in seen:
            return ""
        seen.add(match[0])
        return match[0]

    typeset(tmp_path, re.sub(r"\\label\{[^}]*\}", once, body), packages)
    log = (tmp_path / "main.log").read_text(encoding="utf-8", errors="replace")
    # Nothing in the fixtures carries this label.
    assert set(re.findall(r"[Rr]eference `([^']*)' on page", log)) <= {"sec:plain"}
    assert "Token not allowed in a PDF string" not in log


LONG = "\n".join(
    [
        "| Head^[HEAD] | B |",
        "|---|---|",
        *(f"| row {n}{'^[ROW' + str(n) + ']' if n in (2, 35) else ''} | b |" for n in range(40)),
    ]
)
NOTES = f"""
# Heading^[HEADING] {{.unnumbered}}

Text^[TEXT] and a quotation.

![Caption^[CAPTION] with^[SECOND] notes](figures/none.pdf){{.here}}

| A | B |
|---|---|
| cell^[CELL] | x |

: Table^[TABLE]

{LONG}

: Long table^[LONG]

Term^[TERM]
:   Meaning^[MEANING].

> Quotation^[QUOTE]

Last^[LAST].
"""


def test_notes_carry_the_numbers_of_their_marks(tmp_path: Path) -> None:
    problems = Collector()
    blocks = parse_blocks(NOTES, Origin("t.md"), ParseOptions(), problems)
    assert not list(problems)
    fragment = render_blocks(blocks, RenderContext())
    text = typeset(tmp_path, unmark(fragment.latex), set(fragment.packages))
    numbers = {
        word: int(number) for number, word in re.findall(r"^\s*(\d+)\s?([A-Z]+\d*)\s*$", text, re.MULTILINE)
    }
    marks = {
        "HEADING": "Heading", "TEXT": "Text", "CAPTION": "Caption", "SECOND": "with", "CELL": "cell",
        "TABLE": "Table 1: Table", "LONG": "Long table", "HEAD": "Head", "ROW2": "row 2", "ROW35": "row 35",
        "TERM": "Term", "MEANING": "Meaning", "QUOTE": "Quotation", "LAST": "Last",
    }  # fmt: skip
    assert set(numbers) == set(marks)
    assert sorted(numbers.values()) == list(range(1, len(marks) + 1))
    for note, word in marks.items():
        assert re.search(rf"{word}\s?{numbers[note]}\b", text), (note, numbers[note])
