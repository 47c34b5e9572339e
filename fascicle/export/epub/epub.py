"""EPUB 3.3: the text of the pages of HTML as a book, a file for each section, opened again and proved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fascicle.citations.cite import Cited
from fascicle.core.diagnostics import Collector
from fascicle.document.locale.labels import labels
from fascicle.document.sections.numbering import numbers_of
from fascicle.document.tree import plain
from fascicle.export.elements import element
from fascicle.export.epub.cover import lines as cover_lines
from fascicle.export.epub.package import (
    CONTAINER,
    MIMETYPE,
    accessibility_summary,
    features,
    identifier_of,
    iso_timestamp,
    items_of,
)
from fascicle.export.epub.page_list import PageMark, mark_pages
from fascicle.export.epub.parts import BACK, COLOPHON, FIGURES, TITLE, WORKS, Part, outlined, reported, titled
from fascicle.export.html.check import check_pages
from fascicle.export.html.compose import Pages, as_xhtml, pages_of
from fascicle.export.html.context import HtmlContext
from fascicle.export.html.formulas import formulas_of
from fascicle.export.html.links import Placed, across, elements
from fascicle.export.html.nodes import Nodes, fill
from fascicle.export.html.options import PageTemplate
from fascicle.export.html.pictures import screen_pictures
from fascicle.export.html.reading import Reading, read
from fascicle.export.html.variables import publication_variables
from fascicle.export.metadata.record import work_of
from fascicle.export.pandoc.support import check_convertible
from fascicle.export.zip_archive import zipped
from fascicle.project.figures.print_permission import Prepared

FOLDER = "figures"


@dataclass(frozen=True, slots=True)
class EpubOptions:
    """What the book is to be."""

    pages: PageTemplate
    """The template and its options."""
    epoch: int = 0
    """The publication's moment in seconds since 1970, Universal Time."""
    anonymous: bool = False
    """Whether everything that names somebody is left out."""
    links: bool = True
    """Whether links can be followed."""
    pdf: bytes | None = None
    """The PDF whose pages are listed; None when there is none."""
    cover: tuple[str, bytes] | None = None
    """Ending and content of a picture for the cover; None for one of type."""


def epub(
    cited: Cited, prepared: Mapping[str, Prepared], output_options: EpubOptions, problems: Collector
) -> bytes | None:
    """The book; None, with what is wrong in `problems`, when there is nothing to deliver."""
    document = cited.document
    pages = pages_of(output_options.pages.template)
    if not check_convertible(document, problems, "an EPUB") or not pages.sound(problems):
        return None
    formulas = formulas_of(document, problems)
    if formulas is None:
        return None
    pictures = screen_pictures(document, prepared)
    context = HtmlContext(
        document=document,
        language=document.publication.data.language,
        numbers=numbers_of(document),
        labels=cited.resolved.labels,
        formulas=formulas,
        pictures=pictures.beside(FOLDER),
        links=output_options.links,
        nameless=output_options.anonymous,
    )
    reading = read(document, context)
    files = {f"{FOLDER}/{name}": data for name, data in pictures.files.items()}
    made = _Binder(cited, reading, output_options, pages, problems).files(files)
    if made is None or not check_pages(made, document, cited.resolved, problems):
        return None
    book = {f"EPUB/{name}": data for name, data in made.items()}
    book |= {"mimetype": MIMETYPE.encode(), "META-INF/container.xml": CONTAINER.encode()}
    return zipped(book, output_options.epoch, first=("mimetype",), stored=("mimetype",))


class _Binder:
    """Puts the files of one book together."""

    def __init__(
        self, cited: Cited, reading: Reading, output_options: EpubOptions, pages: Pages, problems: Collector
    ) -> None:
        self.document = cited.document
        self.reading = reading
        self.output_options = output_options
        self.pages = pages
        self.problems = problems
        self.work = work_of(cited.document.publication, Collector())
        self.marks: list[PageMark] = []
        self.home: dict[str, str] = {}

    def files(self, pictures: Mapping[str, bytes]) -> dict[str, bytes] | None:
        """Every file of the book by its name."""
        parts = list(self.parts())
        if self.output_options.pdf is not None:
            texts = [self.reading.texts.get(("abstract",), []), *(part.body for part in parts)]
            self.marks = mark_pages(texts, self.output_options.pdf)
        self.relink(parts)
        cover, drawn = self.cover()
        shared = {**self.shared(), "cover": cover}
        wanted: list[tuple[str, str, dict[str, Any]]] = [("cover.xhtml", "cover.xhtml", {"part": titled("")})]
        wanted += [(part.file, part.template, {"part": reported(part)}) for part in parts]
        wanted += [("nav.xhtml", "nav.xhtml", {"part": titled(shared["words"]["contents"])})]
        wanted += [("book.css", "book.css", {})]
        if drawn is None:
            wanted.append((cover, "cover.svg", {}))
        made = {**pictures, **({cover: drawn} if drawn is not None else {})}
        for file, template, more in wanted:
            text = self.pages.fill(template, {**shared, **more}, self.problems)
            if text is None:
                return None
            made[file] = text.strip().encode()
        package = self.package(
            made, cover, ["cover.xhtml", TITLE, "nav.xhtml", *(part.file for part in parts[1:])]
        )
        text = self.pages.fill("package.opf", {**shared, **package}, self.problems)
        return None if text is None else {**made, "package.opf": text.encode()}

    def parts(self) -> Iterator[Part]:
        """The files of the text in order."""
        reading, data = self.reading, self.document.publication.data
        yield Part(TITLE, TITLE, "", [], reading.front_notes)
        for number, one in enumerate(reading.sections, 1):
            body: Nodes = [fill(element("section"), one.nodes)]
            yield Part(f"section-{number:02}.xhtml", "section.xhtml", one.title, body, one.notes)
        if (
            reading.texts.get(("acknowledgements",))
            or data.funding
            or data.declarations
            or reading.back.notes
        ):
            title = labels(data.language)["acknowledgements"] if data.acknowledgements else ""
            title = title or next((one.title for one in data.declarations), labels(data.language)["funding"])
            yield Part(BACK, BACK, title, [], reading.back.notes)
        if reading.works.nodes:
            yield Part(WORKS, WORKS, reading.works.title, reading.works.nodes, [])
        if reading.figures.nodes:
            yield Part(FIGURES, "section.xhtml", "", reading.figures.nodes, reading.figures.notes)
        if self.output_options.pages.options["colophon"] and not self.output_options.anonymous:
            yield Part(COLOPHON, COLOPHON, labels(data.language)["how_to_cite"], [], [])

    def relink(self, parts: list[Part]) -> None:
        """Let links lead from file to file, and name languages as XML does."""
        placed = []
        for part in parts:
            texts: list[Nodes] = [part.body, [note.item for note in part.notes], *self.matter(part.file)]
            names = (self.reading.works.identifier,) if part.file == WORKS else ()
            placed.append(Placed(part.file, tuple(texts), names))
        self.home = across(placed, self.reading)
        for one in placed:
            for node in elements(one.texts):
                if language := node.get("lang"):
                    node.set("xml:lang", language)

    def matter(self, file: str) -> Iterator[Nodes]:
        """Texts of publication.yaml in a file."""
        front = ("title", "subtitle", "abstract", "authors")
        for path, nodes in self.reading.texts.items():
            place = TITLE if path[0] in front else COLOPHON if path[0] in ("suggested", "rights") else BACK
            if place == file:
                yield nodes

    def cover(self) -> tuple[str, bytes | None]:
        """Name of the cover's picture, and the picture unless the template draws it."""
        if self.output_options.cover:
            suffix, data = self.output_options.cover
            return f"cover{suffix}", data
        return "cover.svg", None

    def shared(self) -> dict[str, Any]:
        """What every file sees."""
        reading, work = self.reading, self.work
        authors = ", ".join(author.name for author in work.data.authors)
        inlines = self.document.inlines
        return {
            **publication_variables(self.document, reading, work, as_xhtml),
            "options": {**self.output_options.pages.options, "contents": False},
            "anonymous": self.output_options.anonymous,
            "downloads": [],
            "records": [],
            "first_page": self.marks[0].label if self.marks else None,
            "references": {
                "heading": reading.works.title,
                "id": reading.works.identifier,
                "list": as_xhtml(reading.works.nodes),
            },
            "cover_alt": ". ".join(filter(None, (work.plain.title, authors))),
            "cover_lines": {
                "title": cover_lines(plain(inlines[("title",)])),
                "subtitle": cover_lines(plain(inlines.get(("subtitle",), ())), smaller=True),
                "authors": cover_lines(authors, smaller=True),
            },
            "outline": list(self.outline()),
            "start": next((f"section-{1:02}.xhtml" for _ in reading.sections), None),
            "pages": self.page_list(),
        }

    def outline(self) -> Iterator[dict[str, Any]]:
        """The lines of the table of contents."""
        yield {"address": TITLE, "text": self.work.plain.title, "under": []}
        yield from (outlined(line) for line in self.reading.contents)
        for part in self.parts():
            if part.file in (BACK, WORKS, COLOPHON) and part.title:
                yield {"address": part.file, "text": part.title, "under": []}

    def page_list(self) -> list[dict[str, str]]:
        """The pages of the PDF and where they begin."""
        return [
            {"address": f"{self.home.get(mark.identifier, TITLE)}#{mark.identifier}", "label": mark.label}
            for mark in self.marks
        ]

    def package(self, made: Mapping[str, bytes], cover: str, order: list[str]) -> dict[str, Any]:
        """What the package file sees besides."""
        items = items_of(made, cover)
        names = {item.file: item.identifier for item in items}
        texts = [data for file, data in made.items() if file.endswith(".xhtml") and file != "cover.xhtml"]
        described = not any(b'alt=""' in text for text in texts)
        found = features(texts, pages=bool(self.marks), described=described)
        return {
            "identifier": identifier_of(self.work),
            "modified": iso_timestamp(self.output_options.epoch),
            "accessibility": found,
            "summary": accessibility_summary(found),
            "items": items,
            "spine": [names[file] for file in order],
        }
