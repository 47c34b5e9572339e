"""Tables that a document alone has, as tables of the dialect."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from fascicle.redline.merge.pairing import ParagraphPair
from fascicle.redline.merge.word_text import WordParagraph

_LINE = re.compile(r"(?<!\\)\|")


def new_tables(pairs: Sequence[ParagraphPair], returned: Sequence[WordParagraph]) -> Iterator[list[int]]:
    """The paragraphs' numbers of each table of which the present text has no cell."""
    tables: defaultdict[int, list[int]] = defaultdict(list)
    for at, one in enumerate(returned):
        if one.cell:
            tables[one.cell[0]].append(at)
    known = {
        returned[one.returned].cell for one in pairs if one.present is not None and one.returned is not None
    }
    taken = {cell[0] for cell in known if cell}
    yield from (numbers for table, numbers in tables.items() if table not in taken)


def table(paragraphs: Sequence[WordParagraph], write: Callable[[WordParagraph], str]) -> str:
    """The cells as a pipe table, the first row its head; empty where cells are merged, which it cannot show."""
    if any(one.cell[3] for one in paragraphs):
        return ""
    rows: defaultdict[int, defaultdict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in paragraphs:
        text = " ".join(write(one).split())
        rows[one.cell[1]][one.cell[2]] += [_LINE.sub(r"\\|", text)] if text else []
    width = max(column for row in rows.values() for column in row)
    lines = ["| " + " | ".join(" ".join(row[at + 1]) for at in range(width)) + " |" for row in rows.values()]
    return "\n".join([lines[0], "|---" * width + "|", *lines[1:]])
