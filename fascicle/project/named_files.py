"""YAML files known by a name, such as editions and presets.

The project's own before those of the program.
"""

from __future__ import annotations

from fascicle.core.builtin_templates import builtin_folder
from fascicle.core.diagnostics import Collector
from fascicle.project.sources import Sources


def file_names(kind: str, sources: Sources) -> list[str]:
    """Names of all files of a kind, which is the name of their folder: `editions`, `presets`, `journals`."""
    own = [sources.root / "templates" / kind] if sources.own_templates else []
    folders = [builtin_folder() / kind, *own]
    return sorted({path.stem for folder in folders if folder.is_dir() for path in folder.glob("*.yaml")})


def file_path(kind: str, name: str) -> str:
    """Where a project has its own file of that name."""
    return f"templates/{kind}/{name}.yaml"


def file_text(kind: str, name: str, sources: Sources, problems: Collector) -> str | None:
    """The text of a file; None when there is none of that name or, with an error, when it cannot be read."""
    path = file_path(kind, name)
    if sources.own_templates and sources.exists(path):
        return sources.text(path, problems)
    builtin = builtin_folder() / kind / f"{name}.yaml"
    return builtin.read_text(encoding="utf-8") if builtin.is_file() else None
