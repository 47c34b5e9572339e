"""Formulas as MathML, by the converter that JATS's formulas come from.

Pandoc, all of them in one run.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from fascicle.core import pandoc_ast as p
from fascicle.core.diagnostics import Collector
from fascicle.core.system.pandoc import API, failed, find_pandoc
from fascicle.document.document import Document
from fascicle.document.tree import Math
from fascicle.export.elements import Element
from fascicle.export.html.context import Formulas
from fascicle.export.pandoc.formulas import known_to_pandoc
from fascicle.export.pandoc.support import tell_formulas
from fascicle.export.spoken_formulas import spoken

_NAMESPACE = re.compile(r' xmlns="[^"]*"')
XMLNS = "http://www.w3.org/1998/Math/MathML"


def formulas_of(document: Document, problems: Collector) -> Formulas | None:
    """Every formula of the text; None, with the reason told, when pandoc is of no use here.

    One that pandoc cannot convert is told at its line, and shown as it was typed.
    """
    nodes = [node for node in document.nodes() if isinstance(node, Math)]
    wanted = list(dict.fromkeys((node.tex, node.display) for node in nodes))
    if not wanted:
        return {}
    pandoc = find_pandoc(problems, "to write formulas")
    if pandoc is None:
        return None
    blocks = [p.para([p.math(known_to_pandoc(tex), display=display)]) for tex, display in wanted]
    answer = pandoc.run(p.pandoc(API, blocks, {}), "html5", "--mathml", "--wrap=none")
    if failed(answer, "MathML", problems):
        return None
    tell_formulas(answer, document, problems, "the page")
    text = _NAMESPACE.sub("", answer.output.decode())
    root = ET.fromstring(f"<root>{text}</root>")  # noqa: S314 - pandoc wrote it
    language = document.publication.data.language
    return {
        key: _told(_formula(found, *key), key[0], language) for key, found in zip(wanted, root, strict=True)
    }


def _formula(paragraph: Element, tex: str, display: bool) -> Element:
    """What pandoc made of a formula; its LaTeX as text where it could make nothing."""
    made = paragraph.find("math")
    if made is None:
        made = ET.Element("math", display="block" if display else "inline")
        ET.SubElement(made, "mtext").text = " ".join(tex.split())
    return made


def _told(found: Element, tex: str, language: str) -> Element:
    """A formula by itself, which says what it is to whoever cannot see it: in words in English, else as LaTeX."""
    found.tail = None
    for cell in found.iter("mtd"):
        cell.attrib.pop("columnalign", None)  # its style says the same, and MathML Core knows no other way
    found.set("xmlns", XMLNS)
    said = spoken(found) if language.partition("-")[0] == "en" else None
    found.set("alttext", said or " ".join(tex.split()))
    return found
