"""What came of every promise, as a table for people and as data for machines."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

from fascicle.pdf.preflight.check import CheckResult, Verdict
from fascicle.pdf.preflight.preflight import GROUPS

WIDTH = 100
"""Columns of the table."""
MARKS = {Verdict.KEPT: "kept", Verdict.BROKEN: "BROKEN", Verdict.UNCHECKED: "?", Verdict.UNASKED: "-"}
"""What stands before a promise."""
NOT_WHOLE = (
    "No free program can validate PDF/X as a whole. What is checked here of its rules is listed; a printer's own "
    "preflight has the last word."
)


def reported(results: Sequence[CheckResult]) -> dict[str, object]:
    """The promises as `report.json` has them; for a press also what was checked of PDF/X, and that it is not all."""
    found: dict[str, object] = {"promises": [one.reported() for one in results]}
    if for_press(results):
        found["pdfx"] = {"validated": False, "note": NOT_WHOLE, "checked": press_rules(results)}
    return found


def for_press(results: Iterable[CheckResult]) -> bool:
    """True when the file was held to a printer's standard."""
    return any(one.check.name == "press-safe" and not one.left_out for one in results)


def press_rules(results: Iterable[CheckResult]) -> list[str]:
    """What was checked of PDF/X."""
    return [one.check.press for one in results if one.check.press and not one.left_out]


def table(results: Sequence[CheckResult], *, everything: bool = False) -> Iterator[str]:
    """A line for each promise, and one for each place at which it is broken; then the count.

    What nobody promised of the file is left out unless `everything` is wanted.
    """
    held = {one.check.name: one for one in results}
    for title, checks in GROUPS:
        rows = [held[check.name] for check in checks if check.name in held]
        rows = [one for one in rows if everything or one.verdict is not Verdict.UNASKED]
        if rows:
            yield title
            for one in rows:
                yield from _row(one)
    yield ""
    yield counted(results)
    if for_press(results):
        yield ""
        yield from textwrap.wrap(f"{NOT_WHOLE} Checked: {'; '.join(press_rules(results))}.", WIDTH)


def _row(one: CheckResult) -> Iterator[str]:
    reason = f"  ({one.left_out})" if one.left_out else ""
    yield f"  {MARKS[one.verdict]:<7} {one.check.promise}{reason}"
    for place in one.broken:
        text = f"{place.span}: {place.message}" if place.span else place.message
        yield from textwrap.wrap(
            text, WIDTH, initial_indent=" " * 12, subsequent_indent=" " * 14, break_long_words=False
        )


def counted(results: Iterable[CheckResult]) -> str:
    """`28 promises kept, 1 broken, 2 not checked`."""
    verdicts = [one.verdict for one in results]
    kept, broken, unchecked = (
        verdicts.count(verdict) for verdict in (Verdict.KEPT, Verdict.BROKEN, Verdict.UNCHECKED)
    )
    parts = [f"{kept} promise{'s'[: kept != 1]} kept"]
    parts += [f"{broken} broken"] if broken else []
    return ", ".join(parts + ([f"{unchecked} not checked"] if unchecked else []))


def as_data(results: Sequence[CheckResult], facts: Mapping[str, object]) -> dict[str, object]:
    """The whole answer of `preflight` for a machine."""
    count = {verdict.value: sum(one.verdict is verdict for one in results) for verdict in Verdict}
    return {"version": 1, **facts, "count": count, **reported(results)}
