"""Builds the articles of a collection until their pages settle: each only when something of it has changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from fascicle.collection.article_facts import Facts, below
from fascicle.collection.article_settings import PRINT, SCREEN, imposed, settings
from fascicle.collection.pagination import PageRange, paginate
from fascicle.collection.settings.reader import Collection, Listed
from fascicle.collection.words import issue_words
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.core.events import Event
from fascicle.core.system.atomic_files import deliver_bytes
from fascicle.pipeline.build import BuildResult, settings_of
from fascicle.pipeline.parallel import JobListener, PoolJob, build_jobs
from fascicle.pipeline.run import Request
from fascicle.project import manifest
from fascicle.project.manifest import program_fingerprint
from fascicle.project.overrides import CHAPTERS

WORK = "build/articles"
"""Where the articles are built, in the collection's folder: their own folders stay as they are."""
_LENGTHS = "build/{}/lengths.json"
"""Pages of each article as it was typeset last for an edition, by its key."""
_ROUNDS = 5
"""How often pages may change before they are said never to settle."""

JobsBuilder = Callable[[Sequence[PoolJob], JobListener], Iterator[tuple[PoolJob, BuildResult]]]
"""Builds editions; each comes with its result, in the order of their ends."""
Tell = Callable[[Listed, Event | BuildResult], None]
"""Is told what goes on in which article, and what came of it."""


@dataclass
class Made:
    """What came of the articles."""

    pages: dict[str, PageRange] = field(default_factory=dict)
    """The pages of each, by its key."""
    files: dict[str, Path] = field(default_factory=dict)
    """The result of each that was made, absolute, by its key."""
    built: list[str] = field(default_factory=list)
    """Keys in the order in which their builds ended: one that was built twice stands here twice."""
    failed: list[str] = field(default_factory=list)
    """Keys of those that could not be built."""


@dataclass(frozen=True, slots=True)
class ArticleBuilder:
    """Builds the articles of one collection."""

    collection: Collection
    """The collection."""
    facts: Mapping[str, Facts]
    """What each article states."""
    base: Request
    """How they are to be built; the project is another one for each."""
    problems: Collector
    """Takes what is wrong."""
    tell: Tell = lambda article, event: None
    """Is told what goes on."""
    build: JobsBuilder = build_jobs
    """Builds them, on this machine or elsewhere."""
    program: str = field(default_factory=program_fingerprint)
    """Fingerprint of the program, found once for all."""

    def request(self, article: Listed, edition: str, pages: PageRange | None) -> Request:
        """How one article is built; pages of others are not known."""
        return self._request(article, edition, {article.key: pages} if pages else {})

    def _request(self, article: Listed, edition: str, every: Mapping[str, PageRange]) -> Request:
        """The same, with the pages of every article."""
        facts, pages = self.facts[article.key], every.get(article.key)
        said = imposed(self.collection, article, facts.data, pages)
        if chapters := self._chapters(facts, every):
            said[CHAPTERS] = chapters
        return replace(
            self.base,
            project=article.folder,
            place=self.collection.root / WORK / article.key,
            settings=settings(self.collection, edition, pages),
            imposed=said,
        )

    def _chapters(self, facts: Facts, every: Mapping[str, PageRange]) -> dict[str, str]:
        """The pages of the chapters that an article refers to, in the words of its language."""
        wanted = {name for name, _ in facts.chapters}
        page = issue_words(facts.data.language)["page"]
        return {
            one.name: page.replace("{}", str(every[one.key].first))
            for one in self.collection.articles
            if one.name in wanted and one.key in every
        }

    def typeset(self, edition: str) -> Made:
        """PDFs of all articles with their own pages; an article is built again only where its pages have become others."""
        root, made = self.collection.root, Made()
        lengths = load_lengths(root, edition)
        # An article that was never typeset for this edition is likely as long as in the other one.
        likely = load_lengths(root, PRINT if edition == SCREEN else SCREEN)
        for _ in range(_ROUNDS):
            made.pages = paginate(self.collection, likely | lengths)
            self._round(edition, made, lengths)
            save_lengths(root, edition, lengths)
            if paginate(self.collection, likely | lengths) == made.pages:
                return made
        late = paginate(self.collection, likely | lengths)
        for article in self.collection.articles:
            if late[article.key] != made.pages[article.key]:
                message = f"the pages of '{article.entry.path}' change whenever it is typeset with them"
                span = self.collection.span(article)
                self.problems.add(Code.PAGES_UNSETTLED, message, span, "set its first-page by hand")
                break
        return made

    def current_lengths(self, edition: str, pages: Mapping[str, PageRange]) -> dict[str, int]:
        """Pages of the articles that are up to date in an edition, by their keys."""
        known = load_lengths(self.collection.root, edition)
        current = (
            article.key
            for article in self._present()
            if article.key in known
            and self._fresh(self._request(article, edition, pages), edition) is not None
        )
        return {key: known[key] for key in current}

    def convert(self, edition: str, made: Made) -> Made:
        """The same in a format without pages of its own, such as jats or html, with the pages of `made`."""
        others = Made(pages=made.pages)
        self._round(edition, others, {})
        return others

    def _round(self, edition: str, made: Made, lengths: dict[str, int]) -> None:
        """Build those that are not up to date with the pages that they now have."""
        jobs: dict[str, PoolJob] = {}
        for article in self._present():
            if article.key in made.failed:
                continue
            request = self._request(article, edition, made.pages)
            if (there := self._fresh(request, edition)) is not None:
                made.files[article.key] = request.home / there
            else:
                jobs[article.key] = PoolJob(request, edition)
        for article, result in self._built(jobs):
            made.built.append(article.key)
            self.tell(article, result)
            self._keep(article, result, made, lengths, typeset=edition in (PRINT, SCREEN))

    def _fresh(self, request: Request, edition: str) -> str | None:
        """The result that a build would give, when it is there already; None when it must be built."""
        known = manifest.load(request.state, edition)
        settings = settings_of(request, self.program)
        if known is None or not manifest.is_fresh(known, request.project, settings, request.home):
            return None
        return known.result

    def _present(self) -> Iterator[Listed]:
        return (article for article in self.collection.articles if article.key in self.facts)

    def _built(self, jobs: Mapping[str, PoolJob]) -> Iterator[tuple[Listed, BuildResult]]:
        by_place = {job.request.place: key for key, job in jobs.items()}
        articles = {article.key: article for article in self.collection.articles}

        def listen(job: PoolJob, event: Event) -> None:
            self.tell(articles[by_place[job.request.place]], event)

        for job, result in self.build(list(jobs.values()), listen):
            yield articles[by_place[job.request.place]], result

    def _keep(
        self, article: Listed, result: BuildResult, made: Made, lengths: dict[str, int], *, typeset: bool
    ) -> None:
        self.problems.extend(below(found, article) for found in result.diagnostics)
        if result.failed:
            made.failed.append(article.key)
            made.files.pop(article.key, None)
            return
        made.files[article.key] = self.collection.root / WORK / article.key / result.output
        if typeset:
            lengths[article.key] = result.pages


def load_lengths(root: Path, edition: str) -> dict[str, int]:
    """Pages of each article as it was typeset last, by its key; nothing where that is not known."""
    try:
        found = json.loads((root / _LENGTHS.format(edition)).read_text(encoding="utf-8"))
        return {str(key): int(value) for key, value in found.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def save_lengths(root: Path, edition: str, lengths: Mapping[str, int]) -> None:
    """Remember them."""
    deliver_bytes(
        json.dumps(dict(sorted(lengths.items())), indent=0).encode(), root / _LENGTHS.format(edition)
    )
