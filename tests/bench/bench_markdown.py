"""Parsing alone: 63 kB of text with much markup."""

from __future__ import annotations

from pytest_benchmark.fixture import BenchmarkFixture

from fascicle.core.diagnostics import Collector
from fascicle.document.markdown.parser import Origin, ParseOptions, parse_blocks

PARAGRAPH = (
    "As @chan2010 [p. 3] says, the *hukou* was \"never 'abolished'\" [see @li2012, pp. 33–5; also @b]; it's 贾樟柯's "
    "theme^[See *also* @x, ch. 3.] and so on, in **many** words, until the line is a paragraph with [a link](https://e.org).\n\n"
)


def test_sixty_kilobytes(benchmark: BenchmarkFixture) -> None:
    text = PARAGRAPH * (63_000 // len(PARAGRAPH))
    benchmark(parse_blocks, text, Origin("a.md"), ParseOptions(), Collector())
