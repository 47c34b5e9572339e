"""Words of citations and entries compared: spaces and markup in one form, italics as *…*."""

from __future__ import annotations

import re
from typing import Any

Runs = list[tuple[str, bool]]
"""Text with whether it is italic."""
_SPACES = re.compile("[\\s\u00a0\u2009\u202f]+")
_INVISIBLE = str.maketrans({"\u2060": None, "\u200b": None, "\ufeff": None, "\u2011": "-"})
_STOPS = re.compile(r"^(\s*[.,;:]*\s*)(.*?)(\s*[.,;:]*\s*)$", re.DOTALL)
_BETWEEN = re.compile(r"[\s.,;:]*")
_CONTAINERS = {"Strong", "SmallCaps", "Superscript", "Subscript", "Strikeout"}


def normal(text: str) -> str:
    """`text` with single spaces; stops at the ends of italics stand outside, between two italics inside."""
    return written([(part, index % 2 == 1) for index, part in enumerate(text.split("*"))])


def printed(nodes: Any) -> str:
    """The words of Pandoc's nodes, in the same form; links are dropped, their text stays."""
    return written(_runs(nodes, italic=False))


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


def _runs(node: Any, *, italic: bool) -> Runs:
    if isinstance(node, list):
        return [run for one in node for run in _runs(one, italic=italic)]
    if not isinstance(node, dict):
        return []
    kind, content = node["t"], node.get("c")
    match kind:
        case "Str":
            return [(content, italic)]
        case "Space" | "SoftBreak" | "LineBreak":
            return [(" ", italic)]
        case "Emph":
            return _runs(content, italic=not italic)
        case "Quoted":
            opening, closing = ("“", "”") if content[0]["t"] == "DoubleQuote" else ("‘", "’")
            return [(opening, italic), *_runs(content[1], italic=italic), (closing, italic)]
        case "Link" | "Span" | "Div" | "Cite" | "Code" | "Math" | "RawInline":
            return (
                _runs(content[1], italic=italic) if isinstance(content[1], list) else [(content[1], italic)]
            )
        case "Para" | "Plain" | "Note" | "Underline":
            return _runs(content, italic=italic)
    return _runs(content, italic=italic) if kind in _CONTAINERS else []
