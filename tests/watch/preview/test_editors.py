"""Addresses that open an editor at a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from fascicle.watch.preview.editors import EDITORS, EditorError, address, template_for, usual_editor

FILE = Path("/home/ann/an essay & more/content/01-ü.md")
WRITTEN = "/home/ann/an%20essay%20%26%20more/content/01-%C3%BC.md"


@pytest.mark.parametrize(
    ("editor", "expected"),
    [
        ("vscode", f"vscode://file{WRITTEN}:12:3"),
        ("vscodium", f"vscodium://file{WRITTEN}:12:3"),
        ("zed", f"zed://file{WRITTEN}:12:3"),
        ("idea", f"idea://open?file={WRITTEN}&line=12&column=3"),
        ("textmate", f"txmt://open?url=file://{WRITTEN}&line=12&column=3"),
        ("emacs", f"emacs://open?url=file://{WRITTEN}&line=12&column=3"),
        ("none", ""),
        ("my-editor://{line}/{file}", f"my-editor://12/{WRITTEN}"),
    ],
)
def test_addresses(editor: str, expected: str) -> None:
    assert address(template_for(editor), FILE, 12, 3) == expected


@pytest.mark.parametrize(
    "editor", ["ed", "", "vim {file}", "x://open", "javascript:alert('{file}')", "JavaScript://{file}", "data:text/html,{file}"]
)  # fmt: skip
def test_what_opens_no_editor_is_refused(editor: str) -> None:
    with pytest.raises(EditorError):
        template_for(editor)


@pytest.mark.parametrize(
    ("variables", "editor"),
    [
        ({"VISUAL": "/usr/bin/code --wait"}, "vscode"),
        ({"VISUAL": "codium -w", "EDITOR": "code"}, "vscodium"),
        ({"VISUAL": "vim", "EDITOR": "zed"}, "zed"),
        ({"EDITOR": "nano"}, "none"),
        ({"EDITOR": " "}, "none"),
        ({}, "none"),
    ],
)
def test_the_usual_editor(variables: dict[str, str], editor: str) -> None:
    assert usual_editor(variables) == editor
    assert editor in EDITORS
