"""One work as a citation style prints it, so that a style can be chosen by its looks."""

from __future__ import annotations

from fascicle.citations.engine.engine import CslEngine
from fascicle.citations.engine.read_back import AnswerReader
from fascicle.citations.engine.skeleton import alone
from fascicle.citations.items.model import Item, Person
from fascicle.citations.postprocessing.postprocess import listed_entry
from fascicle.citations.styles.styles import named_style
from fascicle.core import pandoc_ast as p
from fascicle.core.diagnostics import Collector, Span
from fascicle.document.tree import plain
from fascicle.project.bibliography.fields.markup import Chars

WORK = Item(
    key="w1",
    type="article-journal",
    texts={
        "title": (Chars("The Work of Memory: A Reply"),),
        "container-title": (Chars("Journal of Film Studies"),),
        "volume": (Chars("12"),),
        "issue": (Chars("3"),),
        "page": (Chars("145–168"),),
    },
    names={"author": (Person(family="Okafor", given="Ada Grace"), Person(family="Lindqvist", given="Per"))},
    dates={"issued": "2019"},
    language="en",
)
"""The work that every sample shows."""


def sample(name: str, problems: Collector, language: str = "en-US") -> str:
    """The sample in a style's list of works, or in a note where the style has no list; empty, with an error, when it fails."""
    style = named_style(name, problems)
    answer = CslEngine(style, language).answer([alone("w1")], [WORK], problems) if style else None
    if style is None or answer is None:
        return ""
    if style.lists and answer.entries:
        entry = answer.entries[0]
        reader = AnswerReader(Span(""), {}, ())
        return " ".join(
            filter(
                None, (plain(reader.inlines(entry.label)), plain(listed_entry(entry, WORK, style, reader)))
            )
        )
    return _in_note(answer.citations[0])


def _in_note(content: p.Inlines) -> str:
    """The words of a note, or of a citation in the text."""
    inner = [one for node in content if node["t"] == "Note" for block in node["c"] for one in block["c"]]
    return plain(AnswerReader(Span(""), {}, ()).inlines(inner or content))
