"""What a structure tree lacks of a text, and what it is right about."""

from __future__ import annotations

from pathlib import Path

import pytest

from fascicle.core.diagnostics import Collector
from fascicle.core.model import TrustSettings
from fascicle.document.document import parse_document
from fascicle.document.expected_tags import ExpectedTag, expected_tags
from fascicle.pdf.reading.structure import Element
from fascicle.pdf.text_comparison.tag_matching import lacking, read_out
from fascicle.pipeline.run import Request
from fascicle.project.publication import read_publication
from tests.support.publications import SMALL, write


def wanted(folder: Path, text: str) -> tuple[ExpectedTag, ...]:
    """What a section with this text must have in the tree."""
    write(folder, {**SMALL, "content/01-one.md": f"---\ntitle: One\n---\n\n{text}\n"})
    publication = read_publication(Request(folder).open_sources(), Collector())
    assert publication
    document = parse_document(publication, TrustSettings(), Collector())
    return expected_tags(document, (), {"figures/a.png": "A grey plate"})


def element(tag: str, *kids: Element | str, **more: object) -> Element:
    return Element(tag, kids=list(kids), **more)  # type: ignore[arg-type]


ONE = element("H1", "1 ", "One")


@pytest.mark.parametrize(
    ("text", "kids", "told"),
    [
        ("Plain.", [ONE], []),
        ("Plain.", [element("H2", "One")], ["heading of level 1"]),
        ("Plain.", [element("H1", "Two")], ["heading of level 1"]),
        ("## Two\n\n## Three", [ONE, element("H2", "Two"), element("H2", "Three")], []),
        ("## Two\n\n## Three", [ONE, element("H2", "Three"), element("H2", "Two")], ["heading of level 2"]),
        ("- a\n- b", [ONE, element("L", element("LI", "a"), element("LI", "b"))], []),
        ("- a\n- b", [ONE, element("L", element("LI", "a b"))], ["list"]),
        ("> Somebody said so.", [ONE, element("BlockQuote", "Somebody said so.")], []),
        ("> Somebody said so.", [ONE, element("P", "Somebody said so.")], ["quotation"]),
        ("An *emphasised* word.", [ONE, element("P", element("Em", "emphasised"))], []),
        ("An *emphasised* word.", [ONE, element("P", "An emphasised word.")], ["emphasis"]),
        ("[Der Mensch]{lang=de}", [ONE, element("Span", "Der Mensch", language="de")], []),
        (
            "[Der Mensch]{lang=de}",
            [ONE, element("Span", "Der Mensch", language="fr")],
            ["words of another language"],
        ),
        ("A[^n]\n\n[^n]: The note.", [ONE, element("P", "A", element("FENote", "1 The note."))], []),
        ("A[^n]\n\n[^n]: The note.", [ONE, element("P", "A", element("P", "1 The note."))], ["note"]),
        ("![](figures/a.png)", [ONE, element("Figure", alt="A grey plate")], []),
        ("![](figures/a.png)", [ONE, element("Figure", alt="a.png")], ["figure"]),
        ("$x$", [ONE, element("Formula", element("math"))], []),
        ("$x$", [ONE, element("Formula", "x")], ["formula"]),
        ("[A link](https://e.org)", [ONE, element("Link", "A link", destination=True)], []),
        ("[A link](https://e.org)", [ONE, element("Link", "A link")], ["link"]),
    ],
)
def test_what_is_lacking(tmp_path: Path, text: str, kids: list[Element], told: list[str]) -> None:
    tree = element("StructTreeRoot", element("Document", *kids))
    assert [one.name for one in lacking(tree, wanted(tmp_path, text))] == told


TABLE = "| Film | Year |\n|---|---|\n| Home | 2009 |"
COLUMN = {"Scope": "Column"}
BODY = element("TR", element("TD", "Home"), element("TD", "2009"))


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (element("TR", *(element("TH", word, attributes=COLUMN) for word in ("Film", "Year"))), []),
        (element("TR", element("TH", "Film"), element("TH", "Year")), ["table"]),
        (element("TR", element("TD", "Film"), element("TD", "Year")), ["table"]),
    ],
)
def test_the_head_of_a_table_says_what_it_stands_over(tmp_path: Path, head: Element, told: list[str]) -> None:
    tree = element("StructTreeRoot", ONE, element("Table", head, BODY))
    assert [one.name for one in lacking(tree, wanted(tmp_path, TABLE))] == told


def test_notes_are_read_out_after_the_text() -> None:
    note = element("FENote", "1 A note.")
    tree = element("StructTreeRoot", element("P", "Text", note, " goes on."), element("P", "More."))
    assert read_out(tree) == ("Text goes on.\nMore.\n", "1 A note.")
