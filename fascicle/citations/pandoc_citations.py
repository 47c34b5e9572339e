"""Citations for Pandoc's citeproc, with locators that it recognises whatever the language of its words."""

from __future__ import annotations

import re
from collections.abc import Callable

from fascicle.core import pandoc_ast as p
from fascicle.document.inline_spacing import locator_joint
from fascicle.document.tree import Citation, CiteMode, Inline, plain

LOCATORS = (
    "page", "chapter", "volume", "figure", "section", "paragraph", "line", "verse", "note", "part", "column", "folio",
    "issue", "book",
)  # fmt: skip
"""Kinds of locators that CSL has terms for. A time code has none in it, and is printed as typed."""
MODES = {
    CiteMode.NORMAL: "NormalCitation",
    CiteMode.SUPPRESS_AUTHOR: "SuppressAuthor",
    CiteMode.NARRATIVE: "AuthorInText",
}
_LABELS = {
    "chapter": "chap.", "volume": "vol.", "figure": "fig.", "section": "sec.", "paragraph": "para.", "line": "line",
    "verse": "v.", "note": "n.", "part": "pt.", "column": "col.", "folio": "fol.", "issue": "no.", "book": "bk.",
    "opus": "op.", "sub-verbo": "s.v.",
}  # fmt: skip
"""Words before locators that are no numbers."""
_PUNCTUATION = tuple(",;:.)’'")
_NUMBER = re.compile(r"\d|\b[ivxlcdmIVXLCDM]+\b")
_AND = re.compile(r"(?<!\s)\s+and\s+")
_PLAIN = (p.string(","), p.SPACE, p.string("{},"), p.SPACE)
"""Before a suffix: empty braces keep numbers at its head from being taken for pages."""


def locator_word(label: str) -> str:
    """The word before a locator by which citeproc knows its kind.

    citeproc looks for the terms of the language it writes in. The style gets these words as further terms, in a form
    that no style prints (`terms`), so that one spelling serves for all languages.
    """
    return f"locator{label}"


def terms() -> dict[str, str]:
    """The words by CSL's names of terms."""
    return {label: locator_word(label) for label in LOCATORS}


def suffix_of(work: Citation, inlines: Callable[[tuple[Inline, ...]], p.Inlines]) -> p.Inlines:
    """Locator and suffix, parted as our LaTeX citations part them."""
    suffix = inlines(work.suffix) if work.suffix else []
    value, label = work.locator.strip(), work.locator_label or "page"
    if not value:
        begins = plain(work.suffix)[:1]
        return suffix if not suffix or begins in _PUNCTUATION else [*_PLAIN, *suffix]
    if label == "timestamp":
        located = [*_PLAIN, *p.strings(value.replace("-", "–"))]
    elif label != "page" and not _NUMBER.search(value):
        # Styles print the words of kinds before numbers alone.
        located = [*_PLAIN, *p.strings(f"{_LABELS.get(label, label)} {value}")]
    else:
        numeric = value if label == "page" else _AND.sub(" & ", value)
        located = [p.string(","), p.SPACE, *p.strings(f"{{{locator_word(label)} {numeric}}}")]
    if not suffix:
        return located
    joint = locator_joint(label, work.suffix)
    return [*located, *([p.string(",")] if joint == ", " else []), *([p.SPACE] if joint else []), *suffix]
