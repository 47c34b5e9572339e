"""Citations and the list of works made by pandoc's citeproc, and what it cannot know put right afterwards."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.export.csl.eastern_names import in_order, with_native
from fascicle.export.csl.items import Item, Person
from fascicle.export.csl.serialise import pandoc_reference
from fascicle.export.csl.styles import CslStyle
from fascicle.export.pandoc import ast as p
from fascicle.export.pandoc.program import API, Pandoc, failed

ENTRY = "ref-"
"""Before a key in the identifier of its entry in the list."""
LIST = "refs"
"""Identifier of the list of works."""


def cited(
    blocks: p.Blocks,
    items: Sequence[Item],
    style: CslStyle,
    language: str,
    pandoc: Pandoc,
    problems: Collector,
) -> p.Blocks | None:
    """`blocks` with citations in `style`, and the list where the division `refs` stands; None, with an error, if not."""
    metadata = {
        "lang": language,
        "references": [pandoc_reference(item, language) for item in items],
        "link-citations": True,
        "suppress-bibliography": not any(_is_list(block) for block in blocks),
    }
    with tempfile.TemporaryDirectory(prefix="fascicle-") as scratch:
        path = Path(scratch) / "style.csl"
        path.write_text(style.text, encoding="utf-8")
        answer = pandoc.run(p.pandoc(API, blocks, metadata), "json", "--citeproc", f"--csl={path}")
    if failed(answer, "the citations", problems):
        return None
    made: p.Blocks = json.loads(answer.output)["blocks"]
    finished = [_finished(block, items) for block in made]
    return finished if _complete(finished, items, problems) else None


def _complete(blocks: p.Blocks, items: Sequence[Item], problems: Collector) -> bool:
    """Whether the list, where there is one, has every work that it must."""
    if not any(_is_list(block) for block in blocks):
        return True
    lost = {item.key for item in items if item.listed} - set(entries(blocks))
    for key in sorted(lost):
        message = f"the work '{key}' is cited and not in the list"
        problems.add(Code.WORD_INCOMPLETE, message, None, "look at the type of its entry in the bibliography")
    return not lost


def _is_list(block: p.Json) -> bool:
    return bool(block["t"] == "Div" and block["c"][0][0] == LIST)


def _finished(node: Any, items: Sequence[Item]) -> Any:
    """Anything of the result: in citations and in the list names get their order; the list is `_list`."""
    if isinstance(node, list):
        return [_finished(item, items) for item in node]
    if not isinstance(node, dict) or "c" not in node:
        return node
    if _is_list(node):
        return _list(node, items)
    if node["t"] == "Cite":
        works = {one["citationId"] for one in node["c"][0]}
        people = [person for item in items if item.key in works for person in _people(item)]
        return {**node, "c": [node["c"][0], in_order(node["c"][1], people)]}
    return {**node, "c": _finished(node["c"], items)}


def _list(node: p.Json, items: Sequence[Item]) -> p.Json:
    """The list without works withheld, its names in order and followed by themselves in their own script."""
    known = {ENTRY + item.key: item for item in items}
    made = []
    for entry in node["c"][1]:
        item = known.get(entry["c"][0][0]) if entry["t"] == "Div" else None
        if item is None:
            made.append(entry)
        elif item.listed:
            made.append(_entry(entry, item))
    return p.div(made, node["c"][0])


def _entry(entry: p.Json, item: Item) -> p.Json:
    people = _people(item)
    blocks = [
        {**block, "c": with_native(block["c"], people)} if block["t"] in ("Para", "Plain") else block
        for block in in_order(entry["c"][1], people)
    ]
    return p.div(blocks, entry["c"][0])


def _people(item: Item) -> list[Person]:
    return [person for people in item.names.values() for person in people]


def entries(blocks: p.Blocks) -> Iterator[str]:
    """Keys of the works in the list, in its order."""
    for block in blocks:
        if _is_list(block):
            for entry in block["c"][1]:
                yield str(entry["c"][0][0]).removeprefix(ENTRY)
