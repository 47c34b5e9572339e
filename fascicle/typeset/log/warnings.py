"""Warnings of LaTeX and its packages as diagnostics."""

from __future__ import annotations

import re

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.typeset.log.latex_log import LogEntry
from fascicle.typeset.log.source_places import LogPlaces

_CITATION = re.compile(r"Citation [`']([^']+)'.* undefined")
_REFERENCE = re.compile(r"(?:Hyper r|R)eference [`']([^']+)'.* undefined")
_LABEL = re.compile(r"Label [`']([^']+)' multiply defined")
_SHAPE = re.compile(r"Font shape [`']([^']+)' (?:undefined|in size|tried)|.*[Uu]sing [`']\S+' instead")
_TOO_LARGE = re.compile(r"Float too large for page by ([\d.]+)pt")
_ENCODING = {
    "m": "",
    "b": "bold",
    "bx": "bold",
    "n": "",
    "it": "italic",
    "sl": "slanted",
    "sc": "small capitals",
}


def explain_warning(entry: LogEntry, places: LogPlaces, problems: Collector) -> None:
    """Add a warning to `problems`."""
    span = places.of(entry)
    text = entry.message
    if match := _CITATION.match(text):
        problems.add(Code.UNDEFINED_CITATION, f"no entry '{match[1]}' in the bibliography", span)
    elif match := _REFERENCE.match(text):
        problems.add(Code.UNDEFINED_REFERENCE, f"nothing has the label '{match[1]}'", span)
    elif match := _LABEL.match(text):
        line = next(iter(places.labelled(match[1])[1:]), None)
        problems.add(Code.DUPLICATE_LABEL, f"the label '{match[1]}' is given twice", places.at(line) or span)
    elif match := _TOO_LARGE.match(text):
        message = f"a figure or table is {float(match[1]):.1f} pt higher than the page"
        problems.add(Code.OVERFULL_PAGE, message, span, "make it lower, or divide it")
    elif match := _SHAPE.match(text):
        problems.add(Code.FONT_SUBSTITUTED, _shape_words(match[1] or "", text), span)
    else:
        who = entry.package or "LaTeX"
        problems.add(Code.TEX_WARNING, f"{who} warns: {text.rstrip('.')}", span)


def _shape_words(shape: str, text: str) -> str:
    """A font shape such as `TU/EBGaramond(0)/b/it` in words."""
    parts = shape.split("/")
    if len(parts) < 4:
        return f"LaTeX warns: {text.rstrip('.')}"
    family = parts[1].partition("(")[0]
    kind = " ".join(word for word in (_ENCODING.get(part, part) for part in parts[2:4]) if word) or "upright"
    return f"the font {family} has no {kind}; another was taken"
