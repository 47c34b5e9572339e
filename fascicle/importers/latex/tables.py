"""Tables of LaTeX in commands that pandoc reads: cells of lines, spans, heads of several rows."""

from __future__ import annotations

import re
from typing import Any

from fascicle.core.pandoc_ast import Blocks, Json
from fascicle.importers.tree.walk import elements, plain, rewrite

_BRACED = r"\{((?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*)\}"
_LINES = re.compile(r"\\(?:makecell|shortstack|thead|specialcell)\*?\s*(?:\[[^\]]*\]\s*){0,2}" + _BRACED)
_ROWS_CELL = re.compile(r"\\multirowcell\s*\{(\d+)\}\s*(?:\[[^\]]*\]\s*){0,2}" + _BRACED)
_ROWS = re.compile(
    r"\\multirow\s*(?:\[[^\]]*\])?\s*(?:\{\s*(-?[\d.]+)\s*\}|(\d))\s*(?:\[[^\]]*\])?\s*(?:\{[^{}]*\}|\*|=)\s*(?:\[[^\]]*\])?\s*(?=\{)"
)
_ONE_COLUMN = re.compile(r"(\\multirow\{\d+\}\{\*\}\{\s*)\\multicolumn\s*\{1\}\s*\{[^{}]*\}\s*(?=\{)")
_UNBRACED = re.compile(r"(\\multicolumn\s*\{\d+\}\s*\{[^{}]*\})\s*(\\multirow\{\d+\}\{\*\}" + _BRACED + ")")
_GROUPED = re.compile(r"(?<!\})\{\s*(\\multirow\{\d+\}\{\*\}" + _BRACED + r")\s*\}")
_DIVIDED = re.compile(
    r"\\(?:diagbox|backslashbox|slashbox)\s*(?:\[[^\]]*\]\s*)?" + _BRACED + r"\s*" + _BRACED
)
_BREAK = re.compile(r"\\\\\*?(?:\[[^\]]*\])?|\\tabularnewline\b")


_STACK = re.compile(
    r"\\begin\{tabular\}(?:\[[^\]]{0,20}\])?\{(?:\s|\||@\{[^{}]*\}|!\{[^{}]*\})*(?:[lcr]|[pmb]\{[^{}]*\})(?:\s|\||@\{[^{}]*\})*\}"
    r"((?:(?!\\(?:begin|end)\s*\{tabular)(?:\\.|[^&\\]))*+)\\end\{tabular\}",
    re.DOTALL,
)
"""A table of one column, as cells have it for their lines."""


def whole_cells(text: str) -> str:
    r"""The text with every cell in one form: lines as `\newline`, `\multirow` with a number and a star."""
    text = _without_stacks(text)
    text = _DIVIDED.sub(r"\1 / \2", text)
    text = _ROWS_CELL.sub(lambda found: f"\\multirow{{{found[1]}}}{{*}}{{{_lined(found[2])}}}", text)
    text = _ROWS.sub(lambda found: _rows(found[1] or found[2]), text)
    text = _LINES.sub(lambda found: f"{{{_lined(found[1])}}}", text)
    text = _ONE_COLUMN.sub(r"\1", text)
    text = _UNBRACED.sub(r"\1{\2}", text)
    text = _GROUPED.sub(r"\1", text)
    text = re.sub(r"\\tnote\s*(?=\{)", r"\\textsuperscript", text)
    return re.sub(r"\\\\\*(?=\s)", r"\\\\", text)


def _without_stacks(text: str) -> str:
    """The text with the lines of each table of one column that stands in a cell of another."""
    made, at, depth, outer = [], 0, 0, 0
    for found in _AROUND_TABLES.finditer(text):
        if found["begin"]:
            depth += 1
            outer = found.start() if depth == 1 else outer
        elif depth:
            depth -= 1
            if depth == 0:
                inside = text.index("}", outer)
                made += [text[at:inside], _STACK.sub(_stacked, text[inside : found.start()])]
                at = found.start()
    return "".join([*made, text[at:]])


def _stacked(found: re.Match[str]) -> str:
    lines = [re.sub(r"\\hline\b", "", line).strip() for line in _BREAK.split(found[1])]
    return "{" + r"\newline ".join(filter(None, lines)) + "}"


def _rows(number: str) -> str:
    """A cell over so many rows; one that is typed in the last of them stays there."""
    count = int(float(number))
    return f"\\multirow{{{count}}}{{*}}" if count > 1 else ""


def _lined(inner: str) -> str:
    return _BREAK.sub(r"\\newline ", inner)


TABLE = re.compile(
    r"\\begin\{(?P<kind>tabular[xy*]?|longtable|tabu)\}(?:\[[^\]]*\])?(?:\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}){1,2}"
)
"""The beginning of a table."""
_AROUND_TABLES = re.compile(r"\\(?:(?P<begin>begin)|end)\s*\{(?:tabular[xy*]?|longtable|tabu)\}")
_TOKEN = re.compile(
    r"\\begin\{(?P<begin>[\w*]+)\}|\\end\{(?P<end>[\w*]+)\}|(?P<row>\\\\\*?(?:\[[^\]]*\])?|\\tabularnewline\b)"
    r"|(?P<rule>\\(?:hline|midrule|toprule|bottomrule|Xhline\{[^}]*\}|endhead|endfirsthead)(?![A-Za-z]))|\\.|(?P<open>\{)|(?P<close>\})|%[^\n]*",
    re.DOTALL,
)
_MARK = "fascicleheadrows"
_MOST = 4


def with_heads(text: str) -> str:
    """The text with a row of its own that says how many rows are the head, where these are several."""
    made, at = [], 0
    for found in TABLE.finditer(text):
        rows = _head_rows(text, found.end())
        if rows > 1:
            made += [text[at : found.end()], f" {_MARK}{rows} \\\\ \\hline "]
            at = found.end()
    return "".join([*made, text[at:]])


def _head_rows(text: str, start: int) -> int:
    """How many rows stand between the rule above a table and the next rule across it; 0 when none follow."""
    rows = depth = 0
    head = 0
    for found in _TOKEN.finditer(text, start):
        depth += bool(found["begin"] or found["open"]) - bool(found["end"] or found["close"])
        if depth < 0 or rows > _MOST + 1:
            break
        if depth:
            continue
        if head and found["row"]:
            return head
        rows += bool(found["row"])
        if found["rule"] and rows and not head:
            head = rows
    return 0


def read_heads(blocks: Blocks) -> Blocks:
    """The tables with the heads that `with_heads` has marked, and those in cells without the caption of the whole."""

    def change(element: Json) -> list[Json] | None:
        if element["t"] != "Table":
            return None
        for inner in elements(element["c"][3:]):
            if inner["t"] == "Table":
                inner["c"][1] = [None, []]
        if not (number := _marked(element)):
            return [element]
        head, bodies = element["c"][3], element["c"][4]
        rows = bodies[0][3]
        head[1] = _closed(rows[:number])
        bodies[0][3] = rows[number:]
        return [element]

    return rewrite(blocks, change)  # type: ignore[no-any-return]


def _marked(element: Json) -> int:
    found = re.search(rf"{_MARK}(\d)", plain(element["c"][3][1]))
    return int(found[1]) if found and element["c"][4] else 0


def _closed(rows: list[Any]) -> list[Any]:
    """The rows of a head, none of whose cells comes down into the body."""
    for number, (_, cells) in enumerate(rows):
        for cell in cells:
            cell[2] = min(cell[2], len(rows) - number)
    return rows
