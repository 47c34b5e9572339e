"""What is wrong with a collection is told at its line, before any TeX runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from fascicle.collection.article_settings import settings
from fascicle.collection.build import CollectionRequest, build_collection, gather
from fascicle.collection.pagination import check_pages, paginate
from fascicle.collection.settings.reader import read_collection
from fascicle.core.diagnostics import Collector
from fascicle.pipeline.run import Request
from tests.support.issues import ARTICLES, ISSUE, article, issue
from tests.support.publications import write


def told(root: Path) -> list[str]:
    """What a build says, as `line code message`; it ends before anything is typeset."""
    result = build_collection(CollectionRequest(Request(root)))
    assert result.built == []
    return [
        f"{one.span.line if one.span else 0} {one.code.value} {one.message}" for one in result.diagnostics
    ]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("articles/two\n", []),
        ("articles/tow\n", ["20 article-missing the article 'articles/tow' is not there"]),
        ("articles/one\n", ["20 article-twice the article 'articles/one' is listed twice: first on line 18"]),
        ("../two\n", ["20 path-outside the path '../two' leads out of the collection's folder"]),
        (
            "path: articles/two\n        doi: 10.5555/small.one\n",
            [
                "21 duplicate-doi the DOI 10.5555/small.one is that of 'articles/one' too",
                "21 article-differs 'articles/two' says that its DOI is 10.5555/small.two; the collection says 10.5555/small.one, which is printed",
            ],
        ),
        ("path: articles/two\n        frist-page: 9\n", ["21 unknown-key unknown key 'frist-page'"]),
        ("path: articles/two\n        state: done\n", ["21 wrong-value 'done' is not a value of 'state'"]),
        (
            "path: articles/two\n        first-page: 9\n        last-page: 8\n",
            ["20 wrong-value cannot be used for 'articles': the last page comes before the first"],
        ),
    ],
)
def test_an_article_is_told_at_its_line(tmp_path: Path, stated: str, expected: list[str]) -> None:
    root = issue(tmp_path, ISSUE.replace("articles/two\n", stated))
    if not expected:
        problems = Collector()
        assert read_collection(root, problems) is not None
        assert not list(problems)
        return
    assert told(root) == expected


def test_hints_can_be_typed(tmp_path: Path) -> None:
    root = issue(tmp_path, ISSUE.replace("articles/two\n", "articles/tow\n"))
    result = build_collection(CollectionRequest(Request(root)))
    assert [one.hints for one in result.diagnostics] == [("did you mean 'articles/two'?",)]


def test_collections_that_lead_in_a_circle(tmp_path: Path) -> None:
    inner = "kind: backlist\narticles: [more]\n"
    root = issue(tmp_path, ISSUE.replace("articles/three", "shelf"))
    write(root, {"shelf/collection.yaml": inner})
    (root / "shelf/more").symlink_to(root)
    assert told(root) == ["22 collection-circle 'shelf' leads back to this collection by way of shelf → more"]


def test_what_the_article_states_otherwise_is_told(tmp_path: Path) -> None:
    own = article(
        "A Third Thing", "Gamma, Gil", more="journal: {title: Annals of Small Things, volume: '6'}\n"
    )
    root = issue(tmp_path, ISSUE, {**ARTICLES, "articles/three": own})
    problems = Collector()
    collection = read_collection(root, problems)
    assert collection is not None
    gather(collection, Request(root), problems)
    message = "'articles/three' says that its volume is 6; the collection says 7, which is printed"
    assert [(one.span.line if one.span else 0, one.message) for one in problems] == [(22, message)]


def test_pages_set_by_hand_that_overlap(tmp_path: Path) -> None:
    stated = ISSUE.replace(
        "      - articles/two\n", "      - {path: articles/two, first-page: 3, last-page: 5}\n"
    )
    root = issue(tmp_path, stated)
    problems = Collector()
    collection = read_collection(root, problems)
    assert collection is not None
    pages = paginate(collection, {"01-one": 4, "02-two": 2, "03-three": 1})
    assert [(one.first, one.last) for one in pages.values()] == [(1, 4), (3, 4), (5, 5)]
    check_pages(collection, pages, problems)
    assert [one.message for one in problems] == [
        "the article begins on page 3, and 'articles/one' goes on to page 4",
        "the article ends on page 4, and 'last-page' says 5",
    ]
    assert {one.span.line if one.span else 0 for one in problems} == {20}


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ("", [(1, 3), (5, 6), (7, 7)]),
        ("pages: {opening: next}\n", [(1, 3), (4, 5), (6, 6)]),
        ("pages: {continuous: volume, first-page: 101}\n", [(101, 103), (105, 106), (107, 107)]),
        ("pages: {continuous: 'no'}\n", [(1, 3), (1, 2), (1, 1)]),
    ],
)
def test_pages_are_counted_as_stated(tmp_path: Path, pages: str, expected: list[tuple[int, int]]) -> None:
    problems = Collector()
    collection = read_collection(issue(tmp_path, ISSUE + pages), problems)
    assert collection is not None
    found = paginate(collection, {"01-one": 3, "02-two": 2, "03-three": 1})
    assert [(one.first, one.last) for one in found.values()] == expected
    assert not list(problems)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("kind: isue\narticles: [one]\n", "1 wrong-value 'isue' is not a value of 'kind'"),
        ("kind: issue\njournal: {title: A}\n", "1 missing-key the collection lists no article"),
        (
            "kind: book\narticles: [articles/one]\n",
            "1 missing-key the key 'title' is missing, which a collection of the kind 'book' needs",
        ),
        (
            "kind: backlist\narticles: [articles/one]\npages: {continuous: volume}\n",
            "3 wrong-value cannot be used for 'pages': pages counted through the volume need 'first-page', the one after the last issue's last",
        ),
        (
            "kind: backlist\narticles: [articles/one]\nshared:\n  print: {preset: kdp, trim: a4}\n",
            "4 wrong-value cannot be used for 'print': 'trim' is nothing that a printer alone asks for",
        ),
    ],
)
def test_the_collection_itself(tmp_path: Path, stated: str, expected: str) -> None:
    assert expected in told(issue(tmp_path, stated))


def test_a_template_without_first_pages_is_told_at_its_line(tmp_path: Path) -> None:
    stated = ISSUE + "shared:\n  template: apa7\n"
    line = len(ISSUE.splitlines()) + 2
    (told_once,) = [one for one in told(issue(tmp_path, stated)) if "template" in one]
    assert told_once.startswith(
        f"{line} unknown-option the template 'apa7' cannot make articles of a collection"
    )
    (unknown,) = [one for one in told(issue(tmp_path, stated.replace("apa7", "artcle"))) if "template" in one]
    assert unknown.startswith(f"{line} ")


def test_articles_get_what_the_printer_asks_for(tmp_path: Path) -> None:
    stated = "shared: {print: {min-resolution: 200, page-multiple: 4}}\n"
    collection = read_collection(issue(tmp_path, ISSUE + stated), Collector())
    assert collection is not None
    assert settings(collection, "print", None)["min-resolution"] == 200
    assert settings(collection, "print", None)["page-multiple"] == 1  # the whole keeps it
    assert "min-resolution" not in settings(collection, "screen", None)
