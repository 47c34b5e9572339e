"""What is joined: a finished PDF and its place in the whole."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, StreamObject

from fascicle.pdf.objects import array, dictionaries, entry, follow, reachable

LINK = "https://part.invalid/"
"""Begin of an address that stands for the place whose name in the whole follows; nobody can have it (RFC 2606)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One PDF of several."""

    name: str
    """Its name among the parts, in ASCII: its own destinations begin with it."""
    pdf: bytes
    """The file."""
    title: str = ""
    """Its bookmark; its own bookmarks stand by themselves when empty."""
    group: str = ""
    """The bookmark under which its own stands; parts of one group that follow each other share it."""
    leads: bool = False
    """Whether its links to `LINK` and the name of a place of the whole lead there."""
    language: str = ""
    """Its language; that of the whole when empty."""
    style: str = "D"
    """How its pages are numbered: D decimal, r roman, empty for no number."""
    first: int = 1
    """Number of its first page."""
    blank_before: int = 0
    """Blank pages before it."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A part as it was copied into the file of all."""

    part: Part
    """What it was."""
    root: DictionaryObject
    """Its catalogue."""
    dictionaries: tuple[DictionaryObject, ...]
    """Every dictionary in it."""
    pages: tuple[DictionaryObject, ...]
    """Its pages in order."""


def copied(part: Part, writer: PdfWriter) -> Copied:
    """The objects of a part, copied into the file of all."""
    reader = PdfReader(BytesIO(part.pdf), strict=False)
    root = reader.root_object.clone(writer)
    objects = reachable([root.indirect_reference])
    # Embedded streams hold dictionaries too, which are met as objects of their own.
    found = tuple(dictionaries(objects.values()))
    return Copied(
        part, root, tuple({id(item): item for item in found}.values()), tuple(_pages(entry(root, "/Pages")))
    )


def _pages(top: object) -> list[DictionaryObject]:
    """The leaves of a page tree in order."""
    found: list[DictionaryObject] = []
    waiting = [top]
    while waiting:
        node = follow(waiting.pop())
        if not isinstance(node, DictionaryObject) or isinstance(node, StreamObject):
            continue
        kids = array(node, "/Kids")
        if kids:
            waiting.extend(reversed(kids))
        else:
            found.append(node)
    return found


def is_tagged(part: Copied) -> bool:
    """Whether it has a tree of tags."""
    return isinstance(entry(part.root, "/StructTreeRoot"), DictionaryObject)
