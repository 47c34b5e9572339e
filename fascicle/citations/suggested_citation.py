"""How to cite the publication itself.

One line for the colophon, worded by its own citation style.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fascicle.citations.engine.engine import CslEngine
from fascicle.citations.engine.read_back import AnswerReader
from fascicle.citations.engine.skeleton import alone
from fascicle.citations.items.model import Item, Person
from fascicle.citations.items.titles import with_subtitle
from fascicle.citations.postprocessing.postprocess import listed_entry
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.model import Author, Journal, PublicationData
from fascicle.document.document import Document
from fascicle.document.locale.labels import labels
from fascicle.document.tree import Emph, Inline, Quoted, Text, plain
from fascicle.project.bibliography.fields.markup import Chars, Piece, Styled

KEY = "self"
"""What the engine calls the publication."""


def suggestion(document: Document, engine: CslEngine, problems: Collector) -> tuple[Inline, ...]:
    """The publication as the list of works of another text would have it; empty without authors, or after an error."""
    data = document.publication.data
    if not data.authors:
        return ()
    item = item_of(document)
    answer = replace(engine, names={KEY: KEY}).answer([alone(KEY)], [item], problems)
    if answer is None:
        return ()
    reader = AnswerReader(document.publication.places.of("title"), {}, ())
    if answer.entries:
        return listed_entry(answer.entries[0], item, engine.style, reader)
    inner = [
        one
        for node in answer.citations[0]
        if node["t"] == "Note"
        for block in node["c"]
        for one in block["c"]
    ]
    return reader.inlines(inner or answer.citations[0])


def item_of(document: Document) -> Item:
    """The publication as CSL has it: an article of its journal, a chapter of its book, or a book of its own."""
    data = document.publication.data
    texts = {name: pieces for name, pieces in _texts(document, data) if pieces}
    names = {"author": tuple(_person(author) for author in data.authors)}
    if data.journal and data.journal.editors:
        names["editor"] = tuple(_person(editor) for editor in data.journal.editors)
    return Item(
        key=KEY,
        type="book" if not data.journal else "chapter" if data.journal.book else "article-journal",
        texts=texts,
        names=names,
        dates={"issued": str(data.date.year)} if data.date else {},
        language=data.language,
        span=Span(""),
    )


def _texts(document: Document, data: PublicationData) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    title = _pieces(document.inlines[("title",)])
    if subtitle := document.inlines.get(("subtitle",)):
        title = with_subtitle(title, _pieces(subtitle))
    yield "title", (Styled("group", title),)
    plain_texts = {"publisher": data.publisher, "DOI": data.doi}
    if (
        not data.journal or data.journal.book
    ):  # beside a journal a place would tell it from another of the same name
        plain_texts["publisher-place"] = data.place
    if not data.doi:
        plain_texts["URL"] = data.url
    if data.version and not data.journal:
        plain_texts["note"] = f"{labels(data.language)['version']} {data.version}"
    yield from ((name, (Chars(value),)) for name, value in plain_texts.items() if value)
    if data.journal:
        yield from _journal(data.journal)


def _journal(journal: Journal) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    pages = [str(page) for page in (journal.first_page, journal.last_page) if page]
    stated = {
        "container-title": journal.title,
        "volume": journal.volume,
        "issue": journal.issue,
        "page": "–".join(dict.fromkeys(pages)),
    }
    yield from ((name, (Chars(value),)) for name, value in stated.items() if value)


def _person(author: Author) -> Person:
    if author.literal or author.east_asian:
        return Person(literal=author.name)
    return Person(family=author.family or "", given=author.given or "", eastern=author.family_first)


def _pieces(content: tuple[Inline, ...]) -> tuple[Piece, ...]:
    """A title's text with its italics and quotation marks."""
    made: list[Piece] = []
    for node in content:
        match node:
            case Text(text=text):
                made.append(Chars(text))
            case Emph(content=inner):
                made.append(Styled("emph", _pieces(inner)))
            case Quoted(content=inner):
                made.append(Styled("quoted", _pieces(inner)))
            case _:
                made.append(Chars(plain((node,)) or " "))
    return tuple(made)
