"""Steps 6 and 7: the PDF finished, opened again, and held to everything that the edition promises."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.document.document import plain_text
from fascicle.document.expected_tags import ExpectedTag, expected_tags
from fascicle.document.expected_text import block_texts
from fascicle.document.tree import Link, walk
from fascicle.document.works import ENTRY
from fascicle.pdf.expectations import Promises, source_pictures
from fascicle.pdf.finish.finish import Finishing, finish
from fascicle.pdf.metadata import metadata_of
from fascicle.pdf.preflight.check import CheckResult as Proved
from fascicle.pdf.preflight.check import Verdict
from fascicle.pdf.preflight.external_tools import ToolRunner
from fascicle.pdf.preflight.preflight import preflight
from fascicle.pdf.reading.inspection import Inspection
from fascicle.pdf.standards.output_intent import Intent
from fascicle.pdf.standards.standard import PLAIN, PRINT_INTENT, Standard
from fascicle.pipeline.manuscript import Manuscript
from fascicle.pipeline.run import Run
from fascicle.pipeline.tagging import standard_with
from fascicle.project.figures.icc_profiles import SRGB, find_file

LIMITS = ("min_resolution", "min_line_resolution", "max_ink", "max_megabytes", "min_pages", "max_pages")
"""Settings that a finished file may fail to keep."""


@dataclass(frozen=True, slots=True)
class Finished:
    """What steps 6 and 7 give."""

    pdf: bytes
    """The finished, proved file."""
    proofs: tuple[Proved, ...]
    """What was promised, and whether it is kept."""
    pages: int
    """Number of pages."""


def load_ahead() -> None:
    """Ask for what will be asked for later: the answer takes a process of its own."""
    find_file(SRGB)


def finish_and_prove(run: Run, manuscript: Manuscript, typeset: Path) -> Finished | None:
    """Steps 6 and 7; None, with what is wrong in `run.problems`, when there is nothing to deliver."""
    output_options = finishing_for(manuscript, run.problems)
    with run.step(6):
        pdf = finish(typeset, output_options, run.problems)
    if pdf is None or run.stopped:
        return None
    with run.step(7) as detail:
        slow = ToolRunner(run.build / "proofs") if output_options.standard.intent == PRINT_INTENT else None
        proofs = preflight(pdf, output_options, run.problems, slow)
        detail.append(_kept(proofs))
    if run.judged.failed:
        return None
    return Finished(pdf, proofs, len(Inspection(pdf).reader.pages))


def _kept(proofs: tuple[Proved, ...]) -> str:
    count = sum(one.verdict is Verdict.KEPT for one in proofs)
    return f"{count} promises kept" if not any(one.broken for one in proofs) else ""


def finishing_for(manuscript: Manuscript, problems: Collector) -> Finishing:
    """What the finished file is to say of itself and to promise."""
    standard = standard_with(
        manuscript.edition, manuscript.tagging, Collector()
    )  # an unknown one has been told
    intent = _intent(manuscript, standard, problems)
    if standard.intent and intent is None:
        standard = PLAIN
    if standard.dated and not manuscript.publication.data.date and not manuscript.epoch:
        hint = "add a line 'date: 2026-11-23'"
        message = f"{standard.title} wants a date, and the publication has none"
        problems.add(Code.DATE_NEEDED, message, Span(manuscript.publication.places.file), hint)
    dated = manuscript.epoch or standard.dated
    return Finishing(
        metadata=metadata_of(manuscript.publication, plain_text),
        standard=standard,
        intent=intent,
        moment=datetime.fromtimestamp(manuscript.epoch, UTC) if dated else None,
        sheet=manuscript.press.sheet,
        promises=_promises(manuscript, standard),
    )


def _promises(manuscript: Manuscript, standard: Standard) -> Promises:
    """What the edition promises besides its standard."""
    settings, sheet, assembled = manuscript.edition.settings, manuscript.press.sheet, manuscript.assembled
    stated = {name: manuscript.edition.span(name) or manuscript.edition.span("preset") for name in LIMITS}
    titles = {label.name: label.title for label in manuscript.resolved.labels.values() if not label.numbered}
    lists = bool(assembled and assembled.lists)
    listed = manuscript.document.works.places if lists and _has_links(manuscript) else {}
    printed = assembled.printed if assembled else ()
    return Promises(
        texts=block_texts(manuscript.document, printed, titles, works=lists, whole_rows=False),
        tags=_tags(manuscript, printed) if standard.needs_tags else (),
        listed=listed,
        led_to=_led_to(manuscript) if listed else frozenset(),
        pictures=source_pictures(assembled.placed) if assembled else (),
        boxes=(sheet.boxes(0), sheet.boxes(1)) if sheet else (),
        blank_pages=bool(manuscript.edition.options.get("two-sided")),
        places={name: span for name, span in stated.items() if span},
        min_resolution=settings.min_resolution,
        min_line_resolution=settings.min_line_resolution,
        max_ink=settings.max_ink,
        max_megabytes=settings.max_megabytes,
        annotations=standard.intent != PRINT_INTENT,
        bookmarks=settings.bookmarks is not False,
        pages_multiple=settings.page_multiple or 1,
        last_page_blank=bool(settings.last_page_blank),
        min_pages=settings.min_pages or 1,
        max_pages=settings.max_pages,
        secrets=manuscript.anonymous.secrets if manuscript.anonymous else None,
    )


def _tags(manuscript: Manuscript, printed: Collection[tuple[str | int, ...]]) -> tuple[ExpectedTag, ...]:
    """What the tree of a tagged file must hold."""
    alts = {path: picture.alt for path, picture in manuscript.prepared.items()}
    found = expected_tags(manuscript.document, printed, alts)
    return found if _has_links(manuscript) else tuple(one for one in found if one.tag != "Link")


def _has_links(manuscript: Manuscript) -> bool:
    """Whether citations lead to entries; an edition without links has no places for them either."""
    edition = manuscript.edition
    return edition.links and edition.options.get("links") != "none"


def _led_to(manuscript: Manuscript) -> frozenset[str]:
    """The works that links of the text lead to."""
    sections = (
        (one.title, one.epigraph, one.epigraph_source, one.blocks) for one in manuscript.document.sections
    )
    targets = (node.target for node in walk(tuple(sections)) if isinstance(node, Link))
    return frozenset(target.removeprefix(f"#{ENTRY}") for target in targets if target.startswith(f"#{ENTRY}"))


def _intent(manuscript: Manuscript, standard: Standard, problems: Collector) -> Intent | None:
    """The output condition that the standard wants: a press for PDF/X, sRGB for the rest."""
    if standard.intent is None:
        return None
    if standard.intent != PRINT_INTENT:
        profile = find_file(SRGB)
        return Intent(profile) if profile else None
    press = manuscript.press.profile
    if press is None:
        message = f"{standard.title} needs a printing condition, and the edition states none"
        hint = "add a line 'profile: fogra39'"
        problems.add(Code.BAD_COLOUR_PROFILE, message, manuscript.edition.span("standard"), hint)
        return None
    return Intent(press.path, press.identifier, info=press.info)
