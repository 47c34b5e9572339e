"""Whether an edition's PDF is tagged for readers who cannot see the page, and why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.pdf.standards.standard import PRINT_INTENT, Standard
from fascicle.pdf.standards.table import STANDARDS
from fascicle.pipeline.print_conditions import standard_of
from fascicle.project.editions import Edition
from fascicle.typeset.release import TAGGING, TAGGING_RELEASE
from fascicle.typeset.tagging import Capability, capability

OPTION = "tagging"
"""The template's option: auto, on or off. A template without it is never tagged."""
HURRIED = "not while it is watched"
"""Why an edition that is watched has no tags yet."""
FORGONE = "it fails with tags"
"""Why an edition has none that could not be made with them."""
NEWER = f"LaTeX {TAGGING} or newer tags, which TeX Live {TAGGING_RELEASE} has: docs/tex.md says how to get it"


@dataclass(frozen=True, slots=True)
class Tagging:
    """What was decided."""

    on: bool = False
    """Whether the PDF is tagged."""
    untagged: str = ""
    """Why it is not, in a few words; empty when nobody expects that."""
    by_itself: bool = False
    """Whether nobody asked for it, so that an edition that cannot be made with tags is made without."""


def tagging_of(
    edition: Edition,
    options: Mapping[str, Any],
    problems: Collector,
    *,
    hurried: bool = False,
    forgone: bool = False,
) -> Tagging:
    """The edition's tagging; what was asked for and cannot be had is an error. `hurried` leaves it for later;
    `forgone` tells that it was tried in vain.
    """
    if forgone:
        return Tagging(untagged=FORGONE)
    wanted = options.get(OPTION)
    standard = standard_of(edition, Collector())
    if wanted is None or wanted == "off" or standard.intent == PRINT_INTENT:
        return _without(edition, standard, "", problems)
    if standard.untagged and "standard" in edition.stated:
        return _without(edition, standard, f"{standard.title} is made without tags", problems, wanted)
    found = capability()
    if reason := found.lacking or _lines_lacking(options, found):
        return _without(edition, standard, reason, problems, wanted)
    if hurried:
        return Tagging(untagged=HURRIED)
    return Tagging(on=True, by_itself=wanted == "auto")


def standard_with(edition: Edition, tagging: Tagging, problems: Collector) -> Standard:
    """The edition's standard: of a tagged file the one for tagged files that comes up to it."""
    standard = standard_of(edition, problems)
    return STANDARDS[standard.tagged] if tagging.on and standard.tagged else standard


def _lines_lacking(options: Mapping[str, Any], found: Capability) -> str:
    """Why numbered lines stand in the way; empty when they do not."""
    return (
        "the package lualineno is missing" if options.get("line_numbers") and not found.numbers_lines else ""
    )


def _without(
    edition: Edition, standard: Standard, reason: str, problems: Collector, wanted: object = "off"
) -> Tagging:
    """No tags; an error where they were asked for, or the standard is one of tagged files alone."""
    if standard.needs_tags or (wanted == "on" and reason):
        span = edition.places.spans.get(("editions", edition.name, "options", OPTION))
        what = f"{standard.title} is tagged" if standard.needs_tags else "tags were asked for"
        hint = NEWER if reason else "leave the option 'tagging' out, or use the standard a-2u"
        message = f"{what}, and this edition cannot be: {reason or 'tagging is off'}"
        problems.add(
            Code.CANNOT_TAG, message, edition.span("standard") if standard.needs_tags else span, hint
        )
    return Tagging(untagged=reason)
