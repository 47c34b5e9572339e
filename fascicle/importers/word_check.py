"""An independent count: the words of the source, found by other code than wrote the project, looked for in the result."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from fascicle.importers.report import Report

_WORD = re.compile(r"[^\W_]{2,}")
_SHOWN = 25
_CONTEXT = 40
_RUN = 7
"""Words of a passage: long enough that nobody writes it again and again by chance."""
_NO_WORDS = re.compile(r"\]\([^()]*\)|https?://\S+|\$\$.*?\$\$|\$[^$\n]*\$", re.DOTALL)
"""Addresses, paths and formulas."""
_OFTEN = 3
"""How often a passage must stand to be looked for in the source."""


def words_of(text: str) -> list[str]:
    """Words of two letters or more, their accents and ligatures made uniform."""
    return [word.casefold() for word in _WORD.findall(unicodedata.normalize("NFKC", text))]


def tell_missing(source: str, files: Mapping[str, bytes], report: Report) -> None:
    """Tell which words of the source stand nowhere in the project, each with the words around it."""
    wanted = words_of(source)
    have = Counter(
        word for path, data in files.items() if _is_text(path) for word in words_of(_readable(data))
    )
    # What the report names has been told already.
    reported = Counter(word for line in report.lines() for word in words_of(line))
    lacking: list[str] = []
    for word, count in Counter(wanted).items():
        if count > have[word] + reported[word]:
            lacking.append(word)
    kept = len(wanted) - sum(max(0, count - have[word]) for word, count in Counter(wanted).items())
    share = 100 * kept / len(wanted) if wanted else 100.0
    report.read_as(
        f"{len(wanted)} words of the source by an independent count, of which {kept} are here ({share:.1f} %)"
    )
    for word in lacking[:_SHOWN]:
        report.verify("words of the source that are not here", _around(word, source))
    if len(lacking) > _SHOWN:
        report.verify(f"{len(lacking) - _SHOWN} more words of the source are not here")


def tell_repeated(source: str, files: Mapping[str, bytes], report: Report) -> None:
    """Tell the passages that stand several times in the sections, and not so often in the source."""
    had = Counter(_passages(words_of(source)))
    found = Counter(
        passage
        for path, data in files.items()
        if path.endswith(".md")
        for passage in _passages(words_of(_NO_WORDS.sub(" ", _readable(data))))
    )
    told: set[str] = set()
    for passage, count in found.most_common():
        if count < _OFTEN:
            break
        if count > had[passage] + 1 and not told.intersection(passage):
            told.update(passage)
            report.verify("passages that stand more often here than in the source", " ".join(passage))


def _passages(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Every run of so many words."""
    return zip(*(words[begin:] for begin in range(_RUN)), strict=False)


def _is_text(path: str) -> bool:
    return path.endswith((".md", ".yaml", ".json", ".bib"))


def _readable(data: bytes) -> str:
    text = data.decode("utf-8", "replace")
    text = re.sub(r"\\([^\w\s])", r"\1", text.replace("\\ ", " "))
    return html.unescape(text)


def _around(word: str, source: str) -> str:
    found = re.search(
        rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", unicodedata.normalize("NFKC", source), re.IGNORECASE
    )
    if not found:
        return word
    text = unicodedata.normalize("NFKC", source)
    start, end = max(0, found.start() - _CONTEXT), found.end() + _CONTEXT
    return f"**{word}**: “…{' '.join(text[start:end].split())}…”"
