"""What names a module or a file of the program in a string names one that is there."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.conftest import ROOT

DOTTED = re.compile(r"\bfascicle(?:\.[A-Za-z_]\w*)+")
IMPORTS = re.compile(r"^ *(?:from|import) fascicle\S*", re.MULTILINE)
PATHS = re.compile(r"(?<![\w/.~{-])(?:fascicle|tests|tools)/[\w./-]*[\w/]")
IN_LUA = {
    "exit", "finish", "fish", "full_width", "gate", "glimpse", "hyphenate", "keep_wanted", "lastglyph", "ligatures", "ligaturetext", "preloaded",
    "stand_in", "stand_ins", "tex",
}  # fmt: skip
"""Functions and callbacks of the program's Lua, the file `fascicle.tex` that templates include, and `fascicle.fish` for a shell."""
BUILT = {"fascicle/templates"}
"""Where a wheel carries the templates."""
LEFT_OUT = {"build", "dist", "venv", "node_modules", "site-packages", "buck-out", "_build"}
"""Folders that git, ruff or pytest leave out by their names, wherever they are."""


def modules() -> list[Path]:
    """The Python files of the program, its tests and its tools, this one apart."""
    found = [path for folder in ("fascicle", "tests", "tools") for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if path != Path(__file__))


def texts() -> list[Path]:
    """The files that tell where something of the program stands."""
    others = (
        "Makefile",
        "pyproject.toml",
        *(f"{name}.md" for name in ("README", "CONTRIBUTING", "CHANGELOG")),
    )
    tools = [path for path in (ROOT / "tools").iterdir() if path.is_file() and path.name != "corpus.txt"]
    inside = [
        path for folder in ("docs", ".ci", ".github") for path in (ROOT / folder).rglob("*") if path.is_file()
    ]
    written = [path for path in inside if path.suffix in ("", ".md", ".yml")]
    return [*(ROOT / name for name in others), *tools, *written, *modules()]


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """Every string of a module, with its line."""
    text = path.read_text("utf-8")
    if DOTTED.search(IMPORTS.sub("", text)):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.lineno, node.value


@cache
def stands(dotted: str) -> bool:
    """Whether a dotted name is a module or something in one."""
    parts = dotted.split(".")
    for end in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        for name in parts[end:]:
            found = getattr(found, name, None)
        return found is not None
    return False


def test_a_module_named_in_a_string_is_there() -> None:
    named = [
        (f"{path.relative_to(ROOT)}:{line}", name)
        for path in modules()
        for line, text in strings(path)
        for name in DOTTED.findall(text)
    ]
    assert not [one for one in named if one[1].split(".")[1] not in IN_LUA and not stands(one[1])]


def test_such_names_are_found() -> None:
    """The program itself names modules by strings, so a search that finds none finds nothing."""
    entry = ROOT / "fascicle/entry.py"
    assert [name for _, text in strings(entry) for name in DOTTED.findall(text)]
    assert stands("fascicle.entry.main")
    assert not stands("fascicle.entry.nothing")
    assert not stands("fascicle.nowhere")


def test_a_file_of_the_program_that_is_named_is_there() -> None:
    named = [(path, name) for path in texts() for name in PATHS.findall(path.read_text("utf-8"))]
    assert len(named) > 10
    assert not [(str(path), name) for path, name in named if name not in BUILT and not (ROOT / name).exists()]


def test_no_folder_is_left_out_by_its_name() -> None:
    folders = {
        path.name for top in ("fascicle", "tests") for path in (ROOT / top).rglob("*") if path.is_dir()
    }
    assert len(folders) > 5
    assert not folders & LEFT_OUT
