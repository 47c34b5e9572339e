"""What the views of an edition add up to.

Pages that stay while an error is shown, and early pages over older ones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from fascicle.core.diagnostics import Diagnostic, Severity
from fascicle.watch.view import View

if TYPE_CHECKING:
    from fascicle.document.word_count import SectionCount

LAYERS = 8
"""Most PDFs kept one over the other. Early pages come in numbers only while somebody saves without a pause."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A PDF whose pages lie over those of the layers after it."""

    pdf: bytes
    """The file."""
    synctex: Path | None = None
    """Its SyncTeX data; None when there are none."""


@dataclass(frozen=True, slots=True)
class State:
    """The edition as it is to be shown now."""

    number: int = 0
    """How many views it is made of."""
    layers: tuple[Layer, ...] = ()
    """PDFs, the newest first: a page is taken from the first one that has it."""
    old: bool = False
    """True when the pages are older than the text, because the text has errors."""
    settled: bool = False
    """True when the pages are those of a clean build."""
    working: str = ""
    """What goes on; empty when nothing does."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """What is wrong with the text."""
    words: tuple[SectionCount, ...] = ()
    """Words section by section."""

    def after(self, view: View) -> State:
        """The state with one more view."""
        unsaid = view.pdf is None and bool(view.working) and not view.diagnostics
        diagnostics = self.diagnostics if unsaid else view.diagnostics
        failed = any(found.severity is Severity.ERROR for found in diagnostics)
        return replace(
            self,
            number=self.number + 1,
            layers=self._layers(view, failed),
            old=self.old if unsaid else view.pdf is None and failed and bool(self.layers),
            settled=view.settled and not failed,
            working=view.working,
            diagnostics=diagnostics,
            words=view.words or self.words,
        )

    def _layers(self, view: View, failed: bool) -> tuple[Layer, ...]:
        if view.pdf is None:
            # Early pages may be those of a text that has turned out to have an error.
            return self.layers[-1:] if failed else self.layers
        below = self.layers[-1] if self.layers else None
        if not view.early:
            unchanged = below.synctex if below else None
            return (Layer(view.pdf, view.synctex or unchanged),)
        kept = (*self.layers[: LAYERS - 2], below) if len(self.layers) >= LAYERS and below else self.layers
        return (Layer(view.pdf, view.synctex), *kept)
