"""Diagnostics: what is wrong, and where, with codes, severities and spans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

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
    stands_for: int = 0
    """How many this one stands for that are not kept one by one; 0 for one that stands for itself."""


def _place(found: Diagnostic) -> tuple[str, int, int]:
    span = found.span
    return (span.file, span.line, span.column) if span else ("", 0, 0)


MOST_OF_A_KIND = 1000
"""Diagnostics of one code and severity in one file that are kept one by one; how many more there are is told in a line."""
MOST_HINTS = 100
"""So many diagnostics of one code are given a hint that takes time to find."""

_Key = tuple[str, Span | None, str]
_Kind = tuple[Code, Severity, str]


@dataclass(slots=True)
class _Rest:
    """What is no longer kept of a kind."""

    first: Diagnostic
    keys: set[_Key] = field(default_factory=set)
    carried: int = 0

    def told(self) -> Diagnostic:
        count = len(self.keys) + self.carried
        message = f"{count:,} more of this kind {'is' if count == 1 else 'are'} not listed"
        return replace(self.first, message=message, hints=(), causes=(), stands_for=count)


class Collector:
    """Gathers diagnostics while a stage goes on as far as it can."""

    def __init__(self) -> None:
        self._found: dict[_Key, Diagnostic] = {}
        self._of_kind: Counter[_Kind] = Counter()
        self._of_code: Counter[Code] = Counter()
        self._rest: dict[_Kind, _Rest] = {}

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
        self._keep(Diagnostic(code, message, span, severity or code.severity, hints, tuple(causes)))

    def wants_hint(self, code: Code) -> bool:
        """False once so many of a code were found that to look for what was meant would take its time and help nobody."""
        return self._of_code[code] < MOST_HINTS

    def keeps(self, code: Code) -> bool:
        """False once so many of a code are kept that what one more says may not be printed."""
        return self._of_code[code] < MOST_OF_A_KIND

    def extend(self, others: Iterable[Diagnostic]) -> None:
        """Keep all of `others`."""
        for other in others:
            self._keep(other)

    def _keep(self, found: Diagnostic) -> None:
        key: _Key = (found.code.value, found.span, found.message)
        if key in self._found:
            return
        kind: _Kind = (found.code, found.severity, found.span.file if found.span else "")
        if found.stands_for:
            self._rest.setdefault(kind, _Rest(found)).carried += found.stands_for
        elif self._of_kind[kind] >= MOST_OF_A_KIND:
            self._rest.setdefault(kind, _Rest(found)).keys.add(key)
        else:
            self._found[key] = found
            self._of_kind[kind] += 1
            self._of_code[found.code] += 1

    def __iter__(self) -> Iterator[Diagnostic]:
        yield from self._found.values()
        yield from (rest.told() for rest in self._rest.values())

    def __len__(self) -> int:
        return len(self._found) + len(self._rest)

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
    counts = [
        (severity, sum(max(item.stands_for, 1) for item in items if item.severity is severity))
        for severity in Severity
    ]
    return ", ".join(f"{count} {severity}{'s' if count > 1 else ''}" for severity, count in counts if count)
