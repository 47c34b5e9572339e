"""A Word file that came back, brought into the sources: compared, tried in a copy, written where that is asked."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Severity
from fascicle.core.system.atomic_files import deliver_bytes
from fascicle.export.docx.docx import docx
from fascicle.importers.draft import ImportRefusedError
from fascicle.importers.word.package import Package
from fascicle.pipeline.confined import within_memory
from fascicle.pipeline.manuscript import Manuscript, read_manuscript
from fascicle.pipeline.run import BUILD, Request, Run
from fascicle.redline.merge.comparison import WordComparison
from fascicle.redline.merge.edits import Unplaced
from fascicle.redline.merge.files import SourceFiles
from fascicle.redline.merge.new_citations import NewCitations
from fascicle.redline.merge.only_words import changes_more
from fascicle.redline.merge.paragraph_comparison import PlacedComment
from fascicle.redline.merge.proof import proved
from fascicle.redline.merge.source_map import SourceMap
from fascicle.redline.merge.traced import Trace, tracing
from fascicle.redline.merge.word_text import WordText, returned

EDITION = "word"
"""The edition whose document comes back, unless another is named."""
_NOT_COPIED = shutil.ignore_patterns(BUILD, ".git", ".venv", "node_modules")


Read = Callable[[Run], Manuscript | None]
"""Reads the publication that a document is compared with."""


@dataclass(slots=True)
class Merged:
    """What came of it."""

    problems: Collector = field(default_factory=Collector)
    """What is to be told."""
    changed: dict[str, str] = field(default_factory=dict)
    """The new texts of the files that change, by path relative to the project."""
    patch: str = ""
    """The changes as a unified diff."""
    unplaced: list[Unplaced] = field(default_factory=list)
    """What was changed in the document and is to be done by hand."""
    conflicts: list[Unplaced] = field(default_factory=list)
    """What was changed in the document and in the files since it was sent."""
    comments: list[PlacedComment] = field(default_factory=list)
    """The remarks in the document."""


@dataclass(frozen=True, slots=True)
class TracedWord:
    """A manuscript as a Word document, and where its text comes from."""

    manuscript: Manuscript
    """What was read."""
    text: WordText
    """The document's paragraphs."""
    trace: Trace
    """Where they come from."""

    def own_texts(self) -> list[str]:
        """The author's own words of each paragraph; everything of those that the program has made whole."""
        sources = SourceMap(self.trace, SourceFiles(Path()))
        every = [one.characters for one in (*self.text.body, *self.text.notes)]
        return [sources.words_of(one)(one) for one in every]


def merge_word(
    request: Request,
    file: Path,
    edition: str = EDITION,
    *,
    whole: bool = False,
    read: Read = read_manuscript,
) -> Merged:
    """Compare `file` with the publication as it stands; nothing is written.

    With `whole` the document's text is wanted as it is, also where the publication has moved on since it was made.
    `read` reads the publication as the document was made.
    """
    made = Merged()
    try:
        with within_memory():
            document = returned(Package(file))
    except (ImportRefusedError, OSError) as error:
        hint = getattr(error, "hint", "") or "name a .docx file that was made by 'fascicle build word'"
        made.problems.add(Code.UNREADABLE_WORD, str(error), None, hint)
        return made
    present = _traced(request, edition, made.problems, read)
    if present is None:
        return made
    files = SourceFiles(request.project)
    sections = present.manuscript.publication.sections
    starts = {one.path: files.offset(one.path, one.first_line, 1) for one in sections}
    citations = NewCitations(present.manuscript.publication.bibliography)
    comparison = WordComparison(
        SourceMap(present.trace, files), starts, present.text, document, citations, whole
    )
    if not comparison.compare():
        message = f"{file.name} is a Word document of another text"
        made.problems.add(Code.UNREADABLE_WORD, message, None, "name the publication with --project")
        return made
    made.unplaced, made.conflicts = comparison.unplaced, comparison.conflicts
    made.comments = comparison.comments

    def tried(changed: dict[str, str]) -> list[str] | None:
        with copied(request.project, changed) as folder:
            after = _traced(replace(request, project=folder), edition, Collector(), read)
        if after is None or changes_more(present.manuscript, after.manuscript):
            return None
        return after.own_texts()

    edits, failed = proved(comparison, tried)
    made.unplaced += failed
    made.changed = comparison.changed(edits)
    made.patch = files.patch(made.changed)
    return made


def apply(request: Request, merged: Merged) -> None:
    """Write the changed files."""
    for file, text in merged.changed.items():
        deliver_bytes(text.encode(), request.project / file)


def _traced(request: Request, edition: str, problems: Collector, read: Read) -> TracedWord | None:
    """The publication as a Word document whose characters have places; what is wrong goes to `problems`."""
    run = Run(replace(request, strict=False), edition, lambda event: None)
    manuscript = read(run)
    errors = [one for one in run.problems.sorted() if one.severity is Severity.ERROR]
    if manuscript is None or manuscript.cited is None or manuscript.word is None or errors:
        problems.extend(errors)
        if not errors:
            problems.add(Code.UNREADABLE_WORD, f"the edition {edition} makes no Word document")
        return None
    trace = Trace()
    data = docx(
        manuscript.cited,
        manuscript.prepared,
        manuscript.word,
        run.problems,
        marked=True,
        render=tracing(trace),
    )
    if data is None:
        problems.extend(one for one in run.problems.sorted() if one.severity is Severity.ERROR)
        return None
    with tempfile.TemporaryDirectory(prefix="fascicle-") as scratch:
        path = Path(scratch) / "present.docx"
        path.write_bytes(data)
        return TracedWord(manuscript, returned(Package(path)).accepted, trace)


@contextmanager
def copied(project: Path, changed: dict[str, str]) -> Iterator[Path]:
    """A copy of the publication with other texts; pictures are not copied but linked where that can be."""
    with tempfile.TemporaryDirectory(prefix="fascicle-") as scratch:
        folder = Path(scratch) / project.name
        shutil.copytree(project, folder, ignore=_NOT_COPIED, copy_function=_linked, symlinks=True)
        for file, text in changed.items():
            (folder / file).unlink(missing_ok=True)
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_bytes(text.encode())
        yield folder


def _linked(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)
