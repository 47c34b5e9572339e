"""Events that a build sends while it runs: steps and passes begun and ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

STEPS = ("Read", "Parse", "Render", "Compose", "Typeset", "Finish", "Prove")
"""The seven steps, counted from 1 the same way in code, docs and progress output."""


@dataclass(frozen=True, slots=True)
class StepBegun:
    """A step of one edition has begun."""

    number: int
    """1 to 7."""
    edition: str
    """The edition, or empty for the steps that all editions share."""


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step has ended."""

    number: int
    """1 to 7."""
    edition: str
    """The edition, or empty for the steps that all editions share."""
    seconds: float
    """How long it took."""
    detail: str = ""
    """What it dealt with, such as `13 sections`."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Something inside a step that a waiting person wants to know, such as a pass of TeX and its reason."""

    edition: str
    """The edition."""
    text: str
    """One short line."""


Event = StepBegun | StepDone | Progress
Listener = Callable[[Event], None]
"""Takes each event as it comes."""
