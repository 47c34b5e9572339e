"""Smart punctuation: which quotation marks open, close or are apostrophes, and what prints when one stands alone."""

from __future__ import annotations

import re

from fascicle.core.text.scripts import is_east_asian
from fascicle.document.locale.quotation_marks import quotes

_DASHES = "-–—―"
_OPENING = "([{<“‘„‚«‹「『《（¿¡"
# 'tis, 'twas, 'em, rock 'n' roll, '68, '90s: words whose first letters are left out. '68' is a quotation.
_ELISION = re.compile(r"(?:(?:\d\ds?|tis|twas|twere|twill|em|til)(?!['’\w])|n(?=['’](?!\w)))", re.IGNORECASE)


def _in_word(character: str) -> bool:
    # Where words are written without spaces, a mark between two letters may open as well as close.
    return character.isalnum() and not is_east_asian(character)


def quote_sides(text: str, at: int) -> tuple[bool, bool]:
    """Whether the straight quotation mark at `at` may open, and whether it may close, a quotation."""
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    opens = not _in_word(before) and not after.isspace()
    closes = not before.isspace() and before not in _OPENING and not (before in _DASHES and after.isalnum())
    if text[at] == "'":
        closes = closes and not _in_word(after)
        opens = opens and not _ELISION.match(text, at + 1)
    return opens, closes


def lone_quote(text: str, at: int, language: str) -> str:
    """What a straight quotation mark without a partner prints: an apostrophe, or one side of a quotation.

    A quotation of several paragraphs repeats its opening mark at the head of each, closed only in the last.
    """
    marks = quotes(language)
    opens, closes = quote_sides(text, at)
    if text[at] == "'":
        return marks.outer_open if opens and at == 0 and text[1:2].isupper() else "’"
    if opens and (not closes or not at):
        return marks.outer_open
    # After a figure it is more likely an inch than the end of a quotation.
    return "”" if text[at - 1 : at].isdigit() else marks.outer_close


def dashes(run: str) -> str:
    """A run of two or more hyphens as dashes: three make an em dash, two an en dash, one left over stays."""
    whole, rest = divmod(len(run), 3)
    return "—" * whole + ("", "-", "–")[rest]
