"""LaTeX, JATS, HTML and plain text brought in."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pypandoc
import pytest
import yaml

from fascicle.importers.convert import import_text
from fascicle.importers.draft import ImportRefusedError
from fascicle.importers.metadata.language import language_of_text
from tests.support.importing import bring_in, checked, paragraph, picture, word

PAPER = r"""
\documentclass{article}
\newcommand{\R}{\mathbb{R}}
\newcommand{\term}[1]{\emph{#1}}
\title{On \emph{Something}}
\author{Jane Doe\thanks{x} \and John van Roe}
\begin{document}
\maketitle
\begin{abstract}In short.\end{abstract}
\input{parts/one}
\section{Second}\label{sec:two}
See \cite[p.~3]{doe2019} and \citet{doe2019}; Section~\ref{sec:one}, \eqref{eq:a}. % a comment
\begin{figure}\includegraphics[width=\linewidth]{plot}\caption{The plot.}\label{fig:p}\end{figure}
As Figure~\ref{fig:p} shows.
\bibliography{refs}
\end{document}
"""


def test_latex(tmp_path: Path) -> None:
    """Files joined, macros applied, labels, citations, the author's names, the bibliography."""
    files = {
        "paper.tex": PAPER,
        "parts/one.tex": r"\section{First}\label{sec:one} A \term{word} of $x \in \R$.\begin{equation}a=b\label{eq:a}\end{equation}",
        "refs.bib": "@book{doe2019, author={Doe, Jane}, title={A}, date={2019}, publisher={H}}",
        "plot.png": picture(),
    }
    done = bring_in(tmp_path, files)
    facts = yaml.safe_load(done.facts)
    assert facts["title"] == "On *Something*"
    assert facts["authors"] == [{"family": "Doe", "given": "Jane"}, {"family": "van Roe", "given": "John"}]
    assert facts["abstract"].strip() == "In short."
    assert "A *word* of $x \\in \\mathbb{R}$." in done.body
    assert "$$\na=b\n$$ {#eq:a}" in done.body
    assert "See [@doe2019, p. 3] and @doe2019; Section\\ [-@sec:one], ([-@eq:a])." in done.body
    assert "![The plot.](figures/plot.png){#fig:p width=100%}" in done.body
    assert "Figure\\ [-@fig:p]" in done.body
    assert done.errors == []


def test_typed_bibliography_of_latex(tmp_path: Path) -> None:
    """`thebibliography` becomes records under its own keys."""
    text = r"\begin{document}Said \cite{doe}.\begin{thebibliography}{9}\bibitem{doe} Doe, J. (2019). \emph{A Book}. London: House.\end{thebibliography}\end{document}"
    done = bring_in(tmp_path, {"t.tex": text})
    assert done.body == "Said [@doe]."
    item = json.loads(done.text("bib/imported.json"))[0]
    assert (item["id"], item["title"], item["publisher"]) == ("doe", "A Book", "House")


def test_latex_that_reads_outside_or_loops(tmp_path: Path) -> None:
    """Nothing outside of the folder is read, and a file that inputs itself is refused."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "secret.tex").write_text("SECRET", encoding="utf-8")
    done = bring_in(
        tmp_path / "a",
        {"t.tex": r"\begin{document}Text.\input{../secret}\lstinputlisting{../secret.tex}\end{document}"},
    )
    assert done.body == "Text."
    with pytest.raises(ImportRefusedError, match="inputs itself"):
        bring_in(tmp_path / "b", {"t.tex": r"\begin{document}\input{t}\end{document}"})
    with pytest.raises(ImportRefusedError):
        bring_in(tmp_path / "c", {"t.tex": r"\newcommand{\a}{\a\a}\begin{document}\a\end{document}"})


JATS = """<!DOCTYPE article PUBLIC "-//NLM//DTD JATS" "x.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink" xml:lang="en"><front><article-meta>
<article-id pub-id-type="doi">10.1000/abc</article-id><title-group><article-title>On <italic>x</italic></article-title></title-group>
<contrib-group><contrib corresp="yes"><name><surname>Doe</surname><given-names>Jane</given-names></name><xref ref-type="aff" rid="a1"/></contrib></contrib-group>
<aff id="a1"><label>1</label>Institute</aff><pub-date><day>5</day><month>3</month><year>2020</year></pub-date>
<abstract><p>In short.</p></abstract><kwd-group><kwd>one</kwd></kwd-group></article-meta></front>
<body><sec><title>First</title><p>Said <xref ref-type="bibr" rid="r1">1</xref>.</p></sec></body>
<back><ref-list><ref id="r1"><element-citation publication-type="journal"><person-group><name><surname>Roe</surname><given-names>R</given-names></name></person-group>
<article-title>T</article-title><source>J</source><year>2001</year><volume>5</volume><fpage>1</fpage><lpage>9</lpage></element-citation></ref></ref-list></back></article>"""


def test_jats(tmp_path: Path) -> None:
    """The front, the sections, and the references with their parts."""
    done = bring_in(tmp_path, {"t.xml": JATS})
    facts = yaml.safe_load(done.facts)
    assert facts["title"] == "On *x*"
    assert facts["authors"] == [
        {"family": "Doe", "given": "Jane", "affiliations": ["i1"], "corresponding": True}
    ]
    assert facts["affiliations"] == {"i1": {"name": "Institute"}}
    assert (facts["doi"], facts["date"], facts["keywords"]) == ("10.1000/abc", "2020-03-05", ["one"])
    assert done.body == "Said [@r1]."
    item = json.loads(done.text("bib/imported.json"))[0]
    assert (item["container-title"], item["page"], item["author"][0]["family"]) == ("J", "1–9", "Roe")
    assert done.errors == []


def test_html_and_plain_text(tmp_path: Path) -> None:
    """A page with what its head says; a text without any markup."""
    page = '<html lang="fr"><head><title>Le titre</title><meta name="author" content="Jean Petit"></head><body><h1>Un</h1><p>A <em>b</em>.</p><h1>Deux</h1><p>C.</p></body></html>'
    done = bring_in(tmp_path / "a", {"t.html": page})
    assert yaml.safe_load(done.facts)["title"] == "Le titre"
    assert "language: fr" in done.facts
    assert done.body == "A *b*.\n\nC\\."
    done = bring_in(tmp_path / "b", {"t.txt": "It costs $5 *now*.\n\n# no heading\n\n1. no list"})
    assert done.body == "It costs \\$5 \\*now\\*.\n\n\\# no heading\n\n1\\. no list"


SPANS = """
<table><thead><tr><th rowspan="2">F</th><th colspan="2">N</th></tr><tr><th>a</th><th>b</th></tr></thead>
<tbody><tr><td rowspan="2">X</td><td><p>one</p><p>two</p></td><td>1</td></tr><tr><td>3</td><td>4</td></tr></tbody></table>
"""
SPANS_READ = """
::: {.list-table header-rows=2}
- - []{rowspan=2} F
  - []{colspan=2} N
- - a
  - b
- - []{rowspan=2} X
  - one

    two
  - 1
- - 3
  - 4
:::
"""


@pytest.mark.parametrize("form", ["html", "odt", "docx", "xml"])
def test_cells_over_columns_and_rows(form: str, tmp_path: Path) -> None:
    """They come whole out of HTML, OpenDocument, Word and JATS."""
    source = tmp_path / f"t.{form}"
    pandoc = pypandoc.get_pandoc_path()
    options = ["--to", {"xml": "jats"}.get(form, form), "--standalone", "--output", str(source)]
    subprocess.run([pandoc, "--from", "html", *options], input=SPANS.encode(), check=True)
    done = bring_in(tmp_path, {f"t.{form}": source.read_bytes()})
    assert done.body == SPANS_READ.strip()
    assert "9 cells of tables by an independent count, 9 of them here" in done.report
    assert done.errors == []


def test_an_existing_folder_is_left_alone(tmp_path: Path) -> None:
    """A folder that holds anything is refused, and nothing in it changes."""
    (tmp_path / "t.md").write_text("Text.", encoding="utf-8")
    target = tmp_path / "project"
    target.mkdir()
    (target / "mine.md").write_text("mine", encoding="utf-8")
    with pytest.raises(ImportRefusedError, match="not empty"):
        import_text(tmp_path / "t.md", target, "accept", checked)
    assert [path.name for path in target.iterdir()] == ["mine.md"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["project", "t.md"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("t.md", ""), ("t.xml", "<other/>"), ("t.xyz", "a"), ("t.pdf", "%PDF"), ("gone.md", None)],
)
def test_refusals(name: str, content: str | None, tmp_path: Path) -> None:
    """What holds no text, or is of no kind that can be read."""
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(ImportRefusedError):
        import_text(tmp_path / name, tmp_path / "out", "accept", checked)
    assert not (tmp_path / "out").exists()


def test_the_title_of_a_title_page_is_its_line_in_bold(tmp_path: Path) -> None:
    """Universities put their names and arms into the title; the words stay in the report."""
    title = r"\title{\includegraphics{arms} \\ University of Lamps \\ \textbf{On Old Lamps}}"
    text = "\n".join(
        (r"\documentclass{article}", title, r"\begin{document}", r"\maketitle Text.", r"\end{document}")
    )
    done = bring_in(tmp_path, {"t.tex": text, "arms.png": picture()})
    assert yaml.safe_load(done.facts)["title"] == "On Old Lamps"
    assert "words beside the title on the title page:\n    - University of Lamps" in done.report


def test_letters_of_formulas_typed_as_text(tmp_path: Path) -> None:
    """Word's 𝛿 is a delta: text faces have no slanting letters of their own for it."""
    done = bring_in(tmp_path, {"t.html": "<html><body><p>The 𝛿 of 𝑥, and 𝟐.</p></body></html>"})
    assert done.body == "The δ of x, and 2."
    assert "letters of the mathematical alphabets, typed as text, are plain letters" in done.report
    assert done.errors == []


def test_signs_that_no_font_for_text_has(tmp_path: Path) -> None:
    """Pictographs are left out and told; arrows of Word's are the usual ones."""
    done = bring_in(
        tmp_path,
        {"t.html": "<html><body><p>A 📓 note 🡪 here, \U0001f469\u200d\U0001f52c too.</p></body></html>"},
    )
    assert done.body == "A note → here, too."
    assert "a pictograph, which fonts for text do not have (3 times):\n    - notebook" in done.report
    assert done.errors == []


def test_the_language_is_that_of_the_words(tmp_path: Path) -> None:
    """It is taken from them where the source names none or another, and what runs the other way is marked."""
    french = "Les eaux de la rivière ne sont pas dans le lit que la ville a fait pour elles, et les quais sont sous les eaux. "
    arabic = "هذا نص قصير باللغة العربية عن الماء والنهر والمدينة القديمة."
    page = f'<html lang="en"><body><p>{french * 3}</p><p>{arabic}</p><p>{french}</p></body></html>'
    done = bring_in(tmp_path, {"t.html": page})
    assert yaml.safe_load(done.facts)["language"] == "fr"
    assert "the source says that its language is en; by its words fr is taken" in done.report
    assert f"::: {{lang=ar}}\n{arabic}\n:::" in done.body


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        (
            "Вода в реке стоит высоко, и на набережной не видно камней, потому что из-за дождя река вышла из берегов. "
            * 3,
            "ru",
        ),
        (
            "河水很高，码头的石头都看不见了，因为下了三天的雨，人们只好从桥上走过去，等着水慢慢地退下去，然后再回到岸边的家里去看看。",
            "zh",
        ),
        ("המים בנהר גבוהים ואין רואים את האבנים על הרציף כי הגשם ירד שלושה ימים", "he"),
        ("Slow water.", None),
    ],
)
def test_language_of_text(text: str, tag: str | None) -> None:
    assert language_of_text(text) == tag


def test_lines_of_code_in_a_hebrew_text(tmp_path: Path) -> None:
    """They run from left to right, however short: their brackets would face the other way."""
    words = "המים בנהר גבוהים ואין רואים את האבנים על הרציף כי הגשם ירד שלושה ימים"
    page = f'<html lang="he"><body><p>{words}</p><p>class A {{</p><p>f();</p><p>}}</p><p>{words}</p><p>Cop26</p></body></html>'
    done = bring_in(tmp_path, {"t.html": page})
    assert re.search(r"::: \{lang=en\}\nclass A \\\{\n\nf\(\);\n\n}\n:::", done.body)
    assert done.body.endswith("\nCop26")
    assert done.errors == []


def test_headings_of_web_pages_and_a_name_of_two_pictures(tmp_path: Path) -> None:
    """Their anchors print nothing, and the second picture that bears a name has none."""
    page = (
        '<html lang="en"><body><h1>One<a class="anchor-section" href="t.html#one"></a></h1><p>Words.</p>'
        '<div id="pic" class="figure"><img src="p.png"><img src="p.png"></div></body></html>'
    )
    done = bring_in(tmp_path, {"t.html": page, "p.png": picture()})
    assert "title: One\n" in done.text("content/01-one.md")
    assert done.body.count("(figures/p.png)") == 2
    assert done.errors == []


def test_a_word_document_under_the_name_of_another(tmp_path: Path) -> None:
    """A file is what it holds."""
    assert bring_in(tmp_path, {"t.odt": word(paragraph("Words."))}).body == "Words."
