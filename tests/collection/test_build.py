"""An issue of three articles, built once and again after changes; builds are counted, not timed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from fascicle.collection.build import CollectionRequest, CollectionResult, build_collection
from fascicle.pipeline.run import Request
from tests.support.diagnostics import in_full
from tests.support.issues import issue

pytestmark = pytest.mark.tex


def made(root: Path, edition: str = "screen") -> CollectionResult:
    """The issue in `root`, built."""
    return build_collection(CollectionRequest(Request(root), edition, 1))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An issue that was built."""
    root = issue(tmp_path_factory.mktemp("issue"))
    result = made(root)
    assert in_full(result.diagnostics) == []
    return root


def text_of(path: Path, page: int = 0) -> str:
    """The words of a page, white space made one."""
    return " ".join(PdfReader(path).pages[page].extract_text().split())


def test_articles_have_pages_of_their_own_and_the_whole_has_all(built: Path) -> None:
    result = made(built)
    assert result.built == []
    firsts = {key: pages.first for key, pages in result.ranges.items()}
    lasts = {key: pages.last for key, pages in result.ranges.items()}
    assert firsts["01-one"] == 1
    assert lasts["01-one"] > 1
    assert firsts["02-two"] % 2 == firsts["03-three"] % 2 == 1
    for key, path in result.articles.items():
        reader = PdfReader(built / path)
        assert reader.page_labels[0] == str(firsts[key])
        assert len(reader.pages) == lasts[key] - firsts[key] + 1
        range_ = f"{firsts[key]}–{lasts[key]}"
        assert f"Annals of Small Things 7 (2): {range_}. ISSN 2434-561X" in text_of(built / path)
    assert "doi.org/10.5555/small.one" in text_of(built / result.articles["01-one"])
    assert sorted(path.name for path in (built / "articles/one").iterdir()) == ["content"]


def test_the_whole_has_contents_bookmarks_labels_and_indexes(built: Path) -> None:
    result = made(built)
    reader = PdfReader(built / result.output)
    labels = reader.page_labels
    assert labels[:3] == ["i", "ii", "iii"]
    firsts = [pages.first for pages in result.ranges.values()]
    starts = [labels.index(str(first)) for first in firsts]
    assert [text_of(built / result.output, start).split(" ")[0] for start in starts] == ["On", "Zwei", "A"]
    assert "Annals of Small Things Volume 7, Number 2" in text_of(built / result.output)
    contents = text_of(built / result.output, 2)
    assert f"Bert Beta Zwei Dinge {firsts[1]}" in contents
    assert contents.index("ARTICLES" if "ARTICLES" in contents else "Articles") < contents.index("Gil Gamma")
    led_to = [link_target(reader, one) for one in reader.pages[2]["/Annots"]]
    assert led_to == starts
    top = [item.title for item in reader.outline if not isinstance(item, list)]
    assert top == ["Contents", "Articles", "Reviews", "Contributors", "Index of authors", "Index of keywords"]
    last = " ".join(text_of(built / result.output, number) for number in (-2, -1))
    assert f"Gamma, Gil, {firsts[2]}" in last
    assert f"small things, {firsts[0]}, {firsts[1]}, {firsts[2]}" in last


def link_target(reader: PdfReader, link: Any) -> int:
    """Index of the page that a link leads to."""
    name = link.get_object()["/A"]["/D"]
    return reader.get_destination_page_number(reader.named_destinations[name])


def test_only_what_has_changed_is_built(built: Path) -> None:
    text = built / "articles/two/content/01-text.md"
    text.write_text(text.read_text("utf-8").replace("without haste", "with no haste", 1), "utf-8")
    assert made(built).built == ["02-two"]
    longer = built / "articles/one/content/01-text.md"
    before = made(built).ranges
    longer.write_text(longer.read_text("utf-8") + "One line more, and another. " * 400, "utf-8")
    result = made(built)
    # The one that grew is set again with its last page, and each later one once, with its first.
    assert sorted(result.built) == ["01-one", "01-one", "02-two", "03-three"]
    assert result.ranges["02-two"].first > before["02-two"].first
    assert made(built).built == []
