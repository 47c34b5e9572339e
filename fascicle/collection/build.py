"""Builds a collection: its articles with their own pages, the whole as one file, and the other formats."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from fascicle.collection.article_facts import Facts, check_facts, read_all_facts
from fascicle.collection.article_settings import PRINT, SCREEN, check_template
from fascicle.collection.articles import ArticleBuilder, JobsBuilder, Made, Tell
from fascicle.collection.outputs.agreed import is_agreed, keep_agreed, state_of
from fascicle.collection.outputs.agreement import Outputs, check_agreement, check_lengths, expected
from fascicle.collection.outputs.formats import HTML, JATS, PDF, RECORDS, convert
from fascicle.collection.outputs.records import Delivered, write_records
from fascicle.collection.pagination import PageRange, check_pages
from fascicle.collection.settings.model import Kind, Matter
from fascicle.collection.settings.reader import Collection, read_collection
from fascicle.collection.whole_pdf.whole_pdf import WholePrinter
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Diagnostic
from fascicle.core.system.atomic_files import deliver
from fascicle.pipeline.build import surroundings
from fascicle.pipeline.parallel import build_jobs
from fascicle.pipeline.run import Request


@dataclass(frozen=True, slots=True)
class CollectionRequest:
    """What is asked for."""

    base: Request
    """How articles are built; its project is the collection's folder."""
    edition: str = SCREEN
    """Edition of the PDF: screen, print."""
    build: JobsBuilder = build_jobs
    """Builds the articles: on this machine, as many at once as fit, when not given."""
    to: tuple[str, ...] = (PDF,)
    """What is made: pdf, html, jats, records. The PDFs, which have the pages, are made in any case."""


@dataclass
class CollectionResult:
    """What came of it."""

    diagnostics: tuple[Diagnostic, ...] = ()
    """Everything that is to be told, its places seen from the collection's folder."""
    output: str = ""
    """The whole, relative to the collection's folder; empty when it was not made."""
    no_whole: bool = False
    """True for a backlist, of which no whole is made."""
    pages: int = 0
    """Pages of the whole."""
    ranges: dict[str, PageRange] = field(default_factory=dict)
    """Pages of each article, by its key."""
    built: list[str] = field(default_factory=list)
    """Keys of the articles that were typeset, as often as they were."""
    failed: list[str] = field(default_factory=list)
    """Keys of those that could not be built."""
    articles: dict[str, str] = field(default_factory=dict)
    """Delivered PDFs of the articles, by their keys."""
    others: dict[str, dict[str, str]] = field(default_factory=dict)
    """Delivered main files in other formats, by format and key."""
    converted: dict[str, list[str]] = field(default_factory=dict)
    """Keys of the articles that were converted, by format."""
    records: list[str] = field(default_factory=list)
    """Records that were written, relative to the collection's folder."""
    thickness: float = 0.0
    """Width of a print edition's spine in millimetres."""


class CollectionBuilder:
    """One build of one collection."""

    def __init__(self, wanted: CollectionRequest, tell: Tell) -> None:
        self.wanted = wanted
        self.tell = tell
        self.problems = Collector()
        self.result = CollectionResult()

    def build(self) -> CollectionResult:
        """Everything that was asked for, as far as it can be made."""
        collection = read_collection(self.wanted.base.project, self.problems)
        if collection is not None:
            try:
                self._make(collection)
            except OSError as error:
                surroundings(error, self.problems)
        self.result.diagnostics = tuple(self.judged.sorted())
        return self.result

    @property
    def judged(self) -> Collector:
        """What was found, warnings counted as errors when that was asked for."""
        return self.problems.with_warnings_as_errors() if self.wanted.base.strict else self.problems

    def _make(self, collection: Collection) -> None:
        wanted, result = self.wanted, self.result
        facts = gather(collection, wanted.base, self.problems)
        if self.judged.failed:
            return
        builder = ArticleBuilder(collection, facts, wanted.base, self.problems, self.tell, wanted.build)
        made = builder.typeset(wanted.edition)
        result.ranges, result.built, result.failed = made.pages, made.built, list(made.failed)
        check_pages(collection, made.pages, self.problems)
        result.articles = _delivered(collection, wanted.edition, made)
        for form in (one for one in (JATS, HTML) if one in wanted.to):
            others, result.others[form] = convert(builder, form, made)
            result.converted[form] = others.built
            result.failed += [key for key in others.failed if key not in result.failed]
        self._tell_failed(collection, facts)
        self._whole(collection, facts, made)
        if RECORDS in wanted.to and not self.judged.failed:
            labels = {
                "PDF": result.articles,
                "HTML": result.others.get(HTML, {}),
                "JATS": result.others.get(JATS, {}),
            }
            delivered = Delivered(labels, result.output, result.pages)
            written = write_records(builder, made, delivered, self.problems)
            result.records = [path.relative_to(collection.root).as_posix() for path in written]
        self._check(builder, facts, made)

    def _whole(self, collection: Collection, facts: dict[str, Facts], made: Made) -> None:
        """The whole, when nothing of it is missing; a backlist has none."""
        self.result.no_whole = collection.data.kind is Kind.BACKLIST
        if self.judged.failed or self.result.no_whole:
            return
        printer = WholePrinter(collection, facts, self.wanted.base, self.wanted.edition, made, self.problems)
        self.result.output, self.result.pages = printer.whole() or ("", 0)
        if self.wanted.edition == PRINT:
            self.result.thickness = self.result.pages / 2 * collection.data.pages.sheet_thickness

    def _check(self, builder: ArticleBuilder, facts: dict[str, Facts], made: Made) -> None:
        """Whether all outputs say the same."""
        collection, result, edition = builder.collection, self.result, self.wanted.edition
        outputs = Outputs(
            result.articles,
            result.others.get(JATS, {}),
            result.others.get(HTML, {}),
            result.output,
            result.records,
        )
        wanted = {
            article.key: expected(collection, article, facts[article.key], made.pages[article.key])
            for article in collection.articles
            if article.key in result.articles
        }
        state = state_of(collection.root, outputs, wanted, builder.program)
        if not is_agreed(collection.root, edition, state):
            before = len(list(self.problems))
            check_agreement(collection, facts, made.pages, outputs, self.problems)
            if len(list(self.problems)) == before:
                keep_agreed(collection.root, edition, state)
        other = PRINT if edition == SCREEN else SCREEN
        own, others = (builder.current_lengths(one, made.pages) for one in (edition, other))
        check_lengths(collection, own, others, (edition, other), self.problems)

    def _tell_failed(self, collection: Collection, facts: dict[str, Facts]) -> None:
        for article in collection.articles:
            if article.key in self.result.failed or article.key not in facts:
                message = f"the article '{article.entry.path}' cannot be built, so the whole is not made"
                hint = "its own errors are listed, too; the other articles are made"
                self.problems.add(Code.ARTICLE_FAILED, message, collection.span(article), hint)


def build_collection(wanted: CollectionRequest, tell: Tell = lambda article, event: None) -> CollectionResult:
    """Make the collection in the request's project folder. Whatever is wrong is a diagnostic of the result."""
    return CollectionBuilder(wanted, tell).build()


def gather(collection: Collection, base: Request, problems: Collector) -> dict[str, Facts]:
    """What each article states, by its key; what is wrong with that is told."""
    facts: dict[str, Facts] = {}
    floats = bool({Matter.FIGURES, Matter.TABLES} & {*collection.data.front, *collection.data.back})
    requests = [replace(base, project=article.folder) for article in collection.articles]
    for article, (found, _) in zip(collection.articles, read_all_facts(requests, floats=floats), strict=True):
        if found is not None:
            facts[article.key] = found
    check_facts(collection, facts, problems)
    check_template(collection, problems)
    return facts


def _delivered(collection: Collection, edition: str, made: Made) -> dict[str, str]:
    """Copy the articles' files to where they are looked for; their new paths by key."""
    folder = f"build/{edition}/articles"
    found = {}
    for key, source in made.files.items():
        found[key] = f"{folder}/{key}.pdf"
        _copied(source, collection.root / found[key])
    _remove_others(collection.root / folder, {f"{key}.pdf" for key in (*made.files, *made.failed)})
    return found


def _copied(source: Path, target: Path) -> None:
    """Copy a file with its time; one that was copied already is left as it is."""
    new = source.stat()
    with suppress(OSError):
        old = target.stat()
        if (old.st_mtime_ns, old.st_size) == (new.st_mtime_ns, new.st_size):
            return
    deliver(source, target)
    os.utime(target, ns=(new.st_atime_ns, new.st_mtime_ns))


def _remove_others(folder: Path, kept: set[str]) -> None:
    """Remove files of articles that the collection lists no longer."""
    for path in folder.glob("*.pdf") if folder.is_dir() else ():
        if path.name not in kept:
            path.unlink(missing_ok=True)
