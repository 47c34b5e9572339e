"""A list of works as Pandoc's blocks, in the form that its writers know."""

from __future__ import annotations

from collections.abc import Callable

from fascicle.core import pandoc_ast as p
from fascicle.document.tree import Inline, ListedWork, ReferenceList
from fascicle.document.works import ENTRY

_Inlines = Callable[[tuple[Inline, ...]], p.Inlines]


def list_of_works(listed: ReferenceList, inlines: _Inlines) -> p.Json:
    """The works listed, each under the name that citations lead to; in a Word document in the style of that name."""
    classes = ("references", "csl-bib-body", *(("hanging-indent",) if listed.hanging else ()))
    pairs = (("custom-style", "Bibliography"),)
    return p.div([_entry(work, inlines) for work in listed.works], p.attr("", classes, pairs))


def _entry(work: ListedWork, inlines: _Inlines) -> p.Json:
    content = inlines(work.content)
    if work.label:
        label = p.span([*inlines(work.label), p.SPACE], p.attr("", ["csl-left-margin"]))
        content = [label, p.span(content, p.attr("", ["csl-right-inline"]))]
    return p.div([p.para(content)], p.attr(f"{ENTRY}{work.anchor}", ["csl-entry"]))
