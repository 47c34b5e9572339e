"""Citations: `[see @a, pp. 3–5; -@b]`, `@a [p. 3]`, and cross-references, which are written alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fascicle.core.diagnostic_codes import Code
from fascicle.document.locale.words import words
from fascicle.document.markdown.inlines.locators import read_locator, skip_separator
from fascicle.document.markdown.inlines.tokens import InlineTokenKind, Token
from fascicle.document.markdown.source import Passage
from fascicle.document.markdown.state import MAX_DEPTH, ParseTask
from fascicle.document.tree import Citation, Cite, CiteMode, CrossRef, Inline, Text, plain

Read = Callable[[int, int, int], tuple[Inline, ...]]
_BLANK = " \t\n\u00a0"
_OWN_WORD = re.compile(
    r"(?:^|\s)(?!cf\.|e\.g\.|i\.e\.|vgl\.)(?:[^\W\d_]+\.|(?!See|Cf)[^\W\d_a-zà-ÿ][^\W\d_]+)$"
)
"""A word before a cross-reference in brackets that says its kind, such as `Figs.`, so that ours is left out."""


def is_reference(token: Token) -> bool:
    """True for a key that is a label, such as `fig:map`."""
    return token.kind is InlineTokenKind.CITE and bool(token.label)


def cross_reference(token: Token, passage: Passage) -> CrossRef | None:
    """The cross-reference that a CITE token is, or None."""
    if not is_reference(token):
        return None
    span = passage.span(token.start, token.end)
    return CrossRef(span, token.label, token.flag, token.text[0].isupper())


class CitationReader:
    """Reads the citations of one passage. Their prefixes and suffixes are parsed as passages of their own."""

    def __init__(self, passage: Passage, work: ParseTask, tokens: list[Token], read: Read) -> None:
        self.passage = passage
        self.work = work
        self.tokens = tokens
        self.read = read

    # -- In brackets -----------------------------------------------------------------------------------

    def bracketed(self, index: int, depth: int) -> tuple[Inline, ...] | None:
        """The citation or cross-reference between the brackets that open at `index`; None when they hold none."""
        parts = self._parts(index)
        keys = [key for part in parts for key in part.keys]
        if not keys:
            return None
        if any(is_reference(key) for key in keys):
            return self._references(index, parts, depth)
        if self._malformed(index, parts):
            return None
        opened, closed = self.tokens[index], self.tokens[self.tokens[index].match]
        span = self.passage.span(opened.start, closed.end)
        return (Cite(span, tuple(self._normal(part, depth) for part in parts)),)

    def _parts(self, index: int) -> list[_Part]:
        """What stands between the brackets, cut at its semicolons; inner brackets are left whole."""
        opened = self.tokens[index]
        end = self.tokens[opened.match].start
        parts = [_Part(opened.end, end, [])]
        at = index + 1
        while at < opened.match:
            token = self.tokens[at]
            if token.kind is InlineTokenKind.OPEN and 0 <= token.match < opened.match:
                at = token.match
            elif token.kind is InlineTokenKind.CITE:
                parts[-1].keys.append(token)
            elif (
                token.kind is InlineTokenKind.TEXT
                and token.text == self.passage.text[token.start : token.end]
            ):
                for place in _places(token.text, ";"):
                    parts[-1].end = token.start + place
                    parts.append(_Part(token.start + place + 1, end, []))
            at += 1
        return parts

    def _malformed(self, index: int, parts: list[_Part]) -> bool:
        """Report a part that cites nothing, or two works without a semicolon between them."""
        opened, closed = self.tokens[index], self.tokens[self.tokens[index].match]
        if any(not part.keys for part in parts):
            message = "a part of this citation, between semicolons, has no key"
            hint = "put the text before or after a key: [see @a; also @b, p. 3]"
        elif any(len(part.keys) > 1 for part in parts):
            message = "two keys stand in one part of this citation"
            hint = "put a semicolon between them: [@a; @b]"
        else:
            return False
        self.work.report(Code.BAD_CITATION, message, self.passage, opened.start, closed.end, hint)
        return True

    def _normal(self, part: _Part, depth: int) -> Citation:
        token = part.keys[0]
        mode = CiteMode.SUPPRESS_AUTHOR if token.flag else CiteMode.NORMAL
        prefix = self._trimmed(part.start, token.start, depth)
        return self._citation(token, mode, prefix, token.end, part.end, depth)

    def _citation(
        self, token: Token, mode: CiteMode, prefix: tuple[Inline, ...], start: int, end: int, depth: int
    ) -> Citation:
        text = self.passage.text
        locator = read_locator(text, start, end)
        suffix = self._trimmed(skip_separator(text, locator.end if locator else start, end), end, depth)
        label, value = (locator.label, locator.value) if locator else ("", "")
        span = self.passage.span(token.start, token.end)
        return Citation(span, token.text, mode, prefix, label, value, suffix)

    def _trimmed(self, start: int, end: int, depth: int) -> tuple[Inline, ...]:
        text = self.passage.text
        while start < end and text[start] in _BLANK:
            start += 1
        while start < end and text[end - 1] in _BLANK:
            end -= 1
        return self.read(start, end, depth + 1) if start < end else ()

    def _references(self, index: int, parts: list[_Part], depth: int) -> tuple[Inline, ...] | None:
        """`[@fig:a; @fig:b]`: the references one after another, without the brackets."""
        opened, closed = self.tokens[index], self.tokens[self.tokens[index].match]
        if any(len(part.keys) != 1 or not is_reference(part.keys[0]) for part in parts):
            message = "square brackets hold cross-references together with something else"
            hint = "put the works into brackets of their own, and a semicolon between two cross-references"
            start, end = opened.start, closed.end
            self.work.report(Code.CROSSREF_IN_BRACKETS, message, self.passage, start, end, hint)
            return None
        table = words(self.work.options.language).labels
        made: list[Inline] = []
        worded = False
        for number, part in enumerate(parts):
            token = part.keys[0]
            if number:
                joint = table.and_ if number == len(parts) - 1 else table.comma
                made.append(Text(self.passage.span(part.start - 1, token.start), joint))
            prefix = self._trimmed(part.start, token.start, depth)
            worded = bool(_OWN_WORD.search(plain(prefix))) if prefix else worded
            made += self._one_reference(part, token, prefix, worded, depth)
        return tuple(made)

    def _one_reference(
        self, part: _Part, token: Token, prefix: tuple[Inline, ...], worded: bool, depth: int
    ) -> Iterator[Inline]:
        """A reference in brackets with the words around it; `worded` tells that they say what kind it is."""
        yield from prefix
        if prefix:
            yield Text(self.passage.span(token.start - 1, token.start), "\u00a0")
        bare = token.flag or worded
        span = self.passage.span(token.start, token.end)
        yield CrossRef(span, token.label, bare, token.text[0].isupper())
        end = self.passage.text[: part.end].rstrip(_BLANK)
        if token.end < len(end):
            yield from self.read(token.end, len(end), depth + 1)

    # -- In the sentence -------------------------------------------------------------------------------

    def narrative(self, index: int, last: int, depth: int) -> tuple[Cite, int]:
        """The citation that begins with the key at `index`, and the index after it."""
        token = self.tokens[index]
        mode = CiteMode.SUPPRESS_AUTHOR if token.flag else CiteMode.NARRATIVE
        bracket = self._following_bracket(index, last) if depth < MAX_DEPTH else 0
        parts = self._parts(bracket) if bracket else []
        own = bool(parts) and not parts[0].keys
        others = parts[1:] if own else parts
        if not bracket or any(len(part.keys) != 1 or is_reference(part.keys[0]) for part in others):
            alone = self._citation(token, mode, (), token.end, token.end, depth)
            return Cite(alone.span, (alone,)), index + 1
        start, end = (parts[0].start, parts[0].end) if own else (token.end, token.end)
        first = self._citation(token, mode, (), start, end, depth)
        closing = self.tokens[bracket].match
        span = self.passage.span(token.start, self.tokens[closing].end)
        return Cite(span, (first, *(self._normal(part, depth) for part in others))), closing + 1

    def _following_bracket(self, index: int, last: int) -> int:
        """Index of the plain bracket after a key, at most a space or line end away; 0 when there is none."""
        at = index + 1
        if at < last and (
            self.tokens[at].kind is InlineTokenKind.SOFT or self.tokens[at].text in (" ", "\u00a0")
        ):
            at += 1
        if at >= last:
            return 0
        opened = self.tokens[at]
        if opened.kind is not InlineTokenKind.OPEN or opened.text != "[" or not 0 <= opened.match < last:
            return 0
        closed = self.tokens[opened.match]
        plain = closed.target is None and closed.braces is None
        return at if plain and self.passage.text[opened.end : closed.start].strip() else 0


@dataclass(slots=True)
class _Part:
    """One part of a citation, between semicolons."""

    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last."""
    keys: list[Token]
    """The keys in it; there should be one."""


def _places(text: str, mark: str) -> list[int]:
    return [place for place, character in enumerate(text) if character == mark]
