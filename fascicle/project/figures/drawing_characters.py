"""Gives the fonts of a drawing their characters, so that its text can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf._codecs import adobe_glyphs
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    StreamObject,
)

STANDARD_ENCODINGS = frozenset({"/WinAnsiEncoding", "/MacRomanEncoding", "/StandardEncoding"})
"""Encodings that tell each code's character by themselves (ISO 32000-1, 9.10.2)."""
UNKNOWN = "\ufffd"
"""What stands for a glyph that has no name and no character: allowed by PDF/A, which wants one for each."""
_SYMBOLIC = 4
_NAMED_CODE = re.compile(rb"dup\s+(\d{1,3})\s*(/[^\s/]+)\s+put\b")
_HEXADECIMAL = re.compile(r"/(?:uni|u)([0-9A-F]{4,6})$")
_ROW = 100
"""Most rows of one section of a map (Adobe Technical Note 5014)."""


def tells_characters(font: DictionaryObject) -> bool:
    """Whether characters can be got back: by a map of its own, or by an encoding of known names."""
    if isinstance(_at(font, "/ToUnicode"), StreamObject):
        return True
    if _name_at(font, "/Subtype") in ("/Type0", "/Type3"):
        return False
    encoding = _at(font, "/Encoding")
    base = _name_at(encoding, "/BaseEncoding") or _name_at(font, "/Encoding")
    flags = _at(_at(font, "/FontDescriptor"), "/Flags")
    symbolic = isinstance(flags, int) and bool(flags & _SYMBOLIC)
    return base in STANDARD_ENCODINGS or (isinstance(encoding, DictionaryObject) and not symbolic)


def characters_of(font: DictionaryObject) -> dict[int, str]:
    """The characters of a simple font's codes, by the names of its glyphs; those that nobody knows are `UNKNOWN`."""
    names = {**_own_names(font), **dict(_names_told(font))}
    first, last = _at(font, "/FirstChar"), _at(font, "/LastChar")
    low = first if isinstance(first, int) else 0
    high = last if isinstance(last, int) else 255
    return {code: _character(names.get(code, "")) for code in range(max(0, low), min(255, high) + 1)}


def unknown_fonts(fonts: list[DictionaryObject]) -> tuple[str, ...]:
    """Names of the fonts of which some glyph's character stays unknown."""
    wanting = [font for font in fonts if not tells_characters(font)]
    unknown = [font for font in wanting if _is_composite(font) or UNKNOWN in _used_characters(font)]
    return tuple(dict.fromkeys(_name(font) for font in unknown))


def with_characters(data: bytes) -> bytes:
    """The drawing's first page with a map of characters for each of its fonts that has none."""
    writer = PdfWriter()
    writer.add_page(PdfReader(BytesIO(data), strict=False).pages[0])
    for item in list(writer._objects):
        if isinstance(item, DictionaryObject) and is_font(item) and not tells_characters(item):
            stream = DecodedStreamObject()
            stream.set_data(_composite_map() if _is_composite(item) else _map(characters_of(item)))
            item[NameObject("/ToUnicode")] = writer._add_object(stream.flate_encode())
    result = BytesIO()
    writer.write(result)
    return result.getvalue()


def is_font(item: DictionaryObject) -> bool:
    """Whether a dictionary is a font that text is shown in, and not a part of one."""
    return _name_at(item, "/Type") == "/Font" and not _name_at(item, "/Subtype").startswith("/CIDFont")


def _used_characters(font: DictionaryObject) -> set[str]:
    """Characters of the glyphs that the font has: a width of nothing stands for a code that is not used."""
    widths = _at(font, "/Widths")
    found = characters_of(font)
    if not isinstance(widths, ArrayObject):
        return set(found.values())
    first = min(found, default=0)
    return {found[first + at] for at, width in enumerate(widths) if width != 0 and first + at in found}


def _is_composite(font: DictionaryObject) -> bool:
    return _name_at(font, "/Subtype") == "/Type0"


def _name(font: DictionaryObject) -> str:
    name = _name_at(font, "/BaseFont") or _name_at(font, "/Name") or "without a name"
    return name.lstrip("/").split("+")[-1]


def _names_told(font: DictionaryObject) -> Iterator[tuple[int, str]]:
    """The glyph names that the font's /Differences give to codes."""
    encoding = _at(font, "/Encoding")
    differences = _at(encoding, "/Differences") if isinstance(encoding, DictionaryObject) else None
    code = 0
    for item in differences if isinstance(differences, ArrayObject) else ():
        if isinstance(item, int):
            code = int(item)
        else:
            yield code, str(item)
            code += 1


def _own_names(font: DictionaryObject) -> Mapping[int, str]:
    """The glyph names that a Type 1 font program gives to codes, in the part of it that is plain text."""
    program = _at(_at(font, "/FontDescriptor"), "/FontFile")
    if not isinstance(program, StreamObject):
        return {}
    plain = program.get_data().partition(b"eexec")[0]
    return {int(code): name.decode("latin-1") for code, name in _NAMED_CODE.findall(plain)}


def _character(name: str) -> str:
    plain = name.split(".")[0] if name != "/.notdef" else ""
    if found := adobe_glyphs.get(plain):
        return found
    if (match := _HEXADECIMAL.match(plain)) and 0 < int(match[1], 16) < 0xD800:
        return chr(int(match[1], 16))
    return UNKNOWN


def _map(characters: Mapping[int, str]) -> bytes:
    rows = [f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in characters.items()]
    sections = [rows[at : at + _ROW] for at in range(0, len(rows), _ROW)]
    body = "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in sections)
    return _framed("<00> <FF>", body)


def _composite_map() -> bytes:
    """Every code of two bytes is unknown."""
    listed = " ".join(["<FFFD>"] * 256)
    rows = [f"<{high:02X}00> <{high:02X}FF> [{listed}]" for high in range(256)]
    sections = [rows[at : at + _ROW] for at in range(0, len(rows), _ROW)]
    body = "\n".join(f"{len(part)} beginbfrange\n" + "\n".join(part) + "\nendbfrange" for part in sections)
    return _framed("<0000> <FFFF>", body)


def _framed(space: str, body: str) -> bytes:
    """A character map as ISO 32000-1, 9.10.3, wants it."""
    lines = (
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        f"1 begincodespacerange\n{space}\nendcodespacerange",
        body,
        "endcmap",
        "CMapName currentdict /CMap defineresource pop",
        "end",
        "end",
    )
    return "\n".join(lines).encode("ascii")


def _at(item: object, key: str) -> PdfObject | None:
    """The value under `key`, references followed; None when there is none."""
    if not isinstance(item, DictionaryObject):
        return None
    value = item.raw_get(key) if key in item else None
    return value.get_object() if isinstance(value, IndirectObject) else value


def _name_at(item: object, key: str) -> str:
    """The name under `key`; empty when there is none."""
    value = _at(item, key)
    return str(value) if isinstance(value, NameObject) else ""
