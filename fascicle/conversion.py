"""Steps 5 to 7 of the editions that pandoc writes: a Word document or JATS, opened again and proved."""

from __future__ import annotations

from fascicle.deliver.word import docx
from fascicle.manuscript import Manuscript
from fascicle.run import Run


def convert(run: Run, manuscript: Manuscript) -> bytes | None:
    """The finished file; None, with what is wrong in `run.problems`, when there is nothing to deliver."""
    with run.step(5) as detail:
        detail.append("pandoc")
        if manuscript.word is None:
            return None
        return docx(
            manuscript.document, manuscript.resolved, manuscript.prepared, manuscript.word, run.problems
        )
