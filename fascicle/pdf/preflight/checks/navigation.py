"""Checks of what readers find their way by: links, bookmarks, page labels."""

from __future__ import annotations

from collections.abc import Iterator

from fascicle.core.diagnostic_codes import Code
from fascicle.pdf.objects import dictionary, name
from fascicle.pdf.preflight.check import Check, CheckContext


def links_land(proof: CheckContext) -> Iterator[str]:
    """Every link inside the file leads to a page of it."""
    for link in proof.file.links:
        if link.target is None:
            yield f"a link on page {link.page} leads to {link.title or 'a place'}, which is not in the file"


def bookmarks_land(proof: CheckContext) -> Iterator[str]:
    """Every bookmark leads to a page."""
    for mark in proof.file.outlines:
        if mark.target is None:
            yield f"the bookmark '{mark.title}' leads nowhere"
    stated = dictionary(proof.file.root, "/Outlines")
    if stated.get("/First") and name(proof.file.root, "/PageMode") != "/UseOutlines":
        yield "the file has bookmarks and does not ask viewers to show them"


def labels_ordered(proof: CheckContext) -> Iterator[str]:
    """Page labels begin at the first page and ascend."""
    starts = [start for start, _ in proof.file.page_labels]
    if starts and starts[0] != 0:
        yield f"page labels begin at page {starts[0] + 1}"
    if starts != sorted(set(starts)):
        yield "page labels are out of order"
    if proof.output_options and not starts:
        yield "the file has no page labels"


CHECKS = (
    Check("links", "All links inside the file land", Code.BROKEN_LINK, links_land),
    Check("bookmarks", "All bookmarks land", Code.BROKEN_BOOKMARK, bookmarks_land),
    Check("page-labels", "Page labels cover all pages", Code.BROKEN_PAGE_LABELS, labels_ordered),
)
"""In the order of the report."""
