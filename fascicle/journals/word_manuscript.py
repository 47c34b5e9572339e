"""The manuscript of a journal's Word document, for whoever compares one that came back."""

from __future__ import annotations

from collections.abc import Callable

from fascicle.core.diagnostic_codes import Code
from fascicle.journals.journal_edition import shape_for
from fascicle.journals.profile import ManuscriptFormat
from fascicle.journals.profile_files import read_journal
from fascicle.pipeline.manuscript import Manuscript, read_manuscript
from fascicle.pipeline.run import Run


def word_manuscript(name: str) -> Callable[[Run], Manuscript | None]:
    """What reads the publication as `fascicle submit NAME` does for a Word document."""

    def read(run: Run) -> Manuscript | None:
        journal = read_journal(name, run.request.open_sources(), run.problems)
        if journal is None:
            return None
        if ManuscriptFormat.DOCX not in journal.rules.formats:
            run.problems.add(Code.JOURNAL_FORMAT, f"{journal.file.name} takes no Word document")
            return None
        shape = shape_for(journal, ManuscriptFormat.DOCX, run.problems, anonymous=journal.rules.anonymous)
        return read_manuscript(run, shape)

    return read
