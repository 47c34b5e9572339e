"""Readers of brackets, of what follows them, and of the keys of citations."""

from __future__ import annotations

import re
import unicodedata

from fascicle.core.diagnostic_codes import Code
from fascicle.core.text.scripts import is_unspaced
from fascicle.document.labels import label_of
from fascicle.document.markdown.attributes import BAD_BRACES, BRACES_HINT, LIKE_ATTRIBUTES, Braces, salvaged
from fascicle.document.markdown.inlines.literals import following_braces
from fascicle.document.markdown.inlines.scanner import InlineScanner
from fascicle.document.markdown.inlines.tokens import InlineTokenKind, Token
from fascicle.document.markdown.state import reference_name

_KEY = re.compile(r"[^\W]\w*+(?:[:.#$%&\-+?<>~/]\w++)*+")
_BRACED_KEY = re.compile(r"\{([^{}\s]++)\}")
_NOTE = re.compile(r"\[\^([^\s\[\]^]++)(\]?)")
_TARGET = re.compile(
    r"""\(\s*+
    (?:<(?P<angle>[^<>\n]*+)>|(?P<bare>(?:[^\s()\\<]|\\.|\((?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*+\))*+\))(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*+\))*+\))*+)?)
    (?:\s++(?:"(?P<double>(?:\\.|[^"\\])*+)"|'(?P<single>(?:\\.|[^'\\])*+)'))?
    \s*+\)""",
    re.VERBOSE | re.DOTALL,
)
_SPACED_TARGET = re.compile(r"""\([ \t]*+([^\s()<>"'\[\]](?:[^()<>"'\n\[\]])*+)\)""")
_REFERENCE = re.compile(r"\[([^\[\]]*+)\]")
_ESCAPE = re.compile(r"\\([^\w\s]|_)")


def key(cutter: InlineScanner, start: int, end: int, limit: int) -> int:
    """`@key` or `-@key`, or the sign itself."""
    before = cutter.text[start - 1] if start else " "
    found = _BRACED_KEY.match(cutter.text, end, limit) or _KEY.match(cutter.text, end, limit)
    inside = before.isalnum() or (before == "_" and start > 1 and cutter.text[start - 2].isalnum())
    if not found or (inside and not (_may_touch(before) and label_of(found[0]))):
        return cutter.plain(start, end)
    token = cutter.push(
        InlineTokenKind.CITE, start, found.end(), found[1] if found.re is _BRACED_KEY else found[0]
    )
    token.flag = end - start == 2
    if token.text not in cutter.work.options.keys:
        token.label = label_of(token.text) or cutter.work.example(token.text)
    return found.end()


def _may_touch(before: str) -> bool:
    """Whether a letter may stand right before a reference: Hebrew and Arabic join small words, and Han has no spaces."""
    return is_unspaced(before) or unicodedata.bidirectional(before) in ("R", "AL")


def opening(cutter: InlineScanner, start: int, end: int, limit: int) -> int:
    """A bracket that opens something, or the mark of a footnote."""
    mark = cutter.text[start:end]
    if mark == "[" and (note := _NOTE.match(cutter.text, start, limit)):
        if note[2]:
            return cutter.push(InlineTokenKind.NOTE, start, note.end(), note[1]).end
        if note[1] in cutter.work.notes:
            cutter.work.notes[note[1]].used = True
        message = f"the footnote mark [^{note[1]} is never closed"
        cutter.report(
            Code.UNCLOSED_NOTE,
            message,
            start,
            note.end(),
            "end it with ] and no space in it",
        )
        return cutter.plain(start, note.end())
    cutter.brackets.append(len(cutter.tokens))
    return cutter.push(InlineTokenKind.OPEN, start, end, mark).end


def closing(cutter: InlineScanner, start: int, end: int, limit: int) -> int:
    """A bracket that closes something, with what follows it."""
    if not cutter.brackets:
        return cutter.plain(start, end)
    index = cutter.brackets.pop()
    opened = cutter.tokens[index]
    opened.match = len(cutter.tokens)
    token = cutter.push(InlineTokenKind.CLOSE, start, end)
    token.match = index
    if opened.text != "^[":
        _after_bracket(cutter, opened, token, limit)
    return token.end


def _after_bracket(cutter: InlineScanner, opened: Token, token: Token, limit: int) -> None:
    """Read what follows a closing bracket: `(target "title"){…}`, `{…}`, or `[name]` of a link definition."""
    text, at = cutter.text, token.end
    following = text[at : at + 1] if at < limit else ""
    if following == "(":
        _target(cutter, token, limit)
    elif following == "{":
        following_braces(cutter, token, limit)
    elif cutter.work.references:
        _reference(cutter, opened, token, limit)
    if token.target is not None:
        following_braces(cutter, token, limit)
    if token.braces is None and text[token.end : token.end + 1] == "{" and token.end < limit:
        _bad_braces(cutter, token, limit)


def _target(cutter: InlineScanner, token: Token, limit: int) -> None:
    if match := _TARGET.match(cutter.text, token.end, limit):
        target = match["angle"] if match["angle"] is not None else match["bare"] or ""
        token.title = _ESCAPE.sub(r"\1", match["double"] or match["single"] or "").replace("\n", " ")
    elif match := _SPACED_TARGET.match(cutter.text, token.end, limit):
        target = match[1].strip()
    else:
        return
    token.target, token.end = _ESCAPE.sub(r"\1", target), match.end()


def _reference(cutter: InlineScanner, opened: Token, token: Token, limit: int) -> None:
    match = _REFERENCE.match(cutter.text, token.end, limit)
    own = cutter.text[opened.end : token.start]
    found = cutter.work.references.get(reference_name((match[1] if match else "") or own))
    if found is None:
        return
    token.target, token.title = found
    token.end = match.end() if match else token.end


def _bad_braces(cutter: InlineScanner, token: Token, limit: int) -> None:
    """Report braces that follow a bracket, try to be attributes and cannot be read; they are left out."""
    attempt = LIKE_ATTRIBUTES.match(cutter.text, token.end, limit)
    if not attempt or (token.target is None and attempt[1]):
        return
    start, token.end = token.end, attempt.end()
    if (attributes := salvaged(cutter.text, start, token.end)).id:
        token.braces, token.braces_at = Braces(attributes, "", token.end), start
    cutter.report(Code.BAD_ATTRIBUTES, BAD_BRACES, start, token.end, BRACES_HINT)


def report_open(cutter: InlineScanner) -> None:
    """Report notes and citations that are never closed."""
    for index in cutter.brackets:
        token = cutter.tokens[index]
        if token.text == "^[":
            cutter.report(
                Code.UNCLOSED_NOTE,
                "this footnote is never closed",
                token.start,
                token.end,
                "end it with ] in the same paragraph",
            )
        elif _cites_soon(cutter, index):
            message = "this citation is never closed"
            hint = "end it with ], or write \\[ for the sign itself"
            cutter.report(Code.BAD_CITATION, message, token.start, token.end, hint)


def _cites_soon(cutter: InlineScanner, index: int) -> bool:
    """True when a key stands within a few words after an unclosed bracket."""
    for token in cutter.tokens[index + 1 : index + 4]:
        if token.kind is InlineTokenKind.CITE:
            return True
        if token.kind is not InlineTokenKind.TEXT or len(token.text) > 30:
            return False
    return False
