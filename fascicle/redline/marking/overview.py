"""The first page of a redline: how many changes each section has, and a list of them that leads to each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from fascicle.core.diagnostics import Span
from fascicle.core.model import Places, Section, SectionData
from fascicle.document import tree as t
from fascicle.document.document import ParsedSection
from fascicle.document.tree import Alignment, Attributes, Inline, Mark, Marked, MarkedBlock, Paragraph, Text
from fascicle.redline.marking.change_texts import begun
from fascicle.redline.marking.listing import Entry, Kind, Listing

TITLE = "What has changed"
LABEL = "sec:what-has-changed"
_NOWHERE = Span("")
_QUOTED = 44
"""Most characters of a text that the list quotes."""
_HEADS = {
    Kind.INSERTED: "inserted",
    Kind.DELETED: "deleted",
    Kind.REPLACED: "replaced",
    Kind.MOVED: "moved",
    Kind.REFORMED: "form",
}
Reference = Callable[[Entry], tuple[Sequence[Inline], Sequence[Inline]]]
"""What stands before and after a change in the list, and leads to it."""


def summary_line(counts: Iterable[Counter[Kind]]) -> str:
    """`12 changes: 5 inserted, 4 replaced, 3 deleted`."""
    total: Counter[Kind] = sum(counts, Counter())
    if not total.total():
        return "no changes"
    parts = [
        f"{total[kind]} {name if kind is not Kind.REFORMED else 'of form'}"
        for kind, name in _HEADS.items()
        if total[kind]
    ]
    return f"{total.total()} change{'s'[: total.total() != 1]}: {', '.join(parts)}"


def linked(entry: Entry) -> tuple[Sequence[Inline], Sequence[Inline]]:
    """The number as a link."""
    number: Inline = Text(_NOWHERE, str(entry.number))
    return ((t.Link(_NOWHERE, (number,), f"#{entry.anchor}"),) if entry.anchor else (number,)), ()


def overview(
    listing: Listing, old: str, new: str, language: str, reference: Reference = linked
) -> ParsedSection:
    """The first section of a redline."""
    counts = listing.counts()
    blocks: list[t.Block] = [
        _paragraph(f"From {old} to {new}: {summary_line(counts.values())}."),
        _paragraph(
            "Inserted text is underlined, deleted text struck out; text of another form is underlined with dots, and "
            "numbers that follow from other changes with two lines. [→ 3] and [← 3] lead from where a passage was moved."
        ),
    ]
    if listing.entries:
        blocks.append(_table(counts))
        blocks.append(_list(listing.entries, reference))
    content: tuple[t.Block, ...] = tuple(blocks)
    if not language.lower().startswith("en"):
        content = (t.Div(_NOWHERE, content, Attributes(pairs=(("lang", "en"),))),)
    data = SectionData(title=TITLE, numbered=False)
    section = Section(path="", data=data, places=Places(file=""), text="", first_line=1, label=LABEL)
    title = (Marked(_NOWHERE, Mark.REMARK, (Text(_NOWHERE, TITLE),)),)
    return ParsedSection(section, title, (MarkedBlock(_NOWHERE, Mark.REMARK, content),))


def _paragraph(text: str) -> Paragraph:
    return Paragraph(_NOWHERE, (Text(_NOWHERE, text),))


def _cell(text: str) -> t.Cell:
    return t.Cell(_NOWHERE, (Text(_NOWHERE, text),) if text else ())


def _table(counts: dict[str, Counter[Kind]]) -> t.Table:
    """The counts by section."""
    kinds = [kind for kind in _HEADS if any(count[kind] for count in counts.values())]
    rows = [
        t.Row(_NOWHERE, (_cell(begun(section, 50)), *(_cell(str(count[kind] or "")) for kind in kinds)))
        for section, count in counts.items()
        if count.total()
    ]
    header = t.Row(_NOWHERE, (_cell("Section"), *(_cell(_HEADS[kind]) for kind in kinds)))
    alignments = (Alignment.LEFT, *([Alignment.RIGHT] * len(kinds)))
    return t.Table(_NOWHERE, alignments, (header,), tuple(rows))


def _list(entries: Iterable[Entry], reference: Reference) -> t.BulletList:
    return t.BulletList(_NOWHERE, tuple(_item(entry, reference) for entry in entries))


def _item(entry: Entry, reference: Reference) -> t.ListItem:
    before, after = reference(entry)
    content = (*before, Text(_NOWHERE, f" {described(entry)}"), *after)
    return t.ListItem(_NOWHERE, (Paragraph(_NOWHERE, content),))


def described(entry: Entry) -> str:
    """A change in one line."""
    kind = "another form of" if entry.kind is Kind.REFORMED else entry.kind.value
    old, new = (f"“{begun(text, _QUOTED)}”" if text else "" for text in (entry.old, entry.new))
    if entry.kind is Kind.MOVED or old == new:
        old = ""
    between = " → " if old and new else ""
    return f"{kind} {entry.what} in {entry.section}: {old}{between}{new}".rstrip(": ")
