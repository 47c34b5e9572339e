"""Citations as Pandoc's own, for whoever reads its tree."""

from __future__ import annotations

from collections.abc import Callable

from fascicle.citations.pandoc_citations import MODES, suffix_of
from fascicle.core import pandoc_ast as p
from fascicle.document.tree import Cite, Inline
from fascicle.export.pandoc.context import PandocContext


def render_cite(
    node: Cite, context: PandocContext, inlines: Callable[[tuple[Inline, ...]], p.Inlines]
) -> p.Json:
    """One citation. `inlines` renders its prefixes and suffixes."""
    works = [
        p.citation(
            context.keys.get(one.key, one.key), MODES[one.mode], inlines(one.prefix), suffix_of(one, inlines)
        )
        for one in node.citations
    ]
    shown = "; ".join(f"@{one.key}" for one in node.citations)
    return p.cite(works, p.strings(shown))
