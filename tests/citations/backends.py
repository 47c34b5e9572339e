"""What the scoreboard measures: an engine is one function from records and citations to words."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fascicle.citations.cite import Cited
from fascicle.document.tree import Cite, walk
from tests.citations.worded import worded
from tests.citations.words import printed


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


def program(records: str, style: str, citations: Citations) -> Words:
    """The program's own engine: a section with one paragraph a citation."""
    text = "\n\n".join(f"One [@{key}{place and ', ' + place}] two." for key, place in citations)
    with tempfile.TemporaryDirectory() as folder:
        cited, problems = worded(Path(folder), text, records, style)
    assert cited is not None, list(problems)
    entries = {work.key: printed((*work.label, *work.content)) for work in cited.works}
    return Words([printed(cite.content) for cite in _cites(cited)], entries)


ENGINES: Mapping[str, Engine] = {"program": program}


def _cites(cited: Cited) -> Iterator[Cite]:
    return (node for node in walk(cited.document.sections[0].blocks) if isinstance(node, Cite))
