"""Citations and the list of works made by pandoc's citeproc, and what it cannot know put right afterwards."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from fascicle.codes import Code
from fascicle.deliver.csl import Item, Person
from fascicle.deliver.csl_forms import pandoc_reference
from fascicle.deliver.csl_styles import CslStyle
from fascicle.deliver.program import API, Pandoc, failed
from fascicle.diagnostics import Collector
from fascicle.text import pandoc_nodes as p

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


def _finished(block: p.Json, items: Sequence[Item]) -> p.Json:
    """A block of the result: in the list, entries withheld are taken out and names get their own script."""
    if not _is_list(block):
        return block
    known = {ENTRY + item.key: item for item in items}
    entries = [entry for entry in block["c"][1] if _listed(entry, known)]
    return p.div([_native(entry, known) for entry in entries], block["c"][0])


def _listed(entry: p.Json, known: Mapping[str, Item]) -> bool:
    item = known.get(entry["c"][0][0]) if entry["t"] == "Div" else None
    return item is None or item.listed


def _native(entry: p.Json, known: Mapping[str, Item]) -> p.Json:
    """An entry in which the first mention of a name is followed by the name in its own script."""
    item = known.get(entry["c"][0][0]) if entry["t"] == "Div" else None
    people = [one for names in item.names.values() for one in names if one.native] if item else []
    if not people or not entry["c"][1] or entry["c"][1][0]["t"] not in {"Para", "Plain"}:
        return entry
    first, *rest = entry["c"][1]
    content = list(first["c"])
    for person in people:
        content = _after_name(content, person)
    return p.div([{"t": first["t"], "c": content}, *rest], entry["c"][0])


def _after_name(content: p.Inlines, person: Person) -> p.Inlines:
    """Words in which `person.native` follows the name; as they are where the style abbreviates it."""
    text, places = _joined(content)
    forms = (
        [rf"{re.escape(person.literal)}"]
        if person.literal
        else [
            rf"{re.escape(person.family)},? {re.escape(person.given)}",
            rf"{re.escape(person.given)} {re.escape(person.family)}",
        ]
    )
    found = next((match for form in forms if (match := re.search(rf"(?<!\w){form}(?!\w)", text))), None)
    if found is None or not found[0].strip():
        return content
    number, start = places[found.end() - 1]
    word = content[number]["c"]
    cut = found.end() - start
    pieces = [p.string(word[:cut]), p.SPACE, p.string(person.native + word[cut:])]
    return [*content[:number], *pieces, *content[number + 1 :]]


def _joined(content: p.Inlines) -> tuple[str, list[tuple[int, int]]]:
    """The inlines' own characters, and for each its inline and where in the text that inline begins."""
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    for number, node in enumerate(content):
        shown = str(node["c"]) if node["t"] == "Str" else " " if node["t"] == "Space" else "\0"
        start = len(places)
        parts.append(shown)
        places += [(number, start)] * len(shown)
    return "".join(parts), places


def entries(blocks: p.Blocks) -> Iterator[str]:
    """Keys of the works in the list, in its order."""
    for block in blocks:
        if _is_list(block):
            for entry in block["c"][1]:
                yield str(entry["c"][0][0]).removeprefix(ENTRY)
