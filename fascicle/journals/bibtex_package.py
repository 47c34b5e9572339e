"""The part of a LaTeX package that BibTeX works on.

The records, the list that it makes, and what both must print.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from fascicle.citations.cite import Cited
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.document.document import Document
from fascicle.journals.bibtex_proof import as_printed, order_of, said_of, warnings_of
from fascicle.latex.bibtex.listed import bibtex_list
from fascicle.latex.context import BibtexList
from fascicle.typeset.simple_engine import SimpleOutcome


@dataclass(frozen=True, slots=True)
class BibtexPackage:
    """Citations and list of one package."""

    cited: Cited
    """The texts and the works."""
    names: BibtexList
    """The works' keys and the style."""
    printed: Document
    """The texts as the package must print them."""
    said: tuple[tuple[str, Span], ...] = ()
    """Single words of records that must be in print."""

    def listed(self, outcome: SimpleOutcome, problems: Collector) -> BibtexPackage:
        """The package once BibTeX has made its list; what it misses in records is told."""
        for message, span in warnings_of(outcome.works_log, self.cited, self.names):
            text = f"the style {self.names.style} says: {message}"
            problems.add(
                Code.JOURNAL_REFERENCES, text, span, "add it to the record, where there is such a thing"
            )
        numbers = order_of(outcome.works.decode("utf-8", "replace"), self.names)
        printed = as_printed(self.cited.document, self.cited, self.names, numbers)
        return replace(self, printed=printed, said=tuple(said_of(self.cited)))


def bibtex_package(cited: Cited | None, style: str) -> BibtexPackage | None:
    """What BibTeX is to work on; None where it has nothing to do."""
    if cited is None or not style or not cited.works:
        return None
    return BibtexPackage(cited, bibtex_list(cited, style), cited.document)
