"""The zip file that a Word or OpenDocument text is, opened within limits, its XML read without entities."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
import zipfile
import zlib
from io import BytesIO
from itertools import islice
from pathlib import Path, PurePosixPath

from fascicle.importers.draft import ImportRefusedError
from fascicle.importers.sources import bytes_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of Word's text."""
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
MAX_ENTRIES = 10_000
"""More files than any document holds."""
MAX_TOTAL = 800_000_000
"""Bytes of all files together, unpacked."""
MAX_XML = 150_000_000
"""Bytes of one XML file: a thousand pages take a tenth of it."""
_RATIO = 400
"""XML is packed to a twentieth; a bomb to a thousandth."""
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_PREFIX = re.compile(rb"""xmlns:([A-Za-z][\w.-]*)\s*=\s*["']([^"']+)["']""")

_MOST_PREFIXES, _PREFIXES = 100_000, 200
"""Declarations of prefixes that are looked at, and different ones that are kept: Word declares forty."""
_ENCODING = re.compile(rb"""(<\?xml[^>]*?)\s+encoding\s*=\s*["']([\w.-]*)["']""")
_ROOT = 8_000
"""Bytes in which the first element of a part ends."""

_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What a damaged or locked archive raises: zipfile lets zlib's errors through, and has RuntimeError for a password."""


def _in_utf8(data: bytes) -> bytes:
    """XML in UTF-8, as what is looked for in its bytes is written; ValueError for XML in other encodings."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return _ENCODING.sub(rb"\1", data.decode("utf-16").encode(), count=1)
    named = _ENCODING.search(data, 0, 200)
    if b"\0" in data[:8] or (named and named[2].lower() not in {b"utf-8", b"us-ascii", b"ascii"}):
        raise ValueError("neither UTF-8 nor UTF-16")
    return data


class Package:
    """One file, whose parts may be changed before pandoc reads them."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.changed: dict[str, bytes] = {}
        try:
            self.zip = zipfile.ZipFile(BytesIO(bytes_of(path)))
            self.entries = {entry.filename: entry for entry in self.zip.infolist()}
        except _UNREADABLE as error:
            raise self.broken() from error
        self._limits()

    def broken(self) -> ImportRefusedError:
        """What is said of a file that cannot be opened."""
        hint = "open it in the program that made it and save it again"
        return ImportRefusedError(f"{self.name} is damaged, or no document at all", hint)

    def _limits(self) -> None:
        if any(entry.flag_bits & 1 for entry in self.entries.values()):
            raise ImportRefusedError(
                f"{self.name} is protected by a password", "save it without the password"
            )
        total = sum(entry.file_size for entry in self.entries.values())
        packed = [entry for entry in self.entries.values() if entry.file_size > 1_000_000]
        bomb = any(entry.file_size > _RATIO * max(entry.compress_size, 1) for entry in packed)
        if len(self.entries) > MAX_ENTRIES or total > MAX_TOTAL or bomb:
            raise ImportRefusedError(
                f"{self.name} unpacks to more than any document holds", "it may be made to fill a computer"
            )

    def read(self, name: str, limit: int = MAX_XML) -> bytes:
        """A part; empty when it is not there."""
        if name in self.changed:
            return self.changed[name]
        entry = self.entries.get(name)
        if entry is None:
            return b""
        if entry.file_size > limit:
            raise ImportRefusedError(f"{self.name}: {name} is larger than any text")
        try:
            with self.zip.open(entry) as stream:
                data = stream.read(limit + 1)
        except _UNREADABLE as error:
            raise self.broken() from error
        if len(data) > limit:
            raise ImportRefusedError(f"{self.name}: {name} is larger than any text")
        return data

    def xml(self, name: str) -> ET.Element | None:
        """An XML part; None when it is not there."""
        data = self.read(name)
        if not data:
            return None
        try:
            data = _in_utf8(data)
        except ValueError as error:
            raise self.broken() from error
        if _DECLARED.search(data):
            raise ImportRefusedError(f"{self.name}: {name} declares entities, which no document needs")
        data = data.replace(_STRICT, W[1:-1].encode())
        declared = {found.groups() for found in islice(_PREFIX.finditer(data), _MOST_PREFIXES)}
        for prefix, address in sorted(declared)[:_PREFIXES]:
            if not re.fullmatch(rb"ns\d+|xml", prefix):
                ET.register_namespace(prefix.decode(), address.decode(errors="replace"))
        try:
            return ET.fromstring(data)  # noqa: S314 - without declarations
        except (ET.ParseError, ValueError) as error:
            raise self.broken() from error

    def put(self, name: str, root: ET.Element) -> None:
        """Have pandoc read this in place of a part.

        Every namespace of the part is declared again: pandoc takes those of the text for those of its notes, too.
        """
        declared = dict(_PREFIX.findall(self.read(name)[:_ROOT]))
        written = ET.tostring(root, encoding="utf-8", xml_declaration=True)
        start = written.index(b"<", written.index(b"?>"))
        end = min(written.index(sign, start) for sign in (b" ", b">") if sign in written[start:])
        known = dict(_PREFIX.findall(written[: written.index(b">", start)]))
        missing = (b' xmlns:%s="%s"' % each for each in declared.items() if each[0] not in known)
        self.changed[name] = written[:end] + b"".join(missing) + written[end:]

    def packed(self) -> bytes:
        """The file with the changed parts."""
        made = BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
            for name in self.entries:
                if not name.endswith("/") and (name.endswith((".xml", ".rels")) or name in ("mimetype",)):
                    target.writestr(name, self.read(name))
                elif not name.endswith("/"):
                    target.writestr(name, b"")  # pictures are taken from the file itself
        return made.getvalue()

    def main(self) -> str:
        """The part that holds the text."""
        root = self.xml("_rels/.rels")
        for relation in root if root is not None else ():
            if relation.get("Type", "").endswith("/officeDocument"):
                return relation.get("Target", "").lstrip("/")
        return "word/document.xml"

    def picture(self, source: str, folder: str = "word") -> tuple[str, bytes] | None:
        """A picture by the path that pandoc gives it."""
        for name in (source, f"{folder}/{source}", f"word/{source}", source.lstrip("/")):
            if name in self.entries and not name.endswith("/"):
                return PurePosixPath(name).name, self.read(name, 200_000_000)
        return None


def texts(package: Package, main: str) -> list[str]:
    """The parts with text of the author's: the document, its notes."""
    folder = str(PurePosixPath(main).parent)
    names = (main, f"{folder}/footnotes.xml", f"{folder}/endnotes.xml")
    return [name for name in names if name in package.entries]
