"""What a PDF standard is here: a header, claims, an output intent, and an ordered table of things to put right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fascicle.core.diagnostics import Collector

if TYPE_CHECKING:
    from pypdf import PdfWriter
    from pypdf.generic import DictionaryObject


@dataclass(frozen=True, slots=True)
class FinishingDocument:
    """The document while it is being finished."""

    writer: PdfWriter
    """The whole document; steps change it in place."""
    dictionaries: tuple[DictionaryObject, ...]
    """Every dictionary and stream that can be reached from the catalogue or Info, before any step ran."""
    problems: Collector
    """Where a step says what it cannot put right."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a standard demands and that can be put right in the finished file."""

    name: str
    """Short name for reports."""
    demand: str
    """The demand in one sentence, with its clause."""
    apply: Callable[[FinishingDocument], None]
    """Puts it right."""


@dataclass(frozen=True, slots=True)
class Standard:
    """A PDF standard at one level of conformance."""

    name: str
    """Name in publication.yaml, such as `a-2u`."""
    title: str
    """Name in reports, such as `PDF/A-2u`."""
    version: str = "1.7"
    """PDF version of the header."""
    claims: Mapping[str, str] = field(default_factory=dict)
    """XMP properties that claim conformance, such as `pdfaid:part`."""
    info: Mapping[str, str] = field(default_factory=dict)
    """Entries of the information dictionary that claim conformance."""
    dated: bool = False
    """True when the file must say when it was made."""
    opaque: bool = False
    """True when nothing may be transparent."""
    inks_alone: bool = False
    """True when no colour but inks and grey is allowed."""
    intent: str | None = None
    """Subtype of the output intent, such as `/GTS_PDFA1`; None when there is none."""
    tagged: str = ""
    """Name of the standard that a tagged file keeps instead; empty when tags change nothing."""
    needs_tags: bool = False
    """True when the file must be tagged."""
    informs: bool = True
    """False when there must be no information dictionary."""
    describe_prism: bool = False
    """True when XMP must describe properties that XMP itself does not define (PDF/A-1 to -3)."""
    steps: Callable[[], tuple[Step, ...]] = tuple
    """Gives what is put right, in order. Called when a file is finished: what a standard is, is known long before, and
    must not cost the import of pypdf."""

    @property
    def untagged(self) -> bool:
        """True when a file that keeps it has no tags here: PDF/A-2 by what it is made for, others by their nature."""
        return bool(self.claims) and not self.needs_tags

    @property
    def packs_objects(self) -> bool:
        """Object and cross-reference streams came with PDF 1.5."""
        return tuple(map(int, self.version.split("."))) >= (1, 5)


PRINT_INTENT = "/GTS_PDFX"
"""The kind of output intent that is a printing condition (ISO 15930)."""
PLAIN = Standard("plain", "PDF", tagged="ua-2")
"""No standard beyond PDF 1.7 itself."""
