"""What the engine itself takes, below which no build can go that runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.harness import ROUNDS, Figure, Table
from tests.bench.peers import LUALATEX, Latexmk

BODY = "\\begin{document}\nx\n\\end{document}\n"
EMPTY = f"\\documentclass{{article}}\n{BODY}"

pytestmark = [pytest.mark.tex, pytest.mark.slow]


def test_the_engines_floor(table: Table, essay: Path, latexmk: Latexmk) -> None:
    """Run bare, after latexmk has left every auxiliary file as it settles."""
    latexmk.export()
    latexmk.run()
    whole = (latexmk.folder / "main.tex").read_text("utf-8")
    preamble = whole.partition("\\begin{document}")[0]
    (latexmk.folder / "empty.tex").write_text(EMPTY, "utf-8")
    (latexmk.folder / "preamble.tex").write_text(f"{preamble}{BODY}", "utf-8")
    programs = {
        "an empty article": (*LUALATEX, "empty.tex"),
        "the essay's preamble": (*LUALATEX, "preamble.tex"),
        "one pass of the essay": (*LUALATEX, "main.tex"),
    }
    taken: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(ROUNDS):
        for name, command in programs.items():
            taken[name].append(latexmk.program(*command))
    for name, seconds in taken.items():
        table.add(Figure(f"floor: {name}", tuple(seconds), "s"))
