"""Which pages each article has, from the numbers of pages that they take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fascicle.collection.settings.model import Continuous, Kind, Opening, PagesData
from fascicle.collection.settings.reader import Collection, Listed
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector

GUESS = 2
"""Pages of an article that was never typeset."""


@dataclass(frozen=True, slots=True)
class PageRange:
    """The pages of one article, both ends among them."""

    first: int
    """Number of its first page."""
    last: int
    """Number of its last page."""

    @property
    def count(self) -> int:
        """How many they are."""
        return self.last - self.first + 1


def paginate(collection: Collection, lengths: Mapping[str, int]) -> dict[str, PageRange]:
    """The pages of every article, by its key; `lengths` are the pages that each takes, as far as it was typeset."""
    rules = collection.data.pages
    free = rules.first_page
    found: dict[str, PageRange] = {}
    for article in collection.articles:
        alone = rules.continuous is Continuous.NO or collection.data.kind is Kind.BACKLIST
        first = article.entry.first_page or (1 if alone else _opening(free, rules))
        last = first + lengths.get(article.key, GUESS) - 1
        found[article.key] = PageRange(first, last)
        free = last + 1
    return found


def _opening(free: int, rules: PagesData) -> int:
    """The first page on which an article may begin."""
    return free + 1 if rules.opening is Opening.RIGHT and free % 2 == 0 else free


def check_pages(collection: Collection, pages: Mapping[str, PageRange], problems: Collector) -> None:
    """Tell pages set by hand that belong to another article, or into which an article does not fit."""
    before: tuple[Listed, PageRange] | None = None
    counted_apart = collection.data.kind is Kind.BACKLIST
    continuous = collection.data.pages.continuous is not Continuous.NO and not counted_apart
    for article in collection.articles:
        if (own := pages.get(article.key)) is None:
            continue
        if continuous and before and own.first <= before[1].last:
            path, last = before[0].entry.path, before[1].last
            message = f"the article begins on page {own.first}, and '{path}' goes on to page {last}"
            hint = f"set first-page: {last + 1} or a later one, or leave it out"
            problems.add(Code.PAGES_OVERLAP, message, collection.span(article, "first-page"), hint)
        stated = article.entry.last_page
        if stated and own.last != stated:
            message = f"the article ends on page {own.last}, and 'last-page' says {stated}"
            hint = "leave 'last-page' out: the length of the article decides"
            problems.add(Code.PAGES_OVERLAP, message, collection.span(article, "last-page"), hint)
        before = article, own
