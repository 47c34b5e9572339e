"""What the engine gives back, read into our own tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from fascicle.citations.engine.skeleton import OPAQUE
from fascicle.citations.style_adjustments.adjust import FIRM_HYPHEN
from fascicle.core import pandoc_ast as p
from fascicle.core.diagnostics import Span
from fascicle.core.link_targets import link_target
from fascicle.document.tree import (
    Attributes,
    Emph,
    HardBreak,
    Inline,
    Link,
    Math,
    Note,
    Paragraph,
    Quoted,
    SpanInline,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Text,
    Underline,
    plain,
)
from fascicle.document.works import ENTRY

_WRAPPERS: Mapping[str, Callable[[Span, tuple[Inline, ...]], Inline]] = {
    "Emph": Emph, "Strong": Strong, "Strikeout": Strikeout, "Superscript": Superscript, "Subscript": Subscript,
    "Underline": Underline,
}  # fmt: skip
_KEPT = frozenset({"upright", "title-addition", "nodecoration"})
"""Classes of spans that are never italic."""
_BLOCKS = frozenset({"csl-block", "csl-indent"})
"""Classes of spans that stand on a line of their own."""
_DOI = re.compile(r"https://doi\.org/\S+")


class AnswerReader:
    """Reads inlines of Pandoc's into inlines of the tree that stand at one place."""

    def __init__(
        self, span: Span, keys: Mapping[str, str], listed: Collection[str], opaque: Sequence[Inline] = ()
    ) -> None:
        """`keys` are the works by the names the engine knows them by; links lead to those `listed` alone."""
        self.span = span
        self.keys = keys
        self.listed = listed
        self.opaque = opaque

    def inlines(self, content: p.Inlines) -> tuple[Inline, ...]:
        """Inlines one after another, neighbouring texts joined."""
        found: list[Inline] = []
        made = (one for node in content for one in self.inline(node))
        for is_text, group in groupby(made, lambda one: isinstance(one, Text)):
            if not is_text:
                found += group
            elif text := "".join(one.text for one in group if isinstance(one, Text)):
                found.append(Text(self.span, text))
        return tuple(found)

    def inline(self, node: p.Json) -> Iterator[Inline]:
        """One inline, which may become several or none."""
        kind: str = node["t"]
        content: Any = node.get("c")
        if kind == "Str":
            yield Text(self.span, content.replace(FIRM_HYPHEN, "-"))
        elif kind in ("Space", "SoftBreak"):
            yield Text(self.span, " ")
        elif kind == "LineBreak":
            yield HardBreak(self.span)
        elif kind in _WRAPPERS:
            yield from self.wrapped(_WRAPPERS[kind], content)
        else:
            yield from self.other(kind, content)

    def wrapped(
        self, make: Callable[[Span, tuple[Inline, ...]], Inline], content: p.Inlines
    ) -> Iterator[Inline]:
        """Markup around inlines, none around nothing; spaces at its ends stand outside."""
        before, inner, after = _trimmed(self.inlines(content))
        yield from before
        if inner:
            yield make(self.span, inner)
        yield from after

    def other(self, kind: str, content: Any) -> Iterator[Inline]:
        """The rarer inlines."""
        match kind:
            case "SmallCaps":
                yield SpanInline(self.span, self.inlines(content), Attributes(classes=("smallcaps",)))
            case "Span":
                yield from self.spanned(*content)
            case "Link":
                yield from self.link(content[1], content[2][0])
            case "Quoted":
                yield Quoted(self.span, content[0]["t"] == "DoubleQuote", self.inlines(content[1]))
            case "Math":
                yield Math(self.span, content[1])
            case "Code" | "RawInline":
                yield Text(self.span, content[1])
            case "Note":
                yield Note(self.span, tuple(Paragraph(self.span, self.inlines(one["c"])) for one in content))

    def spanned(self, attributes: p.Attr, content: p.Inlines) -> Iterator[Inline]:
        """A span: an author's own inline, words in a language, something upright, a line of its own, or nothing special."""
        _, classes, pairs = attributes
        values = dict(map(tuple, pairs))
        if OPAQUE in values:
            yield self.opaque[int(values[OPAQUE])]
            return
        inner = self.inlines(content)
        if _BLOCKS & set(classes):
            yield HardBreak(self.span)
            yield from inner
        elif inner and (language := values.get("lang")):
            yield SpanInline(self.span, inner, Attributes(pairs=(("lang", language),)))
        elif inner and _KEPT & set(classes):
            yield SpanInline(self.span, inner, Attributes(classes=("upright",)))
        else:
            yield from inner

    def link(self, content: p.Inlines, target: str) -> Iterator[Inline]:
        """A link; one to an entry ends where an address inside it begins, and goes on after it."""
        key = self.keys.get(target.removeprefix(f"#{ENTRY}")) if target.startswith("#") else None
        inner = self.inlines(content)
        if target.startswith("#"):
            yield from self.to_entry(inner, key) if key in self.listed and key else inner
        elif inner and (leads := link_target(target)) is not None:
            yield Link(self.span, inner, leads)
        else:
            yield from inner

    def to_entry(self, content: tuple[Inline, ...], key: str) -> Iterator[Inline]:
        """Words that lead to an entry."""
        run: list[Inline] = []
        for node in (*content, None):
            if node is not None and not isinstance(node, Link):
                run.append(node)
                continue
            before, inner, after = _trimmed(tuple(run))
            yield from before
            if any(character.isalnum() for character in plain(inner)):
                yield Link(self.span, inner, f"#{ENTRY}{key}")
            else:
                yield from inner
            yield from after
            run = []
            if node is not None:
                yield node


def _trimmed(content: tuple[Inline, ...]) -> tuple[list[Inline], tuple[Inline, ...], list[Inline]]:
    """Inlines with the spaces at their two ends apart."""
    before: list[Inline] = []
    after: list[Inline] = []
    inner = list(content)
    if inner and isinstance(first := inner[0], Text) and first.text != (text := first.text.lstrip(" ")):
        before.append(Text(first.span, " "))
        inner[:1] = [Text(first.span, text)] if text else []
    if inner and isinstance(last := inner[-1], Text) and last.text != (text := last.text.rstrip(" ")):
        after.append(Text(last.span, " "))
        inner[-1:] = [Text(last.span, text)] if text else []
    return before, tuple(inner), after


def leads_to_entry(content: tuple[Inline, ...]) -> bool:
    """Whether a citation's words hold a link to an entry."""
    for node in content:
        if isinstance(node, Link) and node.target.startswith(f"#{ENTRY}"):
            return True
        inner = getattr(node, "content", ())
        if isinstance(node, Note):
            inner = tuple(
                one for block in node.content if isinstance(block, Paragraph) for one in block.content
            )
        if inner and leads_to_entry(inner):
            return True
    return False
