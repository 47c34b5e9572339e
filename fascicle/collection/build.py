"""Builds a collection: its articles with their own pages, then the whole as one file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from fascicle.collection.articles import ArticleBuilder, Made, Tell
from fascicle.collection.facts import Facts, check_facts, read_facts
from fascicle.collection.handed import SCREEN
from fascicle.collection.pagination import PageRange, check_pages
from fascicle.collection.printed import WholePrinter
from fascicle.collection.reader import Collection, read_collection
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Diagnostic
from fascicle.core.system.atomic_files import deliver
from fascicle.pipeline.run import Request


@dataclass(frozen=True, slots=True)
class CollectionRequest:
    """What is asked for."""

    base: Request
    """How articles are built; its project is the collection's folder."""
    edition: str = SCREEN
    """Edition of the PDF: screen, print."""
    at_once: int | None = None
    """How many articles are built at the same time."""


@dataclass
class CollectionResult:
    """What came of it."""

    diagnostics: tuple[Diagnostic, ...] = ()
    """Everything that is to be told, its places seen from the collection's folder."""
    output: str = ""
    """The whole, relative to the collection's folder; empty when it was not made."""
    pages: int = 0
    """Pages of the whole."""
    ranges: dict[str, PageRange] = field(default_factory=dict)
    """Pages of each article, by its key."""
    built: list[str] = field(default_factory=list)
    """Keys of the articles that were built, as often as they were."""
    failed: list[str] = field(default_factory=list)
    """Keys of those that could not be built."""
    articles: dict[str, str] = field(default_factory=dict)
    """Delivered files of the articles, by their keys."""


def build_collection(wanted: CollectionRequest, tell: Tell = lambda article, event: None) -> CollectionResult:
    """Make the collection in the request's project folder. Whatever is wrong is a diagnostic of the result."""
    problems = Collector()
    result = CollectionResult()
    collection = read_collection(wanted.base.project, problems)
    if collection is not None:
        _make(collection, wanted, problems, result, tell)
    result.diagnostics = tuple(problems.sorted())
    return result


def _make(
    collection: Collection,
    wanted: CollectionRequest,
    problems: Collector,
    result: CollectionResult,
    tell: Tell,
) -> None:
    facts = gather(collection, wanted.base, problems)
    if problems.failed:
        return
    builder = ArticleBuilder(collection, facts, wanted.base, problems, tell, wanted.at_once)
    made = builder.typeset(wanted.edition)
    result.ranges, result.built, result.failed = made.pages, made.built, made.failed
    check_pages(collection, made.pages, problems)
    _deliver(collection, wanted.edition, made, result)
    _tell_failed(collection, made, problems)
    if not problems.failed:
        whole = WholePrinter(collection, facts, wanted.base, wanted.edition, made, problems).whole()
        result.output, result.pages = whole or ("", 0)


def gather(collection: Collection, base: Request, problems: Collector) -> dict[str, Facts]:
    """What each article states, by its key; what is wrong with that is told."""
    facts: dict[str, Facts] = {}
    for article in collection.articles:
        found, _ = read_facts(replace(base, project=article.folder))
        if found is not None:
            facts[article.key] = found
    check_facts(collection, facts, problems)
    return facts


def _deliver(collection: Collection, edition: str, made: Made, result: CollectionResult) -> None:
    """Copy the articles' files to where they are looked for."""
    folder = f"build/{edition}/articles"
    for key, source in made.files.items():
        path = f"{folder}/{key}.pdf"
        deliver(source, collection.root / path)
        result.articles[key] = path
    _remove_others(collection.root / folder, {f"{key}.pdf" for key in (*made.files, *made.failed)})


def _remove_others(folder: Path, kept: set[str]) -> None:
    """Remove files of articles that the collection lists no longer."""
    for path in folder.glob("*.pdf") if folder.is_dir() else ():
        if path.name not in kept:
            path.unlink(missing_ok=True)


def _tell_failed(collection: Collection, made: Made, problems: Collector) -> None:
    for article in collection.articles:
        if article.key in made.failed:
            message = f"the article '{article.entry.path}' cannot be built, so the whole is not made"
            hint = "its own errors are listed, too; the other articles are made"
            problems.add(Code.ARTICLE_FAILED, message, collection.span(article), hint)
