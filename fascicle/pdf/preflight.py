"""Step 7: open the finished file again and check, one function a promise, what the edition promises."""

from __future__ import annotations

from pathlib import Path

from fascicle.codes import Code
from fascicle.diagnostics import Collector
from fascicle.pdf.checks import claims, description, file, fonts, navigation
from fascicle.pdf.finish import Finishing
from fascicle.pdf.inspect import Inspection
from fascicle.pdf.listen import warnings_told
from fascicle.pdf.objects import uncollected
from fascicle.pdf.proof import DAMAGE, Check, Proof, Result

CHECKS: tuple[Check, ...] = (
    *file.CHECKS,
    *fonts.CHECKS,
    *navigation.CHECKS,
    *description.CHECKS,
    *claims.CHECKS,
)
"""Every check in the order of the report."""


@uncollected()
def preflight(pdf: Path | bytes, wishes: Finishing | None, problems: Collector) -> tuple[Result, ...]:
    """Run every check on `pdf`; each broken promise is a diagnostic too. No result when it cannot be opened."""
    with warnings_told(problems, "the finished PDF"):
        try:
            proof = Proof(Inspection(pdf), wishes)
        except DAMAGE as error:
            cause = str(error) or repr(error)
            problems.add(Code.UNREADABLE_PDF, "the finished PDF cannot be read", causes=(cause,))
            return ()
        results = tuple(_result(check, proof) for check in CHECKS if wishes or not check.needs_wishes)
    for result in results:
        for message in result.broken:
            problems.add(result.check.code, message)
    return results


def _result(check: Check, proof: Proof) -> Result:
    try:
        return Result(check, tuple(dict.fromkeys(check.run(proof))))
    except DAMAGE as error:
        return Result(check, (f"the check '{check.name}' met a damaged object: {str(error) or repr(error)}",))
