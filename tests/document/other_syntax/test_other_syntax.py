"""Markup of other programs: found where it is meant, left alone where it is not, mended where that needs no thought."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fascicle.document.other_syntax.find import find_other_syntax, labels_of, mended
from fascicle.document.other_syntax.kinds import KnownIdentifiers
from tests.support.fuzzing import in_time

KNOWN = KnownIdentifiers(
    frozenset({"braudel1972", "li2012"}), frozenset({"fig:map", "tbl:data", "eq:sum", "sec:end"})
)

FOUND = [
    (r"As \autoref{fig:map} shows", "a cross-reference of LaTeX", "As @fig:map shows"),
    (r"Figure~\ref{fig:map}", "a cross-reference of LaTeX to a number", "Figure~[-@fig:map]"),
    (r"\eqref{eq:sum} holds", "a cross-reference of LaTeX to a number", "[-@eq:sum] holds"),
    (r"\autoref{tab:data}", "a cross-reference of LaTeX", "@tbl:data"),
    (r"\autoref{fig:gone}", "a cross-reference of LaTeX", None),
    (r"A caption \label{fig:map}", "a label of LaTeX", None),
    (r"as found \citep{li2012, braudel1972}.", "a citation of LaTeX", "as found [@li2012; @braudel1972]."),
    (r"\cite{nobody}", "a citation of LaTeX", None),
    (r"\cite[p.~4]{li2012}", "a citation of LaTeX", None),
    (r"\citet{li2012} found", "a citation of LaTeX in the sentence", "@li2012 found"),
    (r"\citeauthor{li2012}", "a citation of LaTeX in the sentence", "@li2012"),
    (r"an \emph{old} thing", "emphasis of LaTeX", "an *old* thing"),
    (r"a \textbf{bold} thing", "bold type of LaTeX", "a **bold** thing"),
    (r"word\footnote{A note.} more", "a footnote of LaTeX", "word^[A note.] more"),
    ("One.\n\n\\newpage\n\nTwo.", "a command of LaTeX for pages or spaces", "One.\n\n\n\nTwo."),
    (r"some \includegraphics{map.png}", "a command of LaTeX", None),
    (r"Thus \begin{equation}x\end{equation}", "an environment of LaTeX", None),
    ("```{r plot, echo=FALSE}\nplot(1)\n```", "code that R Markdown or Quarto would run", None),
    ("In all `r nrow(x)` people", "a value that R Markdown or Quarto would compute", None),
    ("In all `{python} n` people", "a value that R Markdown or Quarto would compute", None),
    ("{{< include part.qmd >}}", "a shortcode of Quarto", None),
    ("built from {{manubot.ci_source}}", "a value that Jinja or Manubot would fill in", None),
    (r"see \@ref(fig:map)", "a cross-reference of bookdown", "see [-@fig:map]"),
    (r"Table: (\#tab:x) Sizes", "a label of bookdown", None),
    ("![[map.png]]", "a picture of Obsidian", None),
    ("as [[Another note|said]] before", "a link of a wiki", None),
    ("found {cite:p}`li2012,braudel1972`", "a citation of MyST", "found [@li2012; @braudel1972]"),
    ("{cite:t}`li2012` found", "a citation of MyST", "@li2012 found"),
    ("see {numref}`fig-map`", "a role of MyST", None),
    ("```{figure} map.png\nA map\n```", "a directive of MyST", None),
    ("found [cite:@li2012]", "a citation of Org", "found [@li2012]"),
    ("found [braudel1972] so", "a key of the bibliography without its @", "found [@braudel1972] so"),
    ("an {++added++} word", "a mark of CriticMarkup", None),
    ("a ==marked== word", "marked text", None),
    ("[TOC]\n\nText.", "a place for a list of contents", "\n\nText."),
    ("[[toc]]\n\nText.", "a place for a list of contents", "\n\nText."),
    ("> [!note] Title\n> Text.", "a callout", None),
    ("Text.\n\n% to be done\n\nMore.", "a comment of LaTeX", "Text.\n\n<!-- to be done -->\n\nMore."),
    (
        "First.\n\n    This paragraph was begun with a tab in Word.\n",
        "an indented paragraph",
        "First.\n\nThis paragraph was begun with a tab in Word.\n",
    ),
    ("Year\tBirths\n1900\t12\n1910\t15", "a table of tabs or semicolons", None),
    (r"As \textcolor{red}{said}", "another command of LaTeX", None),
    ("Words\n\\begin{equation}\nx\n\\end{equation}\nmore", "an environment of LaTeX", None),
    ("<?php echo 1; ?>", "an instruction of XML or PHP", None),
    ("so *very long * a walk", "emphasis that ends after a space", "so *very long* a walk"),
    (r"As \(x^2\) says", "a formula between backslashes and brackets", "As $x^2$ says"),
    ("Thus\n\n\\[\nx = 1\n\\]\n", "a displayed formula between backslashes and brackets", None),
    ("He said ``yes'' twice", "quotation marks of LaTeX", 'He said "yes" twice'),
    ("see Figure~3 there", "a space of LaTeX that does not break", "see Figure\\ 3 there"),
    ("see ?@fig-map", "a reference of Quarto that is not checked", None),
    ("::: {.panel-tabset}\nA\n:::", "a division of Quarto", None),
    ("A [word]{.aside} here", "text marked for web pages", None),
    ("```mermaid\ngraph TD\n```", "a diagram or query that another program draws", None),
    ("Press {kbd}`Ctrl`", "a role of MyST", None),
    ("(my-label)=\n# Heading", "a break or target of MyST", None),
    ("# (PART) First {-}", "a text reference or part of bookdown", None),
    ("A word %%to do%% here", "a comment of Obsidian", "A word <!-- to do --> here"),
    ("A paragraph. ^one-two", "a block's name of Obsidian", None),
    ("!!! note\n    Text", "an admonition of MkDocs", None),
    ("*[HTML]: Hyper Text", "an abbreviation of another dialect", None),
    ("a ++new++ word", "inserted text", None),
    ("A paragraph\n{: .lead}", "attributes of kramdown", None),
    ("good :smile: bye", "an emoji by its name", None),
    ("See [The heading][] there", "a link by a name that nothing tells", None),
    ("Year;Births;Deaths\n1900;12;3\n1910;15;4", "a table of tabs or semicolons", None),
    ("An *unclosed word stands here.", "an asterisk that begins emphasis", None),
    ("One.\n\n#The second part\n\nTwo.", "a heading without a space after its signs", "One.\n\n# The second part\n\nTwo."),
    ("##Beginnings\nText.", "a heading without a space after its signs", "## Beginnings\nText."),
    ("so [Smith 2001].", "a citation typed as a name and a year", None),
    ("so [Smith & Jones, 2001, pp. 4–6].", "a citation typed as a name and a year", None),
    ("so [see Li 2012, 5].", "a citation typed as a name and a year", "so [see @li2012, p. 5]."),
    ("so (Braudel 1972: 44).", "a citation typed as a name and a year", "so [@braudel1972, p. 44]."),
    ("so [li2012, p. 5].", "a key of the bibliography without its @", "so [@li2012, p. 5]."),
    ("so [li2012; braudel1972].", "a key of the bibliography without its @", "so [@li2012; @braudel1972]."),
    ("As Fig. 1 shows", "a figure's number typed by hand", "As @fig:map shows"),
    ("in Table 1 above", "a table's number typed by hand", "in @tbl:data above"),
    ("![](a.svg)\n\n*Figure 1. Sheets.*", "a caption typed with its number", None),
    ("![Figure 1. Sheets](a.svg)", "a caption typed with its number", "![Sheets](a.svg)"),
    ("| A |\n|---|\n| 1 |\n\nTable 1. Numbers", "a caption typed with its number", None),
    (
        "![Me](figures/IMG 20 (1).jpg)",
        "a picture whose file name holds both spaces and round brackets",
        "![Me](<figures/IMG 20 (1).jpg>)",
    ),
    ("It was so.[1] Then", "a note's number typed by hand", None),
    ("It was so.¹", "a note's number typed by hand", None),
    ("## References\n\nHansen, Valerie. 2012. *Roads*.", "a list of works typed by hand", None),
]  # fmt: skip

LEFT_ALONE = [
    r"\\autoref{fig:map} as it is typed",
    r"`\autoref{fig:map}` in code",
    "```latex\n\\cite{li2012}\n```",
    "<!-- \\cite{li2012} -->",
    r"$\label{x} \ref{y}$",
    "$$\n\\begin{cases} a \\end{cases}\n$$ {#eq:sum}",
    "[@braudel1972] and [a link][braudel1972]",
    "![Caption](figures/map.png){#fig:map}",
    "[braudel1972](https://example.org)",
    "[nobody1999] stands in brackets",
    "the share of\n% is not a comment in a paragraph",
    "50 % of them, 20% of those",
    "- [ ] to do\n- [x] done",
    "- item\n\n    This is the second paragraph of the item, and a sentence.",
    "[^1]: A note.\n\n    This is the second paragraph of the note, and a sentence.",
    "Code:\n\n    for each in those:\n        print(each)",
    "One; two; three.\nFour; five; six.\nSeven; eight; nine.",
    "*closed* and **strong** and 2 * 3",
    "* item one\n* item two",
    "p < 0.05*, as marked",
    "[^toc]: A note.",
    "a == b and c == d",
    r"found \[1\], and \[2, 3\], \(so\) it stands",
    "```r\nplot(1)\n```",
    "> [1] said the king",
    (
        "------------------------------------------------------------\n"
        "  No  Remark\n----- -------------------------------------------------------\n"
        "10001 The first row.\n\n"
        "    b This row is the second, and no paragraph at all.\n"
        "------------------------------------------------------------\n"
    ),
    "#MeToo",
    "#MeToo was a movement that spread.",
    "he said: [in 1949] and [March 1949] and [1949]",
    "so (Smith 2001) says, of whom there is no record",
    "[Smith 2001](https://example.org) and ^[Smith 2001] and [@li2012, Fig. 1]",
    "Figure 3 of his book, Figure 1 in Braudel's, and Figure 12",
    "5 m², x.² and (a + b)² and H₂O",
    "## References\n\nThose who are cited here were asked.",
    "## References\n",
    "![Me](figures/IMG 20.jpg) and ![You](figures/a(1).jpg)",
    "[road, rail] and [li2012](x), and [sic]",
    "+------+---------+\n| No   | Remark  |\n+======+=========+\n| 1; 2 | one; *a* |\n+------+---------+",
]


@pytest.mark.parametrize(("text", "what", "instead"), FOUND)
def test_it_is_found_and_mended_where_that_needs_no_thought(
    text: str, what: str, instead: str | None
) -> None:
    found = find_other_syntax(text, KNOWN)
    assert [one.what for one in found] == [what]
    assert mended(text, KNOWN)[0] == (text if instead is None else instead)


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_is_meant_as_it_stands_is_left_alone(text: str) -> None:
    assert find_other_syntax(text, KNOWN) == ()


def test_the_places_of_a_kind_are_counted() -> None:
    (found,) = find_other_syntax(r"\emph{one} and \emph{two} and \emph{three}", KNOWN)
    assert [place.start for place in found.places] == [0, 15, 30]


def test_labels_are_those_in_braces() -> None:
    assert labels_of("![A](b.png){#fig:map width=50%}\n\n## End {#sec:end}") == {"fig:map", "sec:end"}


@given(st.text(alphabet="ab *[]{}\\$`%@\n\t;-<>!^#:=refcitemph", max_size=80))
def test_mending_ends_and_changes_nothing_more_the_second_time_in_what_it_wrote(text: str) -> None:
    once, changed = mended(text, KNOWN)
    assert bool(changed) == (once != text)


def test_the_essay_and_the_first_text_of_a_new_publication_hold_none() -> None:
    root = Path(__file__).parents[3]
    for folder in (root / "content", root / "templates" / "scaffold" / "content"):
        texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))]
        assert texts
        bodies = [text.split("\n---\n", 1)[1] for text in texts]
        assert [find_other_syntax(body, KNOWN) for body in bodies] == [() for _ in bodies]


@pytest.mark.parametrize(
    "begun",
    [":smile: ", "[a][] ", "<!--", "{++", "{{<a ", "{%a ", "\\(", "\\[", "]{.aside", "{:#", "\\cite[", "`r ", "$$ ", "\\ref{a}", "; [^", "(Li 2012) ", "[Smith 2001] ", "Fig. 1 ", "\n\nFigure 1. a", "\n\n#Ab ", "![a](b (c) ", ".[1] "],
)  # fmt: skip
def test_what_is_begun_a_thousand_times_stops_nobody(begun: str) -> None:
    """Neither what never ends nor a crowd of places is looked at again for each."""
    with in_time():
        find_other_syntax("A. " + begun * (100_000 // len(begun)), KnownIdentifiers())
