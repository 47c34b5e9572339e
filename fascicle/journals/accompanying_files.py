"""What goes beside a manuscript.

Title page and full copy, made in processes of their own; letter, records, figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fascicle.core.diagnostics import Collector, Diagnostic, Severity
from fascicle.core.events import Listener
from fascicle.core.system.workers import Worker, Workers
from fascicle.document.document import Document, plain_title
from fascicle.document.locale.dates import long_date
from fascicle.document.word_count import counted
from fascicle.export.docx.docx import docx
from fascicle.export.docx.options import EVERYTHING, DocxOptions
from fascicle.export.metadata.formats import EXPORTS
from fascicle.export.metadata.record import work_of
from fascicle.journals.checklist import cover_letter
from fascicle.journals.figure_files import Numbered, Planned, planned_files
from fascicle.journals.journal_edition import shape_for
from fascicle.journals.manuscript_files import ManuscriptOrder, make
from fascicle.journals.profile import FiguresWhere, JournalProfile, TitlePageItem
from fascicle.pipeline.manuscript import Manuscript, read_manuscript
from fascicle.pipeline.pdf_output import print_manuscript
from fascicle.pipeline.run import Run
from fascicle.pipeline.title_page import SUFFIX, matter_of, title_page, with_authors

FULL = "not-for-review-"
"""What names of files begin with that carry the authors' names."""
TITLE_PAGE = "title-page"
LETTER = "cover-letter.txt"


@dataclass(frozen=True, slots=True)
class Companion:
    """Files made beside the manuscript."""

    files: Mapping[str, bytes] | None
    """By their paths; None when they could not be made."""
    reported: tuple[Diagnostic, ...]
    """What is to be told of them."""


def begin_companions(
    run: Run, manuscript: Manuscript, order: ManuscriptOrder, beside: Workers
) -> list[Worker[Companion]]:
    """Begin whatever needs TeX or pandoc of its own: it is made while the manuscript is."""
    begun = []
    if order.journal.rules.full_copy:
        begun.append(beside.begin(lambda listen: _full_copy(run, order, listen)))
    if manuscript.edition.settings.title_page:
        begun.append(beside.begin(lambda listen: _title_page(run, manuscript, order, listen)))
    return begun


def finish_companions(begun: list[Worker[Companion]], problems: Collector) -> dict[str, bytes] | None:
    """Wait for what was begun; None, with what is wrong in `problems`, when something of it could not be made."""
    made = [worker.result() for worker in begun]
    for one in made:
        problems.extend(one.reported)
    if any(one.files is None for one in made):
        return None
    return {path: content for one in made for path, content in (one.files or {}).items()}


def _title_page(run: Run, manuscript: Manuscript, order: ManuscriptOrder, listen: Listener) -> Companion:
    """The title page: for Word beside a Word manuscript, so that no TeX is needed for one, else as PDF."""
    own = Run(run.request, f"{run.edition}{SUFFIX}", listen)
    if manuscript.word:
        asked = TitlePageItem.ABSTRACT in order.journal.rules.title_page
        carries = EVERYTHING if asked else EVERYTHING - {"abstract"}
        words = counted(with_authors(manuscript))
        output_options = replace(manuscript.word, alone=True, counted=words, anonymous=False, carries=carries)
        with own.step(5) as detail:
            detail.append("pandoc")
            data = _matter(own, manuscript, output_options)
        return Companion({f"{TITLE_PAGE}.docx": data} if data else None, tuple(own.problems))
    page = title_page(own, manuscript)
    printed = print_manuscript(own, page, page.assembled) if page and page.assembled else None
    return Companion({f"{TITLE_PAGE}.pdf": printed.pdf} if printed else None, tuple(own.problems))


def _matter(run: Run, manuscript: Manuscript, output_options: DocxOptions) -> bytes | None:
    """The title page alone as a Word document."""
    cited = matter_of(manuscript, run.problems)
    return docx(cited, {}, output_options, run.problems) if cited else None


def _full_copy(run: Run, order: ManuscriptOrder, listen: Listener) -> Companion:
    """The same manuscript with its authors, in files that say that they are not for review."""
    own = Run(run.request, f"{run.edition}-full", listen)
    manuscript = read_manuscript(own, shape_for(order.journal, order.form, Collector(), anonymous=False))
    made = make(own, manuscript, order) if manuscript else None
    files = {f"{FULL}{path}": content for path, content in made.files.items()} if made else None
    return Companion(files, tuple(found for found in own.problems if found.severity is Severity.ERROR))


def plain_companions(whole: Document, order: ManuscriptOrder, problems: Collector) -> dict[str, bytes]:
    """The letter to the editor and the records of the work, where they are asked for."""
    files = {}
    if order.journal.rules.cover_letter:
        files[LETTER] = _letter(order.journal, whole).encode()
    work = work_of(whole.publication, Collector())
    for record in order.journal.rules.records:
        export = EXPORTS[record]
        if text := export.write(work, problems):
            files[export.file.format(order.names["slug"])] = text.encode()
    return files


def _letter(journal: JournalProfile, whole: Document) -> str:
    data = whole.publication.data
    names = "\n".join(author.name for author in data.authors)
    day = long_date(data.date, data.language) if data.date else ""
    return cover_letter(journal, plain_title(whole), names, day)


def plan_figures(
    manuscript: Manuscript, order: ManuscriptOrder, problems: Collector, *, draft: bool
) -> list[Planned]:
    """The figures to be sent as files of their own; what cannot be had is told."""
    if order.journal.rules.figures_sent is FiguresWhere.EMBEDDED:
        return []
    figures = [
        Numbered(number, manuscript.prepared[figure.path], figure.span)
        for number, figure in enumerate(manuscript.resolved.figures, start=1)
        if figure.path in manuscript.prepared
    ]
    return planned_files(figures, order.journal, order.names, problems, draft=draft)
