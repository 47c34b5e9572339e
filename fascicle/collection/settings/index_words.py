"""Reads the words of an index, which are looked for in the pages: an entry, and what it is called in the texts."""

from __future__ import annotations

from collections.abc import Mapping

from fascicle.collection.settings.reader import Collection
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.project.sources import Sources
from fascicle.project.yaml_reader import read_yaml


def read_index_words(collection: Collection, problems: Collector) -> Mapping[str, tuple[str, ...]]:
    """The words looked for, by entry; nothing where the collection names no file. What is wrong is told at its line."""
    named = collection.data.index
    if not named:
        return {}
    text = Sources(collection.root).text(named, problems, collection.places.of("index"))
    if text is None:
        return {}
    located = read_yaml(text, named, problems)
    if not isinstance(located.value, dict):
        hint = "write each entry on a line of its own: 'Jia, Zhangke: [Jia Zhangke, Jia]', or 'cinema:'"
        problems.add(Code.WRONG_VALUE, f"{named} must hold entries", Span(named), hint)
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for entry, words in located.value.items():
        listed = [entry] if words is None else words if isinstance(words, list) else [words]
        typed = [word.strip() for word in listed if isinstance(word, str) and word.strip()]
        if len(typed) < len(listed):
            message = f"the entry '{entry}' must have words, such as [Jia Zhangke, Jia], or nothing behind its colon"
            problems.add(Code.WRONG_VALUE, message, located.spans.get((entry,), Span(named)))
            continue
        found[str(entry)] = tuple(typed)
    return found
