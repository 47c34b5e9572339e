"""Checks of the text: every block of the sources is printed as it was written, and every work cited is cited."""

from __future__ import annotations

from collections.abc import Iterator

from fascicle.core.diagnostic_codes import Code
from fascicle.pdf.preflight.check import Broken, Check, Proof
from fascicle.pdf.reading.matching import Difference, differences
from fascicle.pdf.reading.text import Reading

MOST = 20
"""Blocks that are told; a file of another text differs in all of them."""


def text_as_written(proof: Proof) -> Iterator[Broken]:
    """Every block is there, letter for letter, in its order, and once."""
    found = list(differences(Reading(proof.file.read_texts), proof.promises.texts))
    yield from map(_told, found[:MOST])
    if len(found) > MOST:
        yield Broken(f"{len(found) - MOST} more blocks of text differ")


def _told(found: Difference) -> Broken:
    block = found.block
    match found.kind:
        case "missing":
            message = f"a {block.name} is not printed"
        case "order":
            message = f"a {block.name} is printed on page {found.page}, before what it follows"
        case "twice":
            message = f"a {block.name} is printed twice, again on page {found.page}: '{found.printed}'"
        case "hyphen":
            message = f"a hyphen of a {block.name} differs on page {found.page}: '{found.printed}', not '{found.written}'"
        case _:
            message = f"a {block.name} differs on page {found.page}: '{found.printed}', not '{found.written}'"
    return Broken(message, found.page, span=block.span)


def no_texts(proof: Proof) -> str:
    """Without the sources there is nothing to compare with."""
    return "" if proof.promises.texts else "no sources to compare with"


def cited_by_key(proof: Proof) -> Iterator[str]:
    """Every work listed has its place, and every one that a citation names as a link is led to."""
    places = set(proof.file.named_places)
    aims = {link.title for link in proof.file.links if link.title}
    for key, place in proof.promises.listed.items():
        if place not in places:
            yield f"the work '{key}' is cited and not listed"
        elif key in proof.promises.led_to and place not in aims:
            yield f"no citation leads to the work '{key}'"


def no_citations(proof: Proof) -> str:
    """Without the sources nobody knows which works are meant."""
    if proof.promises.listed:
        return ""
    return "nothing is cited, or the edition has no links" if proof.wishes else "no sources to compare with"


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
