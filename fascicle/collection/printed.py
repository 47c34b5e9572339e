"""The whole collection as one PDF: articles and what stands around them, joined, finished and proved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from fascicle.collection.articles import Made
from fascicle.collection.facts import Facts
from fascicle.collection.handed import PRINT
from fascicle.collection.reader import Collection
from fascicle.collection.whole import whole_publication
from fascicle.core.diagnostics import Collector
from fascicle.core.system.atomic_files import deliver_bytes
from fascicle.document.document import plain_text
from fascicle.pdf.expectations import Promises
from fascicle.pdf.finish.finish import Finishing, finish
from fascicle.pdf.joining.join import join
from fascicle.pdf.joining.parts import Part
from fascicle.pdf.metadata import metadata_of
from fascicle.pdf.preflight.preflight import preflight
from fascicle.pdf.reading.inspection import Inspection
from fascicle.pdf.standards.output_intent import Intent
from fascicle.pdf.standards.table import STANDARDS
from fascicle.pipeline.manuscript import epoch_of
from fascicle.pipeline.run import Request
from fascicle.project.figures.icc_profiles import SRGB, find_file


def print_whole(
    collection: Collection,
    facts: Mapping[str, Facts],
    base: Request,
    edition: str,
    made: Made,
    problems: Collector,
) -> tuple[str, int] | None:
    """The whole, delivered: its path and number of pages; None, with what is wrong, when it cannot be made."""
    sources = replace(base, project=collection.root).open_sources()
    publication = whole_publication(collection, sources, problems)
    joined = join(list(_parts(collection, facts, edition, made)), problems)
    if joined is None or problems.failed:
        return None
    standard = STANDARDS["a-2u"]
    profile = find_file(SRGB)
    output_options = Finishing(
        metadata=metadata_of(publication, plain_text),
        standard=standard,
        intent=Intent(profile) if profile else None,
        moment=datetime.fromtimestamp(epoch_of(collection.data.date), UTC),
        page_labels=joined.labels,
        promises=Promises(),
    )
    pdf = finish(joined.pdf, output_options, problems)
    if pdf is None:
        return None
    preflight(pdf, output_options, problems)
    if problems.failed:
        return None
    path = f"build/{edition}/{collection.slug}.pdf"
    deliver_bytes(pdf, collection.root / path)
    return path, len(Inspection(pdf).reader.pages)


def _parts(collection: Collection, facts: Mapping[str, Facts], edition: str, made: Made) -> Iterator[Part]:
    free = 1
    for article in collection.articles:
        pages = made.pages[article.key]
        data = facts[article.key].data
        group = collection.data.groups[article.group].title if article.group is not None else None
        yield Part(
            name=f"a{article.key[:2]}",
            pdf=made.files[article.key].read_bytes(),
            title=plain_text(data.title),
            group=plain_text(group) if group else "",
            language=data.language,
            first=pages.first,
            blank_before=(pages.first - free) % 2 if edition == PRINT else 0,
        )
        free = pages.last + 1
