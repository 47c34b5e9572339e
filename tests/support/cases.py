"""Reads fixture files of faulty inputs: title, input, expected diagnostics as `line:column code, a part of the text`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from fascicle.core.diagnostics import Diagnostic


@dataclass(frozen=True)
class Case:
    """One faulty input and what is to be said of it."""

    title: str
    input: str
    expected: tuple[str, ...]


def load(path: Path) -> list[Case]:
    """The cases of a fixture file."""
    cases = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [Case(case["title"], case["input"], tuple(case["expected"])) for case in cases]


def parametrize(path: Path) -> pytest.MarkDecorator:
    """Run a test once for each case of a fixture file."""
    return pytest.mark.parametrize("case", [pytest.param(case, id=case.title) for case in load(path)])


@dataclass(frozen=True)
class Row:
    """One input, or several parts of one, and what comes of it."""

    input: tuple[str, ...]
    expected: str


def tables(path: Path) -> pytest.MarkDecorator:
    """Run a test once for each row of a fixture file: `[input, expected]`, each as text."""
    rows = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    read = [Row(tuple(typed) if isinstance(typed, list) else (typed,), expected) for typed, expected in rows]
    return pytest.mark.parametrize("row", [pytest.param(row, id=" ".join(row.input)) for row in read])


def assert_told(found: Iterable[Diagnostic], case: Case) -> None:
    """Every expected diagnostic is there at its place, in order, and no other one is."""
    reported = [_line(item) for item in found]
    assert len(reported) == len(case.expected), "\n".join(reported) or "nothing was told"
    for line, expected in zip(reported, case.expected, strict=True):
        place, code, *part = expected.split(" ", 2)
        assert line.startswith(f"{place} {code} "), f"{line!r} is not at {place} {code}"
        assert not part or part[0] in line, f"{part[0]!r} is not in {line!r}"


def _line(found: Diagnostic) -> str:
    place = f"{found.span.line}:{found.span.column}" if found.span else "-"
    return f"{place} {found.code.value} {found.message} | {' | '.join(found.hints)}"
