"""What registries of DOIs need in common."""

from __future__ import annotations

from collections.abc import Iterable

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.model import Author
from fascicle.export.metadata.record import WorkRecord

ORCID = "https://orcid.org/"
"""Where an ORCID iD is looked up."""
_KEYS = {
    "doi": ("doi", "doi: 10.5555/my-text"),
    "date": ("date", "date: 2026-11-23"),
    "publisher": ("publisher", "publisher: Utrecht University Press"),
    "url": ("url", "url: https://example.org/my-text"),
    "deposit": (
        "deposit",
        "deposit: {depositor: Jane Doe, email: jane@example.org, registrant: Utrecht University Press}",
    ),
}


def is_complete(work: WorkRecord, keys: Iterable[str], wants: str, problems: Collector) -> bool:
    """Whether every key is given; those that are not are told one by one."""
    missing = [key for key in keys if not getattr(work.data, key)]
    for key in missing:
        name, line = _KEYS[key]
        message = f"{wants} needs the key '{name}'"
        problems.add(Code.MISSING_KEY, message, Span(work.places.file), f"add a line such as: {line}")
    return not missing


def inverted(author: Author) -> str:
    """A person's name, the family name first."""
    return ", ".join(part for part in (author.family, author.given) if part)
