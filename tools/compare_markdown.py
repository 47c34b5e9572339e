"""Reads the examples of specifications and tests of Markdown, by our parser and by pandoc, and counts what differs.

Run `python tools/compare_markdown.py FILE…`. A FILE is CommonMark's `spec.txt`, one of pandoc's command tests (`test/command/*.md`)
or any Markdown, whose parts under each heading are then examples. None of them is part of this repository. An example is the
same when both trees are, told when ours differs and `fascicle check` says something of it, "as CommonMark" when ours is what pandoc reads
as CommonMark, else it differs. `--show` prints those that differ; `--only NAME` one of them, with both trees.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fascicle.core.diagnostics import Collector
from fascicle.core.system.pandoc import Pandoc, find_pandoc
from fascicle.document.markdown.parser import Origin, ParseOptions, parse_blocks
from fascicle.document.other_syntax.find import find_other_syntax
from fascicle.document.other_syntax.kinds import KnownIdentifiers
from fascicle.export.pandoc.blocks import render_blocks
from fascicle.export.pandoc.context import PandocContext
from tests.support.pandoc_reading import normal, theirs

_SPEC = re.compile(r"^`{32} example[^\n]*\n(.*?)^\.\n.*?^`{32}$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^% pandoc([^\n]*)\n(.*?)^\^D$", re.MULTILINE | re.DOTALL)
_READER = re.compile(r"(?:-f|--from|-r)[ =]?(\S+)")
_HEADING = re.compile(r"^(?=#{1,6} )", re.MULTILINE)
_NATIVE = re.compile(
    r"-(?:F|-filter|L|-lua-filter|-defaults|d)\b|--(?:default-image|track|strip|preserve|file-scope|number|shift)"
)


@dataclass(frozen=True, slots=True)
class Example:
    """One text to read."""

    name: str
    """The file's name and a number."""
    text: str
    """The Markdown."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Both readings of an example."""

    example: Example
    """The text."""
    verdict: str
    """same, told, as CommonMark or differs."""
    ours: Any
    """Our tree."""
    theirs: Any
    """Pandoc's."""
    told: tuple[str, ...]
    """What we say of it."""


def examples(path: Path) -> Iterator[Example]:
    """The examples of a file."""
    text = path.read_text("utf-8")
    if found := _SPEC.findall(text):
        parts = [part.replace("→", "\t") for part in found]
    elif found := _COMMAND.findall(text):
        parts = [part for options, part in found if _is_plain(options)]
    else:
        parts = [part for part in _HEADING.split(text) if part.strip()]
    for number, part in enumerate(parts, start=1):
        yield Example(f"{path.name}:{number}", part)


def _is_plain(options: str) -> bool:
    """Whether a command reads pandoc's own Markdown as it is."""
    reader = _READER.search(options)
    return (
        (reader is None or reader[1] == "markdown") and not _NATIVE.search(options) and ".md" not in options
    )


def compared(found: list[Example], pandoc: Pandoc) -> Iterator[Compared]:
    """Each example with both readings."""
    texts = [one.text for one in found]
    with tempfile.TemporaryDirectory() as folder:
        trees = theirs(pandoc, texts, Path(folder))
        others = theirs(pandoc, texts, Path(folder), "commonmark+smart")
    for number, (one, tree, other) in enumerate(zip(found, trees, others, strict=True)):
        problems = Collector()
        blocks = parse_blocks(one.text, Origin(one.name), ParseOptions(language="en-US"), problems)
        told = [f"{problem.code}: {problem.message}" for problem in problems]
        told += [
            kind.what for kind in find_other_syntax(one.text, KnownIdentifiers(frozenset(), frozenset()))
        ]
        here, there = normal(render_blocks(blocks, PandocContext())), normal(tree, number)
        as_commonmark = here == normal(other, number)
        verdict = (
            "same" if here == there else "told" if told else "as CommonMark" if as_commonmark else "differs"
        )
        yield Compared(one, verdict, here, there, tuple(told))


def main() -> int:
    """Count, and show what is asked for."""
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("files", nargs="+", type=Path, metavar="FILE")
    reader.add_argument("--show", action="store_true", help="print the examples that differ")
    reader.add_argument("--only", help="print one example, by its name")
    options = reader.parse_args()
    pandoc = find_pandoc(Collector())
    if pandoc is None:
        print("pandoc is not installed", file=sys.stderr)
        return 3
    results = list(compared([one for path in options.files for one in examples(path)], pandoc))
    for one in results:
        if one.example.name == options.only or (options.show and one.verdict == "differs"):
            print(f"=== {one.example.name} ({one.verdict})\n{one.example.text}--- ours")
            print(json.dumps(one.ours, ensure_ascii=False), "--- theirs", sep="\n")
            print(json.dumps(one.theirs, ensure_ascii=False), *one.told, sep="\n")
    counts = Counter(one.verdict for one in results)
    print(
        ", ".join(f"{counts[verdict]} {verdict}" for verdict in ("same", "told", "as CommonMark", "differs")),
        f"of {len(results)}",
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
