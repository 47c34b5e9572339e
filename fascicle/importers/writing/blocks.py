"""Pandoc's blocks as Markdown of ours."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from fascicle.core.pandoc_ast import Blocks, Json
from fascicle.importers.tree.statements import MARK
from fascicle.importers.tree.walk import elements, pairs, plain
from fascicle.importers.writing.escape import guard
from fascicle.importers.writing.flat import flat
from fascicle.importers.writing.inlines import Context, InlineWriter
from fascicle.importers.writing.list_marks import list_marks
from fascicle.importers.writing.list_tables import ListTableWriter, needs_list
from fascicle.importers.writing.tables import table_lines

_LISTS = ("BulletList", "OrderedList")
_MEASURE = re.compile(r"(\d+(?:\.\d+)?|\.\d+)\s*(%|mm|cm|in|pt|em|px)?")
_PART = re.compile(r"(\d*\.?\d+)?\s*\\(?:linewidth|textwidth|columnwidth|hsize)")
_PIXELS_A_POINT = 0.75


class BlockWriter:
    """Writes the blocks of one file."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.inlines = InlineWriter(context)
        self._makers: dict[str, Callable[[Any], str]] = {
            "Para": self._paragraph,
            "Plain": self._paragraph,
            "Header": self._heading,
            "BlockQuote": lambda c: _prefixed(self._inner(c), "> "),
            "BulletList": lambda c: self._list(c, ["-"] * len(c)),
            "OrderedList": self._numbers,
            "DefinitionList": self._definitions,
            "CodeBlock": lambda c: _fenced(c[1], c[0][1], self._listing(c[0])),
            "LineBlock": self._verse,
            "HorizontalRule": lambda _: "* * *",
            "Table": self._table,
            "Figure": self._figure,
            "FigureGroup": self._group,
            "Div": self._div,
        }

    def write(self, blocks: Blocks) -> str:
        """All blocks, notes after the block that holds them."""
        made: list[str] = []
        before = ""
        for block in blocks:
            written = self._block(block)
            notes = self._notes()
            if written:
                if before == block["t"] and before in _LISTS:
                    made.append("<!-- -->")
                made.append(written)
                before = block["t"]
            made += notes
            before = "" if notes else before
        return "\n\n".join(made)

    def _inner(self, blocks: Blocks) -> str:
        """Blocks inside others; their notes wait until these are written."""
        made = ""
        before: Json | None = None
        for block in blocks:
            written = self._block(block)
            if not written:
                continue
            if before is not None:
                twice = before["t"] == block["t"] and block["t"] in _LISTS
                tight = before["t"] == "Plain" and block["t"] in _LISTS
                made += "\n\n<!-- -->\n\n" if twice else "\n" if tight else "\n\n"
            made += written
            before = block
        return made

    def _block(self, block: Json) -> str:
        maker = self._makers.get(block["t"])
        if maker is None:
            self.context.report.left_out(f"a block of kind {block['t']}", plain(block)[:60])
            return ""
        return maker(block.get("c", None))

    def _notes(self) -> list[str]:
        made = []
        first = self.context.count - len(self.context.notes) + 1
        notes, self.context.notes = self.context.notes, []
        for number, content in enumerate(notes, start=first):
            self.context.in_note = True
            written = self._inner(content) or "\\ "
            self.context.in_note = False
            made.append(f"[^{number}]: {_indented(written, 4)}")
        return made

    # -- Text -------------------------------------------------------------------------------------------

    def _paragraph(self, content: Any) -> str:
        return guard(self.inlines.write(content)).strip("\n")

    def _heading(self, content: Any) -> str:
        level, (name, classes, _), inlines = content
        label = self.context.labels.get(name, "")
        label = self.context.place(name) if label in self.context.used else ""
        braces = [f"#{label}"] if label else []
        braces += [".unnumbered"] if "unnumbered" in classes else []
        words = self.inlines.write(inlines, line=True)
        return f"{'#' * level} {words}{f' {{{chr(32).join(braces)}}}' if braces else ''}" if words else ""

    def _verse(self, lines: Any) -> str:
        written = (self.inlines.write(line, line=True).replace("\\ ", " ") for line in lines)
        return "\n".join(f"| {line}".rstrip() for line in written)

    # -- Containers -------------------------------------------------------------------------------------

    def _list(self, items: list[Blocks], marks: list[str]) -> str:
        tight = all(block["t"] != "Para" for item in items for block in item)
        made = []
        for mark, item in zip(marks, items, strict=True):
            lead = f"{mark} ".ljust(4)
            written = self._inner(item)
            made.append(lead + _indented(written, len(lead)) if written else lead + "\\ ")
        return ("\n" if tight else "\n\n").join(made)

    def _numbers(self, content: Any) -> str:
        (start, style, around), items = content
        marks = list_marks(max(start, 1), len(items), style["t"], around["t"])
        if marks is None:
            told = "a list with letters or Roman numerals has numbers"
            self.context.report.changed(told, plain(items)[:60])
            marks = list_marks(max(start, 1), len(items), "Decimal", "Period") or []
        return self._list(items, marks)

    def _definitions(self, items: Any) -> str:
        made = []
        for term, meanings in items:
            lines = [self.inlines.write(term, line=True)]
            lines += [f":   {_indented(self._inner(meaning), 4)}" for meaning in meanings if meaning]
            made.append("\n".join(lines))
        return "\n\n".join(made)

    def _div(self, content: Any) -> str:
        (name, classes, _), inner = content
        if MARK in classes:
            return self._statement(name, classes[-1], pairs(content[0]), inner)
        written = self._inner(inner)
        values = pairs(content[0])
        marks = [f".{each}" for each in classes] + [f"{key}={value}" for key, value in values.items()]
        return f"::: {{{' '.join(marks)}}}\n{written}\n:::" if marks and written else written

    def _statement(self, name: str, kind: str, values: dict[str, str], inner: Any) -> str:
        label = self.context.place(name)
        marks = [f"#{label}" if label else f".{kind}"]
        if title := values.get("name"):
            marks.append(f'name="{title}"')
        return f"::: {{{' '.join(marks)}}}\n{self._inner(inner)}\n:::"

    # -- What floats ------------------------------------------------------------------------------------

    def _braces(self, name: str, *more: str) -> str:
        label = self.context.place(name)
        parts = ([f"#{label}"] if label else []) + [part for part in more if part]
        return f"{{{' '.join(parts)}}}" if parts else ""

    def _table(self, content: Any) -> str:
        element = {"t": "Table", "c": content}
        caption = self.inlines.write(flat(content[1][1]), line=True)
        if needs_list(element):
            label = self.context.place(content[0][0])
            writer = ListTableWriter(element, self._inner, self.context.report)
            return writer.lines(guard(caption) if caption else "", label)
        lines = table_lines(element, self.inlines)
        braces = self._braces(content[0][0])
        if caption or braces:
            lines += ["", f": {' '.join(part for part in (caption, braces) if part)}"]
        return "\n".join(lines)

    def _listing(self, attributes: Any) -> str:
        """The braces of a listing that has a caption."""
        given = pairs(attributes)
        caption = given.get("caption") or given.get("lst-cap") or ""
        if not caption:
            return ""
        name = next((each for each in attributes[1] if re.fullmatch(r"[\w+-]+", each)), "")
        words = f'caption="{caption.replace(chr(34), chr(39))}"'
        return self._braces(attributes[0], f".{name}" if name else "", words)

    def _group(self, content: Any) -> str:
        """Parts of one figure, and the caption of them all."""
        attributes, parts, caption = content
        written = [self._figure(part["c"]) for part in parts]
        words = self.inlines.write(flat(caption), line=True)
        inner = "\n\n".join(part for part in (*written, guard(words) if words else "") if part)
        return f"::: {self._braces(attributes[0]) or '{.figures}'}\n{inner}\n:::"

    def _figure(self, content: Any) -> str:
        attributes, caption, inner = content
        picture = next((item for item in elements(inner) if item["t"] == "Image"), None)
        words = self.inlines.write(flat(caption[1]), line=True)
        if picture is None:
            return "\n\n".join(part for part in (self._inner(inner), words) if part)
        (own, _, _), _, (source, _) = picture["c"]
        given = {**pairs(attributes), **pairs(picture["c"][0])}
        alt = plain(picture["c"][1]).strip()
        if alt and alt != plain(caption[1]).strip():
            given.setdefault("alt", alt)
        path = self.context.place_picture(source, given)
        if path is None:
            return guard(words)
        braces = self._braces(
            attributes[0] or own, *(_measure(key, given.get(key, "")) for key in ("width", "height"))
        )
        return f"![{words}]({f'<{path}>' if re.search(r'[ ()]', path) else path}){braces}"


def _measure(key: str, value: str) -> str:
    """A width or height in our units; pixels are taken at 96 an inch, wider than the page is the page."""
    if part := _PART.fullmatch(value.strip()):
        value = f"{100 * float(part[1] or 1):g}%"
    found = _MEASURE.fullmatch(value.strip())
    if not found or not float(found[1]):
        return ""
    number, unit = float(found[1]), found[2] or "px"
    if unit == "px":
        number, unit = round(number * _PIXELS_A_POINT, 1), "pt"
    if (unit == "%" and number > 100) or (unit == "pt" and number > 380) or (unit == "in" and number > 5.2):
        return "width=100%" if key == "width" else ""
    return f"{key}={number:g}{unit}"


def _indented(text: str, width: int) -> str:
    first, *rest = text.split("\n")
    return "\n".join([first, *(f"{' ' * width}{line}" if line else "" for line in rest)])


def _prefixed(text: str, prefix: str) -> str:
    return "\n".join((prefix + line).rstrip() for line in text.split("\n"))


def _fenced(text: str, classes: list[str], braces: str = "") -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    name = next((each for each in classes if re.fullmatch(r"[\w+-]+", each)), "")
    return f"{fence}{braces or name}\n{text.strip(chr(10))}\n{fence}"
