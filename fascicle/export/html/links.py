"""Links between the files into which a text is divided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fascicle.export.elements import Element
from fascicle.export.html.nodes import Nodes
from fascicle.export.html.reading import ContentsLine, Reading


@dataclass(frozen=True, slots=True)
class Placed:
    """A file and what stands in it."""

    file: str
    """Its name."""
    texts: tuple[Nodes, ...]
    """Its texts."""
    names: tuple[str, ...] = ()
    """Identifiers that its template gives."""


def across(files: list[Placed], reading: Reading) -> dict[str, str]:
    """Let every link to an element of another file name that file; gives the file of each identifier."""
    home: dict[str, str] = {}
    for placed in files:
        home |= dict.fromkeys(placed.names, placed.file)
        for node in elements(placed.texts):
            if name := node.get("id"):
                home[name] = placed.file
    for placed in files:
        for node in elements(placed.texts):
            target = node.get("href", "")
            if target.startswith("#") and home.get(target[1:], placed.file) != placed.file:
                node.set("href", home[target[1:]] + target)
    if len(files) > 1:
        for line in lines(reading.contents):
            line.file = home.get(line.identifier, "")
    return home


def elements(texts: Iterable[Nodes]) -> Iterator[Element]:
    """Every element of some texts."""
    for nodes in texts:
        for node in nodes:
            if not isinstance(node, str):
                yield from node.iter()


def lines(contents: Iterable[ContentsLine]) -> Iterator[ContentsLine]:
    """Every line of a table of contents."""
    for line in contents:
        yield line
        yield from lines(line.under)
