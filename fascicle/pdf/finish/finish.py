"""Step 6: sets every PDF-level fact in one pass: Info, XMP, ids, labels, standard."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

from fascicle import __version__
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.pdf.expectations import NOTHING, Promises
from fascicle.pdf.finish import compact, page_boxes, xmp
from fascicle.pdf.metadata import Metadata
from fascicle.pdf.objects import (
    date_string,
    dictionaries,
    dictionary,
    entry,
    name,
    reachable,
    text,
    text_string,
    uncollected,
)
from fascicle.pdf.pypdf_log import warnings_told
from fascicle.pdf.standards.output_intent import Intent, add_intent
from fascicle.pdf.standards.standard import PLAIN, FinishingDocument, Standard
from fascicle.project.page_geometry import Sheet

CREATOR = f"Fascicle {__version__}"
PRODUCER = "pypdf"
"""What Info names when the engine left no name of its own."""
PRIVATE = ("/PieceInfo", "/LastModified")
"""What drawing programs keep in pages and pictures for themselves: private data and times of day."""
RUNS_BY_ITSELF = ("/OpenAction", "/AA")
"""What a catalogue can start without being asked."""
SPACE = uuid.UUID("5d0a2c4e-6a39-5b0e-9f0c-5b8c1c6f2f11")
"""Namespace of the identifiers made here (RFC 9562, version 5)."""


@dataclass(frozen=True, slots=True)
class PageLabels:
    """How the pages from `start` on are counted."""

    start: int
    """Index of the first page, from 0."""
    style: str = "D"
    """D decimal, R and r roman, A and a letters; empty for the prefix alone."""
    prefix: str = ""
    """What stands before the number."""
    first: int = 1
    """Number of the first page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finishing:
    """What one edition wants of its PDF."""

    metadata: Metadata
    """What the file says of itself."""
    standard: Standard = PLAIN
    """The PDF standard that it claims."""
    intent: Intent | None = None
    """The output condition, when the standard wants one."""
    moment: datetime | None = None
    """Every date inside the file, in Universal Time; midnight of the day of publication when not given."""
    page_labels: tuple[PageLabels, ...] | None = None
    """Page labels; None keeps those that TeX wrote, or counts from 1 where it wrote none."""
    sheet: Sheet | None = None
    """Trim, bleed and marks of a print edition; None keeps the pages as TeX made them."""
    promises: Promises = NOTHING
    """What is promised of the file besides; finishing does its part, and `preflight` proves all of it."""

    @property
    def made(self) -> datetime | None:
        """The moment, or the day of publication's midnight."""
        return self.moment or self.metadata.moment


@uncollected()
def finish(raw: Path | bytes, output_options: Finishing, problems: Collector) -> bytes | None:
    """The finished file of TeX's `raw` one; None, and a diagnostic, when it cannot be read.

    The same input gives the same bytes. Outlines, links, structure and page labels stay as TeX wrote them.
    """
    with warnings_told(problems, "the PDF that TeX wrote"):
        try:
            reader = PdfReader(BytesIO(raw) if isinstance(raw, bytes) else raw, strict=False)
            writer = PdfWriter(clone_from=reader)
            producer = text(entry(reader.trailer.get("/Info"), "/Producer")) or PRODUCER
            return _finished(writer, producer, output_options, problems)
        except (PyPdfError, OSError, ValueError, KeyError, AssertionError, RecursionError) as error:
            problems.add(Code.UNREADABLE_PDF, "the PDF that TeX wrote cannot be read", causes=(str(error),))
            return None


def _finished(writer: PdfWriter, producer: str, output_options: Finishing, problems: Collector) -> bytes:
    _lay_out(writer, output_options)
    root = writer.root_object
    informs = output_options.standard.informs
    info = writer._add_object(_info(writer, producer, output_options)) if informs else None
    draft = FinishingDocument(writer, tuple(dictionaries(_objects(writer, info).values())), problems)
    _remove_traces(draft)
    _set_catalogue(writer, output_options)
    for step in output_options.standard.steps():
        step.apply(draft)
    if output_options.standard.intent and output_options.intent:
        add_intent(writer, output_options.standard.intent, output_options.intent, problems)
    elif output_options.standard.intent:
        problems.add(
            Code.BAD_COLOUR_PROFILE,
            f"{output_options.standard.title} needs a colour profile, and none was found",
        )
    metadata = _metadata_stream()
    root[NameObject("/Metadata")] = writer._add_object(metadata)
    return _written(writer, info, metadata, producer, output_options)


def _lay_out(writer: PdfWriter, output_options: Finishing) -> None:
    """Pages, boxes and bookmarks as the edition promises them."""
    if output_options.sheet and output_options.sheet.marks:
        page_boxes.draw_marks(writer, output_options.sheet)  # blank pages that are added stay blank
    page_boxes.pad(writer, output_options.promises.pages_multiple, output_options.promises.last_page_blank)
    if output_options.sheet:
        page_boxes.set_boxes(writer, output_options.sheet)
    if not output_options.promises.bookmarks:
        writer.root_object.pop("/Outlines", None)


def _objects(writer: PdfWriter, info: IndirectObject | None) -> dict[int, PdfObject]:
    catalogue = writer.root_object.indirect_reference
    return reachable([catalogue, *([info] if info else [])])


def _written(
    writer: PdfWriter,
    info: IndirectObject | None,
    metadata: StreamObject,
    producer: str,
    output_options: Finishing,
) -> bytes:
    """Serialise, with identifiers that stand for everything in the file but themselves."""
    objects = _objects(writer, info)
    compact.merge_streams(objects)
    compact.deflate_streams(objects)
    bodies = {number: compact.body(item) for number, item in objects.items()}
    nobody = xmp.Identity("", "", CREATOR, producer, output_options.made)
    digest = hashlib.sha256(output_options.standard.version.encode() + _packet(output_options, nobody))
    for number in sorted(bodies):
        digest.update(b"%d " % number + bodies[number])
    instance = uuid.uuid5(SPACE, digest.hexdigest())
    document = uuid.uuid5(
        SPACE, output_options.metadata.doi or output_options.metadata.url or digest.hexdigest()
    )
    identity = xmp.Identity(f"uuid:{document}", f"uuid:{instance}", CREATOR, producer, output_options.made)
    metadata.set_data(_packet(output_options, identity))
    own = metadata.indirect_reference
    catalogue = writer.root_object.indirect_reference
    if own is None or catalogue is None:
        raise PyPdfError("the catalogue has no object number")
    bodies[own.idnum] = compact.body(metadata)
    streams = frozenset(number for number, item in objects.items() if isinstance(item, StreamObject))
    trailer = compact.Trailer(catalogue, info, instance.bytes)
    return compact.write(
        bodies, streams, trailer, output_options.standard.version, output_options.standard.packs_objects
    )


def _packet(output_options: Finishing, identity: xmp.Identity) -> bytes:
    return xmp.packet(
        output_options.metadata,
        identity,
        output_options.standard.claims,
        output_options.standard.describe_prism,
    )


def _metadata_stream() -> StreamObject:
    stream = DecodedStreamObject()
    stream[NameObject("/Type")] = NameObject("/Metadata")
    stream[NameObject("/Subtype")] = NameObject("/XML")
    return stream


def info_texts(metadata: Metadata) -> dict[str, str]:
    """What the information dictionary says of the publication; empty entries are left out of the file."""
    return {
        "/Title": metadata.title,
        "/Author": metadata.author_line,
        "/Subject": metadata.description,
        "/Keywords": metadata.keyword_line,
        "/Creator": CREATOR,
    }


def _info(writer: PdfWriter, producer: str, output_options: Finishing) -> DictionaryObject:
    """A new information dictionary; only /Trapped is kept of TeX's, the rest is banner and clock."""
    texts = {**info_texts(output_options.metadata), **output_options.standard.info, "/Producer": producer}
    info = DictionaryObject({NameObject(key): text_string(value) for key, value in texts.items() if value})
    if output_options.made:
        for key in ("/CreationDate", "/ModDate"):
            info[NameObject(key)] = date_string(output_options.made)
    info[NameObject("/Trapped")] = NameObject(name(writer._info, "/Trapped") or "/False")
    return info


def _remove_traces(draft: FinishingDocument) -> None:
    """Remove what tells of this machine or of other programs: TeX's file names, private data, old metadata."""
    for item in draft.dictionaries:
        for key in [key for key in item if key.startswith("/PTEX.")]:
            del item[key]
        if name(item, "/Type") == "/Page" or name(item, "/Subtype") in ("/Form", "/Image"):
            for key in (*PRIVATE, "/Metadata"):
                item.pop(key, None)


def _set_catalogue(writer: PdfWriter, output_options: Finishing) -> None:
    root = writer.root_object
    for key in (*RUNS_BY_ITSELF, "/Version", "/OutputIntents", "/Metadata", "/PieceInfo"):
        root.pop(key, None)
    if isinstance(names := entry(root, "/Names"), DictionaryObject):
        names.pop("/JavaScript", None)
    root[NameObject("/Lang")] = text_string(output_options.metadata.language)
    viewer = dictionary(root, "/ViewerPreferences")
    viewer[NameObject("/DisplayDocTitle")] = BooleanObject(True)
    root[NameObject("/ViewerPreferences")] = viewer
    has_bookmarks = bool(dictionary(root, "/Outlines").get("/First"))
    root[NameObject("/PageMode")] = NameObject("/UseOutlines" if has_bookmarks else "/UseNone")
    if output_options.page_labels is not None or "/PageLabels" not in root:
        root[NameObject("/PageLabels")] = _number_tree(output_options.page_labels or (PageLabels(0),))


def _number_tree(labels: tuple[PageLabels, ...]) -> DictionaryObject:
    numbers = ArrayObject()
    for label in sorted(labels, key=lambda label: label.start):
        item = DictionaryObject()
        if label.style:
            item[NameObject("/S")] = NameObject(f"/{label.style}")
        if label.prefix:
            item[NameObject("/P")] = text_string(label.prefix)
        if label.first != 1:
            item[NameObject("/St")] = NumberObject(label.first)
        numbers.extend((NumberObject(label.start), item))
    return DictionaryObject({NameObject("/Nums"): numbers})
