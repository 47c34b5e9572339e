"""What there is to choose from: editions, journals, styles, templates, codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from fascicle.cli.options import publication_here
from fascicle.core.builtin_templates import builtin_folder
from fascicle.core.diagnostics import Collector
from fascicle.core.text.visible_text import visible
from fascicle.project.named_files import file_names, file_text
from fascicle.project.sources import Sources

_PLAIN = re.compile(r"[\w.+-]+")
"""Names that a shell takes as they are."""
_SAID = re.compile(r"^(?:description|name): *(.*)$", re.MULTILINE)


def choices(kind: str, project: Path) -> dict[str, str]:
    """The names of a kind with a line on each; those of the publication in `project` come with those of the program.

    Templates of a publication may hold code and are listed by their names alone.
    """
    return KINDS[kind](Sources(project))


Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def completer(kind: str) -> Completer:
    """Completes names of a kind for a shell, with what is said of each; nothing where the publication cannot be read."""

    def complete(context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
        project = context.params.get("project") or publication_here()
        try:
            found = choices(kind, project)
        except OSError:
            return []
        offered = {name: said for name, said in found.items() if _PLAIN.fullmatch(name)}
        return [
            CompletionItem(name, help=visible(said))
            for name, said in offered.items()
            if name.startswith(begun)
        ]

    return complete


def _named(kind: str, sources: Sources) -> dict[str, str]:
    """YAML files of a kind, by name, with the description each begins with."""
    return {
        name: _said(file_text(kind, name, sources, Collector()) or "") for name in file_names(kind, sources)
    }


def _styles(_sources: Sources) -> dict[str, str]:
    from fascicle.citations.styles.collection import NAMES, SHIPPED, style_title

    inside = (path.stem for path in SHIPPED.glob("*.csl"))
    return {name: style_title(name) for name in sorted({*NAMES, *inside})}


def _templates(sources: Sources) -> dict[str, str]:
    from fascicle.project.templates import CONTRACT, template_names

    folders = (builtin_folder(), sources.root / "templates")
    files = {name: [folder / name / CONTRACT for folder in folders] for name in template_names(sources)}
    found = {}
    for name, paths in files.items():
        text = next((path.read_text("utf-8") for path in paths if path.is_file()), "")
        found[name] = _said(text)
        if paths[0].is_file():
            found |= {f"{name} {setting}": said for setting, said in _settings(text).items()}
    return found


def _settings(contract: str) -> dict[str, str]:
    """Options of a template of ours that are a choice between designs, each value with its line."""
    import yaml

    options = yaml.safe_load(contract).get("options") or {}
    described = ((name, option["choices"]) for name, option in options.items() if "choices" in option)
    return {
        f"--set options.{name}={value}": said
        for name, choices in described
        if isinstance(choices, dict)
        for value, said in choices.items()
    }


def _codes(_sources: Sources) -> dict[str, str]:
    from fascicle.core.diagnostic_codes import Code

    return {code.value: code.severity.value for code in Code}


def _said(text: str) -> str:
    """The description in a YAML text, without its quotation marks."""
    found = _SAID.search(text)
    return found[1].strip().strip("\"'") if found else ""


KINDS: Mapping[str, Callable[[Sources], dict[str, str]]] = {
    "editions": partial(_named, "editions"),
    "journals": partial(_named, "journals"),
    "presets": partial(_named, "presets"),
    "styles": _styles,
    "templates": _templates,
    "codes": _codes,
}
"""What can be listed, each with what finds it."""
