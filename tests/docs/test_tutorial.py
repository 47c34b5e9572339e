"""The tutorial, typed as it stands: each file that it shows, each command, in their order."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\S+)(?: ([^\n]*))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def typed(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    words = shlex.split(line)
    if words[0] == "fascicle":
        words = [sys.executable, str(ROOT / "build.py"), *words[1:]]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=300, check=False)


def put(folder: Path, about: str, content: str) -> None:
    """Write a file that the page shows, or add to it."""
    found = re.search(r'title="([^"]+)"', about)
    assert found
    path = folder / found[1]
    before = path.read_text(encoding="utf-8") if "append" in about else ""
    path.write_text(before + content, encoding="utf-8")


@pytest.mark.tex
@pytest.mark.slow
def test_it_can_be_followed(tmp_path: Path) -> None:
    folder, failed = tmp_path, ""
    for language, about, content in BLOCK.findall(PAGE):
        if language == "text" and failed:
            assert content.strip() in failed
            failed = ""
        elif language != "sh":
            if 'title="' in about:
                put(folder, about, content)
        else:
            for line in content.splitlines():
                if line.startswith("cd "):
                    folder /= line.removeprefix("cd ")
                    continue
                done = typed(line, folder)
                assert (done.returncode != 0) == ("fails" in about), f"{line}\n{done.stderr}"
                failed = done.stdout + done.stderr if "fails" in about else ""
    pdf = folder / "build/screen/silk-and-paper.pdf"
    read = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    assert "Merchants carried more than silk." in read
    assert (folder / "build/word/silk-and-paper.docx").exists()
    assert (folder / "build/html/silk-and-paper.html").exists()
