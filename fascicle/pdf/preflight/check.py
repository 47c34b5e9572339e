"""The shapes of step 7: what a check sees, what it promises, what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from pypdf.errors import PyPdfError

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Severity, Span
from fascicle.pdf.expectations import NOTHING, Promises
from fascicle.pdf.finish.finish import Finishing
from fascicle.pdf.preflight.external_tools import ToolRunner
from fascicle.pdf.reading.inspection import Inspection

DAMAGE = (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)
"""What reading a damaged file can raise, in pypdf or in the checks that trust its shape."""


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What a check looks at."""

    file: Inspection
    """The finished file."""
    output_options: Finishing | None
    """What was asked for; None when a file is examined by itself."""
    tool_runner: ToolRunner | None = None
    """Where slow checks run their programs; None leaves them out."""

    @property
    def promises(self) -> Promises:
        """What the edition promises; nothing when a file is examined by itself."""
        return self.output_options.promises if self.output_options else NOTHING

    @property
    def claims(self) -> dict[str, str]:
        """The standard that was asked for, or that the file claims by itself, as XMP properties."""
        if self.output_options:
            return dict(self.output_options.standard.claims)
        return {key: str(value) for key, value in self.file.xmp.items() if key.startswith("pdf")}


@dataclass(frozen=True, slots=True)
class Broken:
    """One place at which a promise is broken."""

    message: str
    """One sentence without full stop."""
    page: int = 0
    """Page, counted from 1; 0 when no single page is to blame."""
    figure: str = ""
    """Path of the picture that is to blame."""
    span: Span | None = None
    """Where the author wrote what is not kept."""
    severity: Severity | None = None
    """How bad it is; None for the usual severity of the check's code."""
    hint: str = ""
    """What the author can do about it."""


def always(proof: CheckContext) -> str:
    """For checks that are always made."""
    return ""


@dataclass(frozen=True, slots=True)
class Check:
    """One promise and how it is proved."""

    name: str
    """Short name for reports."""
    promise: str
    """The promise in one sentence without full stop."""
    code: Code
    """The diagnostic of a broken promise."""
    run: Callable[[CheckContext], Iterator[str | Broken]]
    """Says, one sentence each, where the promise is broken."""
    needs_wishes: bool = False
    """True when the promise is about what was asked for."""
    left_out: Callable[[CheckContext], str] = field(default=always)
    """Why this file is not checked, in a few words; empty when it is. Raises ProgramError when a program is missing."""
    slow: bool = False
    """True when it takes a program of its own and some seconds."""
    press: str = ""
    """What it checks of PDF/X, in a few words; empty when that is nothing."""


class Verdict(StrEnum):
    """What came of a promise."""

    KEPT = "kept"
    """Looked at and found true."""
    BROKEN = "broken"
    """Looked at and found false."""
    UNCHECKED = "not checked"
    """Not looked at, though it should be: a program is missing or failed, or the build leaves it to `preflight`."""
    UNASKED = "not promised"
    """Nobody promised it of this file; the reason is given."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What came of one check."""

    check: Check
    """The check."""
    broken: tuple[Broken, ...] = ()
    """Where the promise is broken; nothing when it is kept."""
    left_out: str = ""
    """Why it was not checked; empty when it was."""
    lacking: bool = False
    """True when it should have been checked and could not be."""

    @property
    def verdict(self) -> Verdict:
        """What came of it."""
        if self.left_out:
            return Verdict.UNCHECKED if self.lacking else Verdict.UNASKED
        return Verdict.BROKEN if self.broken else Verdict.KEPT

    def reported(self) -> dict[str, object]:
        """As `report.json` has it."""
        return {
            "name": self.check.name,
            "promise": self.check.promise,
            "verdict": self.verdict.value,
            **({"reason": self.left_out} if self.left_out else {}),
            "broken": [
                {
                    "message": one.message,
                    **({"page": one.page} if one.page else {}),
                    **({"figure": one.figure} if one.figure else {}),
                    **({"place": str(one.span)} if one.span else {}),
                }
                for one in self.broken
            ],
        }
