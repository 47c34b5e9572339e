"""Hints can be typed as they stand: the program is called as it can be called here."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from fascicle.cli.program_name import typed
from tests.support.shims import Shims


@pytest.mark.parametrize(
    ("on_path", "here", "hint"),
    [
        (True, "", "type: fascicle doctor --install"),
        (False, "", "type: bin2/fascicle doctor --install"),
        (False, "elsewhere", "type: {root}/bin2/fascicle doctor --install"),
    ],
)
def test_a_hint_names_the_program_as_it_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, on_path: bool, here: str, hint: str
) -> None:
    shims = Shims(tmp_path / "bin")
    if on_path:
        shims.add("fascicle")
    (tmp_path / "bin2").mkdir()
    (tmp_path / "bin2" / "fascicle").touch()
    (tmp_path / here).mkdir(exist_ok=True)
    monkeypatch.chdir(tmp_path / here)
    monkeypatch.setenv("PATH", str(shims.folder))
    monkeypatch.setattr("sys.argv", [str(tmp_path / "bin2" / "fascicle")])
    assert typed("type: fascicle doctor --install") == hint.format(root=tmp_path)
    assert typed("the fascicle itself") == "the fascicle itself"


def test_pip_is_that_of_the_program_itself() -> None:
    assert typed("pip install x") in (
        f"{sys.executable} -m pip install x",
        f"uv pip --python {sys.executable} install x",
    )
