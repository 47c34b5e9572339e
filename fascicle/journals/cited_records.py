"""The cited records as a .bib file, for journals that set lists of works themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from fascicle.core.diagnostics import Collector, Span
from fascicle.core.ready_text import Bib
from fascicle.latex.bibtex import escape
from fascicle.project.bibliography.datamodel import PRINTED_FIELDS, VERBATIM_FIELDS
from fascicle.project.bibliography.fields.addresses import address
from fascicle.project.bibliography.fields.markup import Formula, parse, plain
from fascicle.project.bibliography.fields.pieces import Piece, Styled
from fascicle.project.bibliography.library import BibEntry, Bibliography, resolved
from fascicle.project.math.allowlist import check_math

FILE = "references.bib"
"""Its name in a package."""
_UNTOLD = frozenset({"ids", "options", "file", "abstract", "keywords", "annotation", "crossref", "xdata"})
_KEY = re.compile(r"[A-Za-z0-9][\w:./+-]*", re.ASCII)
_BRACE = re.compile(r"[{}]")
_ESCAPED_OR_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_NAME = re.compile(r"[a-z][a-z0-9-]*")


def bib_records(bibliography: Bibliography, cited: Iterable[str]) -> Bib:
    """The records under `cited` as their author wrote them, inherited fields filled in, private ones left out.

    What another program would read otherwise than we did is written as plain text, and keys that hold more than
    letters and digits as `w1`, `w2` and so on.
    """
    entries = [resolved(bibliography, key) for key in cited if key in bibliography.entries]
    keys = _keys(entries)
    return Bib("\n".join(_written(entry, keys[entry.key]) for entry in entries))


def _keys(entries: Iterable[BibEntry]) -> Mapping[str, str]:
    """What each record is called in the file."""
    given = [entry.key for entry in entries]
    free = (name for number in range(1, len(given) * 2 + 1) if (name := f"w{number}") not in given)
    return {key: key if _KEY.fullmatch(key) else next(free) for key in given}


def _written(entry: BibEntry, key: str) -> Bib:
    kind = escape.name(entry.type if _NAME.fullmatch(entry.type) else "misc")
    kept = ((name, _value(name, field.value)) for name, field in entry.fields.items() if _told(name))
    lines = [Bib(f"  {escape.name(name)} = {{{value}}},\n") for name, value in kept]
    return Bib(f"@{kind}{{{escape.key(key)},\n{''.join(lines)}}}\n")


def _told(name: str) -> bool:
    """Fields that are printed; of others nobody has looked at what they hold."""
    return name in PRINTED_FIELDS | VERBATIM_FIELDS and name not in _UNTOLD


def _value(name: str, value: str) -> Bib:
    if name in VERBATIM_FIELDS:
        return escape.address(address(value))
    return Bib.proved(value) if is_alike_to_all(value) else escape.characters(plain(value))


def is_alike_to_all(value: str) -> bool:
    """Whether every reader takes a value as we do: balanced however braces are counted, and held to what we know."""
    if "^^" in value or "%" in value.replace(r"\%", "") or value.rstrip().endswith("\\"):
        return False
    if not _balanced(_BRACE.findall(value)) or not _balanced(_ESCAPED_OR_BRACE.findall(value)):
        return False
    pieces, faults = parse(value)
    return not faults and all(_harmless(piece) for piece in pieces)


def _balanced(found: Iterable[str]) -> bool:
    depth = 0
    for sign in found:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0


def _harmless(piece: Piece) -> bool:
    match piece:
        case Formula():
            return check_math(piece.tex, Span(FILE), Collector(), display=False)
        case Styled():
            return all(_harmless(inner) for inner in piece.content)
    return True
