"""mypy lets no plain text into TeX, BibTeX or Lua: a module of right and wrong lines is checked as the program is."""

from __future__ import annotations

import re
from pathlib import Path

from mypy import api

from tests.conftest import ROOT

SOURCE = """
from typing import Any, Final
from fascicle.core.ready_text import Bib, Lua
from fascicle.latex.bibtex.escape import characters
from fascicle.latex.escape import Latex, concat, escape
from fascicle.latex.writer.nodes import Lines, command

OURS: Final = "ours"

def wrong(name: str, names: list[str], anything: Any, bib: Bib, number: float) -> None:
    Latex(name)  # refused
    Latex(f"{{{name}}}")  # refused
    Latex(rf"\\\\emph{{{escape(name)}}}{name}")  # refused
    Latex("a" + name)  # refused
    Latex(name or "a")  # refused
    Latex(", ".join(names))  # refused
    Latex(name.join([escape("a")]))  # refused
    Latex(", ".join(one for one in names))  # refused
    Latex(name if names else "a")  # refused
    Latex("{}".format(name))  # refused
    Latex("%s" % name)  # refused
    Latex(name.upper())  # refused
    Latex(anything)  # refused
    Latex(bib)  # refused
    list(map(Latex, names))  # refused
    command("emph", name)  # refused
    command("section", escape(name), option=name)  # refused
    Lines("quote", name)  # refused
    concat([name])  # refused
    Bib(f"  title = {{{name}}}")  # refused
    Bib(f"  title = {{{escape(name)}}}")  # refused
    Lua(f"f('{name}')")  # refused

def right(name: str, names: list[str], number: float) -> None:
    Latex("text")
    Latex(OURS)
    Latex(f"{escape(name)} {number:.2f} {OURS}")
    Latex(", ".join(escape(one) for one in names))
    Latex(", ".join([escape(name), *[escape(one) for one in names]]))
    Latex(r"\\\\a" if names else r"\\\\b")
    Latex(escape(name) or "none")
    Bib(f"  title = {{{characters(name)}}}")
    Lua(f"f({Lua.quoted(name)}, {number})")
    command("emph", escape(name), option=Latex("short"))
"""


def test_plain_text_is_refused_where_tex_bibtex_and_lua_are_made(tmp_path: Path) -> None:
    (tmp_path / "lines.py").write_text(SOURCE, encoding="utf-8")
    reported, faults, _ = api.run(
        ["--config-file", str(ROOT / "pyproject.toml"), "--follow-imports=silent", str(tmp_path / "lines.py")]
    )
    found = {int(number) for number in re.findall(r"lines\.py:(\d+): error", reported)}
    lines = enumerate(SOURCE.split("\n"), 1)
    assert not faults
    assert found == {number for number, line in lines if line.endswith("# refused")}, reported
