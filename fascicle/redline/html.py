"""The redline as a page: `ins` and `del`, the list of changes before the text, proved on the finished page."""

from __future__ import annotations

from dataclasses import replace

from fascicle.citations.cite import Cited
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.document.document import ParsedSection
from fascicle.export.html.html import HtmlOptions, html
from fascicle.export.html.options import PageTemplate
from fascicle.pipeline.manuscript import Manuscript
from fascicle.redline.comparing import Compared
from fascicle.redline.proof.page import PageText, first_difference

NAME = "redline.html"


def redline_page(
    compared: Compared, new: Manuscript, front: ParsedSection, problems: Collector
) -> bytes | None:
    """The page; None, with what is wrong in `problems`, when it cannot be made or proved."""
    if new.pages is None:
        return None
    pages = replace(new.pages, options={**new.pages.options, "pictures": "inside"})
    wishes = HtmlOptions(pages, anonymous=new.anonymous is not None, links=True, changes=True)
    marked = compared.marked.document
    document = replace(marked, sections=(front, *marked.sections))
    page = _page(replace(compared.new, document=document), compared, wishes, problems)
    if page is None or problems.failed:
        return None
    return page if _is_proved(page, compared, pages, wishes, problems) else None


def _page(cited: Cited, compared: Compared, wishes: HtmlOptions, problems: Collector) -> bytes | None:
    files = html(cited, compared.pictures(cited.document), NAME, wishes, problems)
    return files[NAME] if files else None


def _is_proved(
    page: bytes, compared: Compared, pages: PageTemplate, wishes: HtmlOptions, problems: Collector
) -> bool:
    """Whether the page, all changes accepted, reads as a page of the new version does, and rejected, as of the old."""
    text = PageText(page.decode())
    plain = replace(wishes, changes=False)
    # What is stated beside the text stands alike on all pages: the list of changes tells where it differs.
    stated = compared.new.document.publication
    sides = ((compared.changes.new, compared.new, True), (compared.changes.old, compared.old, False))
    for document, cited, new in sides:
        single = replace(cited, document=replace(document, publication=stated))
        found = Collector()
        made = _page(single, compared, plain, found)
        if made is None:
            causes = [one.message for one in found.sorted()]
            message = f"the {'new' if new else 'old'} version alone makes no page"
            problems.add(Code.REDLINE_UNPROVED, message, causes=causes)
            return False
        wanted, given = PageText(made.decode()).version(new=True), text.version(new=new)
        if wanted != given:
            done = (
                "accepting all changes does not give the new"
                if new
                else "rejecting all changes does not give the old"
            )
            problems.add(
                Code.REDLINE_UNPROVED, f"{done} version's text", causes=[first_difference(given, wanted)]
            )
            return False
    return True
