"""Marks that stand for a span where the engine reads text only, and the spans put back in their place."""

from __future__ import annotations

from typing import Any

from fascicle.core import pandoc_ast as p

ADDED = "title-addition"
"""Class of the span around what follows a title in another script."""
OPENING, CLOSING = "\ufdd2", "\ufdd3"
"""Noncharacters, which no text of an author's holds; no style and no language changes them."""
FIRM_COMMA = "\ufdd4"
"""Stands for a comma inside one number, so that nobody takes it for two."""
WORD_JOINT = "\ufdd5"
"""Stands between letters and figures of a name such as ICPSR37080, so that nobody takes it for a number."""
_PLAIN = {ord(FIRM_COMMA): ",", ord(WORD_JOINT): None}
_QUOTES = ("“„«‘‚‹「", "”“»’‘›」")


def marked(answer: str) -> bool:
    """Whether there is anything for `unmarked` and `outside_quotes` in an answer of the engine's: mostly there is not."""
    return any(sign in answer for sign in (OPENING, CLOSING, FIRM_COMMA, WORD_JOINT, ADDED))


def unmarked(content: p.Inlines) -> p.Inlines:
    """Inlines with spans in place of the marks."""
    made: list[p.Inlines] = [[]]
    for node in content:
        if node["t"] != "Str":
            made[-1].append(_inside(node))
            continue
        for at, part in enumerate(node["c"].translate(_PLAIN).replace(CLOSING, OPENING).split(OPENING)):
            if at and _opens(node["c"], at):
                made.append([])
            elif at and len(made) > 1:
                inner = made.pop()
                made[-1].append(p.span(inner, p.attr("", ["nocase", ADDED])))
            if part:
                made[-1].append(p.string(part))
    while len(made) > 1:
        inner = made.pop()
        made[-1].extend(inner)
    return made[0]


def _opens(text: str, number: int) -> bool:
    """Whether the mark of this number, counted from 1, is an opening one."""
    return [character for character in text if character in (OPENING, CLOSING)][number - 1] == OPENING


def _inside(node: p.Json) -> p.Json:
    """A node with the marks inside it put back."""
    content = node.get("c")
    if not isinstance(content, list) or node["t"] == "Math":  # a formula's parts are no inlines
        return node
    if node["t"] in ("Span", "Link", "Quoted", "Cite"):
        return {**node, "c": [content[0], unmarked(content[1]), *content[2:]]}
    if node["t"] == "Note":
        return {**node, "c": [{**block, "c": unmarked(block["c"])} for block in content]}
    return (
        {**node, "c": unmarked(content)}
        if content and isinstance(content[0], dict) and "t" in content[0]
        else node
    )


def outside_quotes(content: p.Inlines) -> p.Inlines:
    """Inlines in which what follows a title in another script stands after the closing quotation mark."""
    made: p.Inlines = []
    for node in content:
        inner = _content(node)
        taken = _taken(inner) if inner is not None and _quoted(inner) else None
        if inner is None or taken is None:
            made.append(_deep(node))
            continue
        kept, added, stop = taken
        made.append(p.span(kept, p.attr()))
        made.extend([*added, *stop])
    return made


def _content(node: p.Json) -> p.Inlines | None:
    return list(node["c"][1]) if node["t"] == "Span" else None


def _quoted(content: p.Inlines) -> bool:
    """Whether a span begins and ends with quotation marks."""
    ends = (content[0], content[-1]) if len(content) > 2 else ()
    return bool(ends) and all(
        node["t"] == "Str" and node["c"][:1] in mark for node, mark in zip(ends, _QUOTES, strict=True)
    )


def _taken(content: p.Inlines) -> tuple[p.Inlines, p.Inlines, p.Inlines] | None:
    """A quoted title without its addition, the addition with its space, and the stop that stood after both."""
    *title, closing = content
    stop = [title.pop()] if title[-1]["t"] == "Str" and title[-1]["c"] in (".", ",") else []
    found = _cut(title)
    return None if found is None else ([*found[0], closing], found[1], stop)


def _cut(content: p.Inlines) -> tuple[p.Inlines, p.Inlines] | None:
    """Inlines without the addition at their end, and the addition with the space before it."""
    last = content[-1] if content else None
    if last is None or last["t"] != "Span":
        return None
    if ADDED in last["c"][0][1]:
        spaced = len(content) > 1 and content[-2]["t"] == "Space"
        return content[: -2 if spaced else -1], content[-2 if spaced else -1 :]
    inner = _cut(list(last["c"][1]))
    return None if inner is None else ([*content[:-1], {**last, "c": [last["c"][0], inner[0]]}], inner[1])


def _deep(node: p.Json) -> p.Json:
    """A node with what is inside it made so."""
    content: Any = node.get("c")
    if node["t"] in ("Span", "Link", "Cite"):
        return {**node, "c": [content[0], outside_quotes(content[1]), *content[2:]]}
    if node["t"] == "Note":
        return {**node, "c": [{**block, "c": outside_quotes(block["c"])} for block in content]}
    return node
