"""The LaTeX renderer held against fixtures: title, Markdown, expected LaTeX, readable in one file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from fascicle.core.diagnostics import Collector, Span
from fascicle.document.figures.placed_figures import PlacedPicture
from fascicle.document.markdown.parser import Origin, ParseOptions, parse_blocks, parse_inlines
from fascicle.document.resolve import Label
from fascicle.document.rewrite import rewritten
from fascicle.document.tree import Cite, Link, Node, Text
from fascicle.latex.context import Fragment, RenderContext
from fascicle.latex.line_map import extract_line_map, unmark
from fascicle.latex.writer.renderer import render_blocks, render_inlines

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*.txt"))
AT = Span("t.md")
LABELS = {
    name: Label(name, AT, numbered=name != "sec:plain", title=(Text(AT, "A plain title"),))
    for name in ("fig:map", "tbl:films", "sec:method", "sec:plain", "eq:growth")
}
PICTURES = {
    "figures/map.pdf": PlacedPicture("01-map.pdf", "", 300, 200, "A map of the city & its rings"),
    "figures/still.jpg": PlacedPicture(
        "02-still.jpg", "", 640, 360, "A still", (Text(AT, "© Xstream 100% & Co."),)
    ),
    "figures/lost.png": PlacedPicture(None, "Permission pending", 400, 300, "A crowd at the station"),
}


@dataclass(frozen=True)
class Case:
    """One case: `=== title (options)`, Markdown, `--- latex`, LaTeX, perhaps `--- needs` with packages and languages.

    Options: a language tag, `raw`, `nolinks`, `lines` (every TeX line with its source line and its block's).
    """

    title: str
    text: str
    latex: str
    needs: str

    @property
    def options(self) -> list[str]:
        if not self.title.endswith(")"):
            return []
        return [option.strip() for option in self.title.rpartition("(")[2].rstrip(")").split(",")]


def load(path: Path) -> list[Case]:
    cases = []
    for part in path.read_text(encoding="utf-8").split("\n=== ")[1:]:
        title, _, body = part.partition("\n")
        text, _, rest = body.partition("\n--- latex\n")
        latex, _, needs = rest.partition("\n--- needs\n")
        cases.append(Case(title, text, latex.strip("\n"), needs.strip("\n")))
    return cases


def rendered(case: Case) -> tuple[Fragment, Collector]:
    options = case.options
    languages = [name for name in options if name[:2].islower() and name.replace("-", "").isalnum()]
    language = next((name for name in languages if name not in ("raw", "nolinks", "lines")), "en-GB")
    problems = Collector()
    blocks = parse_blocks(case.text, Origin("t.md"), ParseOptions(language, "raw" in options), problems)
    context = RenderContext(language, "nolinks" not in options, LABELS, PICTURES, WORKS)
    return render_blocks(rewritten(blocks, worded), context), problems


WORKS = {"jia2009": "work.1"}


def worded(node: Node) -> Node:
    """Citations with words such as a style gives them: each work a link to its entry."""
    if not isinstance(node, Cite):
        return node
    works = [Link(node.span, (Text(node.span, one.key),), f"#ref-{one.key}") for one in node.citations]
    return replace(node, content=(Text(node.span, "("), *works, Text(node.span, ")")))


def observed(case: Case) -> tuple[str, str]:
    """LaTeX and needs as the renderer gives them."""
    fragment, problems = rendered(case)
    assert not problems.failed, [str(problem) for problem in problems]
    latex, linemap = extract_line_map(fragment.latex)
    if "lines" in case.options:
        numbered = []
        for number, line in enumerate(latex.split("\n"), 1):
            at, block = linemap.at(number), linemap.block_at(number)
            assert at is not None
            assert block is not None
            numbered.append(f"{at.line}/{block.line}| {line}".rstrip())
        latex = "\n".join(numbered)
    return latex, " ".join(
        [*sorted(fragment.packages), *(f"lang:{tag}" for tag in sorted(fragment.languages))]
    )


CASES = [pytest.param(case, id=f"{path.stem}: {case.title}") for path in FIXTURES for case in load(path)]


@pytest.mark.parametrize("case", CASES)
def test_fixture(case: Case) -> None:
    latex, needs = observed(case)
    assert latex == case.latex
    if case.needs:
        assert needs == case.needs


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 120


def test_titles_are_marked_too() -> None:
    title = parse_inlines(
        "On *floating*", Origin("content/publication.yaml", 3, 8), ParseOptions(), Collector()
    )
    fragment = render_inlines(title, RenderContext())
    clean, linemap = extract_line_map(fragment.latex)
    assert clean == r"On \emph{floating}"
    assert linemap.at(1) == Span("content/publication.yaml", 3, 8)


def test_nothing_gives_nothing() -> None:
    assert not render_inlines((), RenderContext())
    assert unmark(render_blocks((), RenderContext()).latex) == ""


def test_a_title_without_options_has_none() -> None:
    assert Case("plain", "", "", "").options == []
