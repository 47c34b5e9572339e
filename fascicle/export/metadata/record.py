"""The publication as records describe it.

Names, titles with their italics, dates and identifiers, ready to be written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fascicle.core.diagnostics import Collector
from fascicle.core.model import Author, Places, Publication, PublicationData, TrustSettings
from fascicle.core.text.titles import title_separator
from fascicle.document.document import parse_document, plain_text
from fascicle.document.tree import (
    Cite,
    CrossRef,
    Emph,
    HardBreak,
    Inline,
    InlineCode,
    Math,
    Note,
    Quoted,
    RawInline,
    SoftBreak,
    Subscript,
    Superscript,
    Text,
)
from fascicle.pdf.metadata import Metadata, metadata_of


@dataclass(frozen=True, slots=True)
class WorkRecord:
    """One publication, as records speak of it."""

    data: PublicationData
    """What the author states."""
    places: Places
    """Where it is stated."""
    slug: str
    """Stem of the results' file names."""
    title: tuple[Inline, ...]
    """The title."""
    subtitle: tuple[Inline, ...]
    """The subtitle; empty when there is none."""
    plain: Metadata
    """Everything as plain text of one line, the abstract's paragraphs parted by empty lines."""

    @property
    def address(self) -> str:
        """Where the work is found: its own address, or else the DOI's; empty when it has neither."""
        return self.plain.url

    @property
    def abstract(self) -> tuple[str, ...]:
        """The abstract's paragraphs as plain text."""
        return tuple(self.plain.description.split("\n\n")) if self.plain.description else ()

    @property
    def kind(self) -> str:
        """What DataCite calls such a work."""
        return "JournalArticle" if self.data.journal else "Text"


def work_of(publication: Publication, problems: Collector) -> WorkRecord:
    """What records say of `publication`; faults in its titles are told in `problems`."""
    document = parse_document(publication.model_copy(update={"sections": ()}), TrustSettings(), problems)
    return WorkRecord(
        publication.data,
        publication.places,
        publication.slug,
        document.inlines[("title",)],
        document.inlines[("subtitle",)],
        metadata_of(publication, plain_text),
    )


@dataclass(frozen=True, slots=True)
class Markup:
    """How a format writes the little markup that titles have."""

    escape: Callable[[str], str]
    """Plain text as the format wants it."""
    italic: tuple[str, str] = ("", "")
    """Before and after emphasis."""
    superscript: tuple[str, str] = ("", "")
    """Before and after raised text."""
    subscript: tuple[str, str] = ("", "")
    """Before and after lowered text."""


def written(inlines: tuple[Inline, ...], markup: Markup) -> str:
    """A title in a format's own markup; notes, citations and cross-references are left out."""
    return " ".join("".join(_piece(node, markup) for node in inlines).split())


def _piece(node: Inline, markup: Markup) -> str:
    match node:
        case Text() | InlineCode():
            return markup.escape(node.text)
        case Math():
            return markup.escape(node.tex)
        case SoftBreak() | HardBreak():
            return " "
        case Note() | Cite() | CrossRef() | RawInline():
            return ""
        case Quoted():
            opening, closing = "“”" if node.double else "‘’"
            return markup.escape(opening) + written(node.content, markup) + markup.escape(closing)
        case _:
            before, after = _around(node, markup)
            return before + "".join(_piece(inner, markup) for inner in node.content) + after


def _around(node: Inline, markup: Markup) -> tuple[str, str]:
    match node:
        case Emph():
            return markup.italic
        case Superscript():
            return markup.superscript
        case Subscript():
            return markup.subscript
    return ("", "")


def whole_title(work: WorkRecord, markup: Markup) -> str:
    """Title and subtitle in one line, with their markup."""
    title, subtitle = written(work.title, markup), written(work.subtitle, markup)
    separator = title_separator(written(work.title, Markup(str))) if subtitle else ""
    return f"{title}{separator}{subtitle}"


def affiliations(work: WorkRecord, author: Author) -> list[tuple[str, str | None]]:
    """Name and ROR id of each of an author's institutions."""
    known = work.data.affiliations
    return [(known[key].printed, known[key].ror) for key in work.data.affiliations_of(author)]
