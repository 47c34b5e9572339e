"""LaTeX's many ways brought in: parts of figures, lists of citations, boxes, rules of tables, labels given twice."""

from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from pypdf import PdfWriter

from tests.support.importing import bring_in, picture

BIB = "@book{a, author={Roe, K.}, title={A}, date={2001}, publisher={H}}\n@book{b, author={Noe, K.}, title={B}, date={2002}, publisher={H}}\n"


def body(tmp_path: Path, text: str, **files: bytes) -> str:
    """What the text of a document becomes."""
    pictures = {f"{name}.png": content for name, content in files.items()}
    source = f"\\documentclass{{article}}\n\\begin{{document}}\n{text}\n\\bibliography{{refs}}\n\\end{{document}}\n"
    done = bring_in(tmp_path, {"t.tex": source, "refs.bib": BIB, **pictures})
    assert done.errors == []
    return done.body


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (r"Said \cites[1]{a}[2]{b}.", "Said [@a, 1]; [@b, 2]."),
        (r"Said \citep[the Board; see][]{a}.", "Said [the Board, see @a]."),
        (
            r"One \fbox{two} \raisebox{1pt}{three} \rotatebox{90}{four} \makebox[2cm]{five}.",
            "One two three four five.",
        ),
        (r"\textquote{Said}.", '"Said".'),
        (r"One\footnotemark{} two.\footnotetext{The note.}", "One[^1] two.\n\n[^1]: The note."),
        (r"One\endnote{The note.} two.", "One[^1] two.\n\n[^1]: The note."),
        (r"\begin{multicols}{2}Two columns.\end{multicols}", "Two columns."),
        (r"Of a class.\end{paracol}", "Of a class."),
        (
            r"Are \replaced[id=A]{ of {\em great} }{ for } use \added[comment={b}]{now}\deleted{ and then}.",
            "Are of *great* use now.",
        ),
        (r"Some.\pagenumbering{Roman} Words.", "Some. Words."),
    ],
)
def test_words_of_commands(text: str, written: str, tmp_path: Path) -> None:
    """Words in commands that pandoc passes over are kept, and citations keep their places."""
    assert body(tmp_path, text) == written


def test_parts_of_a_figure(tmp_path: Path) -> None:
    """Parts keep their captions and names; the caption of all is the last paragraph."""
    env = (
        r"\begin{subfigure}{.5\textwidth}\includegraphics{left}\caption{Left.}\label{fig:left}\end{subfigure}"
    )
    old = r"\subfloat[Right.\label{fig:right}]{\includegraphics{right}}"
    text = rf"\begin{{figure}}{env}{old}\caption{{Both.}}\label{{fig:both}}\end{{figure}} See \ref{{fig:left}} and \ref{{fig:both}}."
    written = body(tmp_path, text, left=picture(), right=picture())
    assert written.startswith(
        "::: {#fig:both}\n![Left.](figures/left.png){#fig:left}\n\n![Right.](figures/right.png)"
    )
    assert "\n\nBoth.\n:::" in written
    assert "See [-@fig:left] and [-@fig:both]." in written


def test_rules_and_heads_of_tables(tmp_path: Path) -> None:
    """Rules are no cells, and the head that a long table repeats stands once."""
    rules = r"\begin{tabular}{ll}\toprule One & Two\\ \cmidrule(lr){1-2}\addlinespace[2pt] \midrule Three & Four\\ \bottomrule\end{tabular}"
    long = r"\begin{longtable}{ll}\hline Head & Next\\ \hline\endfirsthead Head & Next\\ \endhead Five & Six\\ \end{longtable}"
    cells = re.findall(r"[A-Z]\w+|\d-\d", body(tmp_path, f"{rules}\n\n{long}"))
    assert cells == ["One", "Two", "Three", "Four", "Head", "Next", "Five", "Six"]


SPANS = r"""
\begin{tabular}{lcr}\toprule
\multirow{2}*{Film} & \multicolumn{2}{c}{Lengths}\\ \cmidrule{2-3} & cut & \thead{as\\ shown}\\ \midrule
\multirow[t]{2}{2cm}[-3pt]{Left} & one \newline two & \makecell[l]{three\\ four}\\ & \multicolumn{2}{l}{wide}\\
\bottomrule\end{tabular}
"""
SPANS_READ = """
::: {.list-table header-rows=2 aligns="l,c,r"}
- - []{rowspan=2} Film
  - []{colspan=2} Lengths
- - cut
  - as\\
    shown
- - []{rowspan=2} Left
  - one\\
    two
  - three\\
    four
- - []{colspan=2} wide
:::
"""


def test_cells_over_columns_and_rows(tmp_path: Path) -> None:
    """They stand over as many here, lines in cells are lines, and the rows above the rule are the head."""
    done = bring_in(tmp_path, {"t.tex": rf"\begin{{document}}{SPANS}\end{{document}}"})
    assert done.body == SPANS_READ.strip()
    assert "8 cells of tables by an independent count, 8 of them here" in done.report
    assert done.errors == []


STACKS = r"""
\begin{table}\caption{Venues.}\begin{tabular}{|c|l|}\hline
\begin{tabular}[c]{@{}c@{}}\textbf{Venue}\end{tabular} & \begin{tabular}[c]{@{}l@{}}Full\\ Name\end{tabular}\\ \hline
One & \begin{tabular}{ll}a & b\end{tabular}\\ \hline
\end{tabular}\end{table}
"""
STACKS_READ = """
::: {.list-table aligns="c,l"}
Venues.

- - **Venue**
  - Full\\
    Name
- - One
  - a\\
    b
:::
"""


def test_tables_in_cells_are_lines_and_have_no_caption(tmp_path: Path) -> None:
    """Pandoc's reader gives each of them the caption of the whole."""
    done = bring_in(tmp_path, {"t.tex": rf"\begin{{document}}{STACKS}\end{{document}}"})
    assert done.body == STACKS_READ.strip()


def test_a_label_given_twice(tmp_path: Path) -> None:
    """The first keeps it, and that is told."""
    one = r"\begin{figure}\includegraphics{left}\caption{One.}\label{fig:x}\end{figure}"
    source = rf"\begin{{document}}{one}{one.replace('One', 'Two')} See \ref{{fig:x}}.\end{{document}}"
    done = bring_in(tmp_path, {"t.tex": source, "left.png": picture()})
    assert done.errors == []
    assert done.body.count("{#fig:x}") == 1
    assert "a label that is given twice names the first of the two:\n    - fig:x" in done.report


def test_a_listing_with_a_caption(tmp_path: Path) -> None:
    """Its caption and name come along."""
    text = "\\begin{lstlisting}[caption=Say hello,label=lst:a,language=Python]\nprint(1)\n\\end{lstlisting}\nSee \\ref{lst:a}."
    written = body(tmp_path, text)
    assert '```{#lst:a .python caption="Say hello"}\nprint(1)\n```' in written
    assert "See [-@lst:a]." in written


@pytest.mark.parametrize(
    "head",
    [
        r"\documentclass{elsarticle}\begin{document}\begin{frontmatter}\title{Slow Water}\author[a]{Ann Moreau}\address[a]{Tides}"
        r"\begin{abstract}In short.\end{abstract}\begin{keyword}rivers \sep tides\end{keyword}\end{frontmatter}",
        r"\documentclass{acmart}\begin{document}\title{Slow Water}\author{Ann Moreau}\affiliation{\institution{Tides}}"
        r"\begin{abstract}In short.\end{abstract}\begin{CCSXML}<ccs2012></ccs2012>\end{CCSXML}\keywords{rivers, tides}\maketitle",
        r"\documentclass{IEEEtran}\begin{document}\title{Slow Water}\author{\IEEEauthorblockN{Ann Moreau}\IEEEauthorblockA{Tides}}"
        r"\maketitle\begin{abstract}In short.\end{abstract}\begin{IEEEkeywords}rivers, tides\end{IEEEkeywords}",
    ],
    ids=["elsarticle", "acmart", "IEEEtran"],
)
def test_fronts_of_classes(head: str, tmp_path: Path) -> None:
    """What stands before the text goes to publication.yaml, and nothing of it into the text."""
    done = bring_in(tmp_path, {"t.tex": head + r"\section{One} Words.\end{document}"})
    facts = yaml.safe_load(done.facts)
    assert (facts["title"], facts["abstract"], facts["keywords"]) == (
        "Slow Water",
        "In short.",
        ["rivers", "tides"],
    )
    assert facts["authors"] == [{"family": "Moreau", "given": "Ann", "affiliations": ["i1"]}]
    assert facts["affiliations"]["i1"]["name"] == "Tides"
    assert done.body == "Words."


def test_an_untidy_drawing_says_nothing_on_the_terminal(tmp_path: Path) -> None:
    """What a reader of PDF logs of a key given twice is no message of ours."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    made = BytesIO()
    writer.write(made)
    (tmp_path / "a.pdf").write_bytes(
        made.getvalue().replace(b"/Resources <<", b"/Tabs /R\n/Tabs /S\n/Resources <<")
    )
    code = "import sys; from fascicle.project.figures.vector_inks import look_into; look_into(open(sys.argv[1], 'rb').read())"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.pdf")], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""


def test_a_fault_refuses_its_part_alone(tmp_path: Path) -> None:
    """A brace without its other half, and what pandoc cannot read: all other parts come in, and it is told."""
    source = "\n\n".join(
        (
            r"\documentclass{article}\title{Slow Water}\begin{document}\maketitle",
            r"\section{One} Words {with a brace.",
            r"\section{Two} More words.",
            r"\global\setlength{\Old}{\arrayrulewidth}",
            r"Odd words \begin{nothing} here.",
            r"\section{Three} Last words.\end{document}",
        )
    )
    done = bring_in(tmp_path, {"t.tex": source})
    assert yaml.safe_load(done.facts)["title"] == "Slow Water"
    assert "Words with a brace." in done.body
    assert "More words." in done.body
    assert "Odd words" in done.body
    assert "Last words." in done.body
    assert "braces without their other half are left out" in done.report
    assert "LaTeX without words that pandoc's reader cannot read:\n    - line 7" in done.report
    assert done.errors == []


def test_statements(tmp_path: Path) -> None:
    """Theorems under names of the author's keep their numbers, titles and labels; those without a number have none."""
    text = r"""\documentclass{article}
\newtheorem{satz}{Satz}[section]
\newtheorem*{rem}{Bemerkung}
\begin{document}
\begin{satz}\label{thm:a} Es gilt.\end{satz}
\begin{satz} Auch.\end{satz}
\begin{proof}[Sketch] So.\end{proof}
\begin{rem} Nur das.\end{rem}
See \ref{thm:a}\ref{}.
\end{document}
"""
    done = bring_in(tmp_path, {"t.tex": text})
    assert done.errors == []
    assert done.body == (
        "::: {#thm:a}\nEs gilt.\n:::\n\n::: {#thm:numbered-1}\nAuch.\n:::\n\n"
        '::: {.proof name="Sketch"}\nSo.\n:::\n\n::: {.remark}\nNur das.\n:::\n\nSee [-@thm:a].'
    )


def test_commands_of_a_class_beside_the_text(tmp_path: Path) -> None:
    """What a class or package defines is known, and commands that input files bring these in."""
    text = r"""\documentclass{ours}
\usepackage{more}
\newcommand{\bring}[2]{\section{#1}\input{parts/#2}}
\newlist{short}{enumerate*}{1}
\begin{document}
\Uni{} and \eg{} \fbox{\parbox{3cm}{a box}}.
\bring{First}{one}
\cfchapter{Second}{parts}{two.tex}
\begin{short}\item Last.\end{short}
\end{document}
"""
    files = {
        "t.tex": text,
        "ours.cls": r"\newcommand{\Uni}{The University}\newcommand{\title}[1]{\def\@title{#1}}",
        "more.sty": r"\def\eg{for example}",
        "parts/one.tex": "The first part.",
        "parts/two.tex": "The second part.",
    }
    done = bring_in(tmp_path, files)
    assert done.errors == []
    for words in (
        "The University and for example a box.",
        "The first part.",
        "The second part.",
        "1.  Last.",
    ):
        assert words in done.body
    assert "title: First" in "".join(path.read_text() for path in (done.folder / "content").glob("*.md"))


def test_a_file_that_inputs_the_document(tmp_path: Path) -> None:
    """The whole document may stand in another file."""
    done = bring_in(
        tmp_path,
        {
            "t.tex": "\\documentclass{article}\n\\input{slides}\n",
            "slides.tex": "\\begin{document}\nWords.\n\\end{document}\n",
        },
    )
    assert done.body == "Words."


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (r"\noindent{\bf One} two.", "**One** two."),
        (r"One \vspace*{1pt}{two} \sc{three}.", "One two [three]{.smallcaps}."),
        (
            r"\section{S} One \say{two words} \tint{red}{and three} \mark{four}\index{five}.",
            'One "two words" and three four.',
        ),
        (r"\centerline{\begin{quote}Said.\end{quote}}", "> Said."),
        (r"\begin{displayquote}Said.\end{displayquote}", "> Said."),
    ],
)
def test_words_in_commands_that_pandoc_passes_over(text: str, written: str, tmp_path: Path) -> None:
    """Pandoc's reader drops what stands in braces after commands of layout, and in commands that it does not know."""
    assert body(tmp_path, text) == written


def test_words_beside_the_title(tmp_path: Path) -> None:
    """The abstract is found in IEEE's wrapping; notes to the authors and remarks in the margin are named word for word."""
    text = r"""\documentclass{IEEEtran}
\titleformat*{\section}{\Large}
\begin{document}
\title{A title\thanks{Paid by the Fund.}}
\author{Ann Roe\IEEEcompsocitemizethanks{\IEEEcompsocthanksitem A. Roe is at Home.}}
\IEEEtitleabstractindextext{\begin{abstract}In short.\end{abstract}}
\maketitle
\section{One}
Words.\marginpar{Look here.}
\end{document}
"""
    done = bring_in(tmp_path, {"t.tex": text})
    assert "abstract: In short." in done.facts
    for told in ("Paid by the Fund.", "A. Roe is at Home.", "Look here."):
        assert told in done.report


def test_fronts_set_by_hand(tmp_path: Path) -> None:
    """The title page's largest words are the title; a preamble may stand beside; institutes are counted."""
    text = r"""\begin{document}
\begin{titlepage}
{\Large A University}\\
{\Huge\bfseries The Lamps of Home}

Supervisor: N. Noe
\end{titlepage}
\author{Ann Roe\inst{1,2} \and Bo Noe\inst{2}}
\institute{First House \and Second House}
\section{One}
In $\Zed$ we \code{run}:
\begin{CodeChunk}\begin{CodeInput}
R> head(x)
R> tail(x)
\end{CodeInput}\end{CodeChunk}
\begin{figure}\includegraphics{a}\caption
  [short]
  {Long caption.}\end{figure}
\end{document}
"""
    head = "\\documentclass{article}\n\\renewcommand\\listoftables{\\if x\\else\\fi}\n\\newcommand{\\Zed}{\\mathbb{Z}}\n"
    done = bring_in(tmp_path, {"t.tex": text, "header.tex": head, "a.png": picture()})
    assert done.errors == []
    facts = yaml.safe_load(done.facts)
    assert facts["title"] == "The Lamps of Home"
    assert [len(one["affiliations"]) for one in facts["authors"]] == [2, 1]
    for words in ("$\\mathbb{Z}$", "R> head(x)\nR> tail(x)", "![Long caption.]", "Supervisor: N. Noe"):
        assert words in done.body
