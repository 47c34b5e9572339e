"""Characters of plain text that would be markup here, and lines that would be blocks."""

from __future__ import annotations

import re

_ALWAYS = re.compile(r"[\\`*\[\]^~$]")
_ENTITY = re.compile(r"&(?=#[xX]?[0-9a-fA-F]{1,7};|[A-Za-z][A-Za-z0-9]{1,31};)")
_AT = re.compile(r"(?<![^\W_])@(?=[\w{])")
_ANGLE = re.compile(r"<(?=[A-Za-z/!])")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_BRACE = re.compile(r"\{")
_DASHES = re.compile(r"-{2,}")
_STOPS = re.compile(r"\.{3,}")
_QUOTE = re.compile(r"[\"']")
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufff9-\ufffb\ufffe\uffff\ufdd0-\ufdef]"
)
_SOFT = re.compile("[\u00ad\u200b\u2060]")
_LINE = re.compile(
    r"(?P<mark>#{1,6}(?=\s|$)|#{2,}|>|[-+](?=\s|$)|:{3,}|~(?=\s|$)|~{3,}|:(?=\s|$)|=+[ \t]*$|-+[ \t]*$|\|(?=\s|$)|[•◦▪▸‣●○■□](?=\s))"
    r"|(?P<number>\d{1,9})(?P<stop>[.)])(?=\s|$)"
    r"|(?P<bracket>\((?=[@a-zA-Z\divxlc]+\)(?:\s|$)))"
    r"|(?P<letter>[a-zA-Z]|[ivxlc]{2,}|#)(?P<end>[.)])(?=\s|$)"
    r"|(?P<table>[Tt]able):(?=\s)"
)


def escape(text: str, *, smart: bool) -> str:
    """Plain text as it is typed here; with `smart`, straight quotation marks and hyphens stay what they are."""
    text = _SOFT.sub("", _CONTROL.sub("", text))
    text = _ALWAYS.sub(lambda found: "\\" + found[0], text)
    text = _ENTITY.sub(r"\\&", text)
    text = _AT.sub(r"\\@", text)
    text = _ANGLE.sub(r"\\<", text)
    text = _UNDERSCORE.sub(r"\\_", text)
    text = _BRACE.sub(r"\\{", text)
    if smart:
        text = _QUOTE.sub(lambda found: "\\" + found[0], text)
        text = _DASHES.sub(lambda found: "\\-" * len(found[0]), text)
        text = _STOPS.sub(lambda found: "\\." * len(found[0]), text)
    return text.replace("\u00a0", "\\ ")


def guard(text: str) -> str:
    """A paragraph whose lines begin no block."""
    lines, formula = [], False
    for line in text.split("\n"):
        lines.append(line if formula else _guarded(line))
        formula ^= bool(line.count("$$") % 2)
    return "\n".join(lines)


def _guarded(line: str) -> str:
    line = line.lstrip(" \t")
    found = _LINE.match(line)
    if not found:
        return line
    if found["mark"]:
        return "\\" + line
    if found["number"]:
        return f"{found['number']}\\{line[found.end('number') :]}"
    if found["bracket"]:
        return "\\" + line
    if found["table"]:
        return f"{found['table']}\\{line[found.end('table') :]}"
    return f"{found['letter']}\\{line[found.end('letter') :]}"
