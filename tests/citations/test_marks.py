"""Marks of spans put back, whatever stands between them."""

from __future__ import annotations

from fascicle.citations.items.marks import unmarked
from fascicle.core import pandoc_ast as p


def test_a_formula_is_left_as_it_is() -> None:
    """A title of a work may hold a formula, whose parts are no inlines."""
    formula = p.math("x^2", display=False)
    assert unmarked([p.string("On"), p.SPACE, p.wrapped("Emph", [formula])]) == [
        p.string("On"),
        p.SPACE,
        p.wrapped("Emph", [formula]),
    ]
