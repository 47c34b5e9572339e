"""Lengths that Crossref's schema allows, told before the deposit is refused."""

from __future__ import annotations

from collections.abc import Mapping

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.export.metadata.deposits.xml import Element

LIMITS: Mapping[str, int] = {
    "depositor_name": 130, "email_address": 200, "registrant": 255, "full_title": 255, "abbrev_title": 150,
    "volume": 32, "issue": 32, "first_page": 32, "last_page": 32, "given_name": 200, "surname": 200, "organization": 511,
    "institution_name": 1024, "resource": 2048, "proceedings_title": 511, "conference_name": 512,
    "conference_acronym": 127, "conference_location": 255, "publisher_name": 255, "publisher_place": 255,
    "edition_number": 15,
}  # fmt: skip
"""Most characters of each element (crossref5.5.0.xsd and common5.5.0.xsd, July 2026)."""


def within_limits(made: Element, span: Span | None, problems: Collector) -> bool:
    """Whether every value of `made` is short enough; those that are not are told at `span`."""
    fits = True
    for element in made.iter():
        most, text = LIMITS.get(element.tag), "".join(element.itertext())
        if most is not None and len(text) > most:
            what = element.tag.replace("_", " ")
            message = (
                f"Crossref takes at most {most} characters of {what}, and there are {len(text)}: {text[:40]}…"
            )
            problems.add(Code.WRONG_VALUE, message, span, "shorten it")
            fits = False
    return fits
