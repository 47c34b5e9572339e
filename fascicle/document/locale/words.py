"""What a language's file in data/ says.

The words that the program prints, and where it departs from CLDR.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from pydantic import Field

from fascicle.core.model import YamlModel
from fascicle.document.labels import STATEMENTS
from fascicle.document.locale.tags import beginnings, nearest

NO_BREAK = "\u00a0"
"""A space that no line breaks at."""
_FOLDER = "data"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""A safe loader, in C where there is one."""
_ENGLISH = "en"
_CROSS_REFERENCES = {
    "fig": "figure",
    "tbl": "table",
    "sec": "section",
    "eq": "equation",
    "lst": "listing",
}


class CrossReferenceWords(YamlModel):
    """Words before numbers, in the form that they take inside a sentence."""

    figure: str
    """Before a figure's number."""
    table: str
    """Before a table's number."""
    section: str
    """Before a section's number."""
    section_after: str = ""
    """After a section's number, in languages that write around it: 第 3 节."""
    equation: str
    """Before an equation's number, which stands in brackets."""
    listing: str
    """Before the number of a listing of code."""


class StatementWords(YamlModel):
    """What statements are called, before their numbers."""

    theorem: str
    """A theorem."""
    lemma: str
    """A lemma."""
    corollary: str
    """A corollary."""
    proposition: str
    """A proposition."""
    conjecture: str
    """A conjecture."""
    definition: str
    """A definition."""
    example: str
    """An example."""
    exercise: str
    """An exercise."""
    algorithm: str
    """An algorithm."""
    remark: str
    """A remark."""
    solution: str
    """A solution."""
    proof: str
    """A proof, which has no number."""


class CalloutWords(YamlModel):
    """Headings of boxes that have none of their own."""

    note: str
    """Something to know besides."""
    tip: str
    """Advice."""
    warning: str
    """Of a danger."""
    caution: str
    """Of something to be careful with."""
    important: str
    """Something not to be missed."""


class PlaceholderWords(YamlModel):
    """What stands on the placeholder plate of a picture."""

    pending: str
    """Its permission is waited for."""
    missing: str
    """Its file is not there."""


class LabelWords(YamlModel):
    """Words of title block and colophon."""

    abstract: str
    """Above the abstract."""
    keywords: str
    """Before the keywords."""
    contents: str
    """Above the table of contents."""
    continued: str
    """At the head of a table's later pages."""
    acknowledgements: str
    """Above the acknowledgements."""
    funding: str
    """Before the grants."""
    author: str
    """In the place of a name, in anonymous editions."""
    corresponding: str
    """Of the author to whom one writes."""
    how_to_cite: str
    """Before the suggested citation."""
    version: str
    """Before the version."""
    date: str
    """Before the date."""
    publisher: str
    """Before the publisher."""
    doi: str
    """Before the DOI."""
    licence: str
    """Before the licence."""
    rights: str
    """Before the statement of rights."""
    tools: str
    """Before the programs that made the file."""
    pages: str
    """Before a range of pages."""
    and_: str = Field(alias="and")
    """Between the last two names, with its spaces; the key is `and`."""
    comma: str
    """Between names, with its space."""
    colon: str
    """Before what explains, with its spaces."""


class ManuscriptWords(YamlModel):
    """What review copies and their title pages need."""

    page_of: str
    """The page and the number of pages, which take the braces."""
    title_page: str
    """Above the page that names the authors."""
    word_count: str
    """Before the number of words."""
    authors: str
    """Before the names."""
    email: str
    """Before an address."""
    notes_too: str
    """After a number of words in which notes are counted."""


class ReadingWords(YamlModel):
    """Words of HTML and EPUB: what leads through a text that has no pages."""

    notes: str
    """Above the notes."""
    skip: str
    """Of the link that leads past title and contents."""
    back: str
    """Of a link from a note or a work to where it is cited."""
    downloads: str
    """Before files that can be had."""
    cover: str
    """Of a book's first page."""
    pages: str
    """Above the list of the pages of the printed text."""
    description: str
    """Of what opens a long description of a picture."""


class CollectedFigures(YamlModel):
    """Words of manuscripts whose pictures come at the end."""

    heading: str
    """Above the pictures."""
    mark: str
    """What stands in a picture's place; its name takes the braces."""
    alternative: str
    """Before the description of a picture that is elsewhere."""


class ListHeadings(YamlModel):
    """Headings of lists of works; Google Scholar looks for "References" or "Bibliography" alone."""

    references: str
    """Of styles that cite in the text."""
    works_cited: str
    """Of MLA."""
    bibliography: str
    """Of styles that cite in notes."""


class PublicationStates(YamlModel):
    """States of works that have no date yet, or no issue."""

    forthcoming: str
    """Of what is to appear."""
    in_press: str
    """Of what is being printed."""
    submitted: str
    """Of what was sent to a publisher."""
    in_preparation: str
    """Of what is being written."""
    ahead_of_print: str
    """Of an article without an issue."""
    advance_online: str
    """The same in the APA's words."""


class FilmWords(YamlModel):
    """Words of a film's entry that CSL lacks."""

    film: str
    """What kind of work it is, where a style says so."""
    directed_by: str
    """Before the directors, in a note."""


class DateForm(YamlModel):
    """Where dates are not written as CLDR has them."""

    long: str | None = None
    """CLDR's pattern of a date in running text, such as `d MMMM y`."""
    first_day: str | None = None
    """The first day of a month, such as `1er`."""


class LanguageWords(YamlModel):
    """A file of data/, joined with those of the tag's beginnings: `pt-BR.yaml` holds only what differs from `pt.yaml`."""

    cross_references: CrossReferenceWords
    """Words before numbers."""
    statements: StatementWords
    """What statements are called."""
    callouts: CalloutWords
    """Headings of boxes."""
    plates: PlaceholderWords
    """Words on placeholder plates."""
    labels: LabelWords
    """Words of title block and colophon."""
    manuscript: ManuscriptWords
    """Words of review copies."""
    reading: ReadingWords
    """Words of HTML and EPUB."""
    collected_figures: CollectedFigures
    """Words of pictures at the end."""
    works: ListHeadings
    """Headings of lists of works."""
    publication_states: PublicationStates
    """Words for works without a date or an issue."""
    films: FilmWords
    """Words of films."""
    dates: DateForm = DateForm()
    """Exceptions from CLDR's dates."""
    quotation_marks: tuple[str, str, str, str] | None = None
    """Opening and closing, then the inner ones, where CLDR's are not those that books print."""
    self_references: tuple[str, ...] = ()
    """Regular expressions for phrases by which authors point at themselves; a space in them is any white space."""


@cache
def languages() -> frozenset[str]:
    """Tags of the languages that have a file."""
    folder = files(__package__) / _FOLDER
    return frozenset(entry.name.removesuffix(".yaml") for entry in folder.iterdir())


def has_words(language: str) -> bool:
    """Whether the program prints its words in a language; it prints English ones where it does not."""
    return nearest(language, languages()) is not None


@cache
def words(language: str) -> LanguageWords:
    """The words of a language tag."""
    tag = nearest(language, languages()) or _ENGLISH
    joined: dict[str, Any] = {}
    for part in reversed(list(beginnings(tag))):
        if part in languages():
            joined = _joined(joined, _read(part))
    return LanguageWords.model_validate(joined)


def word_for(kind: str, language: str) -> str | None:
    """The word before the number of what a kind of label names; None for kinds that have none."""
    found = words(language)
    if kind in STATEMENTS:
        return str(getattr(found.statements, STATEMENTS[kind]))
    return getattr(found.cross_references, _CROSS_REFERENCES.get(kind, ""), None)


@cache
def _read(tag: str) -> Mapping[str, Any]:
    text = (files(__package__) / _FOLDER / f"{tag}.yaml").read_text("utf-8")
    stated: Mapping[str, Any] = yaml.load(text, LOADER)  # noqa: S506
    return stated


def _joined(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Two mappings, the values of the second before those of the first, group by group."""
    groups = {
        key: {**below[key], **value}
        for key, value in above.items()
        if key in below and isinstance(value, dict)
    }
    return {**below, **above, **groups}


def worded(kind: str, number: str, language: str, *, begins: bool) -> str:
    """A number with its word, as in `Figure 3`, bound together by a space that no line breaks at.

    `kind` is what a label begins with (`fig`, `thm` …); `begins` is true where a sentence begins.
    """
    table, word = words(language).cross_references, word_for(kind, language)
    if kind == "eq":
        number = f"({number})"
    if word is None:
        return number
    pieces = [word[:1].upper() + word[1:] if begins else word, number]
    if kind == "sec" and table.section_after:
        pieces.append(table.section_after)
    return NO_BREAK.join(pieces)
