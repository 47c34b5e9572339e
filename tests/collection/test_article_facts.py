"""What is said of an article before it is built: what it lacks, and its words."""

from __future__ import annotations

from pathlib import Path

from fascicle.collection.article_facts import read_facts
from fascicle.pipeline.run import Request
from tests.support.publications import small

STATED = """\
title: Untitled
authors:
  - {literal: Unknown Author}
  - {family: Alpha, given: Ann}
  - {family: Beta, given: Bert}
  - {family: Gamma, given: Gil}
  - {family: Delta, given: Dan}
  - {family: Epsilon, given: Eva}
language: zh
"""


def test_what_is_missing_is_gathered_and_counted(tmp_path: Path) -> None:
    files = {
        "content/publication.yaml": STATED,
        "content/01-text.md": "---\ntitle: 声音\n---\n\n声音在巷子里 two words.\n",
    }
    facts, _ = read_facts(Request(small(tmp_path, **files)))
    assert facts is not None
    assert facts.missing == (
        "title",
        "author",
        "abstract",
        "ORCID of Ann Alpha, Bert Beta, Gil Gamma and 2 more",
    )
    assert facts.words == 12
