"""Composing: every way through Jinja escapes once; every fault of a template is told at its line."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fascicle.core.diagnostics import Collector, Span
from fascicle.core.model import Places
from fascicle.latex.context import Fragment
from fascicle.latex.escape import Latex, escape
from fascicle.latex.line_map import mark
from fascicle.latex.templating.compose import Composed, compose
from fascicle.project.templates import Contract, Template, TemplateFile

FIXTURE = Path(__file__).parent / "fixtures" / "compose.txt"
VARIABLES: dict[str, object] = {
    "x": "a&b",
    "l": Latex(r"\emph{a\&b}"),
    "n": 5,
    "none": None,
    "xs": ["a&", "b_"],
    "ls": [Latex(r"\&"), "&"],
    "d": {"k": "_"},
    "f": Fragment(Latex(r"\textbf{f\&}")),
    "title": "Title",
}


@dataclass
class Case:
    """One case: `=== title`, main.tex, `--- file NAME` and another file, `--- tex` or `--- problems`."""

    title: str
    files: dict[str, str] = field(default_factory=dict)
    tex: str | None = None
    problems: list[str] = field(default_factory=list)


def load() -> list[Case]:
    cases = []
    for part in FIXTURE.read_text(encoding="utf-8").split("\n=== ")[1:]:
        title, _, body = part.partition("\n")
        main, *others = body.split("\n--- ")
        case = Case(title, {"main.tex": main})
        for other in others:
            head, _, text = other.partition("\n")
            if head.startswith("file "):
                case.files[head.removeprefix("file ")] = text
            elif head == "tex":
                case.tex = text.rstrip("\n")
            else:
                case.problems = [line for line in text.splitlines() if line]
        cases.append(case)
    return cases


def template(files: dict[str, str]) -> Template:
    read = {f"t/{name}": TemplateFile(text, f"templates/t/{name}") for name, text in files.items()}
    contract = Contract(description="A template")
    return Template("t", read, contract, Places(file="templates/t/template.yaml", spans={}))


def filled(main: str, variables: dict[str, object] | None = None, **files: str) -> Composed:
    problems = Collector()
    named = {f"{name}.tex": text for name, text in files.items()}
    composed = compose(template({"main.tex": main, **named}), variables or VARIABLES, problems)
    assert composed is not None, [found.message for found in problems]
    return composed


@pytest.mark.parametrize("case", [pytest.param(case, id=case.title) for case in load()])
def test_case(case: Case) -> None:
    problems = Collector()
    composed = compose(template(case.files), VARIABLES, problems)
    reported = [
        f"{found.span.file.removeprefix('templates/t/')}:{found.span.line} {found.code.value} {found.message}"
        f" | {' | '.join(found.hints)}"
        for found in problems
        if found.span
    ]
    if case.tex is not None:
        assert not reported
        assert composed is not None
        assert composed.tex.rstrip("\n") == case.tex
        return
    assert composed is None
    assert len(reported) == len(case.problems), reported
    for line, expected in zip(reported, case.problems, strict=True):
        place, code, rest = expected.split(" ", 2)
        assert line.startswith(f"{place} {code} ")
        assert all(piece in line for piece in rest.split(" | ")), line


def test_lines() -> None:
    body = Latex(f"{mark(Span('content/1.md', 3))}one\n{mark(Span('content/1.md', 4))}two")
    main = "\\begin{document}\n((* if x *))\n\\a((( x )))\n((* endif *))\n((= note =))\n((( body )))\n((* include 'p.tex' *))\nend"
    composed = filled(main, {"x": "&", "body": body}, p="p\n\nq\n")
    found = [str(composed.linemap.at(number)) for number in range(1, composed.tex.count("\n") + 2)]
    assert composed.tex.split("\n") == ["\\begin{document}", "\\a\\&", "one", "two", "p", "", "q", "end"]
    assert found == [
        "templates/t/main.tex:1:1",
        "templates/t/main.tex:3:1",
        "content/1.md:3:1",
        "content/1.md:4:1",
        "templates/t/p.tex:1:1",
        "templates/t/p.tex:2:1",
        "templates/t/p.tex:3:1",
        "templates/t/main.tex:8:1",
    ]


def test_lines_of_loops_and_blocks() -> None:
    main = "((* extends 'base.tex' *))\n((* block a *))\n((* for i in xs *))\n<((( i )))>\n((* endfor *))\n((* endblock *))"
    composed = filled(main, base="top\n((* block a *))((* endblock *))\nbottom\n")
    places = [str(composed.linemap.at(number)) for number in range(1, composed.tex.count("\n") + 1)]
    lines = dict(zip(composed.tex.split("\n"), places, strict=False))
    assert lines["top"] == "templates/t/base.tex:1:1"
    assert lines["<a\\&>"] == lines["<b\\_>"] == "templates/t/main.tex:4:1"
    assert lines["bottom"] == "templates/t/base.tex:3:1"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_out_escaped_once(text: str) -> None:
    main = (
        "((* macro m(a) *))((( a )))((* endmacro *))((* set s *))((( x )))((* endset *))"
        "((( x )))|((( m(x) )))|((( s )))|((( [x] | join )))|((( '%s' | format(x) )))|((( '' ~ x )))|((( x | e )))"
    )
    once = str(escape(text))
    assert filled(main, {"x": text}).tex == "|".join([once] * 7)


def test_variables_of_one_composition_do_not_reach_the_next() -> None:
    main = "((* set ns = namespace(a=1) *))((( x )))"
    assert filled(main, {"x": "1"}).tex == "1"
    assert filled(main, {"x": "2"}).tex == "2"
