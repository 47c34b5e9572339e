"""The words of the three outputs, read without the program's own readers: PDF, Word, JATS."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.support import reading_word as word

W = word.W
_HYPHENS = re.compile("[-\u2010\u2011\u00ad]")


def bare(text: str) -> str:
    """Words without spaces and hyphens, which line ends add and take; ligatures as their letters."""
    return _HYPHENS.sub("", "".join(unicodedata.normalize("NFKC", text).split()))


def pages(pdf: Path, furniture: Sequence[str]) -> list[str]:
    """The bare text of each page, without the lines of running heads and feet."""
    made = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True).stdout.decode(
        "utf-8"
    )
    away = {bare(line) for line in furniture}
    found = []
    for page in made.split("\f"):
        lines = [
            line
            for line in page.splitlines()
            if bare(line) not in away and not re.fullmatch(r"\d{0,2}", bare(line))
        ]
        found.append(bare("\n".join(lines)))
    return found


def printed_in(text: str, pdf: Sequence[str]) -> bool:
    """Whether bare words stand in print as one, or over the end of a page."""
    if any(text in page for page in pdf):
        return True
    return any(
        text[:cut] in before and text[cut:] in after
        for before, after in pairwise(pdf)
        for cut in range(1, len(text))
    )


def word_notes(data: bytes) -> list[str]:
    """The notes of a Word document."""
    part = word.part(data, "word/footnotes.xml")
    if not part:
        return []
    notes = [node for node in ET.fromstring(part) if int(str(node.get(f"{W}id"))) > 1]
    return [bare("".join(text.text or "" for text in note.iter(f"{W}t"))) for note in notes]


def jats_notes(article: ET.Element) -> list[str]:
    """The notes of an article, in their order."""
    notes = article.findall("back/fn-group/fn")
    return [bare("".join(text for block in note.findall("p") for text in block.itertext())) for note in notes]


def jats_texts(article: ET.Element) -> Iterator[str]:
    """Paragraphs, headings, captions and cells of the body, without numbers of notes."""
    for node in article.iterfind("body//*"):
        if node.tag in ("p", "title", "td", "th"):
            yield bare("".join(_without_marks(node)))


def _without_marks(node: ET.Element) -> Iterator[str]:
    if node.tag == "xref" and node.get("ref-type") == "fn":
        return
    yield node.text or ""
    for child in node:
        yield from _without_marks(child)
        yield child.tail or ""


def jats_entries(article: ET.Element) -> list[str]:
    """Entries of the list, their numbers with them."""
    made = []
    for ref in article.iterfind("back/ref-list/ref"):
        label = ref.find("label")
        entry = next(ref.iter("mixed-citation"))
        made.append(bare((label.text or "" if label is not None else "") + "".join(entry.itertext())))
    return made
