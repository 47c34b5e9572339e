"""The editions of a publication: their defaults, joined with what publication.yaml and the command line say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fascicle.codes import Code
from fascicle.diagnostics import Collector
from fascicle.model import EditionSettings, Publication
from fascicle.project.schema import did_you_mean


@dataclass(frozen=True, slots=True)
class Edition:
    """One form in which the publication is issued."""

    name: str
    """Its name, which is also its folder's under build/."""
    template: str
    """Name of the template folder."""
    options: Mapping[str, Any]
    """The template's options as stated, not yet held to its contract."""
    links: bool = True
    """Whether links can be followed."""


DEFAULTS: Mapping[str, Edition] = {
    "screen": Edition("screen", "article", {}),
}
"""The editions that every publication has."""


def edition_of(publication: Publication, name: str, problems: Collector) -> Edition:
    """The edition `name` (one of `DEFAULTS`) as this publication wants it."""
    for other in publication.data.editions:
        if other not in DEFAULTS:
            span = publication.places.of("editions", other)
            hint = did_you_mean(other, list(DEFAULTS))
            problems.add(Code.WRONG_VALUE, f"there is no edition '{other}'", span, hint)
    default = DEFAULTS[name]
    stated = publication.data.editions.get(name, EditionSettings())
    return Edition(name, stated.template or default.template, stated.options, default.links)
