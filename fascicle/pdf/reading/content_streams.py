"""Reads content streams: each operator with its operands, fast enough for every page of every build.

pypdf reads a stream too, some thirty times slower since it makes an object of everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Operand = float | str | bytes | list["Operand"]
"""A number, a name with its slash, a string or a dictionary's mark as bytes, an array."""

TOKEN = re.compile(
    rb"""
      (?P<shown>\[[^\]()%]*\]\s*TJ(?![A-Za-z]))              # the usual text of TeX, whole
    | (?P<number>[-+]?(?:\d+\.?\d*|\.\d+)(?=[\s\[\]<>()/%]|$))
    | (?P<name>/[^\s\[\]<>()/%{}]*)
    | (?P<open>\[) | (?P<close>\])
    | (?P<dictionary><<|>>)
    | (?P<hexadecimal><[0-9A-Fa-f\s]*>)
    | (?P<string>\()
    | (?P<comment>%[^\r\n]*)
    | (?P<operator>[^\s\[\]<>()/%{}]+)
    | (?P<other>[<>(){}])
    """,
    re.VERBOSE,
)
PARENTHESIS = re.compile(rb"\\.|[()]", re.DOTALL)
IMAGE_END = re.compile(rb"\sEI(?=[\s\x00]|$)")


def operations(data: bytes) -> Iterator[tuple[str, list[Operand]]]:
    """Every operator of a content stream with its operands, in order.

    An inline picture comes as `BI` with the keys and values of its dictionary. Text in arrays of the usual kind
    comes without its operand. What is no PDF is passed over.
    """
    at, operands, arrays = 0, list[Operand](), list[list[Operand]]()
    while match := TOKEN.search(data, at):
        at = match.end()
        kind = match.lastgroup
        if kind == "shown":
            yield "TJ", []
        elif kind == "operator":
            operator = match[0].decode("latin-1")
            if operator in ("true", "false", "null"):
                operands.append(operator)
                continue
            if operator == "ID":
                at = _after_image(data, at)
                yield "BI", operands
            elif operator != "BI":
                yield operator, operands
        else:
            at = _take(data, match, (operands, *arrays)[-1], arrays)
            continue
        operands, arrays = [], []


def _take(data: bytes, match: re.Match[bytes], holder: list[Operand], arrays: list[list[Operand]]) -> int:
    """Put one operand into the innermost open array; gives the place after it."""
    kind, text = match.lastgroup, match[0]
    if kind == "open":
        inner: list[Operand] = []
        holder.append(inner)
        arrays.append(inner)
    elif kind == "close" and arrays:
        arrays.pop()
    elif kind == "number":
        holder.append(float(text))
    elif kind == "name":
        holder.append(text.decode("latin-1"))
    elif kind == "string":
        end = _after_string(data, match.end())
        holder.append(data[match.end() : end - 1])
        return end
    elif kind in ("dictionary", "hexadecimal"):
        holder.append(text)
    return match.end()


def _after_string(data: bytes, at: int) -> int:
    """The place after the parenthesis that closes the string whose text begins at `at`."""
    depth = 1
    for match in PARENTHESIS.finditer(data, at):
        depth += {b"(": 1, b")": -1}.get(match[0], 0)
        if depth == 0:
            return match.end()
    return len(data)


def _after_image(data: bytes, at: int) -> int:
    """The place after the data of an inline picture, which may hold anything."""
    found = IMAGE_END.search(data, at)
    return found.end() if found else len(data)


def pairs(operands: list[Operand]) -> dict[str, Operand]:
    """The operands of `BI` as a dictionary."""
    return {
        key: value for key, value in zip(operands[::2], operands[1::2], strict=False) if isinstance(key, str)
    }
