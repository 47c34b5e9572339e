"""Text inside paragraphs as HTML.

Elements for what it means, the language's marks, links, notes and formulas.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy

from fascicle.document.inline_spacing import joined_lines, sentence_begins
from fascicle.document.locale.direction import direction
from fascicle.document.locale.quotation_marks import quotes
from fascicle.document.locale.words import worded, words
from fascicle.document.tree import (
    Block,
    Cite,
    CrossRef,
    Emph,
    HardBreak,
    Inline,
    InlineCode,
    Link,
    Mark,
    Marked,
    Math,
    Note,
    Quoted,
    SoftBreak,
    SpanInline,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Text,
    Underline,
)
from fascicle.document.works import ENTRY
from fascicle.export.elements import Element, element, printable
from fascicle.export.html.addresses import safe_address
from fascicle.export.html.context import HtmlContext, Memory, NoteText
from fascicle.export.html.identifiers import Identifiers
from fascicle.export.html.nodes import Nodes, fill, without_notes

_TAGS = {
    Strong: "strong",
    Strikeout: "s",
    Superscript: "sup",
    Subscript: "sub",
    Underline: "u",
}
_MARKS = {Mark.INSERTED: "ins", Mark.DELETED: "del"}
_CLASSES = ("smallcaps", "upright")


class InlineRenderer:
    """Renders inlines; `blocks` of a note are rendered by whoever knows blocks."""

    def __init__(self, context: HtmlContext) -> None:
        self.context = context
        self.memory = Memory(Identifiers(nameless=context.nameless))
        self.language = context.language
        self.quote_depth = 0
        self.listing = False
        """Whether a work's entry or citation is rendered, whose italics are no emphasis."""
        self.linked = not context.links
        """Whether no link may begin, as inside another one."""

    def blocks(self, content: tuple[Block, ...]) -> Nodes:
        """Blocks, which a note holds."""
        raise NotImplementedError

    def inlines(self, content: tuple[Inline, ...]) -> Nodes:
        """Inlines one after another."""
        return [made for at, node in enumerate(content) for made in self.inline(node, content, at)]

    def inline(self, node: Inline, content: tuple[Inline, ...], at: int) -> Nodes:
        """One inline, with a look at its neighbours where they matter."""
        match node:
            case Text():
                return [printable(node.text)]
            case SoftBreak():
                return [] if joined_lines(content, at) else [" "]
            case HardBreak():
                return [element("br")]
            case Emph():
                return [fill(element("i" if self.listing else "em"), self.inlines(node.content))]
            case Strong() | Strikeout() | Superscript() | Subscript() | Underline():
                return [fill(element(_TAGS[type(node)]), self.inlines(node.content))]
            case Quoted():
                return self.quoted(node)
            case Marked():
                return [self.marked(node, content[:at])]
            case CrossRef():
                return self.crossref(node, begins=sentence_begins(content[:at]))
            case _:
                return self.other(node)

    def other(self, node: Inline) -> Nodes:
        """The rarer inlines."""
        match node:
            case InlineCode():
                return [element("code", printable(node.text))]
            case Math():
                return [self.math(node)]
            case Link():
                return self.link(node)
            case SpanInline():
                return [self.span(node)]
            case Note():
                return [self.note(node)]
            case Cite():
                with self.within(listing=True):
                    return self.inlines(node.content)
        return []

    def marked(self, node: Marked, before: tuple[Inline, ...]) -> Element:
        """Text that is not alike in two versions; what it was is told where that is not shown."""
        tag = _MARKS.get(node.mark, "span")
        made = element(tag, class_=node.mark.value if tag == "span" else None)
        if node.name:
            made.set("id", self.memory.identifiers.of(node.name))
        if node.mark is Mark.RENUMBERED:
            made.set("title", "".join(self.within_text(node.former)))
        content = (*before, *node.content)
        return fill(
            made,
            [one for at in range(len(before), len(content)) for one in self.inline(content[at], content, at)],
        )

    def within_text(self, content: tuple[Inline, ...]) -> Iterator[str]:
        """The words of inlines."""
        for node in self.inlines(content):
            yield from (node,) if isinstance(node, str) else (*node.itertext(), node.tail or "")

    def quoted(self, node: Quoted) -> Nodes:
        """A quotation in the language's marks for its depth."""
        depth = max(self.quote_depth, int(node.nested))
        opening, closing = quotes(self.language).pair(depth)
        with self.within(quote_depth=depth + 1):
            content = self.inlines(node.content)
        return [opening, *content, closing]

    def math(self, node: Math) -> Element:
        """A formula; a numbered one has its number beside it."""
        made = deepcopy(self.context.formulas[node.tex, node.display])
        if not node.display:
            return made
        number = self.context.numbers.nodes.get(node)
        shown = element("span", f"({number})", class_="equation-number") if number else None
        name = node.attributes.id
        return element(
            "span", made, shown, class_="equation", id=self.memory.identifiers.of(name) if name else None
        )

    def span(self, node: SpanInline) -> Element:
        """Text with attributes; its language decides its quotation marks."""
        given = node.attributes
        language = given.get("lang")
        with self.within(language=language or self.language):
            content = self.inlines(node.content)
        classes = [name for name in given.classes if name in _CLASSES]
        made = element(
            "span",
            class_=" ".join(classes),
            id=self.memory.identifiers.of(given.id) if given.id else None,
        )
        self.speak(made, language)
        return fill(made, content)

    def speak(self, made: Element, language: str | None) -> None:
        """Mark an element with its language and direction."""
        if not language:
            return
        made.set("lang", language)
        if direction(language) != direction(self.language):
            made.set("dir", direction(language))

    def note(self, node: Note) -> Element:
        """A note's mark; its text goes among the notes."""
        self.memory.counted += 1
        number = self.memory.counted
        mark, place = f"mark-{number}", f"note-{number}"
        back = words(self.context.language).reading.back
        head = element("a", str(number), href=f"#{mark}", class_="note-number", role="doc-backlink")
        head.set("title", back)
        item = element("li", head, " ", id=place)
        noted = NoteText(number, item)
        self.memory.notes.append(noted)
        with self.within(quote_depth=0, listing=False):
            fill(item, self.blocks(node.content))
        shown = element("sup", str(number))
        if self.linked:
            return element("span", shown, id=mark, class_="mark")
        return element("a", shown, id=mark, href=f"#{place}", class_="mark", role="doc-noteref")

    def link(self, node: Link) -> Nodes:
        """A link; its text alone where links are off, or where it leads to no address of the web."""
        if self.linked:
            return self.inlines(node.content)
        with self.within(linked=True):
            content = self.inlines(node.content)
        if node.target.startswith(f"#{ENTRY}"):
            return self.to_entry(node.target.removeprefix(f"#{ENTRY}"), content)
        if node.target.startswith("#"):
            return [fill(element("a", href=f"#{self.inside(node.target[1:])}"), content)]
        address = safe_address(node.target)
        if not address:
            return content
        return [fill(element("a", href=address, title=printable(node.title)), content)]

    def inside(self, name: str) -> str:
        """The identifier of a label; a heading's has its kind before it, also where a link has not."""
        labels = self.context.labels
        if name not in labels and f"sec:{name}" in labels:
            name = f"sec:{name}"
        return self.memory.identifiers.of(name)

    def to_entry(self, anchor: str, content: Nodes) -> Nodes:
        """A link to a work in the list, which tells the whole entry; the entry leads back."""
        place = self.context.document.works.places.get(anchor)
        if place is None:
            return content
        target = self.memory.identifiers.of(place)
        citing = self.memory.citations.setdefault(target, [])
        name = self.memory.identifiers.of(f"cite-{target}-{len(citing) + 1}")
        citing.append(name)
        made = element("a", id=name, href=f"#{target}", class_="cite", role="doc-biblioref")
        if entry := self.memory.entries.get(target):
            made.set("title", entry)
        return [fill(made, content)]

    def crossref(self, node: CrossRef, *, begins: bool) -> Nodes:
        """`Figure 3` or the like, leading there; the title stands for a heading without a number."""
        label = self.context.labels.get(node.label)
        number = self.context.numbers.labels.get(node.label, "")
        if (label is not None and not label.numbered) or not number:
            with self.within(linked=True):
                content = self.inlines(without_notes(label.title) if label else ())
        else:
            kind = node.label.partition(":")[0]
            content = [
                number if node.bare else worded(kind, number, self.language, begins=begins or node.capital)
            ]
        if self.linked:
            return content
        return [fill(element("a", href=f"#{self.memory.identifiers.of(node.label)}"), content)]

    @contextmanager
    def within(self, **changes: object) -> Iterator[None]:
        """Change some of the state for a while."""
        before = {name: getattr(self, name) for name in changes}
        for name, value in changes.items():
            setattr(self, name, value)
        try:
            yield
        finally:
            for name, value in before.items():
                setattr(self, name, value)
