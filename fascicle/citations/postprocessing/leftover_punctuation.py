"""Punctuation that a style leaves behind where a record lacks something: `Belser;`, `[Dinkel, ]`, `Press,.`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from fascicle.citations.items.model import Item
from fascicle.citations.postprocessing.closing_quotes import PARTED, rewritten
from fascicle.document.tree import Inline, ListedWork, plain
from fascicle.project.bibliography import edtf
from fascicle.project.bibliography.fields.markup import plain as plain_text

_GAP = rf"(?P<gap>{PARTED}*\s?{PARTED}*)"
_AFTER = rf"(?=\s|{PARTED}|$)"
_STOPPED = re.compile(rf"(?P<kept>\.?)[,;:]{_GAP}\.{_AFTER}")
_TWICE = re.compile(rf"[,;:](?P<gap>{PARTED}*)(?=[,;:]{_AFTER})")
_CLOSED = re.compile(rf"[,;:]{_GAP}(?=[)\]])")
_APART = re.compile(rf"(?<=[\w”’»)\]])(?P<gap>{PARTED}*) +(?P<end>{PARTED}*)(?=\.{PARTED}*$)")
_BEGIN = re.compile(rf"^(?P<gap>{PARTED}*) +")
_OPEN = re.compile(rf"(?P<mark>[,;:]?)(?P<gap>{PARTED}*)\s*(?P<end>{PARTED}*)$")


def tidied(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Words without commas, semicolons and colons that nothing follows."""
    return rewritten(content, _tidied)


def _tidied(texts: list[str]) -> list[str]:
    whole = PARTED.join(texts)
    whole = _TWICE.sub(r"\g<gap>", whole)
    whole = _STOPPED.sub(lambda match: f".{_marks(match['gap'])}", whole)
    whole = _CLOSED.sub(lambda match: _marks(match["gap"]), whole)
    whole = _APART.sub(r"\g<gap>\g<end>", whole)
    return whole.split(PARTED)


def _marks(gap: str) -> str:
    """What parts the nodes, without spaces."""
    return gap.replace(" ", "")


def dated_once(content: tuple[Inline, ...], item: Item) -> tuple[Inline, ...]:
    """An entry in which a date that is printed as typed stands once: styles print a year, and further on the whole date."""
    stated = item.dates.get("issued", "")
    if not stated or not edtf.fault(stated):
        return content
    date = re.escape(plain_text(stated))
    again = re.compile(
        rf"{PARTED}*,?{PARTED}* {PARTED}*\({date}\)|(?<=[.”’»]){PARTED}* {PARTED}*{date}\.|,?{PARTED}* {PARTED}*{date}(?!\w)"
    )

    def once(texts: list[str]) -> list[str]:
        whole = PARTED.join(texts)
        head, found, rest = whole.partition(plain_text(stated))
        return (head + found + again.sub(lambda match: PARTED * match[0].count(PARTED), rest)).split(PARTED)

    return rewritten(content, once)


def ended(works: Sequence[ListedWork]) -> list[ListedWork]:
    """Entries without spaces around them; one that ends in a comma, semicolon or colon ends as most others do."""
    stops = sum(plain(work.content).rstrip().endswith(".") for work in works)
    stop = "." if 2 * stops > len(works) else ""
    return [replace(work, content=rewritten(work.content, lambda texts: _end(texts, stop))) for work in works]


def _end(texts: list[str], stop: str) -> list[str]:
    whole = _BEGIN.sub(r"\g<gap>", PARTED.join(texts))

    def closed(match: re.Match[str]) -> str:
        before = whole[: match.start()].rstrip(PARTED)
        added = stop if match["mark"] and not before.endswith((".", "!", "?")) else ""
        return f"{added}{match['gap']}{match['end']}"

    return _OPEN.sub(closed, whole, count=1).split(PARTED)
