"""How far each article is and what it lacks: the table of `collection check`, and the status page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from fascicle.collection.article_facts import Facts, below
from fascicle.collection.article_settings import SCREEN
from fascicle.collection.articles import ArticleBuilder, load_lengths
from fascicle.collection.build import gather
from fascicle.collection.outputs.site import in_html, page, page_range
from fascicle.collection.pagination import PageRange, check_pages, paginate
from fascicle.collection.settings.model import State
from fascicle.collection.settings.reader import Collection, Listed, read_collection
from fascicle.collection.whole_pdf.as_publication import plain_title
from fascicle.core.diagnostics import Collector, Diagnostic, counted
from fascicle.core.system.atomic_files import deliver_bytes
from fascicle.document.document import plain_text
from fascicle.pipeline.build import check_edition
from fascicle.pipeline.confined import confined
from fascicle.pipeline.run import Request

STATUS = "build/status.html"
"""The status page."""


@dataclass(frozen=True, slots=True)
class ArticleStatus:
    """One article."""

    article: Listed
    """The article, as it is listed."""
    facts: Facts | None
    """What it states; None when it cannot be read."""
    pages: PageRange | None
    """Its pages; None when it was never typeset."""
    problems: str
    """How many errors, warnings and notes its check gives; empty when none."""
    proof: str
    """Its last proof, relative to the collection's folder; empty when there is none."""

    @property
    def missing(self) -> tuple[str, ...]:
        """What it lacks."""
        return self.facts.missing if self.facts else ()

    @property
    def title(self) -> str:
        """Its title without markup."""
        return plain_text(self.facts.data.title) if self.facts else self.article.entry.path


@dataclass(frozen=True, slots=True)
class CollectionStatus:
    """The whole."""

    collection: Collection | None
    """The collection; None when it cannot be read."""
    articles: tuple[ArticleStatus, ...]
    """Its articles in order."""
    diagnostics: tuple[Diagnostic, ...]
    """What is wrong, seen from the collection's folder."""


def check_collection(base: Request) -> CollectionStatus:
    """What is wrong with the collection in the request's project folder, and how far its articles are. No TeX runs."""
    problems = Collector()
    collection = read_collection(base.project, problems)
    if collection is None:
        return CollectionStatus(None, (), tuple(problems.sorted()))
    facts = gather(collection, base, problems)
    lengths = load_lengths(collection.root, SCREEN)
    pages = paginate(collection, lengths)
    if all(article.key in lengths for article in collection.articles):
        check_pages(collection, pages, problems)
    builder = ArticleBuilder(collection, facts, base, problems)
    rows = tuple(
        _status(builder, article, pages[article.key] if article.key in lengths else None)
        for article in collection.articles
    )
    return CollectionStatus(collection, rows, tuple(problems.sorted()))


def _status(builder: ArticleBuilder, article: Listed, pages: PageRange | None) -> ArticleStatus:
    """One article, checked."""
    facts = builder.facts.get(article.key)
    if facts is None:
        request = replace(builder.base, project=article.folder)
    else:
        request = builder.request(article, SCREEN, pages)
    outcome = _checked(request)
    builder.problems.extend(below(found, article) for found in outcome)
    proof = f"build/{SCREEN}/articles/{article.key}.pdf"
    there = (builder.collection.root / proof).is_file()
    return ArticleStatus(article, facts, pages, counted(outcome), proof if there else "")


def _checked(request: Request) -> list[Diagnostic]:
    if not request.no_trust:
        return check_edition(request, SCREEN).sorted()
    found = confined(lambda: check_edition(request, SCREEN).sorted())
    return [found] if isinstance(found, Diagnostic) else found


def write_status_page(status: CollectionStatus) -> str:
    """Write the status page; its path relative to the collection's folder."""
    collection = status.collection
    assert collection is not None  # noqa: S101 - for the type checker; there is nothing to write without one
    order = [str(state) for state in State]
    rows = [_row(one) for one in status.articles]
    seen = {
        "language": "en",
        "title": plain_title(collection.data),
        "states": [(state, sum(row["state"] == state for row in rows)) for state in order],
        "rows": rows,
        "words": sum(row["words"] for row in rows),
    }
    deliver_bytes(page("status.html", seen).encode(), collection.root / STATUS)
    return STATUS


def _row(one: ArticleStatus) -> Mapping[str, Any]:
    data = one.facts.data if one.facts else None
    return {
        "title": in_html(data.title, data.language) if data else one.title,
        "language": data.language if data else "en",
        "authors": ", ".join(author.name for author in data.authors) if data else "",
        "path": one.article.entry.path,
        "state": str(one.article.entry.state),
        "missing": one.missing,
        "problems": one.problems,
        "pages": page_range(one.pages),
        "words": one.facts.words if one.facts else 0,
        # The page lies in build/ itself.
        "proof": one.proof.removeprefix("build/"),
    }
