"""A publication as the editor shows it: files on disk, with what is open and not saved in their place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fascicle import DEFAULT_EDITIONS
from fascicle.core.diagnostics import Collector, Diagnostic, Span
from fascicle.core.model import Publication, TrustSettings
from fascicle.document.document import Document
from fascicle.document.resolve import Resolved
from fascicle.document.word_count import WordCount, too_long, word_count
from fascicle.pipeline.build import check_edition, surroundings
from fascicle.pipeline.manuscript import Manuscript, parse_and_resolve
from fascicle.pipeline.run import Request
from fascicle.project.bibliography.library import Bibliography
from fascicle.project.figures.ledger import LEDGER
from fascicle.project.publication import PUBLICATION, read_publication
from fascicle.project.sections import sections_for
from fascicle.project.sources import Sources


class EditorSources(Sources):
    """Reads what the editor holds before what the disk holds."""

    texts: Mapping[str, str]
    """Open texts by their path in the project."""

    def bytes(self, path: str, problems: Collector, span: Span | None = None) -> bytes | None:
        """A file's bytes, as the editor has them."""
        if path not in self.texts:
            return super().bytes(path, problems, span)
        return None if self.locate(path, problems, span) is None else self.texts[path].encode()

    def exists(self, path: str) -> bool:
        """True for what is open, too."""
        return path in self.texts or super().exists(path)


@dataclass(frozen=True, slots=True)
class EditorRequest(Request):
    """A request whose files are those of the editor."""

    texts: Mapping[str, str] = field(default_factory=dict)
    """Open texts by their path in the project."""

    def open_sources(self) -> Sources:
        """What reads the publication's files."""
        sources = EditorSources(self.project, trusted=not self.no_trust, templates=self.trust_templates)
        sources.texts = self.texts
        return sources


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known after a keystroke: all that needs neither citation style nor template."""

    publication: Publication
    """What the author states."""
    document: Document
    """The texts as trees."""
    resolved: Resolved
    """Labels, citations, figures."""

    @property
    def bibliography(self) -> Bibliography:
        """The works that can be cited."""
        found: Bibliography = self.publication.bibliography
        return found


@dataclass(frozen=True, slots=True)
class Checked:
    """What a whole check gives."""

    diagnostics: tuple[Diagnostic, ...]
    """All that `fascicle check` tells."""
    words: WordCount | None = None
    """How long the text is."""
    manuscript: Manuscript | None = None
    """Steps 1 to 4."""


class OpenProject:
    """One publication with the files of it that are open."""

    def __init__(self, root: Path, *, no_trust: bool = False) -> None:
        self.root = root.resolve()
        """The publication's folder."""
        self.no_trust = no_trust
        """Whether it is held to a stranger's rights."""
        self.texts: dict[str, str] = {}
        """Open texts by their path in the project."""
        self.reading: Reading | None = None
        """The last one that could be made."""
        self.checked = Checked(())
        """The last whole check."""
        self.early: tuple[Diagnostic, ...] = ()
        """What the last reading told."""
        self._late: tuple[Diagnostic, ...] = ()

    def request(self) -> EditorRequest:
        """What to check now."""
        return EditorRequest(self.root, no_trust=self.no_trust, texts=dict(self.texts))

    def read(self) -> tuple[Diagnostic, ...]:
        """Read the text again after a keystroke; what is told, with what the last whole check told besides."""
        problems = Collector()
        try:
            self._read(problems)
        except OSError as error:
            surroundings(error, problems)
        self.early = tuple(problems.sorted())
        return self.early + tuple(one for one in self._late if one not in self.early)

    def _read(self, problems: Collector) -> None:
        sources = self.request().open_sources()
        publication = read_publication(sources, problems)
        if publication is not None:
            publication = sections_for(publication, DEFAULT_EDITIONS[0])
            trust = TrustSettings() if self.no_trust else publication.data.trust
            document, resolved = parse_and_resolve(publication, sources, trust, problems)
            self.reading = Reading(publication, document, resolved)

    def check(self, request: EditorRequest) -> Checked:
        """A whole check of what `request` holds, as the command `check` makes it."""
        seen: list[tuple[Manuscript, WordCount]] = []

        def look(manuscript: Manuscript, problems: Collector) -> None:
            count = word_count(manuscript.document)
            too_long(count, problems)
            seen.append((manuscript, count))

        found = check_edition(request, DEFAULT_EDITIONS[0], look)
        manuscript, words = seen[0] if seen else (None, None)
        return Checked(tuple(found.sorted()), words, manuscript)

    def take(self, checked: Checked) -> None:
        """Keep a check that is still about the present text."""
        self.checked = checked
        self._late = tuple(one for one in checked.diagnostics if one not in self.early)

    def text(self, path: str) -> str:
        """A file of the project as it is now; empty where it cannot be read."""
        if path in self.texts:
            return self.texts[path]
        return Sources(self.root, trusted=not self.no_trust).text(path, Collector()) or ""

    def written(self) -> dict[str, str]:
        """All that the author has written, by path: sections, both YAML files, the bibliography."""
        paths = [PUBLICATION, LEDGER]
        if self.reading:
            paths += [section.path for section in self.reading.publication.sections]
            paths += self.reading.bibliography.files
        return {path: text for path in dict.fromkeys(paths) if (text := self.text(path))}
