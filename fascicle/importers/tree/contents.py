"""Tables of contents and numbers of headings that were typed by hand."""

from __future__ import annotations

import re
from typing import Any

from fascicle.core.pandoc_ast import Blocks, Json
from fascicle.importers.report import Report
from fascicle.importers.tree.walk import plain

_NAMES = re.compile(
    r"(?:table of )?contents|inhalt(?:sverzeichnis|sübersicht)?|table des mati[èe]res|sommaire|[íi]ndice(?: general)?|sum[áa]rio|tabla de contenidos?|"
    r"indice generale|inhoud(?:sopgave)?|obsah|spis treści|tartalomjegyzék|innehåll|indhold|sisällys|içindekiler|содержание|оглавление|зміст|περιεχόμενα|目\s*录|目\s*錄|目次|"
    r"المحتويات|الفهرس|فهرس(?: المحتويات)?|فهرست(?: مطالب)?|תוכן(?: ה?עניינים)?",
    re.IGNORECASE,
)
_LINE = re.compile(r".{2,200}?\s*(?:\.{3,}|…|·{3,}|_{3,})[.…·_\s]*(?:\d{1,4}|[ivxlc]{1,6})", re.DOTALL)
_LEAST = 4
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?\s+\S")
_COUNTED = re.compile(r"(\d{1,2})[.)]?\s+\S")


def without_contents(blocks: Blocks, report: Report) -> Blocks:
    """The blocks without a table of contents typed by hand, and without the empty heading of one."""
    made: Blocks = []
    at = 0
    while at < len(blocks):
        end = at
        while end < len(blocks) and _line(blocks[end]):
            end += 1
        if end - at >= _LEAST:
            report.left_out(
                "a table of contents typed by hand, which the template prints", _words(blocks[at])[:60]
            )
            if made and _named(made[-1]):
                made.pop()
            at = end
        elif _named(blocks[at]) and blocks[at]["t"] == "Header" and _ended(blocks, at):
            report.left_out("the empty heading of a table of contents", _words(blocks[at]))
            at += 1
        else:
            made.append(blocks[at])
            at += 1
    return made


def keep_typed_numbers(blocks: Blocks, facts: dict[str, Any], report: Report) -> None:
    """Headings that bear typed numbers get none of the template's beside them."""
    heads = [_words(block) for block in blocks if block["t"] == "Header"]
    counted = [int(found[1]) for head in heads if (found := _COUNTED.match(head))]
    several = sum(bool(_NUMBERED.match(head)) for head in heads)
    if several >= 2 or (len(counted) >= 3 and counted[:3] == [1, 2, 3]):
        facts.setdefault("number-sections", False)
        report.verify(
            "headings bear typed numbers, so that the template prints none: take them out, and number-sections too"
        )


def _line(block: Json) -> bool:
    return block["t"] in ("Para", "Plain") and bool(_LINE.fullmatch(_words(block)))


def _named(block: Json) -> bool:
    return block["t"] in ("Header", "Para", "Plain") and bool(_NAMES.fullmatch(_words(block).strip(" .:")))


def _ended(blocks: Blocks, at: int) -> bool:
    """Whether nothing stands between a heading and the next one that is no part of it."""
    return (
        at + 1 < len(blocks)
        and blocks[at + 1]["t"] == "Header"
        and blocks[at + 1]["c"][0] <= blocks[at]["c"][0]
    )


def _words(block: Json) -> str:
    return " ".join(plain(block["c"][2] if block["t"] == "Header" else block["c"]).split())
