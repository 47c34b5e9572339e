"""What the renderer knows besides the tree.

Language, style, labels, pictures, the edition's switches.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fascicle.core.ready_text import Bib
from fascicle.document.figures.placed_figures import PlacedPicture
from fascicle.document.resolve import Label
from fascicle.latex.escape import Latex


@dataclass(frozen=True, slots=True)
class BibtexList:
    """A list of works that BibTeX words, for journals whose production asks for it."""

    style: str
    """Name of the journal's style, a file of the ending `.bst`."""
    file: str
    """Stem of the file of records."""
    keys: Mapping[str, str]
    """Keys in that file by those in the text, other names of works included."""
    numeric: bool
    """Whether citations are numbers."""
    records: Bib
    """The file of records."""


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What one edition's rendering depends on, apart from the tree."""

    language: str = "en-GB"
    """The publication's language as a BCP 47 tag."""
    links: bool = True
    """False prints links and cross-references as plain text, as print editions want them."""
    labels: Mapping[str, Label] = field(default_factory=dict)
    """What cross-references may name, by label."""
    pictures: Mapping[str, PlacedPicture] = field(default_factory=dict)
    """Pictures by the path typed in the text."""
    works: Mapping[str, str] = field(default_factory=dict)
    """Names of the places of works in the list, by key."""
    thebibliography: bool = False
    """Whether lists of works are LaTeX's own `thebibliography`, as journals' programs look for it."""
    bibtex: BibtexList | None = None
    """The list that BibTeX words; None where citations and list are worded by us."""
    columns: int = 1
    """How many columns the template sets the text in; what is too wide for one spans both."""
    tagged: bool = False
    """Whether LaTeX tags what it sets, and has to be told what it cannot see."""
    commands: tuple[str, ...] = ("section", "subsection", "subsubsection", "paragraph", "subparagraph")
    """LaTeX's sectioning commands for headings of level 1, 2 …; deeper levels take the last."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of rendered text."""

    latex: Latex
    """The LaTeX, with line marks inside."""
    packages: frozenset[str] = frozenset()
    """LaTeX packages it cannot be set without, apart from those that every template loads."""
    languages: frozenset[str] = frozenset()
    """Tags of the languages that its spans switch to."""

    def __html__(self) -> Latex:
        """Lets a template print the fragment itself: `((( body )))`."""
        return self.latex

    def __bool__(self) -> bool:
        """False when nothing would be printed, so that templates can ask `((* if abstract *))`."""
        return bool(self.latex)

    def __str__(self) -> str:
        return str(self.latex)
