"""What the scoreboard can measure: each engine as one function from records and citations to words."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fascicle.deliver.citeproc import ENTRY, LIST, cited
from fascicle.deliver.csl import items_of
from fascicle.deliver.csl_styles import NAMES, load_style
from fascicle.deliver.program import find_pandoc
from fascicle.diagnostics import Collector
from fascicle.model import CitationStyle
from fascicle.project.bibliography import read_bibliography
from fascicle.project.sources import Sources
from fascicle.text import pandoc_nodes as p
from tests.citations.words import printed

LANGUAGE = "en-US"


@dataclass(frozen=True)
class Words:
    """What an engine prints."""

    citations: Sequence[str]
    """The citations, in the order asked for."""
    entries: Mapping[str, str]
    """The entries of the list by key."""


Citations = Sequence[tuple[str, str]]
"""The works cited in the order of the text, each with its place (`p. 5`), which may be empty."""
Engine = Callable[[str, str, Citations], Words]
"""Records in BibLaTeX, the key of a style and the citations of one text; the words that are printed."""


def word_path(records: str, style: str, citations: Citations) -> Words:
    """Pandoc's citeproc on the items and styles that Word documents are made with."""
    problems = Collector()
    pandoc = find_pandoc(problems)
    assert pandoc is not None
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "works.bib").write_text(records, encoding="utf-8")
        library = read_bibliography(Sources(Path(folder)), [("works.bib", None)], problems)
    items = items_of(library, library.entries, LANGUAGE)
    csl = load_style(NAMES[CitationStyle(style)], pandoc, problems)
    assert csl is not None
    blocks = [
        p.para([p.string("x"), p.SPACE, _cite(key, place), p.SPACE, p.string("x")])
        for key, place in citations
    ]
    made = cited([*blocks, p.div([], p.attr(LIST))], items, csl, LANGUAGE, pandoc, problems)
    entries = _entries(made or blocks)
    return Words([printed(cite["c"][1]) for cite in _cites(made or [])], entries)


ENGINES: Mapping[str, Engine] = {"word": word_path}


def _cite(key: str, place: str) -> p.Json:
    suffix = p.strings(f", {place}") if place else []
    one = {
        "citationId": key,
        "citationPrefix": [],
        "citationSuffix": suffix,
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": 0,
        "citationHash": 0,
    }
    return {"t": "Cite", "c": [[one], p.strings(key)]}


def _cites(node: Any) -> Iterator[p.Json]:
    if isinstance(node, list):
        for one in node:
            yield from _cites(one)
    elif isinstance(node, dict) and node.get("t") == "Cite":
        yield node
    elif isinstance(node, dict) and "c" in node:
        yield from _cites(node["c"])


def _entries(blocks: p.Blocks) -> dict[str, str]:
    """The words of the list's entries."""
    lists = [block for block in blocks if block["t"] == "Div" and block["c"][0][0] == LIST]
    return {
        entry["c"][0][0].removeprefix(ENTRY): printed(entry["c"][1])
        for found in lists
        for entry in found["c"][1]
    }
