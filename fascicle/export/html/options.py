"""The template of an edition that is read on a screen, and its options as the edition has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fascicle.core.diagnostics import Collector
from fascicle.core.model import OutputFormat, Publication
from fascicle.project.editions import Edition
from fascicle.project.sources import Sources
from fascicle.project.templates import Template, check_requirements, load_template, option_values

MAIN = {OutputFormat.HTML: "page.html", OutputFormat.EPUB: "section.xhtml"}
"""The one file that every template of a format has."""


@dataclass(frozen=True, slots=True)
class PageTemplate:
    """A template and its options."""

    template: Template
    """The template."""
    options: Mapping[str, Any]
    """Its options, held to its contract."""


def page_template(
    edition: Edition, publication: Publication, sources: Sources, problems: Collector
) -> PageTemplate | None:
    """The template of an edition of HTML or EPUB; None, with errors, when it cannot be used."""
    form = edition.settings.format
    assert form in MAIN  # noqa: S101 - for the type checker; the caller has looked
    name = edition.settings.template or form.value
    span = publication.places.of("editions", edition.name, "template")
    template = load_template(name, sources, problems, span, MAIN[form])
    if template is None:
        return None
    check_requirements(template, publication.data, publication.places, problems)
    options = option_values(template, edition.options, publication.places, edition.name, problems)
    return PageTemplate(template, options)
