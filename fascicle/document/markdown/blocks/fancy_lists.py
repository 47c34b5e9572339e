"""The block rule for Pandoc's lists with letters, Roman numerals, brackets, and for numbered examples."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it.rules_block import StateBlock

from fascicle.document.list_labels import number_of
from fascicle.document.markdown.blocks.containers import own_divs
from fascicle.document.markdown.blocks.lines import block_work, first_character
from fascicle.document.tree import ListStyle

ITEM = re.compile(
    r"(?P<open>\(?)(?:@(?P<name>[\w-]*)|(?P<number>\d{1,9})|(?P<auto>\#)|(?P<lower>[a-z]+)|(?P<upper>[A-Z]+))(?P<close>[.)])"
    r"(?P<space>[ \t]+(?=\S)|[ \t]*$)"
)


@dataclass(frozen=True, slots=True)
class Marker:
    """What an item begins with."""

    style: ListStyle
    """What it counts with."""
    around: tuple[str, str]
    """What stands before and after its number."""
    number: int
    """Its number."""
    name: str
    """The name of an example."""
    width: int
    """Characters of the marker and of the spaces after it."""

    def goes_on(self, other: Marker) -> bool:
        """Whether an item that begins with `other` belongs to the same list."""
        return (self.style, self.around) == (other.style, other.around)


def fancy_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Items with letters and the like, each of the same kind as the first."""
    if state.sCount[start] - state.blkIndent >= 4:
        return False
    first = _marker(state, start, None)
    if first is None or (silent and not block_work(state).lists):
        return False
    if silent:
        return True
    opened = state.push("ordered_list_open", "ol", 1)
    opened.meta = {"start": first_character(state, start), "marker": first, "names": []}
    work, tight, line = block_work(state), True, start
    parent, state.parentType = state.parentType, "list"
    work.lists += 1
    begin, blank = len(state.tokens), False
    marker: Marker | None = first
    while marker is not None:
        tight = tight and not blank
        opened.meta["names"].append(marker.name)
        line, inner_tight = _item(state, line, end, marker)
        tight = tight and inner_tight
        following = state.skipEmptyLines(line)
        blank = following > line
        within = following < end and state.blkIndent <= state.sCount[following] < state.sCount[start] + 2
        marker = _marker(state, following, first) if within else None
        if marker is not None and not first.goes_on(marker):
            marker = None
        line = following if marker is not None else line
    work.lists -= 1
    state.parentType = parent
    state.line = line
    opened.map = [start, line]
    state.push("ordered_list_close", "ol", -1)
    if tight:
        _hide_paragraphs(state, begin)
    return True


def _item(state: StateBlock, line: int, end: int, marker: Marker) -> tuple[int, bool]:
    """Read an item; the line after it, and whether no blank line stands between its blocks."""
    token = state.push("list_item_open", "li", 1)
    at = first_character(state, line)
    token.meta = {"start": at}
    width = min(marker.width, 4 + len("(@)") + len(marker.name)) if marker.name else marker.width
    indent = state.sCount[line] + min(width, 8)
    shift, count, outer, tight = state.tShift[line], state.sCount[line], state.blkIndent, state.tight
    state.tShift[line] = min(at + marker.width, state.eMarks[line]) - state.bMarks[line]
    state.blkIndent = state.sCount[line] = min(indent, state.sCount[line] + 4)
    outer_list, state.listIndent = state.listIndent, outer
    state.tight = True
    with own_divs(state):
        state.line = line + 1
        if at + marker.width < state.eMarks[line]:
            state.md.block.tokenize(state, line, end)
    inner = state.tight
    state.blkIndent, state.listIndent, state.tight = outer, outer_list, tight
    state.tShift[line], state.sCount[line] = shift, count
    last = state.line
    while last - 1 > line and state.isEmpty(last - 1):
        last -= 1
    token.map = [line, last]
    state.push("list_item_close", "li", -1)
    return last, inner


def _hide_paragraphs(state: StateBlock, begin: int) -> None:
    level = state.level + 2
    for number in range(begin, len(state.tokens)):
        token = state.tokens[number]
        if token.level == level and token.type == "paragraph_open":
            token.hidden = True


def _marker(state: StateBlock, line: int, like: Marker | None) -> Marker | None:
    """The marker of an item at `line`; `like` decides whether a letter is a Roman numeral."""
    found = ITEM.match(state.src, first_character(state, line), state.eMarks[line])
    if not found or (found["open"] and found["close"] != ")"):
        return None
    around = (found["open"], found["close"])
    width = len(found[0])
    if found["name"] is not None:
        name = f"ex:{found['name']}" if found["name"] else ""
        return Marker(ListStyle.EXAMPLE, around, 1, name, width) if found["open"] else None
    if found["number"] or found["auto"]:
        plain = not found["open"] and not found["auto"] and like is None
        return None if plain else Marker(ListStyle.DECIMAL, around, int(found["number"] or 1), "", width)
    return _lettered(found, around, width, like)


def _lettered(
    found: re.Match[str], around: tuple[str, str], width: int, like: Marker | None
) -> Marker | None:
    letters = found["lower"] or found["upper"]
    upper = bool(found["upper"])
    if upper and len(letters) == 1 and around == ("", ".") and len(found["space"]) < 2:
        return None  # an initial: `B. Russell`
    roman = number_of(letters.lower())
    wants_roman = like is not None and like.style in (ListStyle.LOWER_ROMAN, ListStyle.UPPER_ROMAN)
    if roman is not None and (len(letters) > 1 or wants_roman or (like is None and letters.lower() == "i")):
        style = ListStyle.UPPER_ROMAN if upper else ListStyle.LOWER_ROMAN
        return Marker(style, around, roman, "", width)
    if len(letters) > 1:
        return None
    style = ListStyle.UPPER_ALPHA if upper else ListStyle.LOWER_ALPHA
    return Marker(style, around, ord(letters.lower()) - 96, "", width)
