"""Writes fascicle/latex/fonts/pdftex.json: which characters LaTeX prints with the encodings T1, TS1 and T2A, from its own tables."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "fascicle" / "latex" / "fonts" / "pdftex.json"
_LINE = re.compile(r"\\DeclareUnicodeCharacter\{([0-9A-F]+)\}\{(.*)\}\s*$", re.MULTILINE)


def table(encoding: str) -> dict[int, str]:
    """Code points and commands of one encoding's table in the TeX Live at hand."""
    found = subprocess.run(["kpsewhich", f"{encoding}enc.dfu"], capture_output=True, text=True, check=True)  # noqa: S607
    text = Path(found.stdout.strip()).read_text("latin-1")
    return {int(code, 16): command.strip() for code, command in _LINE.findall(text)}


def main() -> None:
    """Write the table."""
    latin = sorted({code for encoding in ("t1", "ts1") for code in table(encoding)})
    cyrillic = {
        f"{code:04X}": command for code, command in sorted(table("t2a").items()) if 0x400 <= code < 0x530
    }
    content = {"latin": " ".join(f"{code:04X}" for code in latin), "cyrillic": cyrillic}
    TARGET.write_text(json.dumps(content, indent=1) + "\n")


if __name__ == "__main__":
    main()
