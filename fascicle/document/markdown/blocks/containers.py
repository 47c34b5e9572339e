"""Block rules for what holds other blocks.

Quotations, lists, divs, footnotes, definition lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from markdown_it.rules_block import StateBlock, blockquote, list_block

from fascicle.core.diagnostic_codes import Code
from fascicle.document.markdown.attributes import read_braces
from fascicle.document.markdown.blocks.lines import (
    MEANING,
    NOTE_LABEL,
    block_work,
    first_character,
    is_div_end,
    line_text,
    push,
)

_DIV = re.compile(r":{3,}[ \t]*(?:(?P<braces>\{.*\})|(?P<name>[^\s{}:][^\s{}]*))[ \t]*:*[ \t]*$")
_DIV_ATTEMPT = re.compile(r":{3,}[ \t]*\{")


@contextmanager
def own_divs(state: StateBlock) -> Iterator[None]:
    """Inside a quotation or list, a closing line can only close a div that was opened there."""
    work = block_work(state)
    outer, work.div_depth = work.div_depth, 0
    yield
    work.div_depth = outer


def block_quote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's block quote, its place kept."""
    if silent:
        return blockquote(state, start, end, True)
    first = len(state.tokens)
    at = first_character(state, start)
    with own_divs(state):
        found = blockquote(state, start, end, False)
    if found:
        state.tokens[first].meta = {"start": at}
    return found


def item_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's list, its items' places kept."""
    work = block_work(state)
    if silent:
        return work.lists > 0 and list_block(state, start, end, True)
    first = len(state.tokens)
    work.lists += 1
    with own_divs(state):
        found = list_block(state, start, end, False)
    work.lists -= 1
    if found:
        level = state.tokens[first].level
        for token in state.tokens[first:]:
            if token.map and token.level <= level + 1 and not token.meta:
                token.meta = {"start": first_character(state, token.map[0])}
    return found


def div(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`::: name` or `::: {.class}` up to a line of colons alone."""
    meta = _div_opening(state, start)
    if meta is None:
        return False
    token = state.push("div_open", "", 1)
    token.meta = meta
    work = block_work(state)
    work.div_depth += 1
    work.divs += 1
    parent, state.parentType = state.parentType, "div"
    state.line = start + 1
    state.md.block.tokenize(state, start + 1, end)
    state.parentType = parent
    work.div_depth -= 1
    work.divs -= 1
    if _div_ends(state, end):
        state.line += 1
    else:
        name = line_text(state, start).strip(": \t")
        message = f"the div {name} is never closed"
        hint = "end it with a line :::"
        work.problem(Code.UNCLOSED_BLOCK, message, meta["start"], state.eMarks[start], hint)
    token.map = [start, state.line]
    state.push("div_close", "", -1)
    return True


def _div_opening(state: StateBlock, start: int) -> dict[str, Any] | None:
    """What a div's opening line says: `start`, `braces`, `name` and, when it can be read, their `place`."""
    at, line_end = first_character(state, start), state.eMarks[start]
    if not state.src.startswith(":::", at):
        return None
    match = _DIV.match(state.src, at, line_end)
    if match and match["name"]:
        return {"start": at, "braces": None, "name": match["name"], "place": match.span("name")}
    braces = read_braces(state.src, *match.span("braces")) if match else None
    if match and braces and braces.end == match.end("braces"):
        return {"start": at, "braces": braces, "name": None, "place": match.span("braces")}
    if not _DIV_ATTEMPT.match(state.src, at, line_end):
        return None
    message = "these braces cannot be read as attributes"
    hint = "write ::: {.class} or ::: {#name .class key=value}"
    block_work(state).problem(Code.BAD_ATTRIBUTES, message, at, line_end, hint)
    return {"start": at, "braces": braces, "name": None}


def _div_ends(state: StateBlock, end: int) -> bool:
    """Whether the line at which reading stopped closes the div that is open."""
    line = state.line
    return (
        line < end
        and not state.isEmpty(line)
        and is_div_end(state, line)
        and state.sCount[line] >= state.blkIndent
    )


def div_end(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A closing line with nothing to close; in silent mode, any closing line ends what stands before it."""
    if not is_div_end(state, start):
        return False
    if silent:
        return block_work(state).divs > 0
    at = first_character(state, start)
    message = "this line closes a div, but none is open here"
    hint = "delete it, or look for an opening line ::: name before it"
    block_work(state).problem(Code.STRAY_FENCE, message, at, state.eMarks[start], hint)
    state.line = start + 1
    return True


@contextmanager
def _indented(state: StateBlock, line: int, content: int, parent: str) -> Iterator[None]:
    """Read `line` from offset `content` on, and the lines after it, as indented by four columns."""
    shift, count, outer = state.tShift[line], state.sCount[line], state.parentType
    state.tShift[line] = min(content, state.eMarks[line]) - state.bMarks[line]
    state.blkIndent += 4
    state.sCount[line] = state.blkIndent
    state.parentType = parent
    with own_divs(state):
        yield
    state.parentType = outer
    state.blkIndent -= 4
    state.tShift[line], state.sCount[line] = shift, count


def footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`[^name]: text`, with later blocks indented by four spaces."""
    at = first_character(state, start)
    match = NOTE_LABEL.match(state.src, at, state.eMarks[start])
    if not match:
        return False
    if silent:
        return True
    token = state.push("footnote_open", "", 1)
    token.meta = {"start": at, "name": match[1], "place": (at, match.end(1) + 2)}
    with _indented(state, start, match.end(), "footnote"):
        state.line = start + 1
        state.md.block.tokenize(state, start, end)
    token.map = [start, state.line]
    state.push("footnote_close", "", -1)
    return True


def definitions(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Terms of one line, each followed by explanations that begin with `:` or `~`."""
    if _meaning_after(state, start, end) is None:
        return False
    opened = state.push("definitions_open", "", 1)
    opened.meta = {"start": first_character(state, start), "tight": True}
    line = start
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        meaning = _meaning_after(state, line, end)
        if meaning is None:
            break
        push(state, "term", line, line + 1, [(first_character(state, line), state.eMarks[line])])
        if meaning > line + 1:
            opened.meta["tight"] = False
        line = _meanings(state, meaning, end)
        following = state.skipEmptyLines(line)
        if following >= end or _meaning_after(state, following, end) is None:
            break
        line = following
    state.line = line
    opened.map = [start, line]
    state.push("definitions_close", "", -1)
    return True


def _meaning_after(state: StateBlock, line: int, end: int) -> int | None:
    """Line of the explanation that makes `line` a term: the next line, or the one after a blank line."""
    if state.sCount[line] - state.blkIndent >= 4 or MEANING.match(line_text(state, line)):
        return None
    following = line + 1
    if following < end and state.isEmpty(following):
        following += 1
    return following if _is_meaning(state, following, end) else None


def _is_meaning(state: StateBlock, line: int, end: int) -> bool:
    if line >= end or state.isEmpty(line) or not 0 <= state.sCount[line] - state.blkIndent < 4:
        return False
    return bool(MEANING.match(state.src, first_character(state, line), state.eMarks[line]))


def _meanings(state: StateBlock, line: int, end: int) -> int:
    """Read the explanations from `line` on; the line after them."""
    work = block_work(state)
    while _is_meaning(state, line, end):
        at = first_character(state, line)
        match = MEANING.match(state.src, at, state.eMarks[line])
        token = state.push("meaning_open", "", 1)
        token.meta = {"start": at}
        work.meanings += 1
        with _indented(state, line, match.end() if match else at + 1, "meaning"):
            state.line = line + 1
            state.md.block.tokenize(state, line, end)
        work.meanings -= 1
        token.map = [line, state.line]
        state.push("meaning_close", "", -1)
        line = max(state.line, line + 1)
        following = state.skipEmptyLines(line)
        if following < end and _is_meaning(state, following, end):
            line = following
    return line
