"""HTML: the publication as one page that stands alone, or as a page for each section, opened again and proved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fascicle.citations.cite import Cited
from fascicle.core.diagnostics import Collector
from fascicle.core.model import PageDivision
from fascicle.document.sections.numbering import numbers_of
from fascicle.export.elements import Element, element
from fascicle.export.html.check import check_pages
from fascicle.export.html.compose import Pages, as_html, pages_of
from fascicle.export.html.context import HtmlContext, NoteText
from fascicle.export.html.formulas import formulas_of
from fascicle.export.html.links import Placed, across
from fascicle.export.html.metadata import head_of, records
from fascicle.export.html.nodes import Nodes, fill
from fascicle.export.html.options import PageTemplate
from fascicle.export.html.pictures import ScreenPictures, screen_pictures
from fascicle.export.html.reading import Reading, read
from fascicle.export.html.variables import publication_variables
from fascicle.export.metadata.record import work_of
from fascicle.export.pandoc.support import check_convertible
from fascicle.project.figures.print_permission import Prepared

MAIN = "page.html"
"""The template's file for a page."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
FOLDER = "figures"
"""Where pictures lie that are not in the page."""


@dataclass(frozen=True, slots=True)
class HtmlOptions:
    """What the pages are to be."""

    pages: PageTemplate
    """The template and its options."""
    division: PageDivision = PageDivision.ONE
    """One page, or one for each section."""
    anonymous: bool = False
    """Whether everything that names somebody is left out."""
    links: bool = True
    """Whether links can be followed."""
    downloads: Mapping[str, bytes] = field(default_factory=dict)
    """Other forms of the publication that lie beside the page, by their names."""
    changes: bool = False
    """Whether the text holds marks of what has changed."""


@dataclass(frozen=True, slots=True)
class Page:
    """What one page holds."""

    name: str
    """Its file."""
    title: str
    """Its title besides the publication's; empty for the first."""
    body: Nodes
    """The sections on it."""
    notes: list[NoteText]
    """The notes on it."""
    first: bool
    """Whether title, abstract and contents are on it."""
    last: bool
    """Whether thanks, list of works and colophon are on it."""


def html(
    cited: Cited,
    prepared: Mapping[str, Prepared],
    name: str,
    output_options: HtmlOptions,
    problems: Collector,
) -> dict[str, bytes] | None:
    """The files by their names, the page `name` among them; None, with what is wrong in `problems`."""
    document = cited.document
    pages = pages_of(output_options.pages.template)
    if not check_convertible(document, problems, "HTML") or not pages.sound(problems):
        return None
    formulas = formulas_of(document, problems)
    if formulas is None:
        return None
    pictures = screen_pictures(document, prepared)
    beside = (
        output_options.pages.options["pictures"] == "beside"
        or output_options.division is PageDivision.SECTIONS
    )
    context = HtmlContext(
        document=document,
        language=document.publication.data.language,
        numbers=numbers_of(document),
        labels=cited.resolved.labels,
        formulas=formulas,
        pictures=pictures.beside(FOLDER) if beside else pictures.embedded(),
        links=output_options.links,
        nameless=output_options.anonymous,
    )
    reading = read(document, context)
    files = _Writer(cited, reading, output_options, pages, problems).files(name)
    if files is None or not check_pages(files, document, cited.resolved, problems, output_options.downloads):
        return None
    return {**(_files(pictures) if beside else {}), **output_options.downloads, **files}


def _files(pictures: ScreenPictures) -> dict[str, bytes]:
    return {f"{FOLDER}/{name}": data for name, data in pictures.files.items()}


class _Writer:
    """Fills the pages."""

    def __init__(
        self, cited: Cited, reading: Reading, output_options: HtmlOptions, pages: Pages, problems: Collector
    ) -> None:
        self.document = cited.document
        self.reading = reading
        self.output_options = output_options
        self.pages = pages
        self.problems = problems
        self.work = work_of(cited.document.publication, Collector())

    def files(self, name: str) -> dict[str, bytes] | None:
        """Every page by its name."""
        divided = list(self.divided(name))
        self.relink(divided)
        files: dict[str, bytes] = {}
        for number, page in enumerate(divided):
            text = self.pages.fill(MAIN, self.variables(page, divided, number), self.problems)
            if text is None:
                return None
            files[page.name] = text.encode()
        return files

    def divided(self, name: str) -> Iterable[Page]:
        """The pages in order."""
        reading, stem = self.reading, name.removesuffix(".html")
        if self.output_options.division is PageDivision.ONE:
            body = [node for part in reading.sections for node in _section(part.nodes)]
            yield Page(name, "", body, reading.notes, first=True, last=True)
            return
        yield Page(name, "", [], reading.front_notes, first=True, last=False)
        for number, part in enumerate(reading.sections, 1):
            page = f"{stem}-{number:02}.html"
            yield Page(page, part.title, _section(part.nodes), part.notes, first=False, last=False)
        notes = [*reading.back.notes, *reading.works.notes, *reading.figures.notes]
        yield Page(f"{stem}-end.html", reading.works.title, [], notes, first=False, last=True)

    def relink(self, pages: list[Page]) -> None:
        """Let links lead from page to page."""
        across([Placed(page.name, tuple(self.nodes_of(page))) for page in pages], self.reading)

    def nodes_of(self, page: Page) -> Iterable[Nodes]:
        """Everything on a page that is rendered."""
        reading = self.reading
        yield page.body
        yield [note.item for note in page.notes]
        front = {path for path in reading.texts if path[0] in ("title", "subtitle", "abstract", "authors")}
        if page.first:
            yield from (reading.texts[path] for path in front)
        if page.last:
            yield from (nodes for path, nodes in reading.texts.items() if path not in front)
            yield from (reading.works.nodes, reading.figures.nodes)

    def variables(self, page: Page, pages: list[Page], number: int) -> dict[str, Any]:
        """What the template sees."""
        reading = self.reading
        before = pages[number - 1] if number else None
        after = pages[number + 1] if number + 1 < len(pages) else None
        return {
            **publication_variables(self.document, reading, self.work, as_html),
            "head": head_of(self.work, anonymous=self.output_options.anonymous),
            "records": [] if self.output_options.anonymous else records(self.work),
            "downloads": [
                {"file": file, "name": file.rpartition(".")[2].upper()}
                for file in self.output_options.downloads
            ],
            "options": dict(self.output_options.pages.options),
            "anonymous": self.output_options.anonymous,
            "changes": self.output_options.changes,
            "references": {
                "heading": reading.works.title,
                "id": reading.works.identifier,
                "list": as_html(reading.works.nodes),
            },
            "figures": as_html(reading.figures.nodes),
            "page": {
                "title": page.title,
                "first": page.first,
                "last": page.last,
                "body": as_html(page.body),
                "notes": [{"number": note.number, "item": as_html([note.item])} for note in page.notes],
                "start": pages[0].name,
                "previous": {"file": before.name, "title": before.title} if before else None,
                "next": {"file": after.name, "title": after.title} if after else None,
            },
        }


def _section(nodes: Nodes) -> Nodes:
    """A section's text as an element of its own; without a heading it is no section to whoever listens."""
    headed = any(isinstance(node, Element) and node.tag in _HEADINGS for node in nodes)
    return [fill(element("section" if headed else "div"), nodes)]
