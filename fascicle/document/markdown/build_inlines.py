"""Builds inline nodes from tokens.

Brackets become links, spans, notes, citations; the rest goes to the folder.
"""

from __future__ import annotations

import re

from fascicle.core.diagnostic_codes import Code as Problem
from fascicle.core.diagnostics import Span
from fascicle.core.link_targets import hint_for, link_target
from fascicle.core.suggestions import get_close_matches
from fascicle.document.markdown.attributes import EQUATION, check_attributes, check_language, placed
from fascicle.document.markdown.inlines.citations import CitationReader, cross_reference
from fascicle.document.markdown.inlines.delimiters import Delimiter, Folder, Part, Piece, pair
from fascicle.document.markdown.inlines.lexer import lex
from fascicle.document.markdown.inlines.tokens import InlineTokenKind, Token
from fascicle.document.markdown.source import Passage
from fascicle.document.markdown.state import MAX_DEPTH, NoteDefinition, ParseTask
from fascicle.document.tree import (
    NO_ATTRIBUTES,
    Attributes,
    Block,
    HardBreak,
    Inline,
    InlineCode,
    Link,
    Math,
    Note,
    Paragraph,
    RawInline,
    SoftBreak,
    SpanInline,
    Subscript,
    Superscript,
    Text,
    Underline,
)
from fascicle.project.math.macros import MacroError, expanded

_EMPTY_CITATION = re.compile(r"\s*-?@\s*(?:[,;].*)?|\s*@\s+[\w:.-]+\s*", re.DOTALL)


def read_inlines(
    passage: Passage, work: ParseTask, start: int = 0, end: int | None = None
) -> tuple[Inline, ...]:
    """The inline nodes of a passage, or of the part of it from `start` to `end`."""
    return _read(passage, work, start, len(passage.text) if end is None else end, 0)


def _read(passage: Passage, work: ParseTask, start: int, end: int, depth: int) -> tuple[Inline, ...]:
    tokens = lex(passage, work, start, end)
    return InlineBuilder(passage, work, tokens).build(0, len(tokens), depth)


class InlineBuilder:
    """Builds the nodes of one passage."""

    def __init__(self, passage: Passage, work: ParseTask, tokens: list[Token]) -> None:
        self.passage = passage
        self.work = work
        self.tokens = tokens
        self.citations = CitationReader(
            passage, work, tokens, lambda start, end, depth: _read(passage, work, start, end, depth)
        )

    def build(self, first: int, last: int, depth: int) -> tuple[Inline, ...]:
        """The nodes of the tokens from `first` to before `last`."""
        parts: list[Part] = []
        index = first
        while index < last:
            token = self.tokens[index]
            if token.kind is InlineTokenKind.TEXT:
                parts.append(Piece(token.start, token.end, token.text))
                index += 1
            elif token.kind is InlineTokenKind.OPEN:
                index = self._bracket(index, last, depth, parts)
            elif token.kind is InlineTokenKind.CITE:
                index = self._cite(index, last, depth, parts)
            else:
                parts.append(self._single(token))
                index += 1
        pair([part for part in parts if isinstance(part, Delimiter)])
        return Folder(self.passage, self.work, depth).fold(parts)

    def _single(self, token: Token) -> Part:
        span = self.passage.span(token.start, token.end)
        match token.kind:
            case InlineTokenKind.SOFT:
                return SoftBreak(span)
            case InlineTokenKind.HARD:
                return HardBreak(span)
            case InlineTokenKind.DELIMITER:
                length = token.end - token.start
                return Delimiter(token.start, token.end, token.text[0], token.opens, token.closes, length)
            case InlineTokenKind.MATH | InlineTokenKind.DISPLAY:
                return self._math(token)
            case InlineTokenKind.AUTOLINK:
                shown = Text(self.passage.span(token.start + 1, token.end - 1), token.text)
                target = self._target(token.target or "", token.start, token.end)
                return shown if target is None else Link(span, (shown,), target)
            case InlineTokenKind.CODE:
                return self._code(token)
            case InlineTokenKind.NOTE:
                return self._note(token)
            case _:
                return Piece(token.start, token.end, self.passage.text[token.start : token.end])

    def _math(self, token: Token) -> Inline:
        """A formula, held to the allow-list; one that is refused never gets near TeX, but keeps its label."""
        display = token.kind is InlineTokenKind.DISPLAY
        attributes = self._attributes(token, EQUATION.kind)
        check_attributes(attributes, EQUATION, self.work.problems)
        span, first = self.passage.span(token.start, token.end), token.start + 1 + display
        from fascicle.project.math.allowlist import check_math  # most texts hold no formula

        try:
            written = expanded(token.text, dict(self.work.options.macros))
        except MacroError as error:
            self.work.report(Problem.MATH_COMMAND, str(error), self.passage, token.start, token.end)
            return Math(span, "?", display, attributes)

        def locate(at: int) -> Span:
            place = first + (written.origin(at) if written else at)
            return self.passage.span(place, min(place + 1, token.end))

        tex = written.tex if written else token.text
        allowed = check_math(tex, span, self.work.problems, display=display, locate=locate)
        return Math(span, tex if allowed else "?", display, attributes)

    def _attributes(self, token: Token, *kinds: str) -> Attributes:
        if token.braces is None:
            return NO_ATTRIBUTES
        return placed(token.braces, self.passage.span(token.braces_at, token.braces.end), *kinds)

    def _code(self, token: Token) -> Inline:
        span = self.passage.span(token.start, token.end)
        if token.braces is None:
            return InlineCode(span, token.text)
        if token.braces.raw == "latex" and self.work.options.raw_latex:
            return RawInline(span, token.text)
        report_raw(token.braces.raw, self.work, self.passage, token.braces_at, token.braces.end)
        return InlineCode(span, token.text)

    # -- Footnotes -------------------------------------------------------------------------------------

    def _note(self, token: Token) -> Part:
        definition = self.work.notes.get(token.text)
        if definition is None:
            message = f"the footnote [^{token.text}] has no text"
            wanted = len(token.text) > 2 and self.work.problems.wants_hint(Problem.UNDEFINED_NOTE)
            near = get_close_matches(token.text, self.work.notes, n=1) if wanted else []
            self.work.meant |= set(near)
            hint = (
                f"did you mean [^{near[0]}]?"
                if near
                else f"write its text on a line of its own: [^{token.text}]: …"
            )
            self.work.report(Problem.UNDEFINED_NOTE, message, self.passage, token.start, token.end, hint)
            return Piece(token.start, token.end, self.passage.text[token.start : token.end])
        definition.used = True
        if self.work.in_note:
            self._nested_note(token)
            return Piece(token.start, token.end, self.passage.text[token.start : token.end])
        return Note(self.passage.span(token.start, token.end), note_blocks(definition, self.work))

    def _nested_note(self, token: Token) -> None:
        message = "a footnote stands inside a footnote"
        hint = "move it into the text, or say it in brackets"
        self.work.report(Problem.NESTED_NOTE, message, self.passage, token.start, token.end, hint)

    def _inline_note(self, index: int, depth: int) -> Inline:
        opened, closed = self.tokens[index], self.tokens[self.tokens[index].match]
        self.work.in_note = True
        content = self.build(index + 1, opened.match, depth + 1)
        self.work.in_note = False
        inside = self.passage.span(opened.end, closed.start)
        return Note(self.passage.span(opened.start, closed.end), (Paragraph(inside, content),))

    # -- Brackets --------------------------------------------------------------------------------------

    def _bracket(self, index: int, last: int, depth: int, parts: list[Part]) -> int:
        """Read what begins at an OPEN token; the index after what was read."""
        opened = self.tokens[index]
        if opened.match < 0 or opened.match >= last or depth >= MAX_DEPTH:
            return self._literal(opened, index, depth, parts)
        node = self._node(index, depth)
        if node is None:
            return self._literal(opened, index, depth, parts)
        parts.extend(node)
        return opened.match + 1

    def _literal(self, token: Token, index: int, depth: int, parts: list[Part]) -> int:
        if token.match >= 0 and depth >= MAX_DEPTH:
            message = f"markup is nested deeper than {MAX_DEPTH} levels here"
            hint = "the rest of it is printed as typed"
            self.work.report(Problem.NESTED_TOO_DEEPLY, message, self.passage, token.start, token.end, hint)
        parts.append(Piece(token.start, token.end, self.passage.text[token.start : token.end]))
        return index + 1

    def _node(self, index: int, depth: int) -> tuple[Inline, ...] | None:
        opened, closed = self.tokens[index], self.tokens[self.tokens[index].match]
        span = self.passage.span(opened.start, closed.end)
        match opened.text:
            case "^":
                return (Superscript(span, self.build(index + 1, opened.match, depth + 1)),)
            case "~":
                return (Subscript(span, self.build(index + 1, opened.match, depth + 1)),)
            case "^[":
                if self.work.in_note:
                    self._nested_note(opened)
                    return None
                return (self._inline_note(index, depth),)
            case "![" if closed.target is not None:
                return self._inline_image(index, depth)
        if closed.target is not None:
            return (self._link(index, depth),)
        if closed.braces is not None and not closed.braces.raw:
            attributes = self._attributes(closed)
            check_language(attributes, self.work.problems)
            content = self.build(index + 1, opened.match, depth + 1)
            if attributes.classes in (("underline",), ("ul",)) and not (attributes.id or attributes.pairs):
                return (Underline(span, content),)
            return (SpanInline(span, content, attributes),)
        found = self.citations.bracketed(index, depth)
        if found is None:
            self._check_citation_like(opened, closed)
        return found

    def _link(self, index: int, depth: int) -> Inline:
        opened, closed = self.tokens[index], self.tokens[self.tokens[index].match]
        typed = (closed.target or "").replace(" ", "%20")
        target = self._target(typed, opened.start, closed.end) if typed else ""
        if not typed:
            message = "this link leads nowhere"
            hint = "put the address between the round brackets"
            self.work.report(Problem.EMPTY_LINK, message, self.passage, opened.start, closed.end, hint)
        content = self.build(index + 1, opened.match, depth + 1)
        span = self.passage.span(opened.start, closed.end)
        if target is None:
            return SpanInline(span, content, self._attributes(closed) if closed.braces else NO_ATTRIBUTES)
        link = Link(span, content, target, closed.title)
        if closed.braces is None:
            return link
        return SpanInline(link.span, (link,), self._attributes(closed))

    def _target(self, typed: str, start: int, end: int) -> str | None:
        """Where a link leads; None, told, for what may be no link."""
        target = link_target(typed)
        if target is None:
            message = f"a link may not lead to '{typed[:80]}'; its words are printed without it"
            self.work.report(Problem.LINK_LEFT_OUT, message, self.passage, start, end, hint_for(typed))
        return target

    def _inline_image(self, index: int, depth: int) -> tuple[Inline, ...]:
        opened, closed = self.tokens[index], self.tokens[self.tokens[index].match]
        message = "a picture stands inside a paragraph"
        hint = "put it alone, with a blank line before and after it"
        self.work.report(Problem.INLINE_IMAGE, message, self.passage, opened.start, closed.end, hint)
        return self.build(index + 1, opened.match, depth + 1)

    def _check_citation_like(self, opened: Token, closed: Token) -> None:
        if _EMPTY_CITATION.fullmatch(self.passage.text, opened.end, closed.start):
            message = "this looks like a citation, but no key follows the @"
            hint = "write [@key] without a space, or \\@ for the sign itself"
            self.work.report(Problem.BAD_CITATION, message, self.passage, opened.start, closed.end, hint)

    def _cite(self, index: int, last: int, depth: int, parts: list[Part]) -> int:
        token = self.tokens[index]
        if reference := cross_reference(token, self.passage):
            parts.append(reference)
            return index + 1
        cite, after = self.citations.narrative(index, last, depth)
        parts.append(cite)
        return after


def note_blocks(definition: NoteDefinition, work: ParseTask) -> tuple[Block, ...]:
    """The blocks of a footnote, made at its first use."""
    if definition.content is None:
        work.in_note = True
        definition.content = definition.blocks()
        work.in_note = False
    return definition.content


def report_raw(form: str, work: ParseTask, passage: Passage, start: int, end: int) -> None:
    """Say that something raw is printed as text, and why."""
    if form == "latex":
        message = "raw LaTeX is printed as text, because the publication is not trusted to use it"
        hint = "set trust: raw-latex: true in content/publication.yaml, and build without --no-trust"
        work.report(Problem.RAW_LATEX_OFF, message, passage, start, end, hint)
    elif form:
        message = f"raw {form} is printed as text"
        hint = "latex is the only raw format"
        work.report(Problem.UNSUPPORTED_MARKDOWN, message, passage, start, end, hint)
    else:
        message = "attributes of inline code have no effect"
        work.report(Problem.UNSUPPORTED_MARKDOWN, message, passage, start, end, "leave them out")
