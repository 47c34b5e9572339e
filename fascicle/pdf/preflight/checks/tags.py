"""Checks of tags: what a screen reader goes by is what the text has, node for node, and reads in its order."""

from __future__ import annotations

from collections.abc import Iterator

from fascicle.core.diagnostic_codes import Code
from fascicle.document.expected_tags import ExpectedTag
from fascicle.document.expected_text import BlockText, Gap
from fascicle.pdf.objects import dictionary, entry
from fascicle.pdf.preflight.check import Broken, Check, CheckContext
from fascicle.pdf.reading.text import Reading
from fascicle.pdf.text_comparison.differences import differences
from fascicle.pdf.text_comparison.tag_matching import lacking, read_out

_LONG = 20
"""Characters that no other place has by chance."""
MOST = 20
"""Parts that are told; a file of another text lacks all of them."""


def tagged_as_written(proof: CheckContext) -> Iterator[str | Broken]:
    """Every heading, list, note, table, picture and so on has its element, with its words, in its order."""
    tree = proof.file.structure
    if tree is None or str(entry(dictionary(proof.file.root, "/MarkInfo"), "/Marked")).casefold() != "true":
        yield "the file has no tags"
        return
    found = list(lacking(tree, proof.promises.tags))
    for one in found[:MOST]:
        yield Broken(_told(one), span=one.span)
    if len(found) > MOST:
        yield f"{len(found) - MOST} more parts of the text are not tagged as what they are"


def _told(one: ExpectedTag) -> str:
    words = " ".join("…" if isinstance(piece, Gap) else piece.strip() for piece in one.pieces)
    shown = f" '{words[:40].strip()}'" if words.strip() else ""
    what = one.tag
    if one.kids:
        what += f" with {one.kids[1]} {one.kids[0]}"
    if one.head:
        what += f" and a head of {one.head} cells"
    if one.alt:
        what += " with its description"
    if one.language:
        what += f" in the language {one.language}"
    return f"a {one.name}{shown} is not tagged: the structure tree has no {what} for it"


def read_as_written(proof: CheckContext) -> Iterator[Broken]:
    """What a screen reader reads out is every text, in its order, and once."""
    if proof.file.structure is None:
        return
    for found in differences(Reading(read_out(proof.file.structure)), proof.promises.texts):
        if found.certain or (found.kind == "order" and _is_long(found.block)):
            message = f"a {found.block.name} is not read out from the tags as it was written"
            yield Broken(message, span=found.block.span)


def _is_long(block: BlockText) -> bool:
    """Whether a block is too long to stand in another place by chance."""
    return sum(len(piece) for piece in block.pieces if isinstance(piece, str)) >= _LONG


def no_tags(proof: CheckContext) -> str:
    """Most files are untagged."""
    if not proof.output_options:
        return "no sources to compare with"
    return "" if proof.output_options.standard.needs_tags else "the edition is not tagged"


CHECKS = (
    Check(
        "tags",
        "Every part of the text is tagged as what it is",
        Code.TAGS_LACKING,
        tagged_as_written,
        True,
        no_tags,
    ),
    Check(
        "reading-order",
        "The tags read the text as it was written",
        Code.TAGS_LACKING,
        read_as_written,
        True,
        no_tags,
    ),
)
"""In the order of the report."""
