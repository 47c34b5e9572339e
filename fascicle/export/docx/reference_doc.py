"""The document whose styles, page and headers pandoc takes over.

Made anew from the template's parts each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Template
from xml.sax.saxutils import escape

from fascicle.core.text.scripts import is_hangul, is_kana
from fascicle.export.docx.options import DocxOptions
from fascicle.export.zip_archive import zipped

_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PARTS = {
    "document.xml": ("document.main+xml", "", ""),
    "styles.xml": ("styles+xml", "rId1", "styles"),
    "settings.xml": ("settings+xml", "rId2", "settings"),
    "header.xml": ("header+xml", "rId10", "header"),
    "first-header.xml": ("header+xml", "rId11", "header"),
}
_EASTERN = {
    "zh-CN": "SimSun", "zh-TW": "PMingLiU", "ja-JP": "MS Mincho", "ko-KR": "Batang",
}  # fmt: skip
"""Typefaces of Word itself for East Asian text."""
_LINE_NUMBERS = '<w:lnNumType w:countBy="1" w:restart="continuous"/>'
TWIPS = 1440
"""Twentieths of a point an inch."""


def east_asian_tag(language: str) -> str:
    """Word's tag of an East Asian language, empty for others: zh-CN for zh, zh-Hans and the like."""
    base, *rest = language.lower().split("-")
    if base in ("zh", "yue", "wuu", "lzh"):
        if "latn" in rest:
            return ""
        return "zh-TW" if {"hant", "tw", "hk", "mo"} & set(rest) else "zh-CN"
    return {"ja": "ja-JP", "ko": "ko-KR"}.get(base, "") if "latn" not in rest else ""


def reference_document(output_options: DocxOptions, language: str, eastern: str, running_head: str) -> bytes:
    """A .docx without text. `eastern` is Word's tag of the East Asian language in the text."""
    values = _values(output_options, language, eastern, running_head)
    files = {
        f"word/{name}": Template(output_options.part(name)).safe_substitute(values).encode()
        for name in _PARTS
    }
    packed = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/_rels/document.xml.rels": _relations(
            {number: (kind, name) for name, (_, number, kind) in _PARTS.items() if number}
        ),
        **files,
    }
    return zipped(packed, output_options.epoch)


def _values(output_options: DocxOptions, language: str, eastern: str, running_head: str) -> Mapping[str, str]:
    width, height = output_options.page
    half = round(output_options.size * 2)
    numbers = {
        "size": half, "small": max(half - 4, 16), "title": half + 8, "subtitle": half + 4,
        "line": round(240 * output_options.line_spacing), "measure": round(output_options.measure * TWIPS),
        "middle": round(output_options.measure * TWIPS / 2), "width": round(width * TWIPS),
        "height": round(height * TWIPS), "margin": round(output_options.margin * TWIPS),
        "head": round(output_options.margin * TWIPS / 2),
    }  # fmt: skip
    texts = {
        "font": output_options.font,
        "eastern": _EASTERN[eastern],
        "language": language,
        "eastlang": eastern,
        "runninghead": running_head if output_options.running_head else "",
    }
    quoted = {name: escape(value, {'"': "&quot;"}) for name, value in texts.items()}
    ready = {"linenumbers": _LINE_NUMBERS if output_options.line_numbers else ""}
    return {**{name: str(value) for name, value in numbers.items()}, **quoted, **ready}


def _content_types() -> bytes:
    overrides = "".join(
        f'<Override PartName="/word/{name}" ContentType="{_TYPES}{kind}"/>'
        for name, (kind, _, _) in _PARTS.items()
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>"
    )
    return text.encode()


def _relations(targets: Mapping[str, tuple[str, str]]) -> bytes:
    listed = "".join(
        f'<Relationship Id="{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in targets.items()
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'
    )
    return text.encode()


def east_asian_language(language: str, tags: set[str], text: str) -> str:
    """Word's tag for the East Asian characters of a text: the language's own, that of its marked parts, or a guess."""
    for tag in (language, *sorted(tags)):
        if found := east_asian_tag(tag):
            return found
    if any(map(is_kana, text)):
        return "ja-JP"
    return "ko-KR" if any(map(is_hangul, text)) else "zh-CN"
