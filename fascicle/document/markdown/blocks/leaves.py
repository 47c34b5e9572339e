"""Block rules for what holds no blocks.

Paragraphs, headings, code, comments, link definitions, line blocks.

The rules follow Pandoc: a block needs a blank line before it, unlike in CommonMark.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import fence as commonmark_fence

from fascicle.core.diagnostic_codes import Code
from fascicle.document.markdown.blocks.lines import (
    CAPTION,
    MEANING,
    NOTE_LABEL,
    BlockWork,
    block_work,
    first_character,
    hint_blank_line,
    is_div_end,
    line_text,
    push,
)
from fascicle.document.markdown.state import reference_name

_CODE_INDENT = 4
"""Spaces before a line that is no mark of a block any more."""
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_UNDERLINE = re.compile(r"(=+|-+)[ \t]*$")
_FENCE = re.compile(r"`{3,}[^`]*$")
_LINK_LABEL = re.compile(r"\[([^\[\]\n^@][^\[\]\n]*)\]:[ \t]*(.*)$")
_LINK_TARGET = re.compile(r"""(?:<([^<>\n]*)>|(\S+))(?:[ \t]+(?:"([^"]*)"|'([^']*)'|\(([^()]*)\)))?[ \t]*$""")
_LINE = re.compile(r"\|(?: |$)")
_BLOCK_START = re.compile(r"(#{1,6}[ \t]+\S|>|[-*+][ \t]+\S|1[.)][ \t]+\S|-{3,}[ \t]*$|:{3,}[ \t]*\S|~{3,})")
_LIST_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_OTHER_ITEM = re.compile(r"\(?(?:@[\w-]*|\d{1,9}|#|[a-zA-Z]|[ivxlc]+|[IVXLC]+)[.)](?:[ \t]|$)")
_UNSUPPORTED = (
    (
        re.compile("[•◦▪▸‣●○■□][ \t\u00a0]+\\S"),
        "a list with the bullets of a word processor",
        "begin each item with '- ', and put a blank line before the first",
    ),
    (
        re.compile(r"#{2,6}[^\W\d_]"),
        "a heading without a space after its number signs",
        "write '## Heading'",
    ),
    (
        re.compile(r"\\begin\b"),
        "TeX in the running text",
        "LaTeX is understood between $ signs alone",
    ),
)


# -- Paragraphs and headings -----------------------------------------------------------------------------


def paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lines up to a blank one, or to what may end a paragraph without one."""
    work = block_work(state)
    line, open_comment, hinted = start, False, False
    formula = False
    pieces: list[tuple[int, int]] = []
    while line < end or (line < state.lineMax and state.sCount[line] < 0):
        if line > start and not open_comment and (state.isEmpty(line) or _ends_paragraph(state, line, work)):
            break
        pieces.append((first_character(state, line), state.eMarks[line]))
        if line > start and not (open_comment or formula or hinted):
            hinted = hint_blank_line(state, line, _BLOCK_START)
        formula ^= bool(line_text(state, line).count("$$") % 2)
        open_comment = work.comment_open_after(state, line, end, open_comment)
        line += 1
    last_start, last_end = pieces[-1]
    pieces[-1] = (last_start, max(last_start, state.skipSpacesBack(last_end, last_start)))
    _report_unsupported(state, start, work)
    state.line = line
    push(state, "paragraph", start, line, pieces)
    return True


def _ends_paragraph(state: StateBlock, line: int, work: BlockWork) -> bool:
    if work.divs and is_div_end(state, line):
        return True
    at = first_character(state, line)
    character = state.src[at]
    if character == "`":
        return bool(_FENCE.match(state.src, at, state.eMarks[line]))
    if character == "[":
        return _note_follows(state, line, work)
    if character in ":~" and work.meanings:
        return bool(MEANING.match(state.src, at, state.eMarks[line]))
    in_list = state.parentType == "list"
    if in_list and state.listIndent >= 0 and state.sCount[line] - state.listIndent >= _CODE_INDENT:
        in_list = (
            state.sCount[line] >= state.blkIndent
        )  # too far in for an item beside this one: its text goes on
    return in_list and bool(
        _LIST_ITEM.match(state.src, at, state.eMarks[line])
        or (state.sCount[line] < state.blkIndent and _OTHER_ITEM.match(state.src, at, state.eMarks[line]))
    )


def _note_follows(state: StateBlock, line: int, work: BlockWork) -> bool:
    """A footnote's text ends the paragraph before it; only after another footnote does Pandoc agree."""
    at = first_character(state, line)
    found = NOTE_LABEL.match(state.src, at, state.eMarks[line])
    if found and state.parentType != "footnote":
        message = "the text of a footnote follows a paragraph without a blank line between them"
        hint = "put a blank line before it; other programs read it as part of the paragraph"
        work.problem(Code.MISSING_BLANK_LINE, message, at, found.end(), hint)
    return bool(found)


def _report_unsupported(state: StateBlock, line: int, work: BlockWork) -> None:
    start, end = first_character(state, line), state.eMarks[line]
    for pattern, what, hint in _UNSUPPORTED:
        if pattern.match(state.src, start, end):
            message = f"this looks like {what}, which is not supported"
            work.problem(Code.UNSUPPORTED_MARKDOWN, message, start, end, hint)
    if CAPTION.match(state.src, start, end) and state.src[start] in "Tt:":
        message = "this looks like a table's caption, but no table stands next to it"
        work.problem(
            Code.CAPTION_WITHOUT_TABLE, message, start, end, "leave one blank line at most between them"
        )


def heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`## Heading {#id}`, its marks at the line's very beginning."""
    match = _HEADING.match(state.src, first_character(state, start), state.eMarks[start])
    if not match or state.sCount[start] != state.blkIndent:
        return False
    state.line = start + 1
    token = push(state, "heading", start, start + 1, [(match.end(), max(match.end(), state.eMarks[start]))])
    token.meta["level"] = len(match[1])
    return True


def underlined(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A heading of one line over a line of `=` or `-`."""
    if start + 1 >= end or not 0 <= state.sCount[start + 1] - state.blkIndent < _CODE_INDENT:
        return False
    match = _UNDERLINE.match(state.src, first_character(state, start + 1), state.eMarks[start + 1])
    if not match:
        return False
    state.line = start + 2
    token = push(state, "heading", start, start + 2, [(first_character(state, start), state.eMarks[start])])
    token.meta["level"] = 1 if match[1][0] == "=" else 2
    return True


# -- Fences, rules, comments, definitions ----------------------------------------------------------------


def fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's fenced code, and a diagnostic when it is never closed."""
    if not commonmark_fence(state, start, end, silent):
        return False
    if silent:
        return True
    last = line_text(state, state.line - 1).strip()
    mark = state.tokens[-1].markup
    ends = set(last) == {mark[0]} and len(last) >= len(mark)
    if state.line - 1 == start or not ends or state.sCount[state.line - 1] - state.blkIndent >= _CODE_INDENT:
        at = first_character(state, start)
        message = "this block of code is never closed"
        hint = f"end it with a line {mark}"
        block_work(state).problem(Code.UNCLOSED_BLOCK, message, at, at + len(mark), hint)
    at = first_character(state, start) + len(mark)
    state.tokens[-1].meta = {"start": first_character(state, start), "info": (at, state.eMarks[start])}
    return True


def metadata(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Warn of a YAML block inside the text, which Pandoc would read; the lines are read as text all the same."""
    if (
        line_text(state, start).rstrip() == "---"
        and start + 1 < end
        and re.match(r"[\w-]+:(?:\s|$)", line_text(state, start + 1))
    ):
        at = first_character(state, start)
        message = "this looks like a block of metadata, which is read at the head of a file alone"
        block_work(state).problem(Code.UNSUPPORTED_MARKDOWN, message, at, at + 3, "write * * * for a break")
    return False


def comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A comment that begins a block; what follows it on its last line is the block."""
    line, at = start, first_character(state, start)
    while state.src.startswith("<!--", at):
        close = block_work(state).comment_end(state, at + 4, end)
        if close < 0:
            break
        while state.eMarks[line] < close:
            line += 1
        at = state.skipSpaces(close)
    if at == first_character(state, start):
        return False
    if at < state.eMarks[line]:
        state.tShift[line] = at - state.bMarks[line]
        state.sCount[line] = state.blkIndent
        if line == start:
            return False
    state.line = line + (at >= state.eMarks[line])
    state.push("comment", "", 0)
    return True


def reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`[name]: address "title"`, a link's address told once for all; prints nothing."""
    match = _LINK_LABEL.match(state.src, first_character(state, start), state.eMarks[start])
    target = _LINK_TARGET.match(match[2]) if match else None
    if not match or not target:
        if match and not silent and state.src.count(f"[{match[1]}]") > 1:
            message = f"the address of the link [{match[1]}] cannot be read here, and this line is printed"
            hint = 'write [name]: https://example.org "Title" in one line'
            begin = first_character(state, start)
            block_work(state).problem(
                Code.UNSUPPORTED_MARKDOWN, message, begin, begin + len(match[1]) + 3, hint
            )
        return False
    title = target[3] or target[4] or target[5] or ""
    name = reference_name(match[1])
    block_work(state).work.references.setdefault(name, (target[1] or target[2] or "", title))
    state.line = start + 1
    return True


def line_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lines that begin with `| `; a line that begins with a space continues the one before."""
    lines: list[list[tuple[int, int]]] = []
    line = start
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        at = first_character(state, line)
        match = _LINE.match(state.src, at, state.eMarks[line])
        if match:
            lines.append([(match.end(), max(match.end(), state.eMarks[line]))])
        elif lines and state.sCount[line] > state.blkIndent:
            lines[-1].append((at, state.eMarks[line]))
        else:
            break
        line += 1
    if not lines:
        return False
    state.line = line
    push(state, "line_block", start, line, []).meta["lines"] = lines
    return True
