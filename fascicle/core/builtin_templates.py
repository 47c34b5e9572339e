"""The folder of the templates that come with the program."""

from __future__ import annotations

from pathlib import Path


def builtin_folder() -> Path:
    """The folder of the templates that come with the program: in a wheel inside the package, in a checkout beside it."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"
