"""What a package whose list BibTeX words must print.

The numbers of its citations, and what its records say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from fascicle.citations.cite import Cited
from fascicle.core.diagnostics import Span
from fascicle.document.document import Document
from fascicle.document.locator_words import place_words
from fascicle.document.rewrite import rewritten
from fascicle.document.tree import (
    Citation,
    Cite,
    CiteMode,
    Inline,
    ListedWork,
    Node,
    RawInline,
    ReferenceList,
    Text,
)
from fascicle.latex.bibtex.listed import listed_items
from fascicle.latex.context import BibtexList
from fascicle.latex.writer.bibtex import in_one, named
from fascicle.project.bibliography.fields.markup import text

_RUN = 3
"""From so many numbers that follow one another on, natbib prints the first and the last."""
_ERROR = re.compile(r"^(?:I couldn't open .*|.*---(?:line|while) .*)$", re.MULTILINE)
_PETTY = re.compile(
    r"numpages|empty (?:address|author)|(?:author or|no) key|no author|no number and no volume"
)
"""What production does not stop at: pages counted, places of publishers, works that nobody signed."""
_WARNING = re.compile(r"^Warning--(.+?) in (\S+)$", re.MULTILINE)


def order_of(works: str, names: BibtexList) -> dict[str, int]:
    """The number of each work by its key in the text, from the list that BibTeX made."""
    by_name = {name: key for key, name in names.keys.items()}
    found: dict[str, int] = {}
    for item in works.split(r"\bibitem")[1:]:
        braced = (by_name[name] for name in re.findall(r"\{([^{}\s]+)\}", item) if name in by_name)
        if key := next(braced, None):
            found[key] = len(found) + 1
    numbers = {names.keys[key]: number for key, number in found.items()}
    return {key: numbers[name] for key, name in names.keys.items() if name in numbers}


def as_printed(document: Document, cited: Cited, names: BibtexList, numbers: Mapping[str, int]) -> Document:
    """The document with the words of the journal's style in the place of ours, as far as they are known."""
    titles = {item.key: text(item.texts.get("title", ())) for item in listed_items(cited)}

    def worded(node: Node) -> Node:
        if isinstance(node, Cite):
            return replace(node, content=tuple(_words(node, names, numbers)))
        if isinstance(node, ReferenceList):
            return replace(node, works=tuple(_titled(node.works, titles, numbers)))
        return node

    def tree(root: Any) -> Any:
        return rewritten(root, worded)

    fields = ("title", "blocks", "epigraph", "epigraph_source")
    return replace(
        document,
        sections=tuple(
            replace(section, **{name: tree(getattr(section, name)) for name in fields})
            for section in document.sections
        ),
        inlines={path: tree(inlines) for path, inlines in document.inlines.items()},
        blocks={path: tree(blocks) for path, blocks in document.blocks.items()},
        credits={path: tree(credit) for path, credit in document.credits.items()},
        works=replace(document.works, blocks=tree(document.works.blocks)),
    )


def _titled(
    works: Sequence[ListedWork], titles: Mapping[str, str], numbers: Mapping[str, int]
) -> Iterator[ListedWork]:
    """The entries in the style's order; of each the title must be in print."""
    for work in sorted(works, key=lambda work: numbers.get(work.key, 0)):
        yield replace(work, label=(), content=(Text(work.span, titles.get(work.key, "")),))


def _words(node: Cite, names: BibtexList, numbers: Mapping[str, int]) -> Iterator[Inline]:
    listed = [one for one in node.citations if one.key in numbers]
    if not listed or not names.numeric:
        yield from (RawInline(node.span, ""),) if listed else node.content
        return
    if len(listed) < len(node.citations):
        yield from node.content[:1]
    if node.citations[0].mode is CiteMode.NARRATIVE and listed[0] is node.citations[0]:
        yield from named(node.content)
    yield Text(node.span, "[")
    yield from _inside(node.span, listed, numbers)
    yield Text(node.span, "]")


def _inside(span: Span, listed: Sequence[Citation], numbers: Mapping[str, int]) -> Iterator[Inline]:
    groups = [listed] if in_one(listed) else [[one] for one in listed]
    for at, group in enumerate(groups):
        before, after = group[0].prefix, place_words(group[-1])
        yield Text(span, "; " if at else "")
        yield from (*before, Text(span, " ")) if before else ()
        yield Text(span, in_runs(numbers[one.key] for one in group))
        yield from (Text(span, ", "), *after) if after else ()


def in_runs(numbers: Iterable[int]) -> str:
    """`1, 3–5`: numbers as natbib sorts and compresses them."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) >= _RUN else ", ".join(map(str, run)) for run in runs)


def error_of(log: str) -> str:
    """What stopped BibTeX; empty when nothing did."""
    found = _ERROR.search(log)
    return found[0].strip() if found else ""


def said_of(cited: Cited) -> Iterator[tuple[str, Span]]:
    """Words of records that must be in print besides titles: family names of those who made a work, and its year."""
    for item in listed_items(cited):
        span = item.span or Span("")
        for person in item.names.get("author", ()):
            if person.family and not person.literal:
                yield person.family, span
        if year := re.match(r"\d{4}", item.dates.get("issued", "")):
            yield year[0], span


def warnings_of(log: str, cited: Cited, names: BibtexList) -> Iterator[tuple[str, Span]]:
    """What BibTeX misses in each record, such as `empty publisher`, and where the record stands."""
    found: dict[str, list[str]] = {}
    for message, name in _WARNING.findall(log):
        found.setdefault(name, []).append(message)
    for item in listed_items(cited):
        said = dict.fromkeys(one for one in found.get(names.keys[item.key], ()) if not _PETTY.search(one))
        if said and item.span:
            yield "; ".join(said), item.span
