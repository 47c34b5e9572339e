"""Which columns of a wide table are as wide as their words, and what the others share."""

from __future__ import annotations

from fascicle.core.diagnostics import Collector
from fascicle.document.markdown.parser import Origin, ParseOptions, parse_blocks
from fascicle.document.tables.shared_line import shared_line
from fascicle.document.tree import Table

LONG = "A sentence of many words that takes more than half of a line by itself"


def table(*rows: str) -> Table:
    lines = [rows[0], "|" + "---|" * (rows[0].count("|") - 1), *rows[1:]]
    (found,) = parse_blocks("\n".join(lines), Origin("a.md", 1, 1), ParseOptions("en-GB"), Collector())
    assert isinstance(found, Table)
    return found


def test_what_fits_side_by_side_shares_nothing() -> None:
    assert shared_line(table("| Year | Place |", "| 1950 | Paris |")) is None


def test_numbers_keep_their_width_and_running_text_has_the_rest() -> None:
    line = shared_line(
        table("| Year | Text | Share |", f"| 1950 | {LONG} | 12.5 % |", f"| 1951 | {LONG} | 9 % |")
    )
    assert line
    assert line.shares == (None, 1.0, None)
    assert line.kept == (("1950", "1951", "Year"), ("9 %", "Share", "12.5 %"))


def test_columns_of_running_text_share_the_rest() -> None:
    line = shared_line(table("| Year | Text | Text |", f"| 1950 | {LONG} | {LONG} |"))
    assert line
    assert line.shares == (None, 0.5, 0.5)


def test_what_cannot_be_measured_is_given_a_part() -> None:
    """A cell with a formula is as wide as the formula."""
    line = shared_line(table("| Year | Text |", f"| $x^2$ | {LONG} |"))
    assert line
    assert None not in line.shares
    assert line.kept == ()


def test_running_text_is_not_left_with_too_little() -> None:
    names = "| Amsterdam | Rotterdam | Eindhoven | Groningen | Maastricht |"
    line = shared_line(table(f"| Text {names}", f"| {LONG} {names}"))
    assert line
    assert None not in line.shares
