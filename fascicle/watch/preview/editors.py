"""Addresses that open a file at a line in an editor."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

EDITORS: Mapping[str, str] = {
    "vscode": "vscode://file{file}:{line}:{column}",
    "vscodium": "vscodium://file{file}:{line}:{column}",
    "zed": "zed://file{file}:{line}:{column}",
    "idea": "idea://open?file={file}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{file}&line={line}&column={column}",
    "emacs": "emacs://open?url=file://{file}&line={line}&column={column}",
    "none": "",
}
"""Address by the editor's name; `{file}` is an absolute path, percent-encoded."""
_PROGRAMS = {"code": "vscode", "codium": "vscodium", "zed": "zed", "idea": "idea", "mate": "textmate"}
_FORBIDDEN = ("javascript", "data", "vbscript", "blob", "about")
"""Schemes that would run something in the page itself."""


class EditorError(ValueError):
    """An editor that is neither known nor an address; its text says what is."""


def template_for(editor: str) -> str:
    """The address template of an editor's name, or the template that was given itself."""
    if editor in EDITORS:
        return EDITORS[editor]
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", editor, re.IGNORECASE)
    if scheme is None or "{file}" not in editor:
        names = ", ".join(EDITORS)
        raise EditorError(f"'{editor}' is none of {names}, nor an address with {{file}} and {{line}} in it")
    if scheme[1].lower() in _FORBIDDEN:
        raise EditorError(f"an address of the scheme '{scheme[1]}' opens no editor")
    return editor


def usual_editor(environment: Mapping[str, str] = os.environ) -> str:
    """The name of the editor that VISUAL or EDITOR names; `none` when its addresses are not known."""
    for variable in ("VISUAL", "EDITOR"):
        words = environment.get(variable, "").split()
        name = Path(words[0]).name if words else ""
        if name in _PROGRAMS:
            return _PROGRAMS[name]
    return "none"


def address(template: str, file: Path, line: int, column: int = 1) -> str:
    """The address that opens `file` there; empty when the template is."""
    held = template.replace("{file}", quote(file.as_posix()))
    return held.replace("{line}", str(line)).replace("{column}", str(column))
