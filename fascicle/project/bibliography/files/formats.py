"""Bibliography files of every format, told apart by their names.

Bytes to text, and text to entries.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Diagnostic, Span
from fascicle.project.bibliography.entry import BibEntry
from fascicle.project.bibliography.files.braced_titles import without_braces
from fascicle.project.bibliography.files.parser import BibFile
from fascicle.project.sources import Sources

SUFFIXES = (".bib", ".json", ".ris", ".yaml", ".yml")
"""What the names of bibliography files end in."""
MAX_BYTES = 50_000_000
"""A library of a hundred thousand entries is smaller."""
MAX_ENTRIES = 100_000
"""More entries than this are not read from one file."""
_STATED = re.compile(rb"^%[ \t]*Encoding:[ \t]*([\w-]{2,20})", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Read:
    """What one file holds."""

    entries: tuple[BibEntry, ...]
    """Its entries in order."""
    broken: Mapping[str, Diagnostic]
    """Keys of entries that could not be read, with what is wrong."""
    strings: Mapping[str, str]
    """The `@string` names known after it."""
    problems: tuple[Diagnostic, ...]
    """What is wrong with the file, whoever cites what."""


def text_of(sources: Sources, name: str, problems: Collector, span: Span | None) -> str | None:
    """A file's text with its line ends made line feeds, in whatever encoding; None, with an error, without it."""
    found = sources.locate(name, problems, span)
    if found is None:
        return None
    if found.is_file() and found.stat().st_size > MAX_BYTES:
        message = f"{name} is larger than {MAX_BYTES // 1_000_000} MB"
        problems.add(Code.BIB_TOO_LARGE, message, span or Span(name), "export the works you cite alone")
        return None
    data = sources.bytes(name, problems, span)
    if data is None:
        return None
    return _decoded(data, name, problems).replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes, name: str, problems: Collector) -> str:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
    text, encoding = _otherwise(data)
    start = text.split("\n")[line - 1][max(0, column - 20) : column + 20].strip()
    message = f"{name} is not UTF-8; it is read as {encoding}: '{start}'"
    hint = "look whether these letters are right, and save the file with the encoding UTF-8"
    problems.add(Code.BIB_ENCODING, message, Span(name, line, column), hint)
    return text


def _otherwise(data: bytes) -> tuple[str, str]:
    """The text in the encoding that JabRef's first line names, or in that of Western European Windows."""
    if stated := _STATED.search(data[:2000]):
        encoding = stated[1].decode("ascii")
        try:
            return data.decode(encoding), encoding
        except (LookupError, UnicodeDecodeError):
            pass
    return data.decode("cp1252", errors="replace"), "Windows-1252"


@lru_cache(maxsize=8)  # of a publication that is read again after a change, it is mostly the same
def read(text: str, name: str, strings: tuple[tuple[str, str], ...]) -> Read:
    """The entries of a file, whose name tells its format. `strings` are the `@string` names of the files before it."""
    problems, known = Collector(), dict(strings)
    broken: Mapping[str, Diagnostic] = {}
    if name.endswith(".json"):
        from fascicle.project.bibliography.files.csl_reader import read_json

        entries = tuple(read_json(text, name, problems))
    elif name.endswith((".yaml", ".yml")):
        from fascicle.project.bibliography.files.csl_reader import read_csl_yaml

        entries = tuple(read_csl_yaml(text, name, problems))
    elif name.endswith(".ris"):
        from fascicle.project.bibliography.files.ris_reader import read_ris

        entries = tuple(read_ris(text, name, problems))
    else:
        file = BibFile(text, name, known, problems)
        entries, broken = without_braces(tuple(file.entries())), file.broken
    if len(entries) > MAX_ENTRIES:
        message = f"{name} has {len(entries)} entries; the first {MAX_ENTRIES} are read"
        problems.add(Code.BIB_TOO_LARGE, message, entries[MAX_ENTRIES].span)
    return Read(entries[:MAX_ENTRIES], broken, known, tuple(problems))
