"""An issue of three articles, built once and again after changes; builds are counted, not timed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from fascicle.collection.build import CollectionRequest, CollectionResult, build_collection, gather
from fascicle.collection.outputs.agreement import Outputs, check_agreement, of_html, of_jats, of_records
from fascicle.collection.pagination import PageRange
from fascicle.collection.settings.reader import read_collection
from fascicle.core.diagnostics import Collector
from fascicle.pipeline.run import Request
from tests.conftest import need_strangers_wall
from tests.support.diagnostics import in_full
from tests.support.issues import issue

pytestmark = pytest.mark.tex


def made(root: Path, edition: str = "screen", *to: str, no_trust: bool = False) -> CollectionResult:
    """The issue in `root`, built."""
    return build_collection(CollectionRequest(Request(root, no_trust=no_trust), edition, to=to))


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


def test_jats_and_html_have_the_same_pages_and_the_contents_lead_to_them(built: Path) -> None:
    result = made(built, "screen", "jats", "html", "records")
    assert in_full(result.diagnostics) == []
    (deposit,) = (path for path in result.records if path.endswith(".crossref.xml"))
    firsts = {doi: said["first"] for doi, said in of_records(built / deposit).items()}
    names = dict(
        zip(result.ranges, ("10.5555/small.one", "10.5555/small.two", "10.5555/small.three"), strict=True)
    )
    assert firsts == {names[key]: str(pages.first) for key, pages in result.ranges.items()}
    pages = result.ranges["02-two"]
    said = of_jats(built / result.others["jats"]["02-two"])
    assert (said["first"], said["last"], said["doi"]) == (
        str(pages.first),
        str(pages.last),
        "10.5555/small.two",
    )
    assert said["date"] == "2024-02-29"
    html = of_html(built / result.others["html"]["01-one"])
    assert html["doi"] == "10.5555/small.one"
    assert html["first"] == "1"
    index = (built / "build/html/index.html").read_text("utf-8")
    assert "On <i>One</i> Thing" in index
    for address in re.findall(r'href="([^"#]+)"', index):
        assert address.startswith("https://doi.org/") or (built / "build/html" / address).is_file()
    assert made(built, "screen", "jats", "html").converted == {"jats": [], "html": []}


def test_an_output_that_says_something_else_is_told(built: Path) -> None:
    result = made(built, "screen", "jats")
    collection = read_collection(built, Collector())
    assert collection is not None
    problems = Collector()
    pages = {**result.ranges, "02-two": PageRange(91, 99)}
    outputs = Outputs(result.articles, result.others["jats"], whole=result.output)
    check_agreement(collection, gather(collection, Request(built), problems), pages, outputs, problems)
    assert {one.code.value for one in problems} == {"outputs-disagree"}
    assert {one.span.line if one.span else 0 for one in problems} == {20}
    told = " ".join(one.message for one in problems)
    assert all(name in told for name in ("its PDF gives", "its JATS gives", "the whole gives"))


def test_an_article_that_fails_stops_the_whole_alone(built: Path) -> None:
    before = made(built)
    text = built / "articles/three/content/01-text.md"
    sound = text.read_text("utf-8")
    try:
        text.write_text(f"{sound}As @fig:nowhere shows.\n", "utf-8")
        result = made(built)
    finally:
        text.write_text(sound, "utf-8")
    assert result.output == ""
    assert result.failed == ["03-three"]
    assert sorted(result.articles) == ["01-one", "02-two"]
    assert (built / before.output).is_file()
    found = [(one.span.file if one.span else "", one.code.value) for one in result.diagnostics]
    assert ("articles/three/content/01-text.md", "undefined-reference") in found
    assert ("collection.yaml", "article-failed") in found


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


def test_the_same_bytes_in_another_folder(built: Path, tmp_path: Path) -> None:
    """In a stranger's hands, too: behind the wall the pages are the same."""
    need_strangers_wall()
    for name in ("collection.yaml", "articles"):
        source = built / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tmp_path / name)
    first, second = made(built), made(tmp_path, no_trust=True)
    assert (built / first.output).read_bytes() == (tmp_path / second.output).read_bytes()
    for key, path in first.articles.items():
        assert (built / path).read_bytes() == (tmp_path / second.articles[key]).read_bytes()
