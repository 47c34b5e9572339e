"""JATS's body as pandoc writes it, completed.

Labels, credits and rights of figures, kinds of references, authors.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping

from fascicle.core.model import FigureData, Picture
from fascicle.document.document import Document
from fascicle.document.locale.words import words
from fascicle.document.sections.numbering import Numbers
from fascicle.document.sections.section_openings import section_heading
from fascicle.document.tree import Figure, FigureGroup, Heading, Math, Node, Table
from fascicle.export.jats.front import Markup, licence
from fascicle.export.jats.front import named as one
from fascicle.export.jats.xml import HREF, Element, element, name
from fascicle.export.pandoc.blocks import REBUILT
from fascicle.export.pandoc.figures import FigureRenderer, decoded
from fascicle.project.figures.ledger import ledger_path

_ESCAPED = re.compile(r"U00([2-7][0-9A-F])")
"""How pandoc writes a colon, a slash and other signs of ASCII in an identifier."""
_TARGETS = {
    "fig": "fig", "fig-group": "fig", "table-wrap": "table", "sec": "sec", "disp-formula": "disp-formula", "fn": "fn", "ref": "bibr",
    "boxed-text": "boxed-text", "app": "app",
}  # fmt: skip


class Completer:
    """Completes the elements of one article."""

    def __init__(
        self, document: Document, numbers: Numbers, renderer: FigureRenderer, markup: Markup
    ) -> None:
        self.document = document
        self.numbers = numbers
        self.renderer = renderer
        self.markup = markup
        self.language = document.publication.data.language

    def complete(self, root: Element) -> None:
        """Everything below `root`."""
        for node in root.iter():
            for attribute in ("id", "rid"):
                if value := node.get(attribute):
                    node.set(attribute, name(_ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), value)))
        for wrap in root.iter("table-wrap"):
            for inner in wrap.iter("table"):
                if identifier := inner.attrib.pop("id", ""):
                    wrap.set("id", identifier)
        identify_sections(root)
        named = {str(node.get("id")): node for node in root.iter() if node.get("id")}
        self.rebuild(root)
        self.label(named)
        self.formulas(root)
        self.rights(named)
        self.authors(named)

    def rebuild(self, root: Element) -> None:
        """Verse and mottos, which pandoc writes as boxes, under their own names; figures of parts, too."""
        for figure in list(root.iter("fig")):
            if figure.find("fig") is not None:
                figure.tag = "fig-group"
        for box in root.iter("boxed-text"):
            kind = str(box.get("id", "")).removeprefix(REBUILT).partition("-")[0]
            if not str(box.get("id", "")).startswith(REBUILT):
                continue
            del box.attrib["id"]
            if kind == "verse":
                box.tag = "verse-group"
                for line in box:
                    line.tag = "verse-line"
            else:
                box.tag = "disp-quote"
                box.set("content-type", "epigraph")
                if kind == "epigraph":
                    box[-1].tag = "attrib"

    def label(self, named: Mapping[str, Element]) -> None:
        """Numbers of headings, figures and tables, each in an element of its own."""
        table = words(self.language).cross_references
        for node, number in self.numbers.nodes.items():
            found = named.get(name(self.identifier(node)))
            if found is None or isinstance(node, Math):
                continue
            word = {Figure: table.figure, FigureGroup: table.figure, Table: table.table}.get(type(node), "")
            shown = f"{word[:1].upper()}{word[1:]} {number}".strip()
            if letter := self.numbers.letters.get(node):
                shown = f"({letter})"
            place = 1 if len(found) and found[0].tag == "sec-meta" else 0
            found.insert(place, element("label", shown))

    def identifier(self, node: Node) -> str:
        """The identifier that the renderer gave a node."""
        match node:
            case Figure() | FigureGroup() | Table():
                return self.renderer.identifier(node)
            case Heading():
                given = node.attributes.id
                return given if ":" in given else f"sec:{given}"
            case Math():
                return node.attributes.id
        return ""

    def formulas(self, root: Element) -> None:
        """A numbered formula is named itself, not the span that pandoc puts around it."""
        numbers = {
            name(label): number for label, number in self.numbers.labels.items() if label.startswith("eq:")
        }
        for parent in list(root.iter()):
            for at, child in enumerate(list(parent)):
                inside = child.find("disp-formula")
                if child.tag in ("styled-content", "named-content") and inside is not None:
                    identifier = str(child.get("id"))
                    inside.set("id", identifier)
                    inside.tail = child.tail
                    if identifier in numbers:
                        inside.insert(0, element("label", f"({numbers[identifier]})"))
                    parent[at] = inside

    def rights(self, named: Mapping[str, Element]) -> None:
        """Credit lines and rights of figures, from the ledger; a picture that is not there leaves its description."""
        for figure in self.figures():
            found = named.get(name(self.identifier(figure)))
            if found is None:
                continue
            graphic = found.find(".//graphic")
            path = ledger_path(figure.path)
            entry: Picture | None = self.document.publication.pictures.get(path)
            if graphic is not None and entry and entry.data and entry.data.description:
                graphic.append(element("long-desc", entry.data.description))
            if graphic is not None and not graphic.get(HREF):
                _replace(found, graphic)
            if credit := self.document.credits.get(path):
                line = self.markup(credit)
                line.tag = "attrib"
                found.append(line)
            if entry and entry.data and (stated := _permissions(entry.data)) is not None:
                found.append(stated)

    def figures(self) -> Iterator[Figure]:
        """The figures that are placed."""
        yield from (node for node in self.document.nodes() if isinstance(node, Figure))

    def authors(self, named: Mapping[str, Element]) -> None:
        """Authors of sections, in an edited volume."""
        for parsed in self.document.sections:
            found = named.get(name(section_heading(parsed).attributes.id))
            if found is None or not parsed.section.data.authors:
                continue
            group = element("contrib-group")
            for author in parsed.section.data.authors:
                group.append(element("contrib", one(author), contrib_type="author"))
            found.insert(0, element("sec-meta", group))


def identify_sections(root: Element) -> None:
    """Sections that nobody named get an identifier by their titles, so that they can be linked to."""
    taken = {str(node.get("id")) for node in root.iter() if node.get("id")}
    for section in root.iter("sec"):
        if section.get("id"):
            continue
        title = section.find("title")
        words = re.findall(r"\w+", "".join(title.itertext()) if title is not None else "")
        stem = "-".join(["sec", *words[:6]]).lower()
        names = itertools.chain([stem], (f"{stem}-{number}" for number in itertools.count(2)))
        section.set("id", found := next(one for one in names if one not in taken))
        taken.add(found)


def described(root: Element) -> Element:
    """The same elements with the descriptions of pictures in words."""
    for alt in root.iter("alt-text"):
        alt.text = decoded(alt.text or "")
    return root


def references(root: Element) -> None:
    """What kind of thing each cross-reference leads to; those without a word in them, left by citeproc, go."""
    for parent in list(root.iter()):
        for link in [child for child in parent if child.tag == "xref" and not len(child) and not child.text]:
            if link.get("ref-type") in (None, "bibr"):
                before = list(parent).index(link)
                parent.remove(link)
                _keep_tail(parent, before, link.tail or "")
    kinds = {str(node.get("id")): node.tag for node in root.iter() if node.get("id")}
    for link in root.iter("xref"):
        link.attrib.pop("alt", None)
        target = kinds.get(str(link.get("rid")), "")
        if kind := _TARGETS.get(target):
            link.set("ref-type", kind)


def _keep_tail(parent: Element, at: int, tail: str) -> None:
    """The text after an element that is gone."""
    if at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail


def _replace(figure: Element, graphic: Element) -> None:
    """A picture's descriptions in the place of the picture."""
    described = [child for child in graphic if child.tag in ("alt-text", "long-desc")]
    for parent in figure.iter():
        if graphic in list(parent):
            parent.remove(graphic)
            break
    at = next((n + 1 for n, child in enumerate(figure) if child.tag == "caption"), len(figure))
    for number, child in enumerate(described):
        child.tail = None
        figure.insert(at + number, child)


def _permissions(data: FigureData) -> Element | None:
    made = element("permissions")
    if data.holder:
        made.append(element("copyright-holder", data.holder))
    if (stated := licence(data.license)) is not None:
        made.append(stated)
    return made if len(made) else None
