"""One real document, typeset twice by LuaLaTeX in folders of different names, for all tests of the finished PDF."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from fascicle.pdf.finish.finish import Finishing
from fascicle.pdf.standards.output_intent import Intent
from fascicle.pdf.standards.table import STANDARDS
from tests.conftest import need
from tests.support.pdf_samples import METADATA

DOCUMENT = Path(__file__).with_name("document.tex")


def typeset(folder: Path) -> bytes:
    """The document's PDF as LuaLaTeX leaves it after two passes in `folder`."""
    folder.mkdir(parents=True)
    picture = Image.new("RGBA", (60, 40))
    picture.putdata([(x * 4, y * 6, 99, min(255, x * 5)) for y in range(40) for x in range(60)])
    picture.save(folder / "alpha.png")
    (folder / "drawing.tex").write_text(
        r"\documentclass{minimal}\usepackage{fontspec}\setmainfont{LinLibertine_R.otf}"
        r"\begin{document}Inside a drawing: fi Th\end{document}"
    )
    (folder / "main.tex").write_text(DOCUMENT.read_text())
    clock = {"SOURCE_DATE_EPOCH": "1709208000", "FORCE_SOURCE_DATE": "1"}
    for job in ("drawing", "main", "main"):
        command = ["lualatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", job]
        ran = subprocess.run(
            command,
            cwd=folder,
            env=os.environ | clock,
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
        assert ran.returncode == 0, ran.stdout[-2000:]
    assert "Missing character" not in (folder / "main.log").read_text(errors="replace")
    return (folder / "main.pdf").read_bytes()


@pytest.fixture(scope="session")
def typeset_twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """The same sources, typeset in two folders."""
    need("lualatex", "kpsewhich")
    base = tmp_path_factory.mktemp("typeset")
    return typeset(base / "one"), typeset(base / "elsewhere" / "another name")


@pytest.fixture(scope="session")
def archive() -> Finishing:
    """PDF/A-2u with the sRGB profile of the TeX tree."""
    found = subprocess.run(
        ["kpsewhich", "sRGB.icc"], capture_output=True, text=True, check=True
    ).stdout.strip()
    return Finishing(metadata=METADATA, standard=STANDARDS["a-2u"], intent=Intent(Path(found)))
