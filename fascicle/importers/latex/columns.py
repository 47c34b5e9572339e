"""Columns of LaTeX's tables that change their cells: pandoc's reader loses what stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fascicle.importers.latex.tables import TABLE

_TOKEN = re.compile(
    r"\\begin\s*\{[\w*]+\}|\\end\s*\{[\w*]+\}|\\\\\*?(?:\[[^\]]*\])?|\\tabularnewline\b|\\.|[{}&]|%[^\n]*",
    re.DOTALL,
)
_GROUP = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_AROUND = re.compile(rf"[<>]\s*{_GROUP}")
_SPACE = re.compile(r"[@!]\s*\{(?:\s|\\\w+|\{[^{}]*\}|\\[;:,!])*\}")
_COLUMN = re.compile(
    rf"[@!]\s*{_GROUP}|(?P<decimal>D(?:\s*{_GROUP}){{3}})|(?P<kind>[A-Za-z])(?:\s*{_GROUP}|\[[^\]]*\])*"
)
_REPEATED = re.compile(rf"\*\s*\{{(\d+)\}}\s*({_GROUP})")
_SPAN = re.compile(r"\s*(?:\\(?:hline|midrule|toprule|bottomrule)\s*)*\\multicolumn\s*\{(\d+)\}")
_RULES = re.compile(
    r"((?:\s*\\(?:hline|midrule|toprule|bottomrule|cline\{[^{}]*\}))*\s*)(.*?)(\s*)\Z", re.DOTALL
)
_CAPTION = re.compile(rf"\\captionof\*?\s*\{{table\}}\s*({_GROUP})")
_BETWEEN = re.compile(
    r"(?:\s|\\(?:centering|small|footnotesize|scriptsize|tiny|vspace\*?\{[^{}]*\})(?![A-Za-z]))*"
)


def plain_columns(text: str) -> str:
    r"""The text with each table in columns of words alone: no `>{…}` before cells that span columns, and what stands in
    columns of dcolumn (`D{.}{.}{-3}`), as stargazer writes them, as the formulas that these columns make of it.
    """
    made, at = [], 0
    for found in TABLE.finditer(text):
        end = _end(text, found.end(), found["kind"])
        if end < 0 or found.start() < at:
            continue
        head, body = text[found.start() : found.end()], text[found.end() : end]
        spec = head.rfind("{", 0, _last_group(head) + 1)
        columns = _repeated(head[spec + 1 : -1])
        columns = _SPACE.sub("", columns)
        if "\\multicolumn" in body or "\\multirow" in body:
            columns = _AROUND.sub("", columns)
        decimal = _decimal(columns)
        if any(decimal):
            columns = re.sub(rf"D(?:\s*{_GROUP}){{3}}", "r", columns)
            body = _as_formulas(body, decimal)
        made += [text[at : found.start()], head[: spec + 1], columns, "}", body]
        at = end
    return "".join([*made, text[at:]])


def with_captions(text: str) -> str:
    r"""The text with tables that `\captionof{table}{…}` stands before as tables with a caption."""
    made, at = [], 0
    for found in _CAPTION.finditer(text):
        between = _BETWEEN.match(text, found.end())
        table = TABLE.match(text, between.end()) if between else None
        end = _end(text, table.end(), table["kind"]) if table else -1
        if table is None or end < 0:
            continue
        end = text.index("}", end) + 1
        made += [
            text[at : found.start()],
            f"\\begin{{table}}\\caption{found[1]}\n",
            text[table.start() : end],
        ]
        made.append("\n\\end{table}")
        at = end
    return "".join([*made, text[at:]])


def _last_group(head: str) -> int:
    """Where the last group of a table's beginning opens: the description of its columns."""
    depth = 0
    for at in range(len(head) - 1, -1, -1):
        depth += (head[at] == "}") - (head[at] == "{")
        if depth == 0:
            return at
    return 0


def _end(text: str, start: int, kind: str) -> int:
    r"""Where the `\end` of a table stands; -1 when there is none."""
    depth = 1
    for found in re.finditer(rf"\\(begin|end)\s*\{{{re.escape(kind)}\}}", text[start:]):
        depth += 1 if found[1] == "begin" else -1
        if depth == 0:
            return start + found.start()
    return -1


def _repeated(columns: str) -> str:
    return _REPEATED.sub(lambda found: found[2][1:-1] * min(int(found[1]), 50), columns)


def _decimal(columns: str) -> list[bool]:
    """For each column whether it sets its cells as numbers aligned at their points."""
    found = _COLUMN.finditer(_AROUND.sub("", columns))
    return [bool(one["decimal"]) for one in found if one["decimal"] or one["kind"]]


def _as_formulas(body: str, decimal: list[bool]) -> str:
    made, column, start = [], 0, 0
    for at, stop, ends in _cells(body):
        cell = body[start:at]
        if 0 < column < len(decimal) and decimal[column]:
            cell = _formula(cell)
        made += [cell, body[at:stop]]
        span = _SPAN.match(cell)
        column = 0 if ends else column + (int(span[1]) if span else 1)
        start = stop
    return "".join([*made, body[start:]])


def _cells(body: str) -> Iterator[tuple[int, int, bool]]:
    """Where each cell ends, where the next begins, and whether its row ends with it."""
    depth = 0
    for found in _TOKEN.finditer(body):
        piece = found[0]
        depth += piece.startswith(("\\begin", "{")) - piece.startswith(("\\end", "}"))
        if depth == 0 and (piece == "&" or piece.startswith(("\\\\", "\\tabularnewline"))):
            yield found.start(), found.end(), piece != "&"


def _formula(cell: str) -> str:
    found = _RULES.match(cell)
    if found is None or not found[2] or found[2].startswith(("\\multicolumn", "$", "\\text")):
        return cell
    return f"{found[1]}${found[2]}${found[3]}"
