"""Citation styles by what an author writes.

One of our names, any of the collection's, or a file of the project.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from fascicle.citations.styles.collection import NAMES, PACKAGE, complete, style_file
from fascicle.citations.styles.style_file import GLOBAL_RULE, BrokenStyleError, StyleFile, read_style
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.document.citation_format import CitationFormat
from fascicle.project.sources import Sources

DEFAULT = "chicago-author-date"
"""The style when none is stated."""
TAKE_AGAIN = "take the file again from where it comes from, or name a style of the collection"
"""What to do about a broken file."""


@dataclass(frozen=True, slots=True)
class CitationStyle:
    """A style ready for use."""

    name: str
    """Its name or path, as given."""
    id: str
    """Its name in the collection, that of its parent when it is a dependent one; the path of a file."""
    text: str
    """CSL's XML."""
    format: CitationFormat
    """What stands in the text for a work."""
    lists: bool = True
    """Whether it has a list of works."""
    substitutes: bool = False
    """Whether a dash stands in its list for an author named just before."""
    locators: bool = True
    """Whether its citations tell places in a work, such as pages."""

    @property
    def notes(self) -> bool:
        """True when it cites in notes."""
        return self.format is CitationFormat.NOTE

    @property
    def sentence_case(self) -> bool:
        """True when it wants English titles in small letters and leaves it to others to write them so."""
        return re.match(r"apa(?:-|$)", self.id) is not None

    @property
    def chicago(self) -> bool:
        """True for the styles of the Chicago Manual of Style."""
        return self.id.startswith("chicago-")

    @property
    def delimiter(self) -> str:
        """What parts the works of one citation."""
        found = re.search(r'<citation\b.*?<layout\b[^>]*?\bdelimiter="([^"]*)"', self.text, re.DOTALL)
        return found[1] if found else ""

    @property
    def tells_namesakes_apart(self) -> bool:
        """Whether it prints initials wherever an author has a namesake, not only where citations would be the same."""
        return GLOBAL_RULE.search(self.text) is not None

    @property
    def known(self) -> bool:
        """Whether it is one of those whose manuals we follow where no style file can."""
        return self.sentence_case or self.chicago or self.mla

    @property
    def mla(self) -> bool:
        """True for the styles of the Modern Language Association, which shorten names of university presses."""
        return self.id.startswith("modern-language-association")

    @property
    def licence(self) -> str:
        """The licence that the style states, in its own words; empty when it states none."""
        found = re.search(r"<rights[^>]*>(.*?)</rights>", self.text, re.DOTALL)
        return " ".join(found[1].split()) if found else ""


def is_file(name: str) -> bool:
    """Whether a style is given by its path."""
    return name.endswith(".csl")


def find_style(
    name: str, sources: Sources, problems: Collector, span: Span | None = None
) -> CitationStyle | None:
    """The style that an author names; None, with an error at `span`, when there is none or it is broken."""
    if not is_file(name):
        return _named(name, problems, span)
    found = Collector()
    text = sources.text(name, found, span)
    if text is not None:
        return _own(name, text, problems, span)
    from fascicle.citations.styles.meant import missing_file

    problems.extend(replace(one, hints=(*one.hints, missing_file(name))) for one in found)
    return None


def named_style(name: str, problems: Collector, span: Span | None = None) -> CitationStyle | None:
    """A style by its name alone; None, with an error, when there is none."""
    return _named(name, problems, span)


def near_style(name: str) -> str:
    """A hint when a name is no style; empty when it is one, or when the collection is not there to tell."""
    if style_file(NAMES.get(name, name)) or not complete():
        return ""
    from fascicle.citations.styles.meant import meant

    return meant(name)


def _named(name: str, problems: Collector, span: Span | None) -> CitationStyle | None:
    found = _of_collection(name)
    if found is not None:
        return found
    if complete():
        message = f"there is no citation style '{name}'"
        from fascicle.citations.styles.meant import meant

        hint = f"{meant(name)}; 'fascicle styles WORD' looks for one"
        problems.add(Code.UNKNOWN_CITATION_STYLE, message, span, hint)
        return None
    message = f"the citation style '{name}' is not installed"
    hint = f"all styles of the CSL project come with the package {PACKAGE}: pip install --force-reinstall {PACKAGE}"
    problems.add(Code.UNKNOWN_CITATION_STYLE, message, span, hint)
    return None


@lru_cache(maxsize=32)
def _of_collection(name: str) -> CitationStyle | None:
    """A style of the collection; one that only stands for another is that other one."""
    asked = NAMES.get(name, name)
    for _ in range(3):
        path = style_file(asked)
        if path is None:
            return None
        file = read_style(path.read_text(encoding="utf-8"))
        if not file.parent:
            return _style(name, asked, file)
        asked = file.parent
    return None


def _own(name: str, text: str, problems: Collector, span: Span | None) -> CitationStyle | None:
    """A style of the project. The network is never asked for the parent of a dependent one."""
    try:
        file = read_style(text)
    except BrokenStyleError as error:
        problems.add(Code.UNKNOWN_CITATION_STYLE, f"{name} cannot be used: {error}", span, TAKE_AGAIN)
        return None
    if not file.parent:
        return _style(name, name, file)
    parent = _of_collection(file.parent)
    if parent is None:
        message = f"{name} stands for the style '{file.parent}', which is not there"
        hint = f"put {file.parent}.csl into the project and write 'citation-style: {file.parent}.csl'"
        problems.add(Code.UNKNOWN_CITATION_STYLE, message, span, hint)
    return parent


def _style(name: str, identifier: str, file: StyleFile) -> CitationStyle:
    return CitationStyle(
        name, identifier, file.text, file.format, file.lists, file.substitutes, file.locators
    )
