"""Check of anonymous files: nothing in them tells who wrote the text, wherever a reader or a program could look."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from pypdf.errors import PyPdfError
from pypdf.generic import (
    ByteStringObject,
    DictionaryObject,
    NameObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from fascicle.core.diagnostic_codes import Code
from fascicle.document.anonymity.identifying_terms import IdentifyingTerms, TermKind, Trace
from fascicle.document.anonymity.name_matching import is_east_asian, spellings
from fascicle.pdf.objects import children, name, reachable, text
from fascicle.pdf.preflight.check import Broken, Check, CheckContext
from fascicle.pdf.reading.inspection import Inspection

_HYPHENATED = re.compile(r"[\u0002\ufffe\u00ad]\s*|(?<=\w)[-\u2010]\s*\n\s*(?=\w)")
"""Hyphens at which a word is broken: pdfium gives U+0002 or U+FFFE for one."""
_MARKUP = re.compile(r"</?[\w:.-]+|[\w:.-]+=(?=[\"'])")
"""Names of elements and attributes, such as XMP's `rdf:li`."""
_LONG = 5
"""Letters that a family name needs to be looked for among bytes, where two letters meet by chance all the time."""


def tells_nothing(proof: CheckContext) -> Iterator[Broken]:
    """No trace of an author in the text of pages, in strings, names and metadata, in any stream."""
    if secrets := proof.promises.secrets:
        yield from traces_in(proof.file, secrets)


def traces_in(file: Inspection, secrets: IdentifyingTerms) -> Iterator[Broken]:
    """Every place of a PDF that tells who wrote the text."""
    for page, shown in enumerate(file.read_texts, start=1):
        for form in _forms(shown):
            for found in secrets.find(form):
                yield Broken(f"page {page} shows {found.trace.kind}: '{found.trace.text}'", page)
    for where, string in _strings(file):
        for found in secrets.find(string, typed=where not in ("Info", "a bookmark", "a note or link")):
            yield Broken(f"{where} holds {found.trace.kind}: '{found.trace.text}'")
    yield from _streams(file, secrets)


def _forms(shown: str) -> Iterator[str]:
    """A page's text in the ways in which a name may stand in it: broken at a line end, or with a hyphen of its own."""
    yield _HYPHENATED.sub("", shown)
    if _HYPHENATED.search(shown):
        yield _HYPHENATED.sub("-", shown)


def _strings(file: Inspection) -> Iterator[tuple[str, str]]:
    """Every string and name of the document's objects, with where it stands."""
    yield from (("Info", value) for value in file.info.values())
    yield from (("a bookmark", link.title) for link in file.outlines)
    for item in reachable([file.reader.trailer]).values():
        for holder, value in _below(item):
            where = "a note or link" if name(holder, "/Subtype") in ("/Link", "/Text") else "an object"
            if isinstance(value, NameObject):
                yield where, re.sub(r"[/._:@#+-]+", " ", str(value))
            else:
                yield where, text(value)


def _below(root: PdfObject) -> Iterator[tuple[object, PdfObject]]:
    """Strings and names inside an object, each with the dictionary or array that holds it."""
    waiting: list[object] = [root]
    while waiting:
        holder = waiting.pop()
        items: Iterable[object] = children(holder)
        if isinstance(holder, DictionaryObject):
            items = [*items, *holder.keys()]
        for item in items:
            if isinstance(item, TextStringObject | ByteStringObject | NameObject):
                yield holder, item
            elif isinstance(item, list | dict):
                waiting.append(item)


def _streams(file: Inspection, secrets: IdentifyingTerms) -> Iterator[Broken]:
    """Streams as bytes: page contents, fonts, pictures, XMP, attachments."""
    patterns = byte_patterns(secrets)
    for number, item in reachable([file.reader.trailer]).items():
        if not isinstance(item, StreamObject):
            continue
        data, what = _decoded(item), _called(item)
        for trace, pattern in patterns:
            if pattern.search(data):
                yield Broken(f"{what} (object {number}) holds {trace.kind}: '{trace.text}'")
        if what in ("the XMP metadata", "an attachment"):
            shown = _MARKUP.sub(" ", data.decode("utf-8", "replace"))
            for found in secrets.find(shown, typed=what == "an attachment"):
                yield Broken(f"{what} (object {number}) holds {found.trace.kind}: '{found.trace.text}'")


def byte_patterns(secrets: IdentifyingTerms) -> list[tuple[Trace, re.Pattern[bytes]]]:
    """How traces are found among bytes that are no text."""
    return [(trace, re.compile(b"|".join(_bytes(trace)), re.IGNORECASE)) for trace in _findable(secrets)]


def _findable(secrets: IdentifyingTerms) -> Iterator[Trace]:
    """Traces that cannot come about by chance. What others share by right is looked for where it can be read."""
    shared = [
        re.findall(r"\w+", spelling) for one in secrets.others for spelling in spellings(one.person.family)
    ]
    for trace in secrets.traces:
        family = trace.kind is TermKind.FAMILY
        if family and (len(trace.text) < _LONG or re.findall(r"\w+", spellings(trace.text)[0]) in shared):
            continue
        if trace.kind in (TermKind.AFFILIATION, TermKind.FUNDING) and len(trace.text) < 2 * _LONG:
            continue
        yield trace


def _bytes(trace: Trace) -> list[bytes]:
    """A trace as bytes: in UTF-8, UTF-16 and Latin-1, with and without accents, in capitals and small letters."""
    composed = unicodedata.normalize("NFC", trace.text)
    forms = {composed, unicodedata.normalize("NFD", trace.text), *spellings(trace.text)}
    forms |= {change(form) for form in list(forms) for change in (str.upper, str.lower, str.title)}
    if is_east_asian(composed):
        forms = {composed}
    found: set[bytes] = set()
    for form in forms:
        for encoding in ("utf-8", "utf-16-be", "utf-16-le", "latin-1", "cp1251", "gb18030", "shift_jis"):
            try:
                encoded = form.encode(encoding)
            except UnicodeEncodeError:
                continue
            if len(encoded) >= _LONG:
                found.add(encoded)
    ascii_only = trace.kind is TermKind.FAMILY
    return sorted(
        rb"(?<![A-Za-z])" + re.escape(one) + rb"(?![A-Za-z])" if ascii_only else re.escape(one)
        for one in found
    )


def _decoded(stream: StreamObject) -> bytes:
    try:
        return stream.get_data()
    except (PyPdfError, ValueError, NotImplementedError, OSError):
        return bytes(stream._data)


def _called(stream: StreamObject) -> str:
    kind, sub = name(stream, "/Type"), name(stream, "/Subtype")
    if kind == "/Metadata":
        return "the XMP metadata"
    if kind == "/EmbeddedFile":
        return "an attachment"
    if sub == "/Image":
        return "a picture"
    if "/Length1" in stream or sub in ("/CIDFontType0C", "/Type1C", "/OpenType"):
        return "a font"
    return "a stream"


def _named(proof: CheckContext) -> str:
    return "" if proof.promises.secrets else "the edition names its authors"


CHECKS = (
    Check(
        "anonymity",
        "Nothing tells who wrote the text",
        Code.AUTHOR_IN_FILE,
        tells_nothing,
        left_out=_named,
    ),
)
"""In the order of the report."""
