"""The works of a text as BibTeX is to list them."""

from __future__ import annotations

from fascicle.citations.cite import Cited
from fascicle.citations.items.model import Item
from fascicle.document.citation_format import UNNAMED
from fascicle.latex.bibtex.keys import bibtex_keys
from fascicle.latex.bibtex.records import bibtex_records
from fascicle.latex.context import BibtexList

FILE = "references"
"""Stem of the file of records."""


def bibtex_list(cited: Cited, style: str) -> BibtexList:
    """The works listed under keys for BibTeX; those that an anonymous copy withholds have none."""
    keys = dict(bibtex_keys(item.key for item in listed_items(cited)))
    aliases = cited.document.publication.bibliography.aliases
    keys |= {alias: keys[key] for alias, key in aliases.items() if key in keys}
    numeric = cited.style is not None and cited.style.format in UNNAMED
    return BibtexList(style, FILE, keys, numeric, bibtex_records(listed_items(cited), keys))


def listed_items(cited: Cited) -> tuple[Item, ...]:
    """The records of the works listed, in the order of citation."""
    listed = {work.key for work in cited.works}
    return tuple(item for item in cited.items if item.key in listed)
