"""Printers' presets: a data file each, every rule with its source, that fills what an edition does not state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Span
from fascicle.core.model import EditionSettings, IsoDate, Line, WebAddress, YamlModel
from fascicle.core.suggestions import did_you_mean
from fascicle.project.named_files import file_names, file_path, file_text
from fascicle.project.sources import Sources
from fascicle.project.validation import validate
from fascicle.project.yaml_reader import KeyPath, Located, Value, read_yaml

_KIND = "presets"


class RuleSource(YamlModel):
    """Where a printer says something."""

    title: Line
    """The document."""
    address: WebAddress | None = None
    """Where it can be read."""
    date: IsoDate
    """The day on which it was read."""


class Rule(YamlModel):
    """One setting that a printer asks for."""

    value: Any
    """The value of the edition's key of the same name."""
    source: Line
    """Key of the source."""
    note: Line | None = None
    """What the source says, where the value alone does not tell."""


class Preset(YamlModel):
    """A file `templates/presets/NAME.yaml`."""

    description: Line
    """Whose rules these are, and for what."""
    sources: Mapping[str, RuleSource]
    """The documents that rules come from."""
    rules: Mapping[str, Rule]
    """The rules by the edition's keys."""


def preset_names(sources: Sources) -> list[str]:
    """Names of all presets that can be used here."""
    return file_names(_KIND, sources)


def preset_settings(
    name: str, span: Span | None, sources: Sources, problems: Collector
) -> EditionSettings | None:
    """The rules of the preset `name` as settings of an edition."""
    found = _read(name, span, sources, problems)
    if found is None:
        return None
    preset, located = found
    path = file_path(_KIND, name)
    for key, rule in preset.rules.items():
        if rule.source not in preset.sources:
            where = located.spans.get(("rules", key, "source"))
            hint = did_you_mean(rule.source, list(preset.sources))
            problems.add(
                Code.WRONG_VALUE, f"the rule '{key}' names an unknown source '{rule.source}'", where, hint
            )
    return validate(EditionSettings, rule_values(located), path, problems)


def _read(
    name: str, span: Span | None, sources: Sources, problems: Collector
) -> tuple[Preset, Located] | None:
    if name not in preset_names(sources):
        hint = did_you_mean(name, preset_names(sources))
        problems.add(Code.UNKNOWN_PRESET, f"there is no preset '{name}'", span, hint)
        return None
    path = file_path(_KIND, name)
    text = file_text(_KIND, name, sources, problems)
    if text is None:
        return None
    located = read_yaml(text, path, problems)
    preset = validate(Preset, located, path, problems)
    return (preset, located) if preset else None


def rule_values(located: Located) -> Located:
    """The values of `rules:` as a mapping of their own, each at its own place."""
    rules: Value = located.value.get("rules") if isinstance(located.value, dict) else None
    items = rules.items() if isinstance(rules, dict) else ()
    values: Value = {key: rule["value"] for key, rule in items if isinstance(rule, dict) and "value" in rule}
    inside = {path: span for path, span in located.spans.items() if path[:1] == ("rules",)}
    spans: dict[KeyPath, Span] = {
        (path[1], *path[3:]): span for path, span in inside.items() if path[2:3] == ("value",)
    }
    keys = {path[1:]: span for path, span in located.keys.items() if path[:1] == ("rules",) and not path[2:]}
    return Located(values, spans, keys)
