"""What a comparison takes for the same, for changed inside, for gone and come."""

from __future__ import annotations

import pytest

from fascicle.document.tree import Node, Note, Table, Text
from fascicle.redline.comparison.changes import Changes, Deleted, Inserted, Modified, Reformatted, Same
from fascicle.redline.comparison.compare import Comparison
from fascicle.redline.comparison.elements import settled
from fascicle.redline.comparison.words import spoken, words
from tests.document.markdown.test_markdown_properties import parse

CASES = {
    "a word": ("One small step.", "One large step.", "One [-small-][+large+] step."),
    "wrapped anew": ("One\nsmall step.", "One small\nstep.", "One small step."),
    "signs between changes": ("It is red, and big.", "It is blue, so big.", "It is [-red, and-][+blue, so+] big."),
    "emphasis": ("One *small* step.", "One small step.", "One [~small~] step."),
    "inside emphasis": ("One *very small* step.", "One *very large* step.", "One very [-small-][+large+] step."),
    "a link's target": ("[Here](https://a.example).", "[Here](https://b.example).", "<Here>."),
    "a citation": ("So it is [@a, p. 3].", "So it is [@a, p. 4].", "So it is [-@apage3-][+@apage4+]."),
    "a formula": ("Let $x$ be.", "Let $y$ be.", "Let [-x-][+y+] be."),
    "a note's words": ("So.^[A small note here.]", "So.^[A large note here.]", "So.A [-small-][+large+] note here."),
    "a paragraph more": ("One.\n\nThree.", "One.\n\nTwo more.\n\nThree.", "One.|[+Two more.+]|Three."),
    "a paragraph less": ("One.\n\nTwo more.\n\nThree.", "One.\n\nThree.", "One.|[-Two more.-]|Three."),
    "a heading's level": ("## A part", "### A part", "<A part>"),
    "items": ("- one\n- two\n- three", "- one\n- three\n- four", "one|[-two-]|three|[+four+]"),
    "cells": (
        "| a | b |\n|---|---|\n| 1 | 2 |\n| 5 | 6 |", "| a | b |\n|---|---|\n| 1 | 3 |\n| 5 | 6 |", "a|b|1|[-2-][+3+]|5|6"
    ),
    "rows": ("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 2 |\n| 5 | 6 |", "a|b|1|2|[+56+]"),
    "words of no spaces": ("中文字好", "中文词好", "中文[-字-][+词+]好"),
}  # fmt: skip


def shown(changes: Changes) -> str:
    """Changes in one line: `[-gone-]`, `[+come+]`, `[~of another form~]`, `<of another kind>`."""
    parts = []
    for change in _runs(changes):
        match change:
            case Same():
                parts.append(_same(change.new))
            case Deleted():
                parts.append(f"[-{spoken(change.node)}-]")
            case Inserted():
                parts.append(f"[+{spoken(change.node)}+]")
            case Reformatted():
                parts.append(f"[~{spoken(change.new)}~]")
            case Modified():
                inner = "|".join(filter(None, map(shown, change.parts.values())))
                other = inner == spoken(change.new)
                parts.append(f"<{inner}>" if other else inner)
    inline = any(isinstance(_node(change), Text | Note) for change in changes)
    return ("" if inline else "|").join(parts)


def _same(node: Node) -> str:
    if isinstance(node, Table):
        return "|".join(spoken(row) for row in (node.header, *node.rows) if row)
    return _same_rows(node)


def _same_rows(node: Node) -> str:
    cells = getattr(node, "cells", None)
    return "|".join(map(spoken, cells)) if cells else spoken(node)


def _node(change: object) -> object:
    return getattr(change, "node", getattr(change, "new", None))


def _runs(changes: Changes) -> Changes:
    """Neighbouring pieces of one kind as one."""
    merged: list[object] = []
    for change in changes:
        last = merged[-1] if merged else None
        for kind in (Deleted, Inserted):
            if isinstance(change, kind) and isinstance(last, kind) and isinstance(change.node, Text):
                merged[-1] = kind(Text(change.node.span, spoken(last.node) + change.node.text))
                break
        else:
            merged.append(change)
    return tuple(merged)  # type: ignore[arg-type]


@pytest.mark.parametrize(("old", "new", "expected"), CASES.values(), ids=CASES)
def test_comparison(old: str, new: str, expected: str) -> None:
    assert shown(Comparison().compare(settled(parse(old)[0]), settled(parse(new)[0]))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It isn’t so.", ["It", " ", "isn’t", " ", "so", "."]),
        ("हिन्दी है", ["हिन्दी", " ", "है"]),
        ("日本 a-b", ["日", "本", " ", "a", "-", "b"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected
