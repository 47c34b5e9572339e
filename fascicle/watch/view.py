"""What a watched edition looks like at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fascicle.core.diagnostics import Diagnostic

if TYPE_CHECKING:
    from fascicle.document.word_count import SectionCount


@dataclass(frozen=True, slots=True)
class View:
    """What a watched edition looks like at one moment."""

    pdf: bytes | None = None
    """The pages to be shown; None: those of the view before stay."""
    early: bool = False
    """True: `pdf` holds the first pages alone; later pages stay those of the view before."""
    settled: bool = False
    """True when cross-references, contents and citations are those of a clean build."""
    working: str = ""
    """What goes on, for a person to read ("typesetting", "settling cross-references"); empty when nothing does."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """What is wrong; while something goes on and no new pages have come, an empty list leaves those before standing."""
    synctex: Path | None = None
    """The .synctex.gz of `pdf`, already rewritten to the author's files; None: unchanged."""
    words: tuple[SectionCount, ...] = ()
    """Words section by section; empty: unchanged."""
