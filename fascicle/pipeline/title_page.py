"""The title page of an anonymous edition.

A file of its own with all that the edition leaves out, for the editor.
"""

from __future__ import annotations

from dataclasses import replace

from fascicle.citations.cite import Cited, cite
from fascicle.core.diagnostics import Collector
from fascicle.core.model import EditionSettings
from fascicle.document.document import Document
from fascicle.document.resolve import Resolved
from fascicle.document.tree import Citation
from fascicle.latex.assemble import TemplateInput, assemble, render_document
from fascicle.pipeline.manuscript import Manuscript
from fascicle.pipeline.run import Run
from fascicle.project.editions import Edition
from fascicle.project.templates import load_template, option_values

TEMPLATE = "title-page"
SUFFIX = "-title-page"
"""What follows the edition's name, and the result's."""


def run_of(run: Run) -> Run:
    """The run of the title page: a run folder of its own, the same request and problems."""
    return Run(run.request, f"{run.edition}{SUFFIX}", run.listen, run.problems)


def with_authors(manuscript: Manuscript) -> Document:
    """The text with its authors."""
    return manuscript.anonymous.original if manuscript.anonymous else manuscript.document


def matter_of(manuscript: Manuscript, problems: Collector) -> Cited | None:
    """All that is stated besides the text, and what it cites; None, with an error, when that cannot be worded."""
    matter = replace(with_authors(manuscript), sections=(), credits={})
    known = matter.publication.bibliography
    cited = [node.key for node in matter.nodes() if isinstance(node, Citation)]
    keys = (known.aliases.get(key, key) for key in cited)
    listed = tuple(dict.fromkeys(key for key in keys if key in known.entries))
    resolved = Resolved(manuscript.resolved.labels, listed, ())
    style = manuscript.cited.style if manuscript.cited else None
    return cite(matter, resolved, style, problems) if style else Cited(matter, resolved, None, ())


def title_page(run: Run, manuscript: Manuscript) -> Manuscript | None:
    """The title page as a manuscript of its own; None when the edition has none, or its template is at fault."""
    settings = manuscript.edition.settings
    if not settings.title_page:
        return None
    document, cited = with_authors(manuscript), matter_of(manuscript, run.problems)
    places = manuscript.edition.places
    edition = Edition(
        f"{manuscript.edition.name}{SUFFIX}", EditionSettings(template=TEMPLATE, draft=True), places
    )
    template = load_template(edition.template, manuscript.sources, run.problems)
    if template is None or cited is None:
        return None
    matter, resolved = cited.document, cited.resolved
    paper = {"paper": "letter"} if settings.options.get("paper") == "letter" else {}
    options = option_values(template, paper, places, edition.name, run.problems)
    rendered = render_document(matter, resolved, edition, {})
    filled = TemplateInput(document, resolved, rendered, edition, template, options)
    assembled = assemble(filled, run.problems)
    return Manuscript(
        manuscript.sources,
        document.publication,
        matter,
        resolved,
        edition,
        assembled,
        manuscript.epoch,
        cited=cited,
    )
