"""Step 7: opens the finished file again and checks what the edition promises."""

from __future__ import annotations

from pathlib import Path

from pypdf.errors import LimitReachedError

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Severity
from fascicle.pdf.finish.finish import Finishing
from fascicle.pdf.objects import uncollected
from fascicle.pdf.preflight.check import DAMAGE, Broken, Check, CheckContext, CheckResult
from fascicle.pdf.preflight.checks import (
    anonymity,
    colours,
    file,
    fonts,
    images,
    metadata,
    navigation,
    pages,
    standards,
    tags,
    text,
)
from fascicle.pdf.preflight.checks import print as printing
from fascicle.pdf.preflight.external_tools import ProgramError, ToolRunner
from fascicle.pdf.pypdf_log import warnings_told
from fascicle.pdf.reading.inspection import Inspection

GROUPS: tuple[tuple[str, tuple[Check, ...]], ...] = (
    ("The file", file.CHECKS),
    ("Fonts", fonts.CHECKS),
    ("Text", text.CHECKS),
    ("Tags", tags.CHECKS),
    ("Links and bookmarks", navigation.CHECKS),
    ("What the file says of itself", metadata.CHECKS),
    ("The standard", standards.CHECKS),
    ("Colours and ink", colours.CHECKS),
    ("Pictures", images.CHECKS),
    ("Pages", pages.CHECKS),
    ("For the press", printing.CHECKS),
    ("Anonymity", anonymity.CHECKS),
)
"""Every check, by subject, in the order of the report."""
CHECKS = tuple(check for _, checks in GROUPS for check in checks)
"""The same in one row."""


@uncollected()
def preflight(
    pdf: Path | bytes,
    output_options: Finishing | None,
    problems: Collector,
    tool_runner: ToolRunner | None = None,
) -> tuple[CheckResult, ...]:
    """Run every check on `pdf`; each broken promise is a diagnostic too. No result when it cannot be opened.

    Without `tool_runner` the slow checks are left out.
    """
    with warnings_told(problems, "the finished PDF"):
        try:
            proof = CheckContext(Inspection(pdf), output_options, tool_runner)
        except DAMAGE as error:
            cause = str(error) or repr(error)
            problems.add(Code.UNREADABLE_PDF, "the finished PDF cannot be read", causes=(cause,))
            return ()
        results = tuple(_result(check, proof) for check in CHECKS)
    for result in results:
        for one in result.broken:
            hints = (one.hint,) if one.hint else ()
            problems.add(result.check.code, one.message, one.span, *hints, severity=one.severity)
    return results


def _result(check: Check, proof: CheckContext) -> CheckResult:
    if check.needs_wishes and not proof.output_options:
        return CheckResult(check, left_out="no edition to hold it to")
    try:
        if reason := check.left_out(proof):
            return CheckResult(check, left_out=reason)
        if check.slow and not proof.tool_runner:
            return CheckResult(check, left_out="slow: `preflight` checks it", lacking=True)
        found = (one if isinstance(one, Broken) else Broken(one) for one in check.run(proof))
        return CheckResult(check, tuple(dict.fromkeys(found)))
    except ProgramError as error:
        return CheckResult(check, left_out=str(error), lacking=True)
    except LimitReachedError:
        # A plot of a million points: what we cannot look into is no fault of the author's.
        message = f"the check '{check.name}' cannot look into a drawing that unpacks to more than its limit; look at its page"
        return CheckResult(check, (Broken(message, severity=Severity.WARNING),))
    except DAMAGE as error:
        message = f"the check '{check.name}' met a damaged object: {str(error) or repr(error)}"
        return CheckResult(check, (Broken(message),))
