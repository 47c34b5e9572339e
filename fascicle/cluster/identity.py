"""Which version of the program runs somewhere, by the content of its files."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import import_module
from pathlib import Path

from fascicle import __version__
from fascicle.core.builtin_templates import builtin_folder


@cache
def identity() -> str:
    """Version and digest of the program and its templates: alike on two machines when they print the same."""
    package = Path(str(import_module("fascicle").__file__)).parent
    total = hashlib.sha256()
    for root in (package, Path(builtin_folder())):
        for path in sorted(root.rglob("*")):
            inside = path.relative_to(root)
            # In a wheel the templates lie inside the package, and are counted apart all the same.
            twice = root == package and inside.parts[0] == "templates"
            if path.is_file() and not twice and "__pycache__" not in inside.parts and path.suffix != ".pyc":
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
                total.update(f"{inside.as_posix()}\0{digest}\n".encode())
    return f"{__version__} ({total.hexdigest()[:12]})"
