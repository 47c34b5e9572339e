"""Diagnostics: what is wrong, and where, with codes, severities and spans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostic_codes import Severity as Severity


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a project file. Lines and columns count from 1, columns in characters."""

    file: str
    """Path relative to the project folder, with forward slashes."""
    line: int = 1
    """First line of the place."""
    column: int = 1
    """First column of the place, on `line`."""
    end_line: int | None = None
    """Last line; None when the place is a point."""
    end_column: int | None = None
    """Column after the last character, on `end_line`; None when the place is a point."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that is wrong, said once, at the place its author wrote."""

    code: Code
    """What kind of thing it is; `fascicle explain CODE` tells more."""
    message: str
    """One sentence without a full stop, in plain words, naming what was found."""
    span: Span | None = None
    """Where; None when no project file is to blame."""
    severity: Severity = Severity.ERROR
    """How bad it is."""
    hints: tuple[str, ...] = ()
    """What to do about it, each a short sentence."""
    causes: tuple[str, ...] = ()
    """The chain of failures underneath, outermost first."""


def _place(found: Diagnostic) -> tuple[str, int, int]:
    span = found.span
    return (span.file, span.line, span.column) if span else ("", 0, 0)


class Collector:
    """Gathers diagnostics while a stage goes on as far as it can."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, Span | None, str], Diagnostic] = {}

    def add(
        self,
        code: Code,
        message: str,
        span: Span | None = None,
        *hints: str,
        severity: Severity | None = None,
        causes: Iterable[str] = (),
    ) -> None:
        """Keep one diagnostic, with the code's own severity unless another is given; repeats are dropped."""
        found = Diagnostic(code, message, span, severity or code.severity, hints, tuple(causes))
        self._found.setdefault((code.value, span, message), found)

    def extend(self, others: Iterable[Diagnostic]) -> None:
        """Keep all of `others`."""
        for other in others:
            self._found.setdefault((other.code.value, other.span, other.message), other)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self._found.values())

    def __len__(self) -> int:
        return len(self._found)

    @property
    def failed(self) -> bool:
        """True when an error was found."""
        return any(found.severity is Severity.ERROR for found in self)

    def sorted(self) -> list[Diagnostic]:
        """All of them in file and line order, those without a place first; of a kind that one line may have many of, one."""
        return _once_a_line(sorted(self, key=_place))

    def with_warnings_as_errors(self) -> Collector:
        """A copy in which every warning is an error (`--strict`)."""
        strict = Collector()
        strict.extend(
            replace(found, severity=Severity.ERROR) if found.severity is Severity.WARNING else found
            for found in self
        )
        return strict


_ONCE_A_LINE = frozenset({Code.HTML_TAG})
"""Kinds that are told once a line, with the number of the others."""


def _once_a_line(found: list[Diagnostic]) -> list[Diagnostic]:
    kept: list[Diagnostic] = []
    more: Counter[tuple[Code, str, int]] = Counter()
    for one in found:
        place = (one.code, *_place(one)[:2])
        if one.code not in _ONCE_A_LINE or place not in more:
            kept.append(one)
        more[place] += 1
    return [
        replace(one, message=f"{one.message} ({number} more in this line)")
        if one.code in _ONCE_A_LINE and (number := more[(one.code, *_place(one)[:2])] - 1)
        else one
        for one in kept
    ]


def counted(found: Iterable[Diagnostic]) -> str:
    """`2 errors, 1 warning`; empty when there is nothing."""
    items = _once_a_line(list(found))
    counts = [(severity, sum(item.severity is severity for item in items)) for severity in Severity]
    return ", ".join(f"{count} {severity}{'s' if count > 1 else ''}" for severity, count in counts if count)
