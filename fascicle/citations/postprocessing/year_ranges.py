"""Years from one to another as manuals shorten them: `2008–9` in Chicago, `2008–09` in MLA."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from fascicle.citations.items.model import Item
from fascicle.citations.postprocessing.closing_quotes import rewritten
from fascicle.citations.styles.styles import CitationStyle
from fascicle.document.tree import Inline

_DAY = r"(?:-\d\d){0,2}"
_DAYS = re.compile(r"\((\d{4})–(\d{4}), ([^()–]*\d[^()–]*)–([^()–]*\d[^()–]*)\)")
"""Days of two years, as APA's style has them: both years, then both days."""
_YEARS = re.compile(rf"(\d{{4}}){_DAY}/(\d{{4}}){_DAY}")


def short_years(
    content: tuple[Inline, ...], items: Iterable[Item], style: CitationStyle
) -> tuple[Inline, ...]:
    """Words in which the years that works appeared in are short; of an entry that ends with them, the last ones."""
    if style.sentence_case:
        return rewritten(content, lambda texts: [_DAYS.sub(r"(\1, \3–\2, \4)", text) for text in texts])
    shorten = _chicago if style.chicago else _mla if style.mla else None
    for item in items:
        match = _YEARS.fullmatch(item.dates.get("issued", ""))
        if match and shorten:
            long = re.compile(rf"(?<!\d){match[1]}–{match[2]}(?!\d)")
            content = rewritten(content, _at_end(long, f"{match[1]}–{shorten(match[1], match[2])}", style))
    return content


def _at_end(long: re.Pattern[str], short: str, style: CitationStyle) -> Callable[[list[str]], list[str]]:
    """Change one mention: the first where the year follows the author, else the last."""

    def change(texts: list[str]) -> list[str]:
        found = [(at, match) for at, text in enumerate(texts) for match in long.finditer(text)]
        if not found:
            return texts
        at, match = found[-1] if style.notes or style.mla else found[0]
        made = texts[at][: match.start()] + short + texts[at][match.end() :]
        return [*texts[:at], made, *texts[at + 1 :]]

    return change


def _chicago(first: str, second: str) -> str:
    """The part of the second year that changes; the whole one after a full hundred and in another century."""
    if first[:2] != second[:2] or first.endswith("00"):
        return second
    return second[3:] if first[2] == second[2] == "0" else second[2:]


def _mla(first: str, second: str) -> str:
    """The last two figures of the second year, or all in another century."""
    return second[2:] if first[:2] == second[:2] else second
