"""A table of words: sections down, parts of the text across, beside what each section's front matter aims at."""

from __future__ import annotations

from collections.abc import Iterator

from fascicle.document.tree import plain
from fascicle.document.word_count import BODY, CountedPart, Counts, SectionCount, WordCount

_SHOWN = (CountedPart.NOTES, CountedPart.CAPTIONS, CountedPart.TABLES)
_TITLE = 34


def table(count: WordCount) -> Iterator[str]:
    """The table's lines; `words` are running text, headings and citations."""
    yield _line("section", ("words", *(part.value for part in _SHOWN), "target", "max"))
    for section in count.sections:
        stated = section.section.section.data.words
        cells = [*_numbers(section.words), _stated(stated.target), _stated(stated.max)]
        yield _line(plain(section.section.title), cells) + _verdict(section)
    targets = [section.section.section.data.words.target for section in count.sections]
    aimed = _stated(sum(target or 0 for target in targets) or None)
    yield _line("all sections", (*_numbers(count.words), aimed, ""))
    for part, name in ((CountedPart.ABSTRACT, "abstract"), (CountedPart.LIST, "list of works, reckoned")):
        if count.words[part]:
            yield _line(name, (str(count.words[part]), "", "", "", "", ""))


def _line(head: str, cells: list[str] | tuple[str, ...]) -> str:
    head = head if len(head) <= _TITLE else f"{head[: _TITLE - 1]}…"
    return f"{head:<{_TITLE}} {' '.join(f'{cell:>8}' for cell in cells)}".rstrip()


def _numbers(words: Counts) -> list[str]:
    body = sum(words.get(part, 0) for part in BODY)
    return [str(body), *(_stated(words.get(part) or None) for part in _SHOWN)]


def _stated(number: int | None) -> str:
    return "" if number is None else str(number)


def _verdict(section: SectionCount) -> str:
    """How far a section lies from its target, in per cent."""
    stated, words = section.section.section.data.words, section.total(BODY)
    if stated.max is not None and words > stated.max:
        return "  too long"
    if not stated.target:
        return ""
    return f"  {100 * (words - stated.target) / stated.target:+.0f} %"
