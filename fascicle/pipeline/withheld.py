"""Tells which publication asks for trust that it does not get, because several are built at once."""

from __future__ import annotations

from fascicle.core.builtin_templates import builtin_folder
from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector
from fascicle.pipeline.manuscript import Manuscript

_TEMPLATES = "templates"


def note_withheld(manuscript: Manuscript, problems: Collector) -> None:
    """A note for a publication that would be another one with trust."""
    publication = manuscript.publication
    trust = publication.data.trust
    own = manuscript.sources.root / _TEMPLATES
    wanted = {
        "scripts": trust.scripts,
        "raw LaTeX": trust.raw_latex,
        "templates of its own": own.is_dir() and own != builtin_folder(),
    }
    asked = [name for name, wants in wanted.items() if wants]
    if asked:
        message = f"the publication asks for trust ({', '.join(asked)}), which several at once do not get"
        span = publication.places.of("trust")
        problems.add(Code.TRUST_WITHHELD, message, span, "when you know all of them, build with --trust")
