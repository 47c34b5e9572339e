"""Bookmarks of the whole: one for each part that has a title, those of the part below it, groups above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NumberObject, TextStringObject

from fascicle.pdf.joining.destinations import start_of
from fascicle.pdf.joining.parts import Copied
from fascicle.pdf.objects import dictionary, entry, number, text_string


@dataclass
class _Item:
    """A bookmark and those below it."""

    made: DictionaryObject
    below: list[_Item] = field(default_factory=list)
    open: bool = False

    @property
    def shown(self) -> int:
        """How many bookmarks show, itself and those below an open one."""
        return 1 + (sum(item.shown for item in self.below) if self.open else 0)


def join_bookmarks(writer: PdfWriter, parts: Sequence[Copied]) -> None:
    """One outline of all parts."""
    top: list[_Item] = []
    for group, members in groupby(parts, lambda part: part.part.group):
        items = [item for part in members for item in _items(writer, part)]
        if group and items:
            own = DictionaryObject({NameObject("/Title"): text_string(group)})
            own[NameObject("/Dest")] = entry(items[0].made, "/Dest")
            writer._add_object(own)
            items = [_Item(own, items, open=True)]
        top += items
    if not top:
        return
    outlines = DictionaryObject({NameObject("/Type"): NameObject("/Outlines")})
    writer._add_object(outlines)
    _link(outlines, top)
    outlines[NameObject("/Count")] = NumberObject(sum(item.shown for item in top))
    writer.root_object[NameObject("/Outlines")] = outlines.indirect_reference or outlines


def _items(writer: PdfWriter, part: Copied) -> Iterator[_Item]:
    own = list(_own(dictionary(part.root, "/Outlines")))
    if not part.part.title:
        yield from own
        return
    made = DictionaryObject({NameObject("/Title"): text_string(part.part.title)})
    made[NameObject("/Dest")] = TextStringObject(start_of(part.part.name))
    writer._add_object(made)
    yield _Item(made, own)


def _own(parent: DictionaryObject) -> Iterator[_Item]:
    """The bookmarks that a part has itself."""
    item = entry(parent, "/First")
    while isinstance(item, DictionaryObject):
        following = entry(item, "/Next")
        yield _Item(item, list(_own(item)), number(item, "/Count") > 0)
        item = following


def _link(parent: DictionaryObject, items: list[_Item]) -> None:
    """Chain bookmarks below their parent."""
    references = [item.made.indirect_reference or item.made for item in items]
    parent[NameObject("/First")], parent[NameObject("/Last")] = references[0], references[-1]
    for place, item in enumerate(items):
        made = item.made
        made[NameObject("/Parent")] = parent.indirect_reference or parent
        for key, other in (("/Prev", place - 1), ("/Next", place + 1)):
            made.pop(key, None)
            if 0 <= other < len(items):
                made[NameObject(key)] = references[other]
        if item.below:
            _link(made, item.below)
            count = sum(below.shown for below in item.below)
            made[NameObject("/Count")] = NumberObject(count if item.open else -count)
