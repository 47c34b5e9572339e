"""Words of citations and entries compared: spaces and markup in one form, italics as *…*."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fascicle.document.tree import Emph, HardBreak, Node, Quoted, SoftBreak, Text

Runs = list[tuple[str, bool]]
"""Text with whether it is italic."""
_SPACES = re.compile("[\\s\u00a0\u2009\u202f]+")
_INVISIBLE = str.maketrans({"\u2060": None, "\u200b": None, "\ufeff": None, "\u2011": "-"})
_STOPS = re.compile(r"^(\s*[.,;:]*\s*)(.*?)(\s*[.,;:]*\s*)$", re.DOTALL)
_BETWEEN = re.compile(r"[\s.,;:]*")


def normal(text: str) -> str:
    """`text` with single spaces; stops at the ends of italics stand outside, between two italics inside."""
    return written([(part, index % 2 == 1) for index, part in enumerate(text.split("*"))])


def printed(content: Iterable[Node]) -> str:
    """The words of a tree's inlines, in the same form; links are dropped, their text stays."""
    return written(_runs(content, italic=False))


def written(runs: Runs) -> str:
    """Runs as one text."""
    text = "".join(_run(part, italic) for part, italic in _joined(runs))
    return _SPACES.sub(" ", text.translate(_INVISIBLE)).strip()


def _run(text: str, italic: bool) -> str:
    if not italic:
        return text
    before, inner, after = _parts(text)
    return f"{before}*{inner}*{after}" if inner else before + after


def _parts(text: str) -> tuple[str, str, str]:
    found = _STOPS.match(text)
    return (found[1], found[2], found[3]) if found else ("", text, "")


def _joined(runs: Runs) -> Runs:
    """Runs of one kind as one; italics that only stops and spaces part are one too."""
    made: Runs = []
    for text, italic in runs:
        if not text:
            continue
        if italic and len(made) > 1 and made[-2][1] and _BETWEEN.fullmatch(made[-1][0]):
            between = made.pop()[0]
            made[-1] = (made[-1][0] + between + text, True)
        elif made and made[-1][1] == italic:
            made[-1] = (made[-1][0] + text, italic)
        else:
            made.append((text, italic))
    return made


def _runs(content: Iterable[Node], *, italic: bool) -> Runs:
    return [run for node in content for run in _node(node, italic=italic)]


def _node(node: Node, *, italic: bool) -> Runs:
    match node:
        case Text(text=text):
            return [(text, italic)]
        case SoftBreak() | HardBreak():
            return [(" ", italic)]
        case Emph(content=content):
            return _runs(content, italic=not italic)
        case Quoted(double=double, content=content):
            opening, closing = "“”" if double else "‘’"
            return [(opening, italic), *_runs(content, italic=italic), (closing, italic)]
    return _runs(getattr(node, "content", ()), italic=italic)
