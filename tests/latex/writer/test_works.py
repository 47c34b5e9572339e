"""Lists of works as LaTeX: the program's own environment for editions, `thebibliography` for journals."""

from __future__ import annotations

import pytest

from fascicle.citations.items.model import Item, Person, short_name
from fascicle.core.diagnostics import Span
from fascicle.document.tree import Link, ListedWork, ReferenceList, Text
from fascicle.latex.context import RenderContext
from fascicle.latex.line_map import unmark
from fascicle.latex.writer.renderer import render_blocks, render_inlines

PLACE = Span("bib/works.bib", 1)


def _list(label: str = "", short: str = "Doe(2001)", *, hanging: bool = True) -> ReferenceList:
    shown = (Text(PLACE, label),) if label else ()
    work = ListedWork(PLACE, "doe", shown, (Text(PLACE, "Doe & Roe."),), "doe", "work.1", short)
    return ReferenceList(PLACE, (work,), hanging)


def _latex(node: ReferenceList, *, journal: bool) -> str:
    context = RenderContext(works={"doe": "work.1"}, thebibliography=journal)
    return unmark(str(render_blocks((node,), context).latex))


def test_the_programs_own_list() -> None:
    assert _latex(_list(), journal=False).startswith("\\begin{fascicleworks}{}\n\\fasciclework{work.1}{}%\n")


@pytest.mark.parametrize(
    ("node", "widest", "looks", "item"),
    [
        (_list("[1]"), "{[}1{]}", "labelled", "\\bibitem[{{[}1{]}}]{work.1}"),
        (_list(), "", "hanging", "\\bibitem[{Doe(2001)}]{work.1}"),
        (_list(hanging=False), "", "flush", "\\bibitem[{Doe(2001)}]{work.1}"),
        (_list(short="A & B]("), "", "hanging", "\\bibitem[{A \\& B{]}(}]{work.1}"),
        (_list(short=""), "", "hanging", "\\bibitem[{doe}]{work.1}"),
    ],
)
def test_a_list_for_a_journal(node: ReferenceList, widest: str, looks: str, item: str) -> None:
    assert _latex(node, journal=True) == (
        f"{{\\fasciclebibsetup\n\\begin{{thebibliography}}{{{widest}}}\n\\fasciclebib{looks}\n"
        f"{item}%\nDoe \\& Roe.\n\\end{{thebibliography}}}}"
    )


@pytest.mark.parametrize(("journal", "place"), [(True, "cite.work.1"), (False, "work.1")])
def test_citations_lead_to_the_entry(journal: bool, place: str) -> None:
    context = RenderContext(works={"doe": "work.1"}, thebibliography=journal)
    link = Link(PLACE, (Text(PLACE, "Doe"),), "#ref-doe")
    assert unmark(str(render_inlines((link,), context).latex)) == f"\\fasciclelink{{{place}}}{{Doe}}"


DOE, ROE, BODY = Person("Doe", "Jane"), Person("Roe"), Person(literal="UNESCO")


@pytest.mark.parametrize(
    ("names", "date", "short"),
    [
        ({"author": (DOE,)}, "2001-05", "Doe(2001)"),
        ({"author": (DOE, ROE)}, "2001", "Doe and Roe(2001)"),
        ({"author": (DOE, ROE, BODY)}, "2001", "Doe et al.(2001)"),
        ({"editor": (BODY,)}, "", "UNESCO()"),
        ({}, "1999", "(1999)"),
        ({}, "", ""),
    ],
)
def test_author_and_year_as_natbib_reads_them(
    names: dict[str, tuple[Person, ...]], date: str, short: str
) -> None:
    assert short_name(Item("k", "book", {}, names, {"issued": date} if date else {})) == short
