"""Citations for Pandoc's citeproc, with locators that it recognises whatever the language of its words."""

from __future__ import annotations

from collections.abc import Callable

from fascicle.text import pandoc_nodes as p
from fascicle.text.pandoc_context import PandocContext
from fascicle.text.tree import Citation, Cite, CiteMode, Inline, plain

LOCATORS = (
    "page", "chapter", "volume", "figure", "section", "paragraph", "line", "verse", "note", "part", "column", "folio",
    "issue", "book",
)  # fmt: skip
"""Kinds of locators that CSL has terms for. A time code has none in it, and is printed as typed."""
_MODES = {
    CiteMode.NORMAL: "NormalCitation",
    CiteMode.SUPPRESS_AUTHOR: "SuppressAuthor",
    CiteMode.NARRATIVE: "AuthorInText",
}
_PUNCTUATION = ",;:.)’'"


def locator_word(label: str) -> str:
    """The word before a locator by which citeproc knows its kind.

    citeproc looks for the terms of the language it writes in. The style gets these words as further terms, in a form
    that no style prints (`terms`), so that one spelling serves for all languages.
    """
    return f"locator{label}"


def terms() -> dict[str, str]:
    """The words by CSL's names of terms."""
    return {label: locator_word(label) for label in LOCATORS}


def render_cite(
    node: Cite, context: PandocContext, inlines: Callable[[tuple[Inline, ...]], p.Inlines]
) -> p.Json:
    """One citation. `inlines` renders its prefixes and suffixes."""
    works = [
        p.citation(
            context.keys.get(one.key, one.key), _MODES[one.mode], inlines(one.prefix), _suffix(one, inlines)
        )
        for one in node.citations
    ]
    shown = "; ".join(f"@{one.key}" for one in node.citations)
    return p.cite(works, p.strings(shown))


def _suffix(work: Citation, inlines: Callable[[tuple[Inline, ...]], p.Inlines]) -> p.Inlines:
    """Locator and suffix, parted as our LaTeX citations part them."""
    suffix = inlines(work.suffix) if work.suffix else []
    begins = plain(work.suffix)[:1]
    if not work.locator.strip():
        # Empty braces keep numbers at the head of a suffix from being taken for pages.
        joint = [] if begins in _PUNCTUATION or not suffix else [p.string(",{}"), p.SPACE]
        return [*joint, *suffix]
    label = work.locator_label or "page"
    if label in LOCATORS:
        located = [p.string(","), p.SPACE, *p.strings(f"{{{locator_word(label)} {work.locator.strip()}}}")]
    else:
        located = [p.string(",{}"), p.SPACE, *p.strings(work.locator.strip().replace("-", "–"))]
    if not suffix:
        return located
    joint = [] if begins in _PUNCTUATION else [p.string(","), p.SPACE] if label == "page" else [p.SPACE]
    return [*located, *joint, *suffix]
