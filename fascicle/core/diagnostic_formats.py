"""Diagnostics as text: one function a format, each a pure function from diagnostics to lines."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from fascicle import __version__
from fascicle.core.builtin_templates import builtin_folder
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Diagnostic, Severity, Span
from fascicle.core.explanations import explanation
from fascicle.core.text.visible_text import visible, visible_lines

JSON_VERSION = 1
"""Version of the JSON lines; it grows when a field changes its meaning or goes."""
SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


@dataclass(frozen=True)
class SourceView:
    """Where the author stands: what makes paths short and source lines quotable."""

    root: Path
    """The project folder, absolute."""
    here: Path = field(default_factory=Path.cwd)
    """The folder that paths are printed relative to."""

    def path(self, file: str) -> str:
        """A project file's path as the author would type it from where they stand."""
        return os.path.relpath(self.file(file), self.here)

    def file(self, file: str) -> Path:
        """Where a file lies: in the project, or, for a template that comes with the program, there."""
        own, builtin = self.root / file, builtin_folder().parent / file
        return builtin if file.startswith("templates/") and not own.exists() and builtin.exists() else own

    def place(self, span: Span) -> str:
        """`file:line:column`."""
        return f"{self.path(span.file)}:{span.line}:{span.column}"

    def line(self, span: Span) -> str | None:
        """The source line of a span; None when it cannot be had."""
        lines = self._lines(span.file)
        return lines[span.line - 1] if 0 < span.line <= len(lines) else None

    @cached_property
    def _cache(self) -> dict[str, list[str]]:
        return {}

    def _lines(self, file: str) -> list[str]:
        if file not in self._cache:
            try:
                text = self.file(file).read_text(encoding="utf-8-sig", errors="replace")
            except OSError:
                text = ""
            self._cache[file] = text.split("\n")
        return self._cache[file]


def short(found: Diagnostic, view: SourceView) -> str:
    """One line: `file:line:column: severity[code]: message`."""
    place = f"{visible(view.place(found.span))}: " if found.span else ""
    return f"{place}{found.severity}[{found.code.value}]: {visible(found.message)}"


def human(found: Diagnostic, view: SourceView) -> str:
    """The short line, the source line with a caret under the place, the causes and the hints."""
    lines = [short(found, view)]
    quoted = view.line(found.span) if found.span else None
    if found.span and quoted is not None and quoted.strip():
        lines += _quoted(quoted, found.span)
    lines += [f"  caused by: {visible(cause)}" for cause in found.causes if cause]
    lines += [f"  hint: {visible(hint)}" for hint in found.hints]
    return "\n".join(lines)


_QUOTE_WIDTH = 100


def _quoted(line: str, span: Span) -> list[str]:
    """The source line, cut around the place when it is long, and carets below it."""
    start = min(max(span.column - 1, 0), len(line))
    same_line = span.end_line in (None, span.line)
    end = span.end_column - 1 if same_line and span.end_column else start + 1 if same_line else len(line)
    end = max(min(end, len(line)), start + 1)
    first = max(0, min(start - _QUOTE_WIDTH // 2, len(line) - _QUOTE_WIDTH))
    shown = _in_place(line[first : first + _QUOTE_WIDTH])
    head, tail = ("…" if first else ""), ("…" if first + _QUOTE_WIDTH < len(line) else "")
    before = " " * (len(head) + columns(line[first:start]))
    carets = "^" * max(1, min(columns(line[start:end]), _QUOTE_WIDTH))
    gutter = f"{span.line:>6} | "
    return [f"{gutter}{head}{shown}{tail}", f"{' ' * (len(gutter) - 2)}| {before}{carets}"]


def _in_place(text: str) -> str:
    """The text with a sign in the place of each character that would move or turn others, so that carets still fit."""
    return "".join(
        " " if sign == "\t" else sign if visible(sign) == sign else "\N{REPLACEMENT CHARACTER}"
        for sign in text
    )


def columns(text: str) -> int:
    """Terminal columns: Han characters take two, combining marks none."""
    wide = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
    return wide - sum(1 for char in text if unicodedata.combining(char))


def escaped_json(record: object, indent: int | None = None) -> str:
    """JSON in which control and direction characters are escaped, and other writing is not."""
    text = json.dumps(record, ensure_ascii=False, indent=indent)
    return "".join(_JSON_ESCAPED.get(sign) or sign for sign in text) if _STEERING.search(text) else text


_STEERING = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\U000e0000-\U000e007f]"
)
_JSON_ESCAPED = {
    sign: json.dumps(sign)[1:-1]
    for code in (*range(0x7F, 0xA0), 0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A),
                 *range(0xD800, 0xE000), 0xFEFF, *range(0xE0000, 0xE0080))
    if (sign := chr(code))
}  # fmt: skip


def json_line(found: Diagnostic, view: SourceView) -> str:
    """One JSON object; its fields are described in docs/reference.md."""
    span = found.span
    place = None if span is None else {
        "file": view.path(span.file), "line": span.line, "column": span.column,
        "end-line": span.end_line, "end-column": span.end_column,
    }  # fmt: skip
    record = {
        "version": JSON_VERSION, "code": found.code.value, "severity": found.severity.value,
        "message": found.message, "span": place, "hints": list(found.hints), "causes": list(found.causes),
    }  # fmt: skip
    return escaped_json(record)


_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def github(found: Diagnostic, view: SourceView) -> str:
    """A workflow command that GitHub shows at the line in a pull request."""
    properties = {"title": found.code.value}
    if found.span:
        span = found.span
        properties |= {"file": view.path(span.file), "line": str(span.line), "col": str(span.column)}
        if span.end_line:
            properties |= {"endLine": str(span.end_line), "endColumn": str(span.end_column or 1)}
    listed = ",".join(f"{name}={_github_escape(value, ':,')}" for name, value in properties.items())
    message = "\n".join([found.message, *(f"hint: {hint}" for hint in found.hints)])
    return f"::{_GITHUB[found.severity]} {listed}::{_github_escape(message)}"


def _github_escape(text: str, more: str = "") -> str:
    text = visible_lines(text)
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def sarif(found: Sequence[tuple[Diagnostic, SourceView]]) -> str:
    """One SARIF 2.1.0 log of all diagnostics, of one publication or of several."""
    codes = sorted({item.code for item, _ in found}, key=lambda code: code.value)
    driver = {
        "name": "Fascicle", "version": __version__, "rules": [_sarif_rule(code) for code in codes],
    }  # fmt: skip
    run = {
        "tool": {"driver": driver}, "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(item, view) for item, view in found],
    }  # fmt: skip
    return escaped_json({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1)


def _sarif_rule(code: Code) -> Mapping[str, object]:
    level = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}[code.severity]
    return {
        "id": code.value,
        "fullDescription": {"text": explanation(code)},
        "defaultConfiguration": {"level": level},
    }


def _sarif_result(found: Diagnostic, view: SourceView) -> Mapping[str, object]:
    text = ". ".join([found.message, *found.hints])
    result: dict[str, object] = {
        "ruleId": found.code.value, "level": found.severity.value, "message": {"text": text},
    }  # fmt: skip
    if found.span:
        span = found.span
        region = {"startLine": span.line, "startColumn": span.column}
        if span.end_line and span.end_column:
            region |= {"endLine": span.end_line, "endColumn": span.end_column}
        uri = quote(os.fsencode(Path(view.path(span.file)).as_posix()))
        location = {"artifactLocation": {"uri": uri}, "region": region}
        result["locations"] = [{"physicalLocation": location}]
    return result


ONE_BY_ONE: Mapping[str, Callable[[Diagnostic, SourceView], str]] = {
    "human": human,
    "short": short,
    "json": json_line,
    "github": github,
}
"""The formats that print each diagnostic by itself."""
NAMES = (*ONE_BY_ONE, "sarif")
"""All formats of diagnostics."""


def lines(found: Iterable[Diagnostic], form: str, view: SourceView) -> Iterator[str]:
    """The diagnostics in the format `form`, one of `NAMES`."""
    if form == "sarif":
        yield sarif([(item, view) for item in found])
    else:
        yield from (ONE_BY_ONE[form](item, view) for item in found)
