"""The editions of a publication.

One YAML file each, joined with what publication.yaml and the command line say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.model import EditionSettings, Places, Publication
from fascicle.core.suggestions import did_you_mean
from fascicle.project.named_files import file_names, file_path, file_text
from fascicle.project.sources import Sources
from fascicle.project.validation import validate
from fascicle.project.yaml_reader import Located, read_yaml

_KIND = "editions"
OVERRIDES = "--set"
"""The option of the command line that changes settings."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One form in which the publication is issued."""

    name: str
    """Its name, which is also its folder's under build/."""
    settings: EditionSettings
    """Its own file, with what the publication and the command line change."""
    places: Places
    """Where publication.yaml changes something."""
    given: frozenset[str] = frozenset()
    """Keys that the command line changes."""
    bibtex_style: str = ""
    """Name of the BibTeX style that words citations and list, for a journal that asks for it; empty elsewhere."""

    @property
    def stated(self) -> frozenset[str]:
        """Keys, with underscores, that publication.yaml or the command line changes."""
        start = ("editions", self.name)
        spans = self.places.spans
        named = {str(path[2]).replace("-", "_") for path in spans if path[:2] == start and len(path) > 2}
        return self.given | named

    def span(self, key: str) -> Span | None:
        """Where publication.yaml states `key` (with underscores); None when something else states it."""
        path = ("editions", self.name, key.replace("_", "-"))
        return None if key in self.given else self.places.spans.get(path)

    @property
    def template(self) -> str:
        """Name of the template folder."""
        return self.settings.template or "article"

    @property
    def options(self) -> Mapping[str, Any]:
        """The template's options as stated, not yet held to its contract."""
        return self.settings.options

    @property
    def links(self) -> bool:
        """Whether links can be followed."""
        return self.settings.links is not False

    @property
    def draft(self) -> bool:
        """Whether placeholder plates may stand for pictures."""
        return bool(self.settings.draft)


def edition_names(sources: Sources) -> list[str]:
    """Names of all editions that can be built here."""
    return file_names(_KIND, sources)


def edition_of(
    publication: Publication, name: str, overrides: Mapping[str, Any], sources: Sources, problems: Collector
) -> Edition | None:
    """The edition `name` as this publication and the command line want it; None when there is none of that name."""
    names = edition_names(sources)
    for other in publication.data.editions:
        if other not in names:
            span = publication.places.of("editions", other)
            problems.add(Code.WRONG_VALUE, f"there is no edition '{other}'", span, did_you_mean(other, names))
    default = _defined(name, sources, problems)
    if default is None:
        return None
    stated = publication.data.editions.get(name, EditionSettings())
    given = _given(overrides, problems)
    own = _joined(default, _joined(stated, given))
    edition = Edition(name, own, publication.places, frozenset(given.model_fields_set))
    if own.preset is None:
        return edition
    from fascicle.project.presets import preset_settings  # for printers alone

    preset = preset_settings(own.preset, edition.span("preset"), sources, problems)
    return replace(edition, settings=_joined(preset, own)) if preset else edition


def _given(overrides: Mapping[str, Any], problems: Collector) -> EditionSettings:
    """Settings of the command line; what is wrong with them has no place in a file."""
    reported = Collector()
    given = validate(EditionSettings, Located(dict(overrides)), OVERRIDES, reported)
    for found in reported:
        problems.add(found.code, f"{OVERRIDES}: {found.message}", None, *found.hints)
    return given or EditionSettings()


def _defined(name: str, sources: Sources, problems: Collector) -> EditionSettings | None:
    """The edition's own file."""
    path = file_path(_KIND, name)
    text = file_text(_KIND, name, sources, problems)
    if text is None:
        hint = did_you_mean(name, edition_names(sources))
        problems.add(Code.WRONG_VALUE, f"there is no edition '{name}'", None, hint)
        return None
    return validate(EditionSettings, read_yaml(text, path, problems), path, problems)


def _joined(default: EditionSettings, stated: EditionSettings) -> EditionSettings:
    """Settings in which what is stated comes before the default; options are joined one by one."""
    changes = {name: getattr(stated, name) for name in stated.model_fields_set}
    return default.model_copy(update={**changes, "options": {**default.options, **stated.options}})
