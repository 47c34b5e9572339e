"""Entries of works that are written in the other direction than the text: marked with a language of their own."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from fascicle.document.locale.direction import direction
from fascicle.document.tree import Attributes, ListedWork, SpanInline, plain

_LATIN = "en"
_LEFTWARD = {"R": "he", "AL": "ar"}


def own_direction(work: ListedWork, stated: str, language: str) -> ListedWork:
    """The entry, marked where its first letter runs against the text's language; `stated` is the work's own."""
    wanted = next((found for sign in plain(work.content) if (found := _language(sign))), language)
    if direction(wanted) == direction(language):
        return work
    tag = stated if stated and direction(stated) == direction(wanted) else wanted
    span = SpanInline(work.span, work.content, Attributes(pairs=(("lang", tag),), span=work.span))
    return replace(work, content=(span,))


def _language(sign: str) -> str:
    """A language that runs as a letter does; empty for signs that have no direction."""
    kind = unicodedata.bidirectional(sign)
    return _LATIN if kind == "L" else _LEFTWARD.get(kind, "")
