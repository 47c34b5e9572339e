"""Quotation marks by language, outer and inner: those of the language's file, else CLDR's."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from fascicle.document.locale.tags import nearest
from fascicle.document.locale.words import LOADER, has_words, words

_TABLE = "quotation_marks.yaml"
_ENGLISH = "en"


class Marks(NamedTuple):
    """The four quotation marks of one language."""

    outer_open: str
    outer_close: str
    inner_open: str
    inner_close: str

    def pair(self, depth: int) -> tuple[str, str]:
        """The marks at a depth of nesting: outer at 0, inner at 1, outer again at 2 …"""
        return (self.inner_open, self.inner_close) if depth % 2 else (self.outer_open, self.outer_close)


@cache
def quotes(language: str) -> Marks:
    """The quotation marks of a language tag; English ones where the language is not known."""
    own = words(language).quotation_marks if has_words(language) else None
    table = _cldr()
    return Marks(*(own or table[nearest(language, table) or _ENGLISH]))


@cache
def _cldr() -> Mapping[str, str]:
    """The four marks by BCP 47 tag."""
    table: Mapping[str, str] = yaml.load((files(__package__) / _TABLE).read_text("utf-8"), LOADER)  # noqa: S506
    return table
