"""Pandoc's abstract syntax tree as JSON.

One function a constructor, in the form of pandoc-types 1.23.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Json = dict[str, Any]
"""One element: `t` names the constructor, `c` holds its content."""
Inlines = list[Json]
Blocks = list[Json]
Attr = list[Any]
"""Identifier, classes, key-value pairs."""

SPACE: Json = {"t": "Space"}
SOFT_BREAK: Json = {"t": "SoftBreak"}
LINE_BREAK: Json = {"t": "LineBreak"}
RULE: Json = {"t": "HorizontalRule"}


def attr(name: str = "", classes: Iterable[str] = (), pairs: Iterable[tuple[str, str]] = ()) -> Attr:
    """Attributes of an element."""
    return [name, list(classes), [list(pair) for pair in pairs]]


def string(text: str) -> Json:
    """Characters without a space among them (Pandoc itself keeps no-break spaces here)."""
    return {"t": "Str", "c": text}


def strings(text: str) -> Inlines:
    """Any text: words, and a space for each run of spaces."""
    found: Inlines = []
    for number, word in enumerate(text.split(" ")):
        if number and (not found or found[-1] is not SPACE):
            found.append(SPACE)
        if word:
            found.append(string(word))
    return found


def wrapped(kind: str, content: Inlines) -> Json:
    """Emph, Strong, Strikeout, Superscript, Subscript, SmallCaps."""
    return {"t": kind, "c": content}


def quoted(content: Inlines, *, double: bool) -> Json:
    """A quotation whose marks the writer chooses."""
    return {"t": "Quoted", "c": [{"t": "DoubleQuote" if double else "SingleQuote"}, content]}


def code(text: str) -> Json:
    """Literal text in a line."""
    return {"t": "Code", "c": [attr(), text]}


def math(tex: str, *, display: bool) -> Json:
    """A formula."""
    return {"t": "Math", "c": [{"t": "DisplayMath" if display else "InlineMath"}, tex]}


def link(content: Inlines, target: str, title: str = "") -> Json:
    """A link."""
    return {"t": "Link", "c": [attr(), content, [target, title]]}


def image(path: str, alt: Inlines, attributes: Attr) -> Json:
    """A picture."""
    return {"t": "Image", "c": [attributes, alt, [path, ""]]}


def span(content: Inlines, attributes: Attr) -> Json:
    """Inlines with attributes."""
    return {"t": "Span", "c": [attributes, content]}


def note(content: Blocks) -> Json:
    """A footnote."""
    return {"t": "Note", "c": content}


def raw_inline(form: str, text: str) -> Json:
    """Text in a format that one writer alone prints."""
    return {"t": "RawInline", "c": [form, text]}


def raw_block(form: str, text: str) -> Json:
    """Blocks in a format that one writer alone prints."""
    return {"t": "RawBlock", "c": [form, text]}


def citation(key: str, mode: str, prefix: Inlines, suffix: Inlines) -> Json:
    """One work of a citation; `mode` is NormalCitation, SuppressAuthor or AuthorInText."""
    return {
        "citationId": key,
        "citationPrefix": prefix,
        "citationSuffix": suffix,
        "citationMode": {"t": mode},
        "citationNoteNum": 0,
        "citationHash": 0,
    }


def cite(works: Sequence[Json], shown: Inlines) -> Json:
    """A citation; `shown` stands for it until citeproc has been there."""
    return {"t": "Cite", "c": [list(works), shown]}


def para(content: Inlines) -> Json:
    """A paragraph."""
    return {"t": "Para", "c": content}


def plain(content: Inlines) -> Json:
    """Text that is no paragraph of its own, as in tight lists and cells."""
    return {"t": "Plain", "c": content}


def header(level: int, content: Inlines, attributes: Attr) -> Json:
    """A heading."""
    return {"t": "Header", "c": [level, attributes, content]}


def quote(content: Blocks) -> Json:
    """A quotation set off from the text."""
    return {"t": "BlockQuote", "c": content}


def line_block(lines: list[Inlines]) -> Json:
    """Verse."""
    return {"t": "LineBlock", "c": lines}


def bullets(items: list[Blocks]) -> Json:
    """A list with bullets."""
    return {"t": "BulletList", "c": items}


def ordered(items: list[Blocks], start: int, style: str = "Decimal", around: str = "Period") -> Json:
    """A list with numbers or letters."""
    return {"t": "OrderedList", "c": [[start, {"t": style}, {"t": around}], items]}


def definitions(items: list[tuple[Inlines, list[Blocks]]]) -> Json:
    """Terms and their explanations."""
    return {"t": "DefinitionList", "c": [list(item) for item in items]}


def div(content: Blocks, attributes: Attr) -> Json:
    """Blocks with attributes."""
    return {"t": "Div", "c": [attributes, content]}


def styled(style: str, content: Blocks, name: str = "") -> Json:
    """Blocks in a paragraph style of a Word document."""
    return div(content, attr(name, (), [("custom-style", style)]))


def code_block(text: str, attributes: Attr) -> Json:
    """Literal lines."""
    return {"t": "CodeBlock", "c": [attributes, text]}


def caption(content: Blocks) -> list[Any]:
    """A caption without a short form."""
    return [None, content]


def figure(content: Blocks, below: Blocks, attributes: Attr) -> Json:
    """A figure and its caption."""
    return {"t": "Figure", "c": [attributes, caption(below), content]}


def cell(content: Blocks, columns: int = 1, rows: int = 1) -> list[Any]:
    """A cell of a table; an empty one holds nothing."""
    return [attr(), {"t": "AlignDefault"}, rows, columns, content]


def row(cells: list[list[Any]]) -> list[Any]:
    """A row of a table."""
    return [attr(), cells]


def table(
    above: Blocks,
    columns: Sequence[tuple[str, float | None]],
    head: list[list[Any]],
    body: list[list[Any]],
    attributes: Attr,
) -> Json:
    """A table; a column is its alignment (AlignLeft …) and its part of the line, None for as wide as its words."""
    widths = [
        [{"t": alignment}, {"t": "ColWidthDefault"} if share is None else {"t": "ColWidth", "c": share}]
        for alignment, share in columns
    ]
    bodies = [[attr(), 0, [], body]]
    return {"t": "Table", "c": [attributes, caption(above), widths, [attr(), head], bodies, [attr(), []]]}


def meta(value: object) -> Json:
    """A value of the metadata; inlines are told by a list of elements."""
    if isinstance(value, bool):
        return {"t": "MetaBool", "c": value}
    if isinstance(value, Mapping):
        return {"t": "MetaMap", "c": {str(key): meta(item) for key, item in value.items()}}
    if isinstance(value, list | tuple):
        if value and all(isinstance(item, dict) and "t" in item for item in value):
            return {"t": "MetaInlines", "c": list(value)}
        return {"t": "MetaList", "c": [meta(item) for item in value]}
    return {"t": "MetaString", "c": str(value)}


def pandoc(version: Sequence[int], blocks: Blocks, metadata: Mapping[str, object]) -> Json:
    """A whole document; `version` is the pandoc-api-version of the program that will read it."""
    values = {key: meta(value) for key, value in metadata.items()}
    return {"pandoc-api-version": list(version), "meta": values, "blocks": blocks}
