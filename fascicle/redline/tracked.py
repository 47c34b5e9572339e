"""Tracked changes of a Word document, made of the signs that stand where changes begin and end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from fascicle.export.docx.package import W
from fascicle.export.pandoc.inlines import END

AUTHOR = "Fascicle"
_M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_WRAPPED = (f"{{{W}}}r", f"{{{_M}}}oMath", f"{{{_M}}}oMathPara")
_KINDS = {"inserted": "ins", "deleted": "del"}
_AS_DELETED = {f"{{{W}}}t": f"{{{W}}}delText", f"{{{W}}}instrText": f"{{{W}}}delInstrText"}


def _q(name: str) -> str:
    return f"{{{W}}}{name}"


@dataclass(slots=True)
class Tracker:
    """Makes tracked changes in the parts of one file, each with a number of its own."""

    date: str
    """When they were made, for all of them."""
    _open: list[str] = field(default_factory=list)
    _counted: int = 0

    def part(self, data: bytes) -> bytes:
        """A part of the file with tracked changes in the place of signs."""
        root = ElementTree.fromstring(data)  # noqa: S314 - we made it ourselves
        self._open = []
        self._children(root)
        for paragraph in root.iter(_q("p")):
            self._paragraph(paragraph)
        for row in root.iter(_q("tr")):
            self._row(row)
        made: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
        return made

    def _children(self, node: Element) -> None:
        """Every run between two signs under its own change."""
        made: list[Element] = []
        for child in list(node):
            if child.tag == _q("fascicle"):
                self._sign(child.get(_q("val")) or "")
            elif child.tag in _WRAPPED and self._kind:
                made.append(self._wrapped(child))
            else:
                if child.tag not in _WRAPPED:
                    self._children(child)
                made.append(child)
        node[:] = made

    @property
    def _kind(self) -> str:
        return self._open[-1] if self._open else ""

    def _sign(self, kind: str) -> None:
        if kind != END:
            self._open.append(_KINDS[kind])
        elif self._open:
            self._open.pop()

    def _wrapped(self, run: Element) -> Element:
        made = self._change(self._kind)
        if self._kind == "del":
            for inner in run.iter():
                inner.tag = _AS_DELETED.get(inner.tag, inner.tag)
        made.append(run)
        return made

    def _change(self, kind: str) -> Element:
        self._counted += 1
        given = {_q("id"): str(9000 + self._counted), _q("author"): AUTHOR, _q("date"): self.date}
        return Element(_q(kind), given)

    def _paragraph(self, paragraph: Element) -> None:
        """A paragraph of nothing but insertions, or deletions, came or went itself."""
        kinds = set(_kinds(paragraph))
        if len(kinds) == 1 and (kind := kinds.pop()):
            properties = paragraph.find(_q("pPr"))
            if properties is None:
                properties = Element(_q("pPr"))
                paragraph.insert(0, properties)
            mark = properties.find(_q("rPr"))
            if mark is None:
                mark = Element(_q("rPr"))
                properties.append(mark)
            mark.insert(0, self._change(kind))

    def _row(self, row: Element) -> None:
        kinds = {kind for paragraph in row.iter(_q("p")) for kind in _kinds(paragraph)}
        if len(kinds) == 1 and (kind := kinds.pop()):
            properties = row.find(_q("trPr"))
            if properties is None:
                properties = Element(_q("trPr"))
                row.insert(0, properties)
            properties.append(self._change(kind))


def _kinds(paragraph: Element) -> Iterator[str]:
    """Under which change each run of a paragraph stands; empty for none."""
    for child in paragraph:
        if child.tag in (_q("ins"), _q("del")):
            yield child.tag.rpartition("}")[2]
        elif child.tag in _WRAPPED:
            yield ""
        elif child.tag == _q("hyperlink"):
            yield from _kinds(child)


def version(data: bytes, *, new: bool) -> bytes:
    """A part with all tracked changes accepted, or all rejected, as word processors do it."""
    root = ElementTree.fromstring(data)  # noqa: S314 - we made it ourselves
    _resolve(root, "del" if new else "ins")
    made: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return made


def _resolve(node: Element, dropped: str) -> None:
    made: list[Element] = []
    for child in list(node):
        local = child.tag.rpartition("}")[2]
        if child.tag in (_q("ins"), _q("del")):
            if local != dropped:
                _resolve(child, dropped)
                made += list(child)
        elif child.tag == _q("tr") and child.find(f"{_q('trPr')}/{_q(dropped)}") is not None:
            continue
        elif child.tag == _q("p") and child.find(f"{_q('pPr')}/{_q('rPr')}/{_q(dropped)}") is not None:
            continue  # the proof of its runs is that nothing of the paragraph is kept
        else:
            _resolve(child, dropped)
            made.append(child)
    for child in made:
        child.tag = {f"{{{W}}}delText": f"{{{W}}}t"}.get(child.tag, child.tag)
    node[:] = made
