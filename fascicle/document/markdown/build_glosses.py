"""Builds examples: `::: {.ex #name}` with a number, in it or by itself `::: gloss`, aligned word by word.

A gloss is a block of three or more lines: words, what stands under them, and last the translation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, zip_longest

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.document.tree import (
    Attributes,
    Block,
    Emph,
    Gloss,
    HardBreak,
    Inline,
    LineBlock,
    ListItem,
    ListStyle,
    OrderedList,
    Paragraph,
    SoftBreak,
    SpanInline,
    Strong,
    Text,
    plain,
)

_GLOSSES = ("gloss", "interlinear")
_EXAMPLE = "ex"
_BREAK = object()
Words = list[tuple[Inline, ...]]


def example(
    span: Span, attributes: Attributes, content: tuple[Block, ...], problems: Collector
) -> Block | None:
    """The example or gloss that a division of these classes is; None for any other division."""
    if _EXAMPLE in attributes.classes:
        item = ListItem(span, tuple(_glossed(block, problems, header=True) for block in content))
        name = f"ex:{attributes.id.removeprefix('ex:')}" if attributes.id else ""
        return OrderedList(span, (item,), style=ListStyle.EXAMPLE, around=("(", ")"), names=(name,))
    if set(_GLOSSES) & set(attributes.classes) and len(content) == 1:
        made = _glossed(content[0], problems, header=False)
        return made if isinstance(made, Gloss) else None
    return None


def _glossed(block: Block, problems: Collector, *, header: bool) -> Block:
    """A block of three or more lines as a gloss, also in the items of a list; any other as it is."""
    match block:
        case LineBlock():
            lines = [line for line in block.lines if plain(line).strip()]
            return _gloss(block.span, lines, problems, header=header) or block
        case Paragraph():
            lines = [tuple(line) for line in _lines(block.content)]
            return _gloss(block.span, lines, problems, header=header) or block
        case OrderedList():
            items = tuple(
                replace(item, content=tuple(_glossed(one, problems, header=header) for one in item.content))
                for item in block.items
            )
            return replace(block, items=items)
    return block


def _lines(content: tuple[Inline, ...]) -> Iterator[list[Inline]]:
    for is_break, line in groupby(content, lambda node: isinstance(node, SoftBreak | HardBreak)):
        if not is_break:
            yield list(line)


def _gloss(span: Span, lines: list[tuple[Inline, ...]], problems: Collector, *, header: bool) -> Gloss | None:
    if len(lines) < 3:
        return None
    *aligned, translation = lines
    words = [_words(line) for line in aligned]
    preamble: tuple[Inline, ...] = ()
    if len(words) > 2 and (header or len(words[0]) != len(words[1])):
        preamble, words = aligned[0], words[1:]
    most = max(map(len, words))
    for line in words:
        if len(line) < most:
            place = Span(
                line[0][0].span.file,
                line[0][0].span.line,
                line[0][0].span.column,
                line[-1][-1].span.end_line,
                line[-1][-1].span.end_column,
            )
            message = f"this line of a gloss has {len(line)} words, and another has {most}"
            hint = "put words that belong together between braces, {the house}, and {} where nothing stands"
            problems.add(Code.GLOSS_WORDS, message, place, hint)
    return Gloss(span, preamble, tuple(zip_longest(*words, fillvalue=())), translation)


def _words(line: tuple[Inline, ...]) -> Words:
    """A line's words; what stands between braces is one."""
    words: Words = []
    word: list[Inline] = []
    depth = 0
    for piece in _pieces(line):
        if isinstance(piece, Text) and piece.text in "{}":
            depth = max(depth + (1 if piece.text == "{" else -1), 0)
            if piece.text == "{" or word:
                continue
            words.append((replace(piece, text=""),))
        elif not isinstance(piece, Text) or piece.text != " " or depth:
            word.append(piece)
        elif word:
            words.append(tuple(word))
            word = []
    return [*words, tuple(word)] if word else words


def _pieces(content: tuple[Inline, ...]) -> Iterator[Inline]:
    """Words, spaces and braces one by one; emphasis and marked text are around each by itself."""
    for node in content:
        match node:
            case Text():
                yield from _cut(node)
            case Emph() | Strong() | SpanInline():
                for space, inner in groupby(_pieces(node.content), _is_mark):
                    if space:
                        yield from inner
                    else:
                        yield replace(node, content=tuple(inner))
            case _:
                yield node


def _is_mark(node: Inline) -> bool:
    return isinstance(node, Text) and node.text in (" ", "{", "}")


def _cut(node: Text) -> Iterator[Text]:
    at = 0
    for kind, run in groupby(node.text, lambda sign: sign if sign in " {}" else ""):
        text = "".join(run)
        span = node.span
        if span.line == span.end_line:
            span = replace(span, column=span.column + at, end_column=span.column + at + len(text))
        at += len(text)
        for sign in text if kind in ("{", "}") and kind else [" " if kind else text]:
            yield Text(span, sign)
