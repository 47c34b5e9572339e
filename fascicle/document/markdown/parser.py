"""Step 2, first half: Markdown parsed into the tree.

The dialect is a strict subset of Pandoc's (docs/markdown.md).
"""

from __future__ import annotations

import re
from functools import lru_cache

from fascicle.core.diagnostics import Collector, Diagnostic
from fascicle.document.markdown.blocks.parser import tokenize
from fascicle.document.markdown.build_blocks import TreeBuilder
from fascicle.document.markdown.build_inlines import read_inlines
from fascicle.document.markdown.source import MarkdownSource, Origin
from fascicle.document.markdown.state import ParseOptions, ParseTask
from fascicle.document.tree import Block, Inline

__all__ = ["Origin", "ParseOptions", "parse_blocks", "parse_inlines"]


_EXAMPLE = re.compile(
    r"^[ ]{0,3}(?:\(@(?P<item>[\w-]+)\)[ \t]|:{3,}[ \t]*\{(?=[^}\n]*\.ex[ }])[^}\n]*#(?:ex:)?(?P<div>[\w-]+))",
    re.MULTILINE,
)
"""Where an example has a name: in a list, or at a division."""


def parse_blocks(text: str, place: Origin, options: ParseOptions, problems: Collector) -> tuple[Block, ...]:
    """The blocks of a text that begins at `place`; what is wrong with it goes to `problems`, and nothing raises."""
    blocks, found = _parsed(text, place, options)
    problems.extend(found)
    return blocks


@lru_cache(maxsize=512)  # of a publication that is read again after a change, most texts are the same
def _parsed(
    text: str, place: Origin, options: ParseOptions
) -> tuple[tuple[Block, ...], tuple[Diagnostic, ...]]:
    problems = Collector()
    work = ParseTask(MarkdownSource(text, place, problems), options, problems)
    work.examples = frozenset(found["item"] or found["div"] for found in _EXAMPLE.finditer(work.source.text))
    return TreeBuilder(work, tokenize(work)).build(), tuple(problems)


def parse_inlines(text: str, place: Origin, options: ParseOptions, problems: Collector) -> tuple[Inline, ...]:
    """The inlines of a text that is one paragraph, such as a title in YAML."""
    source = MarkdownSource(text, place, problems)
    work = ParseTask(source, options, problems)
    pieces: list[tuple[int, int]] = []
    for number, start in enumerate(source.starts):
        end = source.starts[number + 1] - 1 if number + 1 < len(source.starts) else len(source.text)
        line = source.text[start:end]
        if line.strip():
            pieces.append((start + len(line) - len(line.lstrip(" \t")), end))
    return read_inlines(source.passage(pieces), work) if pieces else ()
