"""Writes the names of mathematical signs, with their characters, from unicode-math's table in the TeX that is installed.

Run `python tools/generate_math_symbols.py` after a new release of unicode-math. The table is that of unicode-math
(LaTeX Project Public License 1.3c); what is taken are the names that documents may use, the characters and the classes.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from fontTools.ttLib import TTFont

from fascicle.latex.fonts.typefaces import MATH_FONT

TARGET = Path(__file__).resolve().parent.parent / "fascicle/project/math/data/unicode-math-symbols.txt"
CLASSES = {
    "mathord": "ord", "mathalpha": "ord", "mathbin": "bin", "mathrel": "rel", "mathop": "op", "mathopen": "open",
    "mathclose": "close", "mathpunct": "punct", "mathfence": "ord",
}  # fmt: skip
HEAD = """\
# Signs of formulas: name, character, class ("accent" takes an argument), "lacked" where the font of formulas has it not. Made by tools/generate_math_symbols.py
# from unicode-math-table.tex of unicode-math, https://ctan.org/pkg/unicode-math, LPPL 1.3c.
"""


def found(name: str) -> Path:
    """Where TeX has a file."""
    command = ("kpsewhich", name)
    return Path(subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip())


def main() -> None:
    """Read the table and the font."""
    table = found("unicode-math-table.tex").read_text(encoding="utf-8")
    covered = TTFont(found(MATH_FONT), lazy=True).getBestCmap()
    lines = []
    for code, name, kind in re.findall(
        r'\\UnicodeMathSymbol\{"([0-9A-F]+)\}\{\\(\w+)\s*\}\{\\(\w+)\}', table
    ):
        lacked = "" if int(code, 16) in covered else " lacked"
        lines.append(f"{name} {int(code, 16):04X} {CLASSES.get(kind, 'accent')}{lacked}")
    TARGET.write_text(HEAD + "\n".join(sorted(set(lines))) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
