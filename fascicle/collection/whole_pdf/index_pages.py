"""On which pages of an article the words of an index are printed; its running heads and its list of works do not count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from fascicle.core.text.scripts import is_unspaced
from fascicle.document.locale.labels import labels
from fascicle.document.locale.words import words
from fascicle.pdf.reading.inspection import Inspection

_BROKEN = re.compile("[\\u0002\\ufffe\\u00ad]\\s*|-\\s*\\n\\s*(?=[a-z])")
"""A word that goes on in the next line."""


def pages_of_words(pdf: Path, entries: Mapping[str, Sequence[str]], language: str) -> dict[str, list[str]]:
    """Labels of the pages on which each entry's words are printed, in order; entries that are nowhere are left out."""
    patterns = {
        entry: re.compile("|".join(map(_pattern, looked_for))) for entry, looked_for in entries.items()
    }
    file = Inspection(pdf)
    found: dict[str, list[str]] = {}
    for label, text in zip(file.reader.page_labels, _bodies(file.read_texts, language), strict=False):
        for entry, pattern in patterns.items():
            if pattern.search(text):
                found.setdefault(entry, []).append(label)
    return found


def _pattern(word: str) -> str:
    """A whole word, over the ends of lines; a small letter at its begin may be a capital."""
    first = f"[{word[0]}{word[0].upper()}]" if word[0].islower() else re.escape(word[0])
    rest = r"\s+".join(re.escape(part) for part in word[1:].split(" "))
    before = "" if is_unspaced(word[0]) else r"(?<!\w)"
    behind = "" if is_unspaced(word[-1]) else r"(?!\w)"
    return f"{before}{first}{rest}{behind}"


def _bodies(pages: Sequence[str], language: str) -> Iterator[str]:
    """The text of each page without its running head, up to the list of works or the suggested citation."""
    lists = "|".join(re.escape(heading) for heading in words(language).works.model_dump().values())
    cite = re.escape(labels(language)["how_to_cite"])
    end = re.compile(rf"^\s*(?:(?:[\d.]+\s+)?(?:{lists})\s*$|{cite}\b)", re.MULTILINE)
    ended = False
    for number, page in enumerate(pages):
        lines = page.splitlines()
        text = "\n".join(lines[1:] if number else lines)
        if (stop := end.search(text)) and not ended:
            yield _BROKEN.sub("", text[: stop.start()])
            ended = True
        else:
            yield "" if ended else _BROKEN.sub("", text)
