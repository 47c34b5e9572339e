"""What is said of the results of builds, and the exit status that follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from fascicle.cli.exit_status import SURROUNDINGS_FAILED
from fascicle.core.diagnostic_codes import SURROUNDINGS, Code
from fascicle.core.diagnostic_formats import SourceView
from fascicle.core.diagnostics import Diagnostic, Severity, counted
from fascicle.pipeline.build import BuildResult
from fascicle.pipeline.run import Request


def status_of(result: BuildResult) -> int:
    """0 when the edition was made, 3 when the surroundings failed, else 1."""
    if not result.failed:
        return 0
    return SURROUNDINGS_FAILED if any(found.code in SURROUNDINGS for found in result.diagnostics) else 1


def status_of_found(found: Iterable[Diagnostic]) -> int:
    """0 without errors, 3 when one of them blames the surroundings, else 1."""
    errors = {one.code for one in found if one.severity is Severity.ERROR}
    return 0 if not errors else 3 if errors & SURROUNDINGS else 1


def summary(result: BuildResult, view: SourceView) -> str:
    """One line: what was made, or that nothing was."""
    count = counted(result.diagnostics)
    if result.failed:
        kept = " The last good result was left as it is." if result.kept else ""
        return f"{result.edition}: not built: {count}.{kept}"
    noted = f" ({count})" if count else ""
    pages = f", {pages_of(result)}" if result.pages else ""
    pages += f", untagged ({result.untagged})" if result.untagged else ""
    return f"{result.edition}: {view.path(result.output)}{pages}, {result.seconds:.1f} s{noted}"


def pages_of(result: BuildResult) -> str:
    """`1 page`, `8 pages`."""
    return f"{result.pages} page{'s'[: result.pages != 1]}"


def pending_hint(result: BuildResult, request: Request) -> str:
    """What to do about an edition that was not made for want of a permission alone."""
    errors = {found.code for found in result.diagnostics if found.severity is Severity.ERROR}
    if request.allow_pending or errors != {Code.PERMISSION_PENDING}:
        return ""
    return f"{result.edition}: for a proof with a plate in the picture's place, build it with --allow-pending"


def with_project_name(found: Iterable[Diagnostic], label: str) -> Iterator[Diagnostic]:
    """Problems of one of several publications: those without a place are told with its name."""
    for item in found:
        yield item if item.span else replace(item, message=f"{label}: {item.message}")
