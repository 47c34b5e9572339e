"""The words of the outputs, read without the program's own readers: PDF, Word, JATS, HTML, EPUB."""

from __future__ import annotations

import re
import subprocess
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
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


class _Page(HTMLParser):
    """A page of HTML as a tree."""

    def __init__(self) -> None:
        super().__init__()
        self.builder = ET.TreeBuilder()
        self.builder.start("page", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}:
            self.builder.end(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        self.builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        self.builder.end(tag)

    def handle_data(self, data: str) -> None:
        self.builder.data(data)


def web_page(file: Path) -> ET.Element:
    """An HTML page, or all pages of an EPUB after one another, as one tree."""
    page = _Page()
    if file.suffix == ".epub":
        with zipfile.ZipFile(file) as book:
            for name in sorted(name for name in book.namelist() if name.endswith(".xhtml")):
                page.feed(
                    book.read(name).decode().partition("<body")[2].partition(">")[2].partition("</body>")[0]
                )
    else:
        page.feed(file.read_text("utf-8"))
    page.builder.end("page")
    return page.builder.close()


def web_entries(page: ET.Element) -> list[str]:
    """Entries of the list, their numbers with them."""
    return [
        bare("".join(_without(node, "back")))
        for works in page.iter()
        if "works" in works.get("class", "").split()
        for node in works.iter("li")
    ]


def web_notes(page: ET.Element) -> list[str]:
    """The notes, in their order."""
    notes = (node for node in page.iter("li") if node.get("id", "").startswith("note-"))
    return [bare("".join(_without(node, "note-number"))) for node in notes]


def web_texts(page: ET.Element) -> Iterator[str]:
    """Paragraphs, headings, captions and cells, without numbers of notes and of headings."""
    for node in page.iter():
        if node.tag in ("p", "h1", "h2", "h3", "h4", "td", "th", "caption", "figcaption"):
            yield bare("".join(_without(node, "mark", "number")))


def _without(node: ET.Element, *classes: str) -> Iterator[str]:
    if set(classes) & set(node.get("class", "").split()):
        return
    yield node.text or ""
    for child in node:
        yield from _without(child, *classes)
        yield child.tail or ""
