"""Our diagnostics as the protocol's."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types

from fascicle.core.diagnostics import Diagnostic, Severity
from fascicle.lsp.positions import Positions
from fascicle.project.publication import PUBLICATION

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}
SOURCE = "fascicle"


def by_file(found: Iterable[Diagnostic]) -> dict[str, list[Diagnostic]]:
    """Diagnostics by file; what has no place stands in publication.yaml, which speaks for the whole."""
    files: dict[str, list[Diagnostic]] = {}
    for one in found:
        files.setdefault(one.span.file if one.span else PUBLICATION, []).append(one)
    return files


def protocol_diagnostic(found: Diagnostic, positions: Positions) -> types.Diagnostic:
    """One diagnostic: message, then hints, each on a line; the hints go along for quick fixes."""
    start = types.Position(0, 0)
    said = [
        found.message,
        *(f"hint: {hint}" for hint in found.hints),
        *(f"caused by: {c}" for c in found.causes),
    ]
    return types.Diagnostic(
        range=positions.range_of(found.span) if found.span else types.Range(start, start),
        message="\n".join(said),
        severity=_SEVERITIES[found.severity],
        code=found.code.value,
        source=SOURCE,
        data={"hints": list(found.hints)},
    )
