"""What to type for this program, so that each hint can be typed as it stands."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from fascicle.cli.command_names import COMMANDS

NAME = "fascicle"


def program() -> str:
    """The program's name where the shell finds it, else its path, from here where it lies below."""
    called = Path(sys.argv[0])
    if called.stem != NAME or not called.is_file() or shutil.which(NAME):
        return NAME
    path = called.absolute()
    return shlex.quote(str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path))


def typed(text: str) -> str:
    """A text that names commands of ours, or of pip, with what has to be typed for them here."""
    text = text.replace("pip install ", f"{_pip()} install ")
    name = program()
    return text if name == NAME else _pattern().sub(lambda found: f"{name} {found[1]}", text)


@cache
def _pip() -> str:
    """The pip of the environment that the program lives in, or uv where that has none."""
    python = shlex.quote(sys.executable)
    return f"{python} -m pip" if find_spec("pip") else f"uv pip --python {python}"


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"\b{NAME} ({'|'.join(COMMANDS)}|--\w+)\b")
