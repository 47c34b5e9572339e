"""Blocks as HTML: paragraphs, headings, quotations, lists, verse, mottos, literal lines, lists of works."""

from __future__ import annotations

from fascicle.document.locale.words import NO_BREAK, words
from fascicle.document.sections.section_openings import epigraph_parts
from fascicle.document.tree import (
    Block,
    BlockQuote,
    BulletList,
    Callout,
    CodeBlock,
    DefinitionList,
    Div,
    Figure,
    FigureGroup,
    Gloss,
    Heading,
    LineBlock,
    ListedWork,
    ListItem,
    ListStyle,
    MarkedBlock,
    OrderedList,
    Paragraph,
    ReferenceList,
    Statement,
    Table,
    ThematicBreak,
)
from fascicle.export.elements import Element, element, printable
from fascicle.export.html.figures import FigureRenderer
from fascicle.export.html.nodes import Nodes, fill

DEEPEST = 6
"""The deepest heading of HTML."""
TAB = 4
_TYPES = {"lower-alpha": "a", "upper-alpha": "A", "lower-roman": "i", "upper-roman": "I"}
_AROUND = {("(", ")"): "bracketed", ("", ")"): "half-bracketed"}
"""Classes of lists by what stands around their numbers; the style sheet has a counter style for each."""


class Renderer(FigureRenderer):
    """Renders blocks and what they hold."""

    def blocks(self, content: tuple[Block, ...]) -> Nodes:
        """Blocks one after another."""
        return [made for node in content for made in self.block(node)]

    def block(self, node: Block) -> Nodes:
        """One block, which may become several."""
        match node:
            case Paragraph():
                return [fill(element("p"), self.inlines(node.content))]
            case Heading():
                return [self.heading(node)]
            case BlockQuote():
                return [fill(element("blockquote"), self.blocks(node.content))]
            case BulletList() | OrderedList():
                return [self.items(node)]
            case DefinitionList():
                return [self.definitions(node)]
            case Table():
                return [self.table(node)]
            case Figure():
                return [self.figure(node)]
            case FigureGroup():
                return [self.group(node)]
            case Div():
                return self.div(node)
            case _:
                return self.rarer(node)

    def rarer(self, node: Block) -> Nodes:
        """The rarer blocks."""
        match node:
            case LineBlock():
                return [self.verse(node)]
            case Gloss():
                return [self.gloss(node)]
            case CodeBlock():
                return [self.code(node)]
            case Statement():
                return [self.statement(node)]
            case Callout():
                return [self.callout(node)]
            case ThematicBreak():
                return [element("hr")]
            case ReferenceList():
                return [self.works(node)] if node.works else []
            case MarkedBlock():
                return [self.marked_block(node)]
        return []

    def marked_block(self, node: MarkedBlock) -> Element:
        """Blocks that one of two versions alone has."""
        made = element("div", class_=f"change {node.mark.value}")
        if node.name:
            made.set("id", self.memory.identifiers.of(node.name))
        return fill(made, self.blocks(node.content))

    def heading(self, node: Heading) -> Element:
        """A heading, one level below its own since the title is the first; its number before it."""
        number = self.context.numbers.nodes.get(node, "")
        given = node.attributes.id
        name = (
            (given if ":" in given else f"sec:{given}") if given else f"heading:{len(self.memory.headings)}"
        )
        identifier = self.memory.identifiers.of(name)
        self.memory.headings.append((node.level, identifier, node.content, number))
        made = element(f"h{min(node.level + 1, DEEPEST)}", id=identifier)
        if number:
            fill(made, [element("span", number, class_="number"), " "])
        return fill(made, self.inlines(node.content))

    def items(self, node: BulletList | OrderedList) -> Element:
        """A list; the paragraphs of tight ones have no space around them."""
        made = element("ul") if isinstance(node, BulletList) else self.numbered(node)
        for item in node.items:
            made.append(self.item(item, tight=node.tight))
        for name, shown in zip(node.names if isinstance(node, OrderedList) else (), made, strict=False):
            if name:
                shown.set("id", self.memory.identifiers.of(name))
        return made

    def numbered(self, node: OrderedList) -> Element:
        """An empty list with the labels that its items are to have; examples are counted through the text."""
        start = str(node.start)
        if node.style is ListStyle.EXAMPLE:
            start = self.context.numbers.nodes.get(node, start)
        kind = "decimal" if node.style is ListStyle.EXAMPLE else node.style.value
        around = _AROUND.get(node.around)
        made = element("ol", class_=f"{around}-{kind}" if around else None)
        if kind in _TYPES:
            made.set("type", _TYPES[kind])
        if start != "1":
            made.set("start", start)
        return made

    def item(self, item: ListItem, *, tight: bool) -> Element:
        """An item of a list."""
        return fill(element("li"), self.loose(item.content) if not tight else self.tight(item.content))

    def loose(self, content: tuple[Block, ...]) -> Nodes:
        """Blocks as they are."""
        return self.blocks(content)

    def tight(self, content: tuple[Block, ...]) -> Nodes:
        """Blocks whose only or first paragraph is no element of its own."""
        match content:
            case (Paragraph(content=inlines), *rest):
                return [*self.inlines(inlines), *self.blocks(tuple(rest))]
        return self.blocks(content)

    def code(self, node: CodeBlock) -> Element:
        """Literal lines; a listing has its caption above them."""
        made = element("pre", element("code", printable(node.text.expandtabs(TAB))))
        if not self.context.numbers.nodes.get(node):
            return made
        above = fill(element("figcaption"), self.caption(node))
        return element("figure", above, made, id=self.named(node), class_="listing")

    def statement(self, node: Statement) -> Element:
        """A theorem, a definition, a proof: its word and number run into the first paragraph."""
        word = str(getattr(words(self.context.language).statements, node.kind))
        number = self.context.numbers.nodes.get(node)
        shown = word[:1].upper() + word[1:] + (f"{NO_BREAK}{number}" if number else "")
        head: Nodes = [element("strong", shown if node.title else f"{shown}.")]
        if node.title:
            head += [" (", *self.inlines(node.title), ")."]
        name = node.attributes.id
        made = element("div", id=self.memory.identifiers.of(name) if name else None)
        made.set("class", f"statement {node.kind}")
        match node.content:
            case (Paragraph(content=inlines), *rest):
                first = fill(element("p"), [*head, " ", *self.inlines(inlines)])
                return fill(made, [first, *self.blocks(tuple(rest))])
        return fill(made, [fill(element("p"), head), *self.blocks(node.content)])

    def callout(self, node: Callout) -> Element:
        """Blocks in a box under a heading."""
        word = str(getattr(words(self.context.language).callouts, node.kind))
        head = fill(element("p", class_="head"), self.inlines(node.title) or [word])
        made = element("aside", head, class_=f"callout {node.kind}", role="note")
        return fill(made, self.blocks(node.content))

    def definitions(self, node: DefinitionList) -> Element:
        """Terms, each with its meanings."""
        made = element("dl")
        for entry in node.items:
            made.append(fill(element("dt"), self.inlines(entry.term)))
            for meaning in entry.meanings:
                made.append(fill(element("dd"), self.tight(meaning) if node.tight else self.blocks(meaning)))
        return made

    def verse(self, node: LineBlock) -> Element:
        """Lines kept as typed, stanzas parted by their empty lines."""
        made = element("div", class_="verse")
        stanza: Element | None = None
        for line in node.lines:
            if not line:
                stanza = None
                continue
            if stanza is None:
                stanza = element("p")
                made.append(stanza)
            else:
                stanza.append(element("br"))
            stanza.append(fill(element("span", class_="line"), self.inlines(line)))
        return made

    def gloss(self, node: Gloss) -> Element:
        """A gloss, whose words have below them what they mean."""
        made = element("div", class_="gloss")
        if node.preamble:
            made.append(fill(element("p"), self.inlines(node.preamble)))
        line = element("p", class_="words")
        for word in node.words:
            shown = element("span", class_="word")
            for text in word:
                shown.append(fill(element("span"), self.inlines(text) or ["\u00a0"]))
                shown[-1].tail = " "
            line.append(shown)
            shown.tail = " "
        made.append(line)
        made.append(fill(element("p"), self.inlines(node.translation)))
        return made

    def div(self, node: Div) -> Nodes:
        """Blocks with a class, a name or a language."""
        given = node.attributes
        language = given.get("lang")
        with self.within(language=language or self.language):
            if "epigraph" in given.classes:
                made = self.epigraph(node)
            else:
                made = fill(element("div"), self.blocks(node.content))
                if "placemark" in given.classes:
                    made.set("class", "placemark")
        if given.id:
            made.set("id", self.memory.identifiers.of(given.id))
        self.speak(made, language)
        return [made]

    def epigraph(self, node: Div) -> Element:
        """A motto and where it comes from."""
        motto, source = epigraph_parts(node.content)
        quoted = fill(element("blockquote"), self.blocks(motto))
        if not source:
            quoted.set("class", "epigraph")
            return quoted
        origin = fill(element("figcaption"), self.inlines(source))
        return element("figure", quoted, origin, class_="epigraph")

    def works(self, node: ReferenceList) -> Element:
        """A list of works."""
        labelled = any(work.label for work in node.works)
        kind = "labelled" if labelled else "hanging" if node.hanging else "flush"
        made = element("ul", class_=f"works {kind}")
        for work in node.works:
            made.append(self.work(work))
        return made

    def work(self, work: ListedWork) -> Element:
        """An entry, under the name that citations lead to."""
        name = self.memory.identifiers.of(work.place)
        made = element("li", id=name)
        with self.within(listing=True, quote_depth=0):
            if work.label:
                fill(made, [fill(element("span", class_="label"), self.inlines(work.label)), " "])
            body = fill(element("span", class_="entry"), self.inlines(work.content))
        made.append(body)
        self.memory.entries[name] = " ".join("".join(body.itertext()).split())
        return made
