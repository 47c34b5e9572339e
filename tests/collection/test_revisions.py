"""Articles taken out of git at a revision; no TeX runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from fascicle.collection.build import gather
from fascicle.collection.settings.reader import read_collection
from fascicle.core.diagnostics import Collector
from fascicle.pipeline.run import Request
from tests.support.issues import article
from tests.support.publications import write
from tests.support.repositories import commit, git, repository

STATED = """\
kind: issue
journal: {title: Annals}
articles:
  - {path: articles/one, revision: v1}
  - articles/two
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An issue whose first article is a repository that has gone on since its tag."""
    work = repository(tmp_path / "articles/one", article("The First Title", "Alpha, Ann"))
    git(work, "tag", "v1")
    commit(work, article("A Later Title", "Alpha, Ann"))
    write(tmp_path / "articles/two", article("Two", "Beta, Bert"))
    return write(tmp_path, {"collection.yaml": STATED})


def test_what_the_revision_holds_is_built(root: Path) -> None:
    problems = Collector()
    collection = read_collection(root, problems)
    assert collection is not None
    assert [one.message for one in problems] == []
    facts = gather(collection, Request(root), problems)
    assert facts["01-one"].data.title == "The First Title"
    assert "A Later Title" in (root / "articles/one/content/publication.yaml").read_text("utf-8")
    first = collection.articles[0].folder
    git(root / "articles/one", "tag", "-f", "v1", "HEAD")
    again = read_collection(root, problems)
    assert again is not None
    assert gather(again, Request(root), problems)["01-one"].data.title == "A Later Title"
    assert not first.exists()


@pytest.mark.parametrize(
    ("path", "revision", "line", "expected"),
    [
        ("articles/one", "v9", 4, "the article 'articles/one': there is no revision 'v9' in one"),
        ("articles/nine", "v1", 4, "there is no folder 'articles/nine' here"),
        ("../other", "v1", 4, "there is no folder '../other' here"),
    ],
)
def test_what_is_not_there_is_told_at_its_line(
    path: str, revision: str, line: int, expected: str, root: Path
) -> None:
    stated = STATED.replace("articles/one", path).replace("v1", revision)
    write(root, {"collection.yaml": stated})
    problems = Collector()
    read_collection(root, problems)
    assert [(one.span.line, one.message) for one in problems if one.span] == [(line, expected)]
