"""Theorems, definitions, proofs of others: divisions with a label of ours, or without a number."""

from __future__ import annotations

import re

from fascicle.core.pandoc_ast import Blocks, Inlines, Json
from fascicle.document.labels import STATEMENTS
from fascicle.importers.tree.walk import plain, rewrite, stripped

PREFIXES = {kind: prefix for prefix, kind in STATEMENTS.items()}
"""The prefix of a label by the kind of statement."""
MARK = "statement"
"""The class that a division has from here on that is a statement; the class after it is its kind."""
_QUARTO = re.compile(rf"({'|'.join(STATEMENTS)})[-:]")
_UNNUMBERED = "unnumbered"
_SPACES = ("Space", "SoftBreak")
_END = re.compile("[\\s\u00a0]*[\u25fb\u25a1\u220e]\\Z")


def read_statements(blocks: Blocks) -> Blocks:
    """The text with its statements marked, the words and numbers taken away that the program prints by itself."""
    counts = [0]
    return rewrite(blocks, lambda element: _statement(element, counts))  # type: ignore[no-any-return]


def _statement(element: Json, counts: list[int]) -> list[Json] | None:
    if element["t"] != "Div":
        return None
    (name, classes, given), content = element["c"]
    by_id = _QUARTO.match(name)
    kinds = [each.removesuffix(_UNNUMBERED) for each in classes]
    kind = next((each for each in kinds if each in PREFIXES or each == "proof"), None)
    kind = kind or (STATEMENTS[by_id[1]] if by_id and not classes else None)
    if kind is None or MARK in classes or not content:
        return None
    values = dict(given)
    title = values.get("name", "")
    if content[0]["t"] == "Header":
        title, content = plain(content[0]["c"][2]), content[1:]
    content, numbered, titled = _headless(content, kind)
    if any(each.endswith(_UNNUMBERED) for each in classes):
        name = ""
    elif numbered and not name and kind in PREFIXES:
        counts[0] += 1
        name = f"{PREFIXES[kind]}:numbered-{counts[0]}"
    title = (title or titled).replace('"', "'").strip()
    pairs = [["name", title]] if title else []
    return [{"t": "Div", "c": [[name, [MARK, kind], pairs], content]}]


def _headless(content: Blocks, kind: str) -> tuple[Blocks, bool, str]:
    """The blocks without the head that pandoc's reader of LaTeX sets before them, whether it had a number, its title."""
    first = content[0]
    if first["t"] not in ("Para", "Plain") or not first["c"]:
        return content, False, ""
    inlines: Inlines = first["c"]
    if kind == "proof" and inlines[0]["t"] == "Emph":
        title = plain(inlines[0]["c"]).strip().rstrip(".")
        rest = [{"t": first["t"], "c": stripped(inlines[1:])}, *content[1:]]
        return _unsealed(rest), False, "" if title == "Proof" else title
    head = plain(inlines[0]["c"]).strip() if inlines[0]["t"] == "Strong" else ""
    if not re.fullmatch(r"\S.*?\d[\d.]*[A-Za-z]?", head) and head.lower() != kind:
        return content, False, ""
    at = next((n for n in range(1, len(inlines) - 1) if _gap(inlines, n)), 0)
    between = plain(inlines[1:at]).strip() if at else ""
    if not at or not re.fullmatch(r"(?:\(.*\))?\.?", between, re.DOTALL):
        return content, False, ""
    rest = [{"t": first["t"], "c": stripped(inlines[at:])}, *content[1:]]
    title = between.rstrip(".").removeprefix("(").removesuffix(")")
    return rewrite(rest, _upright), bool(re.search(r"\d", head)), title


def _gap(inlines: Inlines, at: int) -> bool:
    """The two spaces that stand between a head and its text."""
    return inlines[at]["t"] in _SPACES and inlines[at + 1]["t"] in _SPACES


def _upright(block: Json) -> list[Json] | None:
    """A paragraph that is slanted as a whole, upright: the template says how statements look."""
    if block["t"] in ("Para", "Plain") and block["c"]:
        kept = [item for item in block["c"] if item["t"] not in _SPACES]
        if len(kept) == 1 and kept[0]["t"] == "Emph":
            return [{"t": block["t"], "c": kept[0]["c"]}]
    return None


def _unsealed(content: Blocks) -> Blocks:
    """The blocks of a proof without the square at its end."""
    last = content[-1]
    if last["t"] in ("Para", "Plain") and last["c"] and last["c"][-1]["t"] == "Str":
        text = _END.sub("", last["c"][-1]["c"])
        inlines = [*last["c"][:-1], *([{"t": "Str", "c": text}] if text else [])]
        return [*content[:-1], *([{"t": last["t"], "c": inlines}] if stripped(inlines) else [])]
    return content
