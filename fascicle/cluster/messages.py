"""What travels between the machines, as plain data: requests, events, results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Diagnostic, Severity, Span
from fascicle.core.events import Event, Progress, StepBegun, StepDone
from fascicle.pipeline.build import BuildResult
from fascicle.pipeline.run import Request

_ASKED = (
    "no_trust",
    "trust_templates",
    "withheld",
    "allow_pending",
    "strict",
    "settings",
    "seconds",
    "imposed",
)
_CODES = {code.value: code for code in Code}
_EVENTS: Mapping[str, type[Event]] = {"begun": StepBegun, "done": StepDone, "progress": Progress}


def request_out(request: Request) -> dict[str, Any]:
    """What is asked for, without the folder: each machine has its own."""
    return {name: getattr(request, name) for name in _ASKED}


def request_in(data: Mapping[str, Any], project: Path) -> Request:
    """The request, for the folder on this machine. Other publications are built beside it."""
    return Request(project, **{name: data[name] for name in _ASKED}, alone=False)


def event_out(event: Event) -> list[Any]:
    """An event by the name of its kind."""
    name = next(name for name, kind in _EVENTS.items() if isinstance(event, kind))
    return [name, asdict(event)]


def event_in(data: list[Any]) -> Event:
    """The event."""
    return _EVENTS[data[0]](**data[1])


def result_out(result: BuildResult) -> dict[str, Any]:
    """What came of an edition."""
    return {**asdict(result), "diagnostics": [asdict(one) for one in result.diagnostics]}


def result_in(data: Mapping[str, Any]) -> BuildResult:
    """The result."""
    found = tuple(diagnostic_in(one) for one in data["diagnostics"])
    return BuildResult(**{**data, "diagnostics": found})


def diagnostic_in(data: Mapping[str, Any]) -> Diagnostic:
    """One thing that is wrong."""
    span = data["span"]
    return Diagnostic(
        _CODES[data["code"]],
        data["message"],
        Span(**span) if span else None,
        Severity(data["severity"]),
        tuple(data["hints"]),
        tuple(data["causes"]),
        data["stands_for"],
    )


def faulty(edition: str, message: str, *hints: str, worker: str = "") -> BuildResult:
    """The result of an edition that the cluster could not make."""
    found = Diagnostic(Code.PROGRAM_FAULT, message, hints=hints)
    return replace(BuildResult(edition, (found,)), worker=worker)
