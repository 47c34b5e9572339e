"""Readers of what is taken literally.

Code, formulas, addresses, comments, and HTML, which is text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict

from fascicle.core.diagnostic_codes import Code
from fascicle.document.markdown.attributes import read_braces
from fascicle.document.markdown.inlines.scanner import InlineScanner
from fascicle.document.markdown.inlines.tokens import InlineTokenKind, Token

_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9.+-]{1,31}:[^\s<>]*)>")
_MAIL = re.compile(r"<([\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)>", re.ASCII)
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*+(?:\s++[\w:-]++\s*+=[^<>]*+|\s++)?/?>")
_DISPLAY_BRACES = re.compile(r"[ \t]*+(?:\n[ \t]*+)?(?=\{)")
_TICKS = re.compile("`+")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_MATH_STOP = re.compile(r"\\text\{|\\.|\$", re.DOTALL)


def backticks(cutter: InlineScanner, start: int, end: int, limit: int) -> int:
    """Code, or backticks."""
    close = _closing_ticks(cutter, end - start, end, limit)
    if close < 0:
        return cutter.plain(start, end)
    content = cutter.text[end:close].replace("\n", " ").strip()
    token = cutter.push(InlineTokenKind.CODE, start, close + end - start, content)
    return following_braces(cutter, token, limit)


def _closing_ticks(cutter: InlineScanner, length: int, at: int, limit: int) -> int:
    """Offset of the next run of just `length` backticks, or -1."""
    if cutter.ticks is None:
        cutter.ticks = defaultdict(list)
        for run in _TICKS.finditer(cutter.text, *cutter.bounds):
            cutter.ticks[run.end() - run.start()].append(run.start())
    places = cutter.ticks.get(length, [])
    index = bisect_right(places, at - 1)
    return places[index] if index < len(places) and places[index] + length <= limit else -1


def following_braces(cutter: InlineScanner, token: Token, limit: int) -> int:
    """Take the attributes that stand right after a token; the offset after it."""
    if cutter.text[token.end : token.end + 1] == "{" and (
        braces := read_braces(cutter.text, token.end, limit)
    ):
        token.braces, token.braces_at, token.end = braces, token.end, braces.end
    return token.end


def dollar(cutter: InlineScanner, start: int, end: int, limit: int) -> int:
    """A formula, or a dollar sign."""
    if cutter.text.startswith("$$", start) and start + 2 <= limit:
        return _display(cutter, start, limit)
    close = _closing_dollar(cutter, end, limit)
    if close < 0:
        return cutter.plain(start, end)
    return cutter.push(InlineTokenKind.MATH, start, close + 1, cutter.text[end:close]).end


def _closing_dollar(cutter: InlineScanner, at: int, limit: int) -> int:
    """Pandoc's rule: no space inside the dollars at either end, no digit after the closing one."""
    text, start = cutter.text, at
    if text[at : at + 1].isspace():
        return -1
    while at < limit:
        found = _MATH_STOP.search(text, at, limit)
        if not found:
            return -1
        if found[0] == "$":
            break
        at = found.end()
        if found[0] == r"\text{":
            at = _closing_brace(cutter, at - 1, limit)
    else:
        return -1
    at = found.start()
    ends_well = at > start and not text[at - 1].isspace() and not text[at + 1 : at + 2].isdigit()
    return at if ends_well else -1


def _closing_brace(cutter: InlineScanner, opening: int, limit: int) -> int:
    r"""Offset after the brace that closes `\text{`, or just after the opening one when none does."""
    if cutter.closing_braces is None:
        cutter.closing_braces, stack = {}, []
        for brace in _BRACE.finditer(cutter.text, *cutter.bounds):
            if brace[0] == "{":
                stack.append(brace.start())
            elif brace[0] == "}" and stack:
                cutter.closing_braces[stack.pop()] = brace.end()
    close = cutter.closing_braces.get(opening, opening + 1)
    return close if close <= limit else opening + 1


def _display(cutter: InlineScanner, start: int, limit: int) -> int:
    close = -1 if cutter.no_display else cutter.text.find("$$", start + 2, limit)
    if close < 0 or not cutter.text[start + 2 : close].strip():
        if close < 0:
            cutter.no_display = True
            hint = "end the formula with $$ in the same paragraph, or write \\$ for a dollar sign"
            message = "this displayed formula is never closed"
            cutter.report(Code.UNCLOSED_MATH, message, start, start + 2, hint)
        return cutter.plain(start, start + 2)
    token = cutter.push(InlineTokenKind.DISPLAY, start, close + 2, cutter.text[start + 2 : close])
    gap = _DISPLAY_BRACES.match(cutter.text, token.end, limit)
    if gap and (braces := read_braces(cutter.text, gap.end(), limit)):
        token.braces, token.braces_at, token.end = braces, gap.end(), braces.end
    return token.end


def less(cutter: InlineScanner, start: int, end: int, limit: int) -> int:
    """A comment, an address, an HTML tag, or the sign itself."""
    text = cutter.text
    if text.startswith("<!--", start):
        return _comment(cutter, start, limit)
    if link := _AUTOLINK.match(text, start, limit):
        cutter.push(InlineTokenKind.AUTOLINK, start, link.end(), link[1]).target = link[1]
        return link.end()
    if mail := _MAIL.match(text, start, limit):
        cutter.push(InlineTokenKind.AUTOLINK, start, mail.end(), mail[1]).target = f"mailto:{mail[1]}"
        return mail.end()
    tag = _TAG.match(text, start, limit)
    if not tag:
        return cutter.plain(start, end)
    cutter.report(
        Code.HTML_TAG,
        f"the HTML tag {tag[0][:40].splitlines()[0]} is printed as typed",
        start,
        tag.end(),
        _instead(tag[0]),
    )
    return cutter.plain(start, end if "\n" in tag[0] else tag.end())


def _instead(tag: str) -> str:
    """What to write in place of an HTML tag."""
    name = re.sub(r"\W+", " ", tag).split()[0].lower()
    if found := _INSTEAD.get(name):
        return f"write {found} in place of it"
    return "docs/markdown.md has what can be written in place of HTML; write \\< to mean the sign itself"


_INSTEAD = {
    **dict.fromkeys(("i", "em", "cite"), "*…*"),
    **dict.fromkeys(("b", "strong"), "**…**"),
    "sup": "^…^",
    "sub": "~…~",
    "br": "a backslash at the line's end",
    "p": "a blank line",
    "blockquote": "> before each line",
    "hr": "* * *",
    **dict.fromkeys(("s", "del", "strike"), "~~…~~"),
    "a": "[text](address)",
    "img": "![caption](figures/…)",
}
"""The markup that says what an HTML tag says."""


def _comment(cutter: InlineScanner, start: int, limit: int) -> int:
    close = -1 if cutter.no_comment else cutter.text.find("-->", start + 4, limit)
    if close >= 0:
        return _after_comment(cutter, close + 3, limit)
    if not cutter.no_comment:
        message = "this comment is never closed"
        cutter.report(Code.UNCLOSED_COMMENT, message, start, start + 4, "end it with -->")
    cutter.no_comment = True
    return cutter.plain(start, start + 4)


def _after_comment(cutter: InlineScanner, at: int, limit: int) -> int:
    """Take one of the spaces on both sides of a comment, so that nothing shows where it stood."""
    last = cutter.tokens[-1] if cutter.tokens else None
    if last and last.kind is InlineTokenKind.TEXT and last.text.endswith(" "):
        if at == limit:
            last.text, last.end = last.text[:-1], last.end - 1
        elif cutter.text[at] == " ":
            return at + 1
    return at
