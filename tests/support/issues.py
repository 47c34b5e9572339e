"""Small issues of journals for tests, in words of our own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.support.publications import write

ISSUE = """\
kind: issue
journal:
  title: Annals of Small Things
  abbreviation: Ann. Small Things
  issn: {print: 0378-5955, online: 2434-561X}
  publisher: Small Press
  place: Leeds
  license: CC-BY-4.0
  editors:
    - {family: Editor, given: Edna}
volume: 7
number: 2
date: 2024-02-29
doi: 10.5555/small.7.2
groups:
  - title: Articles
    articles:
      - path: articles/one
        doi: 10.5555/small.one
      - articles/two
  - title: Reviews
    articles: [articles/three]
"""
_PARAGRAPH = "This paragraph of the text number {} goes on for a while, since a page must be filled with something, and says what it says without haste.\n\n"


def article(
    title: str, author: str, language: str = "en-GB", paragraphs: int = 3, more: str = ""
) -> dict[str, str]:
    """The files of one article, of about three paragraphs a quarter of a page."""
    family, _, given = author.partition(", ")
    return {
        "content/publication.yaml": f"title: {title}\nauthors:\n  - {{family: {family}, given: {given}}}\n"
        f"language: {language}\nabstract: Of {family}, in short.\nkeywords: [small things, {family.lower()}]\n{more}",
        "content/01-text.md": "---\ntitle: The Text\n---\n\n"
        + "".join(_PARAGRAPH.format(n) for n in range(paragraphs)),
    }


ARTICLES: Mapping[str, Mapping[str, str]] = {
    "articles/one": article("On *One* Thing", "Alpha, Ann", paragraphs=20),
    "articles/two": article("Zwei Dinge", "Beta, Bert", "de", more="doi: 10.5555/small.two\n"),
    "articles/three": article("A Third Thing", "Gamma, Gil"),
}
"""Three articles, the first of two pages and more."""


def issue(root: Path, stated: str = ISSUE, articles: Mapping[str, Mapping[str, str]] = ARTICLES) -> Path:
    """Write an issue into `root`, which is given back."""
    for folder, files in articles.items():
        write(root / folder, files)
    return write(root, {"collection.yaml": stated})
