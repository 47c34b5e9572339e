"""The repository's own publication, copied for a test to build or change."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.conftest import ROOT


def copy_essay(folder: Path) -> Path:
    """The essay as a publication of its own in `folder`."""
    for name in ("content", "bib", "figures"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder
