"""The Markdown parser held against fixtures: title, input, tree and problems, readable in one file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from fascicle.core.diagnostics import Collector, Span
from fascicle.document.markdown.parser import Origin, ParseOptions, parse_blocks, parse_inlines
from fascicle.document.tree import Note, Paragraph, Text, walk
from tests.support.tree_dump import Dump

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*.txt"))


@dataclass(frozen=True)
class Case:
    """One case of a fixture file: `=== title`, input, `--- tree`, tree, and perhaps `--- problems`, problems.

    A title may end in options in brackets: `(raw)` trusts raw LaTeX, `(places)` prints spans, `(de)` is a language.
    """

    title: str
    text: str
    tree: str
    problems: str


def load(path: Path) -> list[Case]:
    cases = []
    for part in path.read_text(encoding="utf-8").split("\n=== ")[1:]:
        title, _, body = part.partition("\n")
        text, _, rest = body.partition("\n--- tree\n")
        tree, _, problems = rest.partition("\n--- problems\n")
        cases.append(Case(title, text, tree.strip("\n"), problems.strip("\n")))
    return cases


def observed(case: Case) -> tuple[str, str]:
    """Tree and problems as the parser gives them."""
    option = case.title.rpartition("(")[2].rstrip(")") if case.title.endswith(")") else ""
    language = option if option not in ("", "raw", "places") else "en-GB"
    problems = Collector()
    blocks = parse_blocks(case.text, Origin("t.md"), ParseOptions(language, option == "raw"), problems)
    reported = [
        f"{d.span.line}:{d.span.column} {d.severity}[{d.code.value}] {d.message}"
        for d in problems.sorted()
        if d.span
    ]
    return Dump(places=option == "places").blocks(blocks), "\n".join(reported)


CASES = [pytest.param(case, id=f"{path.stem}: {case.title}") for path in FIXTURES for case in load(path)]


@pytest.mark.parametrize("case", CASES)
def test_fixture(case: Case) -> None:
    tree, problems = observed(case)
    assert tree == case.tree
    assert problems == case.problems


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 150


def test_a_value_from_yaml_keeps_its_column_on_every_line() -> None:
    blocks = parse_blocks("one *two*\n\nthree", Origin("p.yaml", 10, 5), ParseOptions(), Collector())
    places = [(node.text, str(node.span)) for node in walk(blocks) if isinstance(node, Text)]
    assert places == [("one ", "p.yaml:10:5"), ("two", "p.yaml:10:10"), ("three", "p.yaml:12:5")]


def test_inlines_of_a_title() -> None:
    problems = Collector()
    title = parse_inlines('The *"Floating"* Population', Origin("p.yaml", 1, 8), ParseOptions(), problems)
    assert Dump().inlines(title) == '"The " Emph(Double("Floating")) " Population"'
    assert not list(problems)
    assert parse_inlines("", Origin("p.yaml"), ParseOptions(), problems) == ()


def test_windows_and_old_mac_line_ends_are_line_ends() -> None:
    for end in ("\r\n", "\r", "\n"):
        blocks = parse_blocks(f"a{end}b{end}{end}c", Origin("t.md"), ParseOptions(), Collector())
        assert Dump(places=True).blocks(blocks) == (
            'Paragraph@1:1-2:2: "a"@1:1-1:2 /@1:2-2:1 "b"@2:1-2:2\nParagraph@4:1-4:2: "c"@4:1-4:2'
        )


def test_a_note_used_twice_is_printed_twice_and_parsed_once() -> None:
    blocks = parse_blocks("a[^n] b[^n]\n\n[^n]: text", Origin("t.md"), ParseOptions(), Collector())
    first, second = [node for node in walk(blocks) if isinstance(node, Note)]
    assert first.content == second.content
    assert isinstance(first.content[0], Paragraph)
    assert first.content[0].span == Span("t.md", 3, 7, 3, 11)
    assert first.span != second.span


def test_many_unprintable_characters_are_one_problem_a_run() -> None:
    problems = Collector()
    parse_blocks("a\x00\x01b\ufdd0", Origin("t.md"), ParseOptions(), problems)
    assert [(str(d.span), d.message) for d in problems] == [
        ("t.md:1:2", "a character that cannot be printed stands here: U+0000 and 1 more"),
        ("t.md:1:5", "a character that cannot be printed stands here: U+FDD0"),
    ]
