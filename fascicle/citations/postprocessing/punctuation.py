"""Spaces and punctuation around note marks and raised numbers, moved in the tree itself and so alike in every output."""

from __future__ import annotations

import re
from dataclasses import replace

from fascicle.document.tree import Cite, Inline, Note, Quoted, SoftBreak, Superscript, Text, plain

_STOPS = re.compile(r"[.,;:!?…。，；：！？、]+")
_BETWEEN = ","
"""Stands between two marks, which would be read as one number."""
_BEFORE = frozenset({"fr"})
"""Languages in which a mark stands before the punctuation, by its base subtag."""
STOPS_INSIDE = re.compile(r"en-US|en-CA|en-PH")
"""Languages in which stops and commas stand inside closing quotation marks."""


def settled(content: tuple[Inline, ...], language: str) -> tuple[Inline, ...]:
    """Inlines in which marks of citations have no space before them and stand after the punctuation."""
    made: list[Inline] = []
    waiting = list(content)
    while waiting:
        node = waiting.pop(0)
        if not isinstance(node, Cite):
            made.append(node)
            continue
        if not node.content or _raised(node.content[0]):
            _without_space(made)
        elif (
            made
            and isinstance(first := node.content[0], Text)
            and first.text.startswith(" ")
            and _spaced(made[-1])
        ):
            # a style that begins its citations with a space
            node = replace(node, content=(replace(first, text=first.text.lstrip(" ")), *node.content[1:]))
        if node.content and _raised(node.content[-1]):
            node = _after_stops(made, node, waiting, language)
        if node.content and _raised(node.content[0]) and made and _mark(made[-1]):
            made.append(Superscript(node.span, (Text(node.span, _BETWEEN),)))
        if node.content:
            made.append(node)
    return tuple(made)


def _spaced(node: Inline) -> bool:
    return isinstance(node, SoftBreak) or (isinstance(node, Text) and node.text.endswith(" "))


def _raised(node: Inline) -> bool:
    return isinstance(node, Note | Superscript)


def _without_space(made: list[Inline]) -> None:
    """Take the space at the end away."""
    while made and isinstance(made[-1], SoftBreak):
        made.pop()
    last = made[-1] if made else None
    if isinstance(last, Text):
        made.pop()
        if text := last.text.rstrip(" "):
            made.append(replace(last, text=text))


def _after_stops(made: list[Inline], cite: Cite, waiting: list[Inline], language: str) -> Cite:
    """Bring the punctuation that follows a mark to its front; into the citation where words precede the mark."""
    following = waiting[0] if waiting else None
    stops = _STOPS.match(following.text) if isinstance(following, Text) else None
    if stops is None or not isinstance(following, Text) or language.split("-")[0] in _BEFORE:
        return cite
    rest = following.text[stops.end() :]
    waiting[:1] = [replace(following, text=rest)] if rest else []
    mark = Text(following.span, stops[0])
    if len(cite.content) > 1:
        return replace(cite, content=(*cite.content[:-1], mark, cite.content[-1]))
    at = _before_marks(made)
    made[max(at - 1, 0) : at] = punctuated(made[at - 1], mark, language) if at else [mark]
    return cite


def _before_marks(made: list[Inline]) -> int:
    """Where the marks begin that stand directly before another."""
    at = len(made)
    while at and _mark(made[at - 1]):
        at -= 1
    return at


def _mark(node: Inline) -> bool:
    """Whether an inline is the mark of a note or a citation, or the comma between two."""
    if isinstance(node, Cite):
        return bool(node.content) and _raised(node.content[0])
    return isinstance(node, Note) or (isinstance(node, Superscript) and plain(node.content) == _BETWEEN)


def punctuated(node: Inline, mark: Text, language: str) -> list[Inline]:
    """An inline and punctuation after it, or inside its closing quotation marks."""
    if isinstance(node, Text):
        # a comma between two marks that now stand together, or before a lone one, is no longer needed
        return [replace(node, text=node.text.rstrip(",;:") + mark.text)]
    if isinstance(node, Quoted) and node.content and STOPS_INSIDE.match(language) and mark.text[0] in ".,":
        first, rest = mark.text[:1], mark.text[1:]
        inner = (*node.content[:-1], *punctuated(node.content[-1], replace(mark, text=first), language))
        after: list[Inline] = [replace(mark, text=rest)] if rest else []
        return [replace(node, content=inner), *after]
    return [node, mark]
