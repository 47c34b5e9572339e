"""Steps 5 to 7 of the editions for reading on a screen.

HTML and EPUB, with what other editions have made.
"""

from __future__ import annotations

from fascicle.core.diagnostics import Collector
from fascicle.core.model import PageDivision
from fascicle.export.html.html import HtmlWishes, html
from fascicle.pipeline.manuscript import Manuscript
from fascicle.pipeline.run import BUILD, Run

OFFERED = {"screen": ".pdf", "epub": ".epub"}
"""Editions whose results lie beside the page when they are there, and the results' endings."""


def reading_output(run: Run, manuscript: Manuscript, path: str) -> dict[str, bytes] | None:
    """The files to deliver, the main one at `path`; None, with what is wrong in `run.problems`, when there are none."""
    folder, _, name = path.rpartition("/")
    cited, pages = manuscript.cited, manuscript.pages
    settings = manuscript.edition.settings
    with run.step(5):
        if cited is None or pages is None or run.judged.failed:
            return None
        output_options = HtmlWishes(
            pages,
            division=settings.pages or PageDivision.ONE,
            anonymous=manuscript.anonymous is not None,
            links=manuscript.edition.links,
            downloads={} if manuscript.anonymous else offered(manuscript),
        )
        files = html(cited, manuscript.prepared, name, output_options, run.problems)
    if files is None:
        return None
    others = {f"{folder}/{file}": data for file, data in files.items() if file != name}
    return {**others, path: files[name]}


def offered(manuscript: Manuscript) -> dict[str, bytes]:
    """What other editions have made of this text; whether it is there is remembered, for it may come later."""
    sources, slug = manuscript.sources, manuscript.publication.slug
    found = {}
    for edition, suffix in OFFERED.items():
        made = f"{BUILD}/{edition}/{slug}{suffix}"
        if sources.exists(made) and (data := sources.bytes(made, Collector())) is not None:
            found[f"{slug}{suffix}"] = data
    return found
