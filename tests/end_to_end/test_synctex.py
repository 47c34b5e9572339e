"""A click in the PDF goes to the author's line, and the author's line finds its page: measured with `synctex` itself."""

from __future__ import annotations

import gzip
import random
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest

from fascicle.core.diagnostics import Collector
from fascicle.document.document import Document, parse_document
from fascicle.document.tree import Node, Text
from fascicle.pipeline.build import BuildResult
from fascicle.project.publication import read_publication
from fascicle.project.sources import Sources
from tests.conftest import need
from tests.support.essay import copy_essay
from tests.support.publications import build, write

pytestmark = pytest.mark.tex

SAMPLE = 120
RIGHT = 0.98
"""The share of sampled words that must lead to the line of their block."""


@dataclass(frozen=True)
class Word:
    """A word that stands once in the PDF and once in the sources."""

    text: str
    page: int
    x: float
    y: float
    """Middle of the word in PostScript points from the page's top left corner, as synctex counts."""
    file: str
    line: int
    """First line of the word's block."""


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildResult]:
    need("synctex")
    root = copy_essay(tmp_path_factory.mktemp("synctex"))
    result = build(root)
    assert not result.failed
    return root, result


@pytest.fixture(scope="session")
def words(published: tuple[Path, BuildResult]) -> list[Word]:
    root, result = published
    printed = _printed(root / result.output)
    written = _written(root)
    both = [Word(word, *printed[word], *written[word]) for word in sorted(printed.keys() & written.keys())]
    return random.Random(11).sample(both, min(SAMPLE, len(both)))


def _printed(pdf: Path) -> dict[str, tuple[int, float, float]]:
    """Words of six letters and more that the PDF has once, with page and middle."""
    found: dict[str, list[tuple[int, float, float]]] = {}
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document, start=1):
        text_page, height = page.get_textpage(), page.get_height()
        text = text_page.get_text_range()
        for match in re.finditer(r"(?<![\w-])[^\W\d_]{6,}(?![\w-])", text):
            boxes = [text_page.get_charbox(index) for index in (match.start(), match.end() - 1)]
            x = (boxes[0][0] + boxes[1][2]) / 2
            y = height - (boxes[0][1] + boxes[0][3]) / 2
            found.setdefault(match[0], []).append((number, x, y))
    return {word: places[0] for word, places in found.items() if len(places) == 1}


def _written(root: Path) -> dict[str, tuple[str, int]]:
    """Words that the sources have once, with the first line of their block."""
    found: dict[str, list[tuple[str, int]]] = {}
    for file, line, text in _blocks(_document(root)):
        for match in re.finditer(r"[^\W\d_]{6,}", text):
            found.setdefault(match[0], []).append((file, line))
    return {word: places[0] for word, places in found.items() if len(places) == 1}


def _document(root: Path) -> Document:
    problems = Collector()
    publication = read_publication(Sources(root), problems)
    assert publication is not None
    return parse_document(publication, publication.data.trust, problems)


def _blocks(document: Document) -> list[tuple[str, int, str]]:
    """File, first line and text of each piece that ought to be found by itself."""
    pieces = []
    for section in document.sections:
        title = section.heading_span
        pieces += [(title.file, title.line, text) for text in _texts(section.title)]
        for block in section.blocks:
            pieces += _texts_of_block(block)
    for tree in (*document.inlines.values(), *(blocks for blocks in document.blocks.values())):
        pieces += [piece for node in tree for piece in _texts_of_block(node)]
    return pieces


def _texts_of_block(block: Node) -> list[tuple[str, int, str]]:
    """The texts below a block; a note's, an item's and a cell's blocks are their own."""
    from dataclasses import fields

    own = (block.span.file, block.span.line)
    if isinstance(block, Text):
        return [(*own, block.text)]
    pieces: list[tuple[str, int, str]] = []
    for spec in fields(block):
        value = getattr(block, spec.name)
        for child in _nodes(value):
            below = _texts_of_block(child)
            is_inline = type(block).__name__ in INLINE_HOLDERS
            pieces += (
                [(*own, text) for _, _, text in below] if is_inline and not _holds_note(child) else below
            )
    return pieces


INLINE_HOLDERS = {"Paragraph", "Heading", "Figure", "Cell", "Emph", "Strong", "Quoted", "SpanInline", "Link"}


def _holds_note(node: Node) -> bool:
    return type(node).__name__ == "Note"


def _nodes(value: object) -> list[Node]:
    if isinstance(value, Node):
        return [value]
    return [item for part in value for item in _nodes(part)] if isinstance(value, tuple) else []


def _texts(inlines: tuple[Node, ...]) -> list[str]:
    return [text for node in inlines for _, _, text in _texts_of_block(node)]


def synctex(*arguments: str) -> str:
    done = subprocess.run(["synctex", *arguments], capture_output=True, text=True, check=False)
    return done.stdout


def test_enough_words(words: list[Word]) -> None:
    assert len(words) >= 100
    assert len({word.file for word in words}) >= 8


def test_a_click_on_a_word_goes_to_its_block(published: tuple[Path, BuildResult], words: list[Word]) -> None:
    root, result = published
    wrong = []
    for word in words:
        answer = synctex("edit", "-o", f"{word.page}:{word.x:.2f}:{word.y:.2f}:{root / result.output}")
        file = re.search(r"^Input:(.*)$", answer, re.MULTILINE)
        line = re.search(r"^Line:(\d+)$", answer, re.MULTILINE)
        got = (
            str(Path(file[1]).relative_to(root)) if file and root.as_posix() in file[1] else answer,
            line and int(line[1]),
        )
        if got != (word.file, word.line):
            wrong.append(f"{word.text}: {word.file}:{word.line}, not {got}")
    assert len(wrong) <= (1 - RIGHT) * len(words), "\n".join(wrong)


def test_a_line_finds_its_page(published: tuple[Path, BuildResult], words: list[Word]) -> None:
    root, result = published
    wrong = []
    for word in words:
        answer = synctex("view", "-i", f"{word.line}:1:{root / word.file}", "-o", str(root / result.output))
        pages = {int(page) for page in re.findall(r"^Page:(\d+)$", answer, re.MULTILINE)}
        if word.page not in pages:
            wrong.append(f"{word.text}: {word.file}:{word.line} on page {word.page}, not {pages}")
    assert len(wrong) <= (1 - RIGHT) * len(words), "\n".join(wrong)


def test_only_files_of_the_author_are_named_for_the_text(published: tuple[Path, BuildResult]) -> None:
    root, result = published
    data = gzip.decompress((root / result.output).with_suffix(".synctex.gz").read_bytes()).decode()
    inputs = dict(re.findall(r"^Input:(\d+):(.*)$", data, re.MULTILINE))
    used = set(re.findall(r"^[\[(hvxkgr$](\d+),", data, re.MULTILINE))
    named = {inputs[tag] for tag in used if tag in inputs}
    assert str(root / "content/01-introduction.md") in named
    assert not any(path.endswith("main.tex") and "build" in path for path in named), named


FEATURES = {
    "content/publication.yaml": (
        "title: Alphabet\nauthors: [{literal: Author}]\nabstract: |\n  An abstractword stands here.\n"
    ),
    "content/01-one.md": (
        "---\ntitle: Headingword\n---\n\nFirst paragraph with noteword^[A footnoteword here.] in it,\nand its second lineword.\n\n"
        "- itemone\n- itemtwo\n\n> quoteword in a quotation\n\n| left | right |\n|------|-------|\n| cellone | celltwo |\n"
        "| cellthree | cellfour |\n\n: A captionword {#tbl:a}\n\n## Subheading\n\nTerm\n\n:   definitionword\n"
    ),
}


@pytest.mark.parametrize(
    ("word", "file", "line"),
    [
        ("abstractword", "content/publication.yaml", 4),
        ("Headingword", "content/01-one.md", 2),
        ("lineword", "content/01-one.md", 5),
        ("footnoteword", "content/01-one.md", 5),
        ("itemone", "content/01-one.md", 8),
        ("itemtwo", "content/01-one.md", 9),
        ("quoteword", "content/01-one.md", 11),
        ("cellone", "content/01-one.md", 15),
        ("cellfour", "content/01-one.md", 16),
        ("captionword", "content/01-one.md", 18),
        ("Subheading", "content/01-one.md", 20),
        ("definitionword", "content/01-one.md", 24),
    ],
)
def test_each_kind_of_block(features: tuple[Path, BuildResult], word: str, file: str, line: int) -> None:
    root, result = features
    page, x, y = _printed(root / result.output)[word]
    answer = synctex("edit", "-o", f"{page}:{x:.2f}:{y:.2f}:{root / result.output}")
    assert f"Input:{root / file}" in answer
    assert f"Line:{line}\n" in answer


@pytest.fixture(scope="session")
def features(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildResult]:
    need("synctex")
    root = write(tmp_path_factory.mktemp("features"), FEATURES)
    result = build(root)
    assert not result.failed, [found.message for found in result.diagnostics]
    return root, result
