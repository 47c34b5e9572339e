"""Notes numbered in the order of the text.

Pandoc numbers those of a table's caption after those of its cells.
"""

from __future__ import annotations

from fascicle.export.jats.xml import Element


def number_notes(article: Element) -> None:
    """Give marks and notes their numbers in reading order, and put the notes into it."""
    group = article.find("back/fn-group")
    if group is None:
        return
    marks = [node for node in article.iter("xref") if node.get("ref-type") == "fn"]
    order = list(dict.fromkeys(str(node.get("rid")) for node in marks))
    notes = {str(note.get("id")): note for note in group.findall("fn")}
    numbers = {name: number for number, name in enumerate((name for name in order if name in notes), 1)}
    if len(numbers) < len(notes):
        return
    for node in marks:
        if number := numbers.get(str(node.get("rid"))):
            _renumber(node, number)
            node.set("rid", f"fn{number}")
    for name, number in numbers.items():
        note = notes[name]
        note.set("id", f"fn{number}")
        if (label := note.find("label")) is not None:
            label.text = str(number)
    group[:] = [notes[name] for name in numbers]


def _renumber(mark: Element, number: int) -> None:
    """Put a number in the place of a mark's own, which may stand in an element for raised text."""
    inner = next((node for node in mark.iter() if (node.text or "").strip().isdigit()), mark)
    inner.text = str(number)
