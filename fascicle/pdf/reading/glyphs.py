"""Which codes of which fonts a page shows, and whether each has its character.

The heart of PDF/A's level U.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject, PdfObject, StreamObject, TextStringObject

from fascicle.pdf.objects import dictionary, entry, follow, inherited, name

SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
CHAR = re.compile(rb"<\s*([0-9A-Fa-f]+)\s*>\s*<([0-9A-Fa-f\s]*)>")
RANGE = re.compile(
    rb"<\s*([0-9A-Fa-f]+)\s*>\s*<\s*([0-9A-Fa-f]+)\s*>\s*(?:<([0-9A-Fa-f\s]*)>|\[((?:\s*<[0-9A-Fa-f\s]*>)*\s*)\])"
)
UNUSUAL = re.compile(rb"[(%#]|<<|\bID\b|<[0-9A-Fa-f]*[^0-9A-Fa-f>]|<(?:[0-9A-Fa-f]{2})*[0-9A-Fa-f]>")
"""What a stream may hold that `PLAIN` would misread: nested strings, comments, dictionaries, pictures, odd digits."""
LITERAL = re.compile(rb"\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
"""A string in parentheses without other parentheses in it, but for escaped ones."""
PLAIN = re.compile(
    rb"<([0-9A-Fa-f]*)>|\(((?:[^()\\]|\\.)*)\)|(/[^\s/<>\[\]()]+)\s+[-+.0-9]+\s+Tf\b|(?<![^\s])([qQ])(?![^\s])",
    re.DOTALL,
)
"""A shown string of either kind, a change of font, a graphics state kept or brought back."""
ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
ESCAPED = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"\n": b"",
    b"\r": b"",
    b"\r\n": b"",
}
"""What stands for what after a backslash (ISO 32000-1, table 3); anything else stands for itself."""
NO_CHARACTERS = frozenset({"", "0000", "feff", "fffe"})
"""Destinations that stand for no character (ISO 19005-2, 6.2.11.7.2)."""
SHOWING = {b"Tj": 0, b"'": 0, b'"': 2}
"""Operators that show one string, and which of their operands it is."""


class Glyphs:
    """Finds codes without characters, each font's map read once."""

    def __init__(self, reader: PdfReader) -> None:
        self.reader = reader
        self._maps: dict[int, frozenset[int]] = {}

    def without_character(self, page: DictionaryObject) -> dict[str, set[int]]:
        """Codes that a page shows and whose font maps others but not these, by the font's name."""
        found: dict[str, set[int]] = {}
        for font, codes in self._shown(entry(page, "/Contents"), inherited(page, "/Resources"), set()):
            if missing := codes - self._mapped(font):
                found.setdefault(name(font, "/BaseFont").lstrip("/"), set()).update(missing)
        return found

    def _shown(
        self, content: PdfObject, resources: PdfObject, seen: set[int]
    ) -> Iterator[tuple[DictionaryObject, set[int]]]:
        """Each font with the codes that are shown in it, in the content and in the forms beside it."""
        fonts = {key: follow(font) for key, font in dictionary(resources, "/Font").items()}
        codes = _used(ContentStream(content, self.reader), fonts)
        for key, used in codes.items():
            if isinstance(held := fonts.get(key), DictionaryObject) and "/ToUnicode" in held:
                yield held, used
        for form in map(follow, dictionary(resources, "/XObject").values()):
            if isinstance(form, StreamObject) and name(form, "/Subtype") == "/Form" and id(form) not in seen:
                seen.add(id(form))
                own = entry(form, "/Resources")
                yield from self._shown(form, own if isinstance(own, DictionaryObject) else resources, seen)

    def _mapped(self, font: DictionaryObject) -> frozenset[int]:
        """The codes that the font's own map gives characters for."""
        if id(font) not in self._maps:
            stream = entry(font, "/ToUnicode")
            data = stream.get_data() if isinstance(stream, StreamObject) else b""
            self._maps[id(font)] = frozenset(_mapping(data))
        return self._maps[id(font)]


def _used(content: ContentStream, fonts: Mapping[str, PdfObject]) -> dict[str, set[int]]:
    """The codes that a content stream shows, by the name of their font."""
    data = content.get_data()
    if not UNUSUAL.search(LITERAL.sub(b"", data)):
        return _used_plainly(data, fonts)
    codes: dict[str, set[int]] = {}
    font, kept = "", list[str]()
    for operands, operator in content.operations:
        if operator == b"Tf":
            font = str(operands[0])
        elif operator == b"q":
            kept.append(font)
        elif operator == b"Q" and kept:
            font = kept.pop()
        elif shown := _strings(operands, operator):
            codes.setdefault(font, set()).update(_codes(shown, _width(fonts.get(font))))
    return codes


def _used_plainly(data: bytes, fonts: Mapping[str, PdfObject]) -> dict[str, set[int]]:
    """The same for streams whose every string is shown, as LuaTeX and drawing programs write them; fifty times
    faster than reading all operators.
    """
    shown: dict[str, list[bytes]] = {}
    font, kept = "", list[str]()
    here = shown.setdefault(font, [])
    for match in PLAIN.finditer(data):
        digits, literal, name_of, state = match.groups()
        if digits is not None:
            here.append(digits)
            continue
        if literal is not None:
            here.append(ESCAPE.sub(_unescaped, literal).hex().encode())
            continue
        if name_of is not None:
            font = name_of.decode("latin-1")
        elif state == b"q":
            kept.append(font)
        elif kept:
            font = kept.pop()
        here = shown.setdefault(font, [])
    return {key: _codes_of(parts, _width(fonts.get(key))) for key, parts in shown.items() if parts}


def _unescaped(match: re.Match[bytes]) -> bytes:
    after = match[1]
    return (
        bytes([int(after, 8) & 0xFF]) if after[:1].isdigit() and after < b"8" else ESCAPED.get(after, after)
    )


def _codes_of(strings: list[bytes], width: int) -> set[int]:
    """The codes of hexadecimal strings, each cut to whole codes."""
    digits = 2 * max(width, 1)
    whole = b"".join(
        [text if len(text) % digits == 0 else text[: len(text) // digits * digits] for text in strings]
    )
    return _codes([bytes.fromhex(whole.decode())], width)


def _mapping(data: bytes) -> Iterator[int]:
    """The codes with characters of a ToUnicode map (ISO 32000-1, 9.10.3)."""
    for kind, body in SECTION.findall(data):
        if kind == b"bfchar":
            yield from (int(code, 16) for code, character in CHAR.findall(body) if _is_character(character))
            continue
        for low, high, start, listed in RANGE.findall(body):
            codes = range(int(low, 16), min(int(high, 16), 0xFFFF) + 1)
            if listed:
                characters = re.findall(rb"<([^>]*)>", listed)
                yield from (code for code, one in zip(codes, characters, strict=False) if _is_character(one))
            elif _is_character(start):
                yield from codes


def _is_character(destination: bytes) -> bool:
    return b"".join(destination.split()).decode("ascii").lower() not in NO_CHARACTERS


def _strings(operands: list[object], operator: bytes) -> list[bytes]:
    """The strings that an operator shows, as bytes."""
    if operator == b"TJ":
        shown = list(operands[0]) if operands and isinstance(operands[0], list) else []
    else:
        at = SHOWING.get(operator)
        shown = [operands[at]] if at is not None and len(operands) > at else []
    return [
        item.original_bytes if isinstance(item, TextStringObject) else bytes(item)
        for item in shown
        if isinstance(item, TextStringObject | bytes)
    ]


def _width(font: PdfObject | None) -> int:
    """Bytes of a code; 0 when the font's encoding is one whose codes we do not read."""
    if font is None or name(font, "/Subtype") != "/Type0":
        return 1
    return 2 if name(font, "/Encoding") in ("/Identity-H", "/Identity-V") else 0


def _codes(strings: list[bytes], width: int) -> set[int]:
    if width == 2:
        joined = b"".join(text[: len(text) // 2 * 2] for text in strings)
        return set(struct.unpack(f">{len(joined) // 2}H", joined))
    return set(b"".join(strings)) if width else set()
