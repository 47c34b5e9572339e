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
from fascicle.export.pandoc.support import told_formulas
from fascicle.export.spoken_formulas import spoken

_NAMESPACE = re.compile(r' xmlns="[^"]*"')
XMLNS = "http://www.w3.org/1998/Math/MathML"


def formulas_of(document: Document, problems: Collector) -> Formulas | None:
    """Every formula of the text; None, with what is wrong told at its line, when one cannot be converted."""
    nodes = [node for node in document.nodes() if isinstance(node, Math)]
    wanted = list(dict.fromkeys((node.tex, node.display) for node in nodes))
    if not wanted:
        return {}
    pandoc = find_pandoc(problems, "to write formulas")
    if pandoc is None:
        return None
    blocks = [p.plain([p.math(known_to_pandoc(tex), display=display)]) for tex, display in wanted]
    answer = pandoc.run(p.pandoc(API, blocks, {}), "html5", "--mathml", "--wrap=none")
    if failed(answer, "MathML", problems) or told_formulas(answer, document, problems):
        return None
    text = _NAMESPACE.sub("", answer.output.decode())
    root = ET.fromstring(f"<root>{text}</root>")  # noqa: S314 - pandoc wrote it
    made = list(root.iter("math"))
    return {
        key: _told(found, key[0], document.publication.data.language)
        for key, found in zip(wanted, made, strict=True)
    }


def _told(found: Element, tex: str, language: str) -> Element:
    """A formula by itself, which says what it is to whoever cannot see it: in words in English, else as LaTeX."""
    found.tail = None
    for cell in found.iter("mtd"):
        cell.attrib.pop("columnalign", None)  # its style says the same, and MathML Core knows no other way
    found.set("xmlns", XMLNS)
    said = spoken(found) if language.partition("-")[0] == "en" else None
    found.set("alttext", said or " ".join(tex.split()))
    return found
