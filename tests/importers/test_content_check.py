"""The second count of a source: notes, cells, pictures, formulas, citations, comments, held against the result."""

from __future__ import annotations

from pathlib import Path

import pytest

from fascicle.importers.content_check.kinds import Counted
from fascicle.importers.content_check.marked_up import in_html, in_jats, in_latex, in_markdown
from fascicle.importers.content_check.tell import count_project
from tests.support.importing import bring_in, paragraph, word

MARKDOWN = """---
title: T
---

One[^1] and two^[Two.] as [@li2012; @wang2002, p. 3] and @doe2019 say; write to jane@example.org.

[^1]: A note with $x$.

| A | B |
|---|---|
| 1 |   |

![Map](map.png) and `$no$ [^no] ![no](no.png)`.

$$
y
$$

```
[^2] @none $z$
```

<!-- @gone -->
"""
LATEX = r"""\documentclass{article}
\newcommand{\x}{$a$}
\begin{document}
One\footnote{A.} as \citep[p.~3]{li2012, wang2002} and \textcite{doe2019} say. % \footnote{no}
\begin{tabular}{l|r} \hline A & B \\ 1 & \\ \hline \end{tabular}
\includegraphics[width=3cm]{map.png} $x$ and \(y\) and
\begin{equation}z\end{equation}
\begin{verbatim}$no$\end{verbatim}
\end{document}
"""
JATS = b"""<article><front><fn>no</fn></front><body><p>One <xref ref-type="fn" rid="n1">1</xref> as
<xref ref-type="bibr" rid="b1">Li</xref> says <inline-formula>x</inline-formula>.</p><fig><graphic/></fig>
<table-wrap><table><tr><th>A</th><td> </td></tr></table></table-wrap></body><back/></article>"""
HTML = "<head><img></head><table><tr><th>A<td>1</td><td>&nbsp;</td></tr></table><img src=a><math></math>"
N, C, P, F, K = Counted.NOTES, Counted.CELLS, Counted.PICTURES, Counted.FORMULAS, Counted.CITATIONS


def test_markdown() -> None:
    assert in_markdown(MARKDOWN) == {N: 2, C: 3, P: 1, F: 2, K: 3}


def test_latex() -> None:
    assert in_latex(LATEX) == {N: 1, C: 3, P: 1, F: 3, K: 3}


def test_jats() -> None:
    assert in_jats(JATS) == {N: 1, C: 1, P: 1, F: 1, K: 1}


def test_html() -> None:
    assert in_html(HTML) == {C: 2, P: 1, F: 1}


def test_a_text_that_comes_whole_says_how_much_it_is(tmp_path: Path) -> None:
    text = MARKDOWN.replace("![Map](map.png) and `$no$ [^no] ![no](no.png)`.", "")
    done = bring_in(tmp_path, {"t.md": text})
    for line in ("2 notes", "3 cells of tables", "2 formulas", "3 citations"):
        number = line.split(" ", maxsplit=1)[0]
        assert f"{line} by an independent count, {number} of them here" in done.report
    assert "may not be here" not in done.report
    assert count_project(done.folder)[Counted.NOTES] == 2


def test_word_is_counted_by_its_elements(tmp_path: Path) -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    row = "<w:tr>" + cell.format("A") + cell.format("B") + "<w:tc><w:p/></w:tc></w:tr>"
    grid = '<w:tblGrid><w:gridCol w:w="9"/><w:gridCol w:w="9"/><w:gridCol w:w="9"/></w:tblGrid>'
    table = f"<w:tbl>{grid}{row}</w:tbl>"
    done = bring_in(tmp_path, {"t.docx": word(paragraph("Before.") + table + paragraph("After."))})
    assert "2 cells of tables by an independent count, 2 of them here" in done.report


@pytest.mark.parametrize("lost", ["cell", "note"])
def test_what_is_neither_here_nor_told_is_to_be_looked_for(
    tmp_path: Path, lost: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that loses something does not do so in silence."""
    from fascicle.importers import reading

    seen = reading.SourceReader.tree

    def losing(self: reading.SourceReader, data: bytes, *more: str) -> reading.Tree:
        less = data.replace(b"One[^1]", b"One") if lost == "note" else data.replace(b"| 1 |", b"|   |")
        return seen(self, less, *more)

    monkeypatch.setattr(reading.SourceReader, "tree", losing)
    done = bring_in(tmp_path, {"t.md": "One[^1].\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n[^1]: A.\n"})
    wanted = "1 of 1 notes" if lost == "note" else "1 of 4 cells of tables"
    assert f"{wanted} of the source may not be here; look for them" in done.report
