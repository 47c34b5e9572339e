"""Citations that others write into one part of a bracket, made parts of their own."""

from __future__ import annotations

from collections.abc import Iterator

from fascicle.core.pandoc_ast import Inlines, Json
from fascicle.importers.report import Report
from fascicle.importers.tree.walk import plain, stripped

_JOINTS = frozenset({"", "and", "&", "or"})
"""What stands between two keys and says nothing but that there are two."""


def divided(element: Json, report: Report) -> list[Json] | None:
    """A citation such as `[@a, @b]` with two parts; None for one that is divided already.

    Pandoc reads the second key as a citation in the sentence, inside the words that follow the first one.
    """
    works, typed = element["c"]
    parts = [part for work in works for part in _parts(work)]
    if len(parts) == len(works):
        return None
    report.changed(
        "keys of one bracket without a semicolon between them are citations of their own", plain(typed)[:60]
    )
    return [{"t": "Cite", "c": [parts, typed]}]


def _parts(work: Json) -> Iterator[Json]:
    """A work, and each that is cited in the words after it; these words go before or after the one they stand beside."""
    held: Inlines = []
    for inline in work["citationSuffix"]:
        if inline["t"] != "Cite":
            held.append(inline)
            continue
        after, before = _shared(held)
        yield {**work, "citationSuffix": after}
        further = [{**each, "citationMode": {"t": "NormalCitation"}} for each in inline["c"][0]]
        further[0]["citationPrefix"] = before + further[0]["citationPrefix"]
        yield from further[:-1]
        work, held = further[-1], list(further[-1]["citationSuffix"])
    yield {**work, "citationSuffix": held}


def _shared(words: Inlines) -> tuple[Inlines, Inlines]:
    """The words between two keys: up to the last comma they belong to the first work, after it to the second."""
    commas = [at for at, word in enumerate(words) if word["t"] == "Str" and word["c"].endswith((",", ";"))]
    cut = commas[-1] + 1 if commas else 0
    after, before = words[:cut], stripped(words[cut:])
    if after:
        after = [*after[:-1], {"t": "Str", "c": after[-1]["c"][:-1]}]
    return (
        after if plain(after).strip(" ,;") else [],
        [] if plain(before).strip().lower() in _JOINTS else before,
    )
