"""Works for whose kind a style has no form: nothing would stand in the text or the note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fascicle.citations.citation_order import Use
from fascicle.citations.engine.engine import CslAnswer, CslEngine
from fascicle.citations.engine.skeleton import Skeleton
from fascicle.citations.items.model import Item
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.document.tree import CiteMode

ANY_KIND = "book"
"""The kind of work that every style has a form for."""


def spoken(
    engine: CslEngine,
    bones: Skeleton,
    uses: Sequence[Use],
    items: Sequence[Item],
    answer: CslAnswer,
    problems: Collector,
) -> tuple[Sequence[Item], CslAnswer | None]:
    """Works and answer; works of which nothing was printed as books are, and a warning where that is nothing, too."""
    silent = _silent(uses, answer)
    if not silent:
        return items, answer
    items = [replace(item, type=ANY_KIND) if item.key in silent else item for item in items]
    again = engine.answer(bones.blocks, items, problems)
    for key in sorted(_silent(uses, again)) if again else ():
        message = f"the citation style '{engine.style.name}' prints nothing where '{key}' is cited"
        hint = "name author, title and date in its record, or take another style"
        problems.add(Code.CITATION_EMPTY, message, silent[key].cite.span, hint)
    return items, again


def _silent(uses: Sequence[Use], answer: CslAnswer) -> dict[str, Use]:
    """The works, each by its first citation, that were cited alone and as usual, and of which nothing was printed."""
    found: dict[str, Use] = {}
    for use, content in zip(uses, answer.citations, strict=False):
        one, *others = use.cite.citations
        if not others and one.mode is CiteMode.NORMAL and not _prints(content):
            found.setdefault(one.key, use)
    return found


def _prints(node: object) -> bool:
    """Whether there are any words in what the engine gives back."""
    if isinstance(node, Mapping):
        content = node.get("c", ())
        if node.get("t") == "Str":
            return any(character.isalnum() for character in str(content))
        return node.get("t") == "Math" or _prints(content)
    return isinstance(node, list) and any(_prints(one) for one in node)
