"""The shapes of step 7: what a check sees, what it promises, what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pypdf.errors import PyPdfError

from fascicle.codes import Code
from fascicle.pdf.finish import Finishing
from fascicle.pdf.inspect import Inspection

DAMAGE = (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)
"""What reading a damaged file can raise, in pypdf or in the checks that trust its shape."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What a check looks at."""

    file: Inspection
    """The finished file."""
    wishes: Finishing | None
    """What was asked for; None when a file is examined by itself."""


@dataclass(frozen=True, slots=True)
class Check:
    """One promise and how it is proved."""

    name: str
    """Short name for reports."""
    promise: str
    """The promise in one sentence without full stop."""
    code: Code
    """The diagnostic of a broken promise."""
    run: Callable[[Proof], Iterator[str]]
    """Says, one sentence each, where the promise is broken."""
    needs_wishes: bool = False
    """True when the promise is about what was asked for."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one check."""

    check: Check
    """The check."""
    broken: tuple[str, ...]
    """Where the promise is broken; nothing when it is kept."""
