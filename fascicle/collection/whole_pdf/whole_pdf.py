"""The whole collection as one PDF: articles and what stands around them, joined, finished and proved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import pypdfium2

from fascicle.collection.article_facts import Facts
from fascicle.collection.article_settings import PRINT, of_the_printer, settings
from fascicle.collection.articles import Made
from fascicle.collection.settings.index_words import read_index_words
from fascicle.collection.settings.model import FrontNumbers, Matter
from fascicle.collection.settings.reader import COLLECTION, Collection
from fascicle.collection.whole_pdf.index_pages import pages_of_words
from fascicle.collection.whole_pdf.matter import MatterRequest, print_matter
from fascicle.collection.whole_pdf.template_values import Around, part_name
from fascicle.core.diagnostics import Collector, counted
from fascicle.core.system.atomic_files import deliver_bytes
from fascicle.document.document import plain_text
from fascicle.pdf.finish.finish import Finishing, finish
from fascicle.pdf.joining.join import Joined, join
from fascicle.pdf.joining.parts import Part
from fascicle.pdf.preflight.preflight import preflight
from fascicle.pdf.reading.places import labels_of_places
from fascicle.pipeline.build import settings_of
from fascicle.pipeline.finishing import finishing_for
from fascicle.pipeline.manuscript import Manuscript
from fascicle.pipeline.run import Request, Run
from fascicle.project import manifest
from fascicle.project.editions import edition_of
from fascicle.project.sources import Sources

FRONT, BACK = "front", "back"
"""The files around the articles."""


@dataclass
class WholePrinter:
    """Makes the whole of a collection in one edition."""

    collection: Collection
    """The collection."""
    facts: Mapping[str, Facts]
    """What each article states."""
    base: Request
    """How it is built."""
    edition: str
    """Edition of the PDF."""
    made: Made
    """The articles."""
    problems: Collector
    """Takes what is wrong."""
    manuscript: Manuscript | None = field(default=None, init=False)
    """What was made around the articles, for what the file says of itself."""
    sources: Sources | None = field(default=None, init=False)
    """What was read for it."""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict, init=False)
    """What the index of names and subjects looks for, by entry."""

    def whole(self) -> tuple[str, int] | None:
        """The whole, delivered: its path and number of pages; None, with what is wrong, when it cannot be made.

        One that is up to date is left as it is.
        """
        self.words = read_index_words(self.collection, self.problems)
        settings, state = self._settings(), self.base.state
        known = manifest.load(state, self.edition)
        if known and manifest.is_fresh(known, self.collection.root, settings):
            return known.result, _count(self.collection.root / known.result)
        made = self._made()
        if made is None or self.sources is None:
            return None
        root = self.collection.root
        for file in self.made.files.values():
            self.sources.digest(file.relative_to(root).as_posix())
        self.sources.exists(COLLECTION)
        found = tuple(self.sources.reads)
        outputs = tuple(manifest.entries(root, [made[0]]))
        summary = counted(self.problems)
        manifest.save(manifest.Manifest(settings, found, outputs, summary, made[0]), state, self.edition)
        return made

    def _settings(self) -> manifest.Settings:
        """What besides the files decides the whole: what the articles say of themselves, and their pages."""
        said = {
            key: facts.data.model_dump(mode="json", exclude_unset=True) for key, facts in self.facts.items()
        }
        pages = {key: (own.first, own.last) for key, own in self.made.pages.items()}
        return settings_of(
            replace(self.base, imposed={"facts": said, "pages": pages, "index": dict(self.words)})
        )

    def _made(self) -> tuple[str, int] | None:
        """The whole made anew."""
        front = self._around(FRONT)
        back = self._around(BACK)
        if self.problems.failed or self.manuscript is None:
            return None
        parts = list(self._parts(front, back))
        joined = join(parts, self.problems, blank_after=self._blank_after(parts))
        pdf = self._finished(joined) if joined else None
        if pdf is None:
            return None
        path = f"build/{self.edition}/{self.collection.slug}.pdf"
        deliver_bytes(pdf, self.collection.root / path)
        return path, _count(pdf)

    def _around(self, name: str) -> bytes | None:
        """What stands before the articles, or after them; None when nothing does, or it cannot be made."""
        data = self.collection.data
        sections = [one for one in (data.front if name == FRONT else data.back) if self._is_there(one)]
        if not sections and (name == BACK or self.manuscript):
            return None
        last = max((pages.last for pages in self.made.pages.values()), default=0)
        roman = name == FRONT and data.pages.front is FrontNumbers.ROMAN
        first = 1 if name == FRONT else last + 1 + (last % 2 if self._opens_right else 0)
        wanted = MatterRequest(
            tuple(sections),
            "roman" if roman else "arabic",
            first,
            settings(self.collection, self.edition, None, around=True),
        )
        request = replace(self.base, project=self.collection.root, no_trust=False, withheld=False)
        run = Run(request, f"{self.edition}-{name}", lambda event: None, self.problems)
        found = self._marked() if {Matter.SUBJECTS, Matter.FIGURES, Matter.TABLES} & set(sections) else {}
        links = self.edition != PRINT
        named = self._found if Matter.SUBJECTS in sections else {}
        around = Around(self.collection, self.facts, self.made.pages, found, named, links=links)
        printed = print_matter(run, self.edition, around, wanted)
        self.sources = self.sources or run.sources
        if printed is None:
            return None
        self.manuscript = self.manuscript or printed[1]
        return printed[0].pdf if sections else None

    @cached_property
    def _found(self) -> dict[str, dict[str, list[str]]]:
        """Labels of the pages at which each article has what the index looks for, by its key and the entry."""
        names = self.collection.data.cited_names
        found = {}
        for key, facts in self.facts.items():
            words = {**(facts.cited if names else {}), **self.words}
            if words:
                found[key] = pages_of_words(self.made.files[key], words, facts.data.language)
        return found

    def _marked(self) -> dict[str, dict[str, str]]:
        """Labels of the pages at which each article has what an index names, by its key and the place's name."""
        return {
            key: labels_of_places(
                self.made.files[key],
                [*(mark.place for mark in facts.marks), *(one.place for one in facts.floats)],
            )
            for key, facts in self.facts.items()
            if facts.marks or facts.floats
        }

    def _is_there(self, matter: Matter) -> bool:
        """Whether there is anything to print in it."""
        if matter is Matter.EDITORIAL:
            return self.collection.data.editorial is not None
        if matter is Matter.KEYWORDS:
            return any(facts.data.keywords for facts in self.facts.values())
        if matter is Matter.GLOSSARY:
            return self.collection.data.glossary is not None
        if matter in (Matter.FIGURES, Matter.TABLES):
            kind = matter.value.removesuffix("s")
            return any(one.kind == kind for facts in self.facts.values() for one in facts.floats)
        if matter is Matter.SUBJECTS:
            return any(facts.marks for facts in self.facts.values()) or any(self._found.values())
        return True

    @property
    def _opens_right(self) -> bool:
        return self.edition == PRINT

    def _parts(self, front: bytes | None, back: bytes | None) -> Iterator[Part]:
        """Everything in order. In print, blank pages let each part begin on the side that its number asks for."""
        data = self.collection.data
        pages = 0
        if front:
            roman = data.pages.front is FrontNumbers.ROMAN
            yield Part(name=FRONT, pdf=front, style="r" if roman else "D", language=data.language, leads=True)
            pages = _count(front)
        for article in self.collection.articles:
            own = self.facts[article.key].data
            numbers = self.made.pages[article.key]
            group = data.groups[article.group].title if article.group is not None else None
            blank = (numbers.first - 1 - pages) % 2 if self._opens_right else 0
            yield Part(
                name=part_name(article),
                pdf=self.made.files[article.key].read_bytes(),
                title=plain_text(own.title),
                group=plain_text(group) if group else "",
                language=own.language,
                first=numbers.first,
                blank_before=blank,
            )
            pages += blank + numbers.count
        if back:
            blank = pages % 2 if self._opens_right else 0
            last = max(numbers.last for numbers in self.made.pages.values())
            yield Part(
                name=BACK,
                pdf=back,
                first=last + 1 + blank,
                language=data.language,
                blank_before=blank,
                leads=True,
            )

    def _blank_after(self, parts: Sequence[Part]) -> int:
        """Blank pages that make the number of all even, or what the printer wants."""
        if self.edition != PRINT or self.manuscript is None:
            return 0
        own = edition_of(
            self.manuscript.publication,
            self.edition,
            of_the_printer(self.collection),
            self.manuscript.sources,
            Collector(),
        )
        multiple = max((own and own.settings.page_multiple) or 1, 2)
        total = sum(part.blank_before + _count(part.pdf) for part in parts)
        return -total % multiple

    def _finished(self, joined: Joined) -> bytes | None:
        assert self.manuscript is not None  # noqa: S101 - for the type checker; the caller has looked
        own = finishing_for(self.manuscript, Collector())
        promises = replace(
            own.promises, texts=(), tags=(), listed={}, led_to=frozenset(), pictures=(), blank_pages=True
        )
        output_options: Finishing = replace(own, sheet=None, page_labels=joined.labels, promises=promises)
        pdf = finish(joined.pdf, output_options, self.problems)
        if pdf is None:
            return None
        preflight(pdf, output_options, self.problems)
        return None if self.problems.failed else pdf


def _count(pdf: bytes | Path) -> int:
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return len(document)
