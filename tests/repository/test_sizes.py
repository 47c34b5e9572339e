"""Folders and modules stay small enough that names alone lead through them."""

from __future__ import annotations

from tests.conftest import ROOT

MODULES_IN_A_FOLDER = 18
LINES_IN_A_MODULE = 400
LONGER = {"core/model.py", "document/tree.py"}
PACKAGE = ROOT / "fascicle"


def test_no_folder_holds_more_modules_than_can_be_looked_over() -> None:
    folders = [folder for folder in PACKAGE.rglob("*") if folder.is_dir()]
    counts = {
        folder: sum(f.name != "__init__.py" for f in folder.glob("*.py")) for folder in [PACKAGE, *folders]
    }
    assert {f.relative_to(PACKAGE).as_posix(): n for f, n in counts.items() if n > MODULES_IN_A_FOLDER} == {}


def test_no_module_is_too_long_to_be_read_in_one_go() -> None:
    lines = {f: len(f.read_text(encoding="utf-8").splitlines()) for f in PACKAGE.rglob("*.py")}
    long = {f.relative_to(PACKAGE).as_posix() for f, n in lines.items() if n > LINES_IN_A_MODULE}
    assert long - LONGER == set()
