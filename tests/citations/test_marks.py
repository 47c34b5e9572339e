"""Marks of spans put back, whatever stands between them."""

from __future__ import annotations

from pathlib import Path

import pytest

from fascicle.citations.items.marks import unmarked
from fascicle.core import pandoc_ast as p
from fascicle.pipeline.build import build_edition
from fascicle.pipeline.run import Request
from tests.support.publications import SMALL, write


def test_a_formula_is_left_as_it_is() -> None:
    """A title of a work may hold a formula, whose parts are no inlines."""
    formula = p.math("x^2", display=False)
    assert unmarked([p.string("On"), p.SPACE, p.wrapped("Emph", [formula])]) == [
        p.string("On"),
        p.SPACE,
        p.wrapped("Emph", [formula]),
    ]


@pytest.mark.parametrize("sign", ["\ue000", "\ue002", "\ue004"])
def test_private_characters_are_the_authors_own(sign: str, tmp_path: Path) -> None:
    """Fonts for medieval texts have letters there; a mark of ours among them would part, change or swallow words."""
    record = (
        f"@book{{a, title = {{Film{sign} Art; a{sign}{sign} Life}}, author = {{Bord{sign}well, David}}, "
        f"publisher = {{Press{sign}}}, date = {{2001}}}}\n"
    )
    text = "---\ntitle: One\n---\n\nSee [@a].\n"
    root = write(tmp_path, {**SMALL, "bib/a.bib": record, "content/01-one.md": text})
    result = build_edition(Request(root), "html", lambda event: None)
    assert not result.failed
    page = next(root.rglob("*.html")).read_text("utf-8")
    for words in (f"Film{sign} Art", f"a{sign}{sign} Life", f"Bord{sign}well, David", f"Press{sign}"):
        assert words in page
