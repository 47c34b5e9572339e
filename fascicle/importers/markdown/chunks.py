"""Chunks of code that Quarto and R Markdown run.

Their pictures and captions kept, the code left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fascicle.importers.markdown.outside_code import line_of
from fascicle.importers.report import Report
from fascicle.importers.word_list import words

_CHUNK = re.compile(
    r"^(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,})[ \t]*\{(?P<head>\.?[A-Za-z][\w.+-]*(?:[ ,][^\n]*)?|,[^\n]*)\}[ \t]*\n"
    r"(?P<code>.*?)^[ \t]*(?P=fence)[`~]*[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
_ENGINES = words(
    "r python julia ojs bash sh sql stan rcpp observable mermaid dot tikz js node css cat asis engine perl ruby stata sas "
    "octave matlab haskell scala go rust d3 webr pyodide"
)
_OPTION = re.compile(r"^[ \t]*(?:#|//|--|%%)\|[ \t]*([\w.-]+):[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_QUOTED = r"""(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)')"""
_INCLUDED = re.compile(r"include_graphics\(([^()]*(?:\([^()]*\)[^()]*)*)\)|(?:Image|imread)\(([^()]*)\)")
_VALUE = re.compile(r"`(?:r|python|julia|\{(?:r|python|julia)\})[ ][^`\n]+`")


@dataclass(frozen=True, slots=True)
class _Chunk:
    label: str
    caption: str
    alt: str
    pictures: tuple[str, ...]
    child: str
    table: bool


def without_chunks(text: str, name: str, report: Report, *, quarto: bool) -> str:
    """The text without code that is run; a chunk that draws is a figure, one that makes a captioned table a table."""

    def change(found: re.Match[str]) -> str:
        engine = re.split(r"[ ,]", found["head"].strip())[0].lower()
        if engine.startswith(".") or (engine not in _ENGINES and not found["head"].startswith(",")):
            return found[0]
        place = f"{name}:{line_of(text, found.start())}"
        return _instead(_read(found["head"], found["code"]), place, report, quarto=quarto)

    text = _CHUNK.sub(change, text)
    for value in _VALUE.finditer(text):
        report.verify("a value that code computes stands as its code", f"{name}: {value[0][:60]}")
    return text


def _read(head: str, code: str) -> _Chunk:
    options = {key.replace(".", "-").lower(): value.strip("\"'") for key, value in _OPTION.findall(code)}
    words = re.match(r"[\w.]+[ ]+([\w.-]+)[ ]*(?:,|$)", head.strip())
    label = (
        options.get("label") or (words[1] if words and "=" not in words[1] else "") or _given(head, "label")
    )
    caption = options.get("fig-cap") or options.get("tbl-cap") or _given(head, "fig.cap") or ""
    table = "tbl-cap" in options or label.startswith(("tbl-", "tbl:"))
    if not caption and (found := re.search(rf"caption\s*=\s*{_QUOTED}", code)):
        caption, table = (
            found[1] or found[2],
            "kable" in code or "gt(" in code or "flextable" in code or "xtable" in code,
        )
    pictures = tuple(_path(one or two) for one, two in _INCLUDED.findall(code) if _path(one or two))
    alt = options.get("fig-alt") or _given(head, "fig.alt")
    return _Chunk(
        label, _unquoted(caption), alt, pictures, _given(head, "child") or options.get("child", ""), table
    )


def _given(head: str, name: str) -> str:
    found = re.search(rf"{re.escape(name)}\s*=\s*{_QUOTED}", head)
    return _unquoted(found[1] or found[2] or "") if found else ""


def _unquoted(text: str) -> str:
    return text.replace('\\"', '"').replace("\\'", "'").replace("\\\\", "\\")


def _path(arguments: str) -> str:
    """The path that the strings of a call make, those of `here()` joined."""
    parts = [one or two for one, two in re.findall(_QUOTED, arguments)]
    if "here" in arguments or "file.path" in arguments:
        return "/".join(parts)
    return parts[0] if parts else ""


def _instead(chunk: _Chunk, place: str, report: Report, *, quarto: bool) -> str:
    if chunk.child:
        return f"{{{{< include {chunk.child} >}}}}"
    label = chunk.label
    if label and not quarto and not re.match(r"(?:fig|tab|tbl)[:-]", label):
        label = f"{'tab' if chunk.table else 'fig'}:{label}"
    named = f"{{#{label}}}" if re.match(r"(?:fig|tbl|tab)[:-]", label) else ""
    if chunk.pictures:
        alt = f' fig-alt="{chunk.alt}"' if chunk.alt and '"' not in chunk.alt else ""
        named = f"{{{named[1:-1]}{alt}}}" if named or alt else ""
        return "\n\n".join(
            f"![{chunk.caption}](<{path}>){named if not number else ''}"
            for number, path in enumerate(chunk.pictures)
        )
    if (chunk.caption and not chunk.table) or re.match(r"fig[:-]", chunk.label):
        report.left_out("a picture that code draws; a plate stands for it", place)
        return f"![{chunk.caption}](<drawn by code/{chunk.label or 'figure'}.png>){named}"
    if chunk.table and (chunk.caption or named):
        report.left_out("a table that code makes; an empty one with its caption stands for it", place)
        return f"| … |\n|---|\n| … |\n\n: {chunk.caption or '…'} {named}"
    report.left_out("a chunk of code that is run", f"{place}{f' ({chunk.label})' if chunk.label else ''}")
    return ""
