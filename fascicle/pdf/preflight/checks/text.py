"""Checks of the text: every block of the sources is printed as it was written, and every citation leads to its work."""

from __future__ import annotations

from collections.abc import Iterator

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Severity
from fascicle.pdf.preflight.check import Broken, Check, CheckContext
from fascicle.pdf.reading.text import Reading
from fascicle.pdf.text_comparison.differences import Difference, differences

MOST = 20
"""Blocks that are told; a file of another text differs in all of them."""


def text_as_written(proof: CheckContext) -> Iterator[Broken]:
    """Every block is there, and reads as it was written: in its order, and once.

    What is not there is an error. Of anything else the reading may be at fault, which nobody can tell but by a look
    at the page: it is a warning, and names the page.
    """
    found = sorted(
        differences(Reading(proof.file.read_texts), proof.promises.texts), key=lambda one: not one.certain
    )
    yield from map(_told, found[:MOST])
    if len(found) > MOST:
        rest = found[MOST:]
        severity = None if rest[0].certain else Severity.WARNING
        yield Broken(f"{len(rest)} more blocks of text differ", severity=severity)


def _told(found: Difference) -> Broken:
    block = found.block
    read = f"when it is read back: '{found.printed}', not '{found.written}'"
    severity = None if found.certain else Severity.WARNING
    match found.kind:
        case "missing":
            message = f"a {block.name} is not printed"
        case "lost":
            message = f"part of a {block.name} is not printed on page {found.page}: '{found.printed}', not '{found.written}'"
        case "unread":
            message = f"a {block.name} cannot be read back from the file; look whether its page shows it"
        case "order":
            message = f"a {block.name} is read on page {found.page}, before what it follows"
        case "twice":
            message = f"a {block.name} is printed twice, again on page {found.page}: '{found.printed}'"
        case "hyphen":
            message = f"a hyphen of a {block.name} differs on page {found.page} {read}"
        case _:
            message = f"a {block.name} differs on page {found.page} {read}"
    return Broken(message, found.page, span=block.span, severity=severity)


def no_texts(proof: CheckContext) -> str:
    """Without the sources there is nothing to compare with."""
    return "" if proof.promises.texts else "no sources to compare with"


def cited_by_key(proof: CheckContext) -> Iterator[str]:
    """Every work listed has its place, and every one that a citation names as a link is led to."""
    places = set(proof.file.named_places)
    aims = {link.title for link in proof.file.links if link.title}
    for key, place in proof.promises.listed.items():
        if place not in places:
            yield f"the work '{key}' is cited and not listed"
        elif key in proof.promises.led_to and place not in aims:
            yield f"no citation leads to the work '{key}'"


def no_citations(proof: CheckContext) -> str:
    """Without the sources nobody knows which works are meant."""
    if proof.promises.listed:
        return ""
    return (
        "nothing is cited, or the edition has no links"
        if proof.output_options
        else "no sources to compare with"
    )


CHECKS = (
    Check(
        "text", "The text is printed as it was written", Code.TEXT_DIFFERS, text_as_written, True, no_texts
    ),
    Check(
        "citations",
        "Every work cited is listed and led to",
        Code.CITATION_LOST,
        cited_by_key,
        True,
        no_citations,
    ),
)
"""In the order of the report."""
