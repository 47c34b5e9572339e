"""The structure tree of a tagged PDF: what a screen reader goes by, with the text of each element."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject, PdfObject

from fascicle.pdf.objects import array, dictionary, entry, follow, name, number, text
from fascicle.pdf.reading.marked_text import MarkedText, marked_text

_STANDARD = ("http://iso.org/pdf2/ssn", "http://iso.org/pdf/ssn", "http://www.w3.org/1998/Math/MathML")
_DEEPEST = 200
"""Levels beyond which a tree is damaged."""


@dataclass(slots=True)
class Element:
    """One element, and all below it in reading order."""

    tag: str
    """Its standard type, such as `H1`."""
    own: str = ""
    """The type that the file itself gives it."""
    kids: list[Element | str] = field(default_factory=list)
    """Elements, and texts of the page."""
    language: str = ""
    """Language tag; empty for that of the element around it."""
    alt: str = ""
    """What is said in its place, or of it."""
    actual: str | None = None
    """The text that stands for what is shown; None without any."""
    page: int = 0
    """Page, counted from 1; 0 when nothing tells."""
    destination: bool = False
    """Whether it holds an annotation, such as that of a link."""
    attributes: dict[str, str] = field(default_factory=dict)
    """Attributes by their names, such as `Scope`."""

    @property
    def text(self) -> str:
        """All the text below it, as it is read out."""
        if self.actual is not None:
            return self.actual
        return "".join(kid if isinstance(kid, str) else kid.text for kid in self.kids)

    def walk(self) -> Iterator[Element]:
        """It and all elements below it, in order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def all(self, *tags: str) -> list[Element]:
        """All elements of these types below it, in order."""
        return [one for one in self.walk() if one.tag in tags]


def structure(reader: PdfReader, data: bytes) -> Element | None:
    """The tree below one element of the type `StructTreeRoot`; None for a file without tags."""
    root = dictionary(dictionary(reader.trailer, "/Root"), "/StructTreeRoot")
    if not root:
        return None
    pages = {
        page.indirect_reference.idnum: number
        for number, page in enumerate(reader.pages, start=1)
        if page.indirect_reference
    }
    builder = _Builder(pages, marked_text(data), _roles(root), dictionary(root, "/ClassMap"))
    top = Element("StructTreeRoot")
    builder.fill(top, root, 0)
    return top


_Roles = Mapping[tuple[str, str], tuple[str, str]]
"""Type and namespace by type and namespace."""


def _roles(root: DictionaryObject) -> _Roles:
    """What the file says of its own types."""
    found = {
        (own.lstrip("/"), ""): (name(dictionary(root, "/RoleMap"), own).lstrip("/"), "")
        for own in dictionary(root, "/RoleMap")
    }
    for space in map(follow, array(root, "/Namespaces")):
        address = text(entry(space, "/NS"))
        for own, value in dictionary(space, "/RoleMapNS").items():
            target = follow(value)
            if isinstance(target, ArrayObject) and len(target) == 2:
                found[own.lstrip("/"), address] = (
                    str(follow(target[0])).lstrip("/"),
                    text(entry(target[1], "/NS")),
                )
            else:
                found[own.lstrip("/"), address] = (str(target).lstrip("/"), "")
    return found


class _Builder:
    def __init__(
        self, pages: Mapping[int, int], texts: MarkedText, roles: _Roles, classes: DictionaryObject
    ) -> None:
        self._pages = pages
        self._texts = texts
        self._roles = roles
        self._classes = classes

    def fill(self, element: Element, held: DictionaryObject, depth: int) -> None:
        """Read what stands below an element."""
        kids = entry(held, "/K")
        for kid in kids if isinstance(kids, ArrayObject) else [held.get("/K")]:
            if (found := self._kid(element, follow(kid), depth)) is not None:
                element.kids.append(found)

    def _kid(self, element: Element, kid: PdfObject, depth: int) -> Element | str | None:
        if isinstance(kid, NullObject) or depth > _DEEPEST:
            return None
        if isinstance(kid, int):
            return self._texts.get((element.page, int(kid)), "")
        if not isinstance(kid, DictionaryObject):
            return None
        if name(kid, "/Type") == "/MCR":
            page = self._page(kid) or element.page
            return self._texts.get((page, number(kid, "/MCID", -1)), "")
        if name(kid, "/Type") == "/OBJR":
            element.destination = True
            return None
        return self._element(element, kid, depth)

    def _element(self, parent: Element, held: DictionaryObject, depth: int) -> Element:
        own = name(held, "/S").lstrip("/")
        made = Element(
            self._standard(own, text(entry(dictionary(held, "/NS"), "/NS"))),
            own,
            language=text(held.get("/Lang")),
            alt=text(held.get("/Alt")),
            actual=text(held.get("/ActualText")) if "/ActualText" in held else None,
            page=self._page(held) or parent.page,
            attributes=self._attributes(held),
        )
        self.fill(made, held, depth + 1)
        return made

    def _standard(self, own: str, space: str) -> str:
        """The standard type that stands behind one of the file's own."""
        for _ in range(8):
            if space in _STANDARD or (own, space) not in self._roles:
                break
            own, space = self._roles[own, space]
        return own

    def _page(self, held: DictionaryObject) -> int:
        reference = held.raw_get("/Pg") if "/Pg" in held else None
        return self._pages.get(reference.idnum, 0) if isinstance(reference, IndirectObject) else 0

    def _attributes(self, held: DictionaryObject) -> dict[str, str]:
        """Attributes of an element and of its classes."""
        named = entry(held, "/C")
        names = [named] if isinstance(named, str) else array(held, "/C")
        owners = [entry(self._classes, str(follow(one))) for one in names if isinstance(follow(one), str)]
        own = entry(held, "/A")
        owners += [follow(one) for one in own] if isinstance(own, ArrayObject) else [own]
        found: dict[str, str] = {}
        for owner in owners:
            for one in owner if isinstance(owner, ArrayObject) else [owner]:
                held_one = follow(one)
                if isinstance(held_one, DictionaryObject):
                    found |= {
                        key.lstrip("/"): str(follow(value)).lstrip("/") for key, value in held_one.items()
                    }
        return found
