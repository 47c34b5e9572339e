"""Keys and values that may be written at a place of a YAML file, each with its meaning."""

from __future__ import annotations

from collections.abc import Iterator

from fascicle.core.model import PublicationData, SectionData
from fascicle.lsp.open_project import OpenProject
from fascicle.lsp.yaml_place import YamlPlace
from fascicle.project.model_paths import choices_at, keys_at, meaning_at, type_at

_SPECIAL = {"citation-style", "template", "affiliations", "bibliography", "sections", "editions", "nocite"}


def words_at(place: YamlPlace, project: OpenProject) -> Iterator[tuple[str, str]]:
    """Each word that may stand here, with what it means."""
    if not place.value:
        for key in keys_at(place.model, place.path) or _free_keys(place, project):
            if key not in place.siblings:
                yield key, meaning_at(place.model, (*place.path, key))
        return
    found = choices_at(place.model, place.path)
    if type_at(place.model, place.path) is bool:
        found = ["true", "false"]
    yield from ((word, "") for word in found)
    yield from _named(place, project)


def _free_keys(place: YamlPlace, project: OpenProject) -> list[str]:
    """Names of editions, where they are keys."""
    if place.model is PublicationData and place.path == ("editions",):
        from fascicle.project.editions import edition_names

        return edition_names(project.request().open_sources())
    return []


def _named(place: YamlPlace, project: OpenProject) -> Iterator[tuple[str, str]]:
    """What is named by a value: styles, templates, editions, affiliations, files, works."""
    name = next((step for step in reversed(place.path) if isinstance(step, str)), "")
    if name not in _SPECIAL or place.model not in (PublicationData, SectionData):
        return
    sources = project.request().open_sources()
    match name:
        case "citation-style":
            from fascicle.citations.styles.collection import NAMES, SHIPPED, style_title

            yield from (
                (style, style_title(style))
                for style in sorted({*NAMES, *(p.stem for p in SHIPPED.glob("*.csl"))})
            )
        case "template":
            from fascicle.project.templates import template_names

            yield from ((template, "") for template in template_names(sources))
        case "editions":
            from fascicle.project.editions import edition_names

            yield from ((edition, "") for edition in edition_names(sources))
        case "sections":
            yield from ((path.removeprefix("content/"), "") for path in sources.listing("content", ".md"))
        case "bibliography":
            yield from (
                (path, "") for end in (".bib", ".json", ".ris") for path in sources.listing("bib", end)
            )
        case "affiliations" if project.reading:
            known = project.reading.publication.data.affiliations
            yield from ((key, affiliation.name) for key, affiliation in known.items())
        case "nocite" if project.reading:
            from fascicle.lsp.works import entry_of, in_short

            for key in project.reading.bibliography.entries:
                entry = entry_of(project.reading, key)
                yield key, in_short(entry) if entry else ""
