"""The list of works as Pandoc's blocks, in the form that its writers know."""

from __future__ import annotations

from fascicle.citations.skeleton import LIST
from fascicle.core import pandoc_ast as p
from fascicle.document.works import ENTRY, ListOfWorks, Work
from fascicle.export.pandoc.blocks import Renderer


def list_of_works(listed: ListOfWorks, render: Renderer) -> p.Json:
    """The works listed, each under the name that citations lead to."""
    classes = ("references", "csl-bib-body", *(("hanging-indent",) if listed.hanging else ()))
    return p.div([_entry(work, render) for work in listed.works], p.attr(LIST, classes))


def _entry(work: Work, render: Renderer) -> p.Json:
    content = render.inlines(work.content)
    if work.label:
        label = p.span([*render.inlines(work.label), p.SPACE], p.attr("", ["csl-left-margin"]))
        content = [label, p.span(content, p.attr("", ["csl-right-inline"]))]
    return p.div([p.para(content)], p.attr(f"{ENTRY}{work.key}", ["csl-entry"]))
