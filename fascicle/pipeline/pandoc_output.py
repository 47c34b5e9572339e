"""Steps 5 to 7 of the editions that TeX has no part in.

Word, JATS, HTML, EPUB, opened again and proved.
"""

from __future__ import annotations

from collections.abc import Mapping

from fascicle.core.diagnostic_codes import Code
from fascicle.core.model import OutputFormat
from fascicle.export.anonymity import identity_leaks
from fascicle.export.docx.docx import docx
from fascicle.export.jats.article import JatsOptions, jats
from fascicle.pipeline.manuscript import Manuscript
from fascicle.pipeline.run import Run


def convert(run: Run, manuscript: Manuscript, path: str) -> dict[str, bytes] | None:
    """The files to deliver, the main one at `path`; None, with what is wrong in `run.problems`, when there are none."""
    if manuscript.edition.settings.format in (OutputFormat.HTML, OutputFormat.EPUB):
        from fascicle.pipeline.reading_output import reading_output

        return reading_output(run, manuscript, path)
    folder = path.rpartition("/")[0]
    with run.step(5) as detail:
        detail.append("pandoc")
        cited = manuscript.cited
        if cited is None or run.judged.failed:
            return None
        if manuscript.word is not None:
            data = docx(cited, manuscript.prepared, manuscript.word, run.problems)
            return None if data is None else {path: data}
        article = jats(cited, manuscript.prepared, JatsOptions(epoch=manuscript.epoch), run.problems)
        if article is None:
            return None
        return {**{f"{folder}/{name}": data for name, data in article.pictures.items()}, path: article.xml}


def check_nameless(run: Run, manuscript: Manuscript, files: Mapping[str, bytes]) -> None:
    """Whether the files of an anonymous edition tell who wrote the text, which is an error."""
    if manuscript.anonymous:
        for reported in identity_leaks(files, manuscript.anonymous.secrets):
            run.problems.add(Code.AUTHOR_IN_FILE, reported)
