"""What `check` tells and what the server tells are the same, fault by fault."""

from __future__ import annotations

import json
from pathlib import Path

from lsprotocol import types

from fascicle.core.diagnostics import Diagnostic
from fascicle.lsp.diagnostics import by_file, protocol_diagnostic
from fascicle.lsp.positions import Positions
from fascicle.pipeline.run import Request
from fascicle.project.publication import PUBLICATION
from tests.end_to_end.test_faults import WITHOUT_TEX
from tests.support.editor import Editor, Session


def test_check_and_the_server_agree_on_all_faults(session: Session, tmp_path: Path) -> None:
    cases = [one.values[0] for one in WITHOUT_TEX]
    wanted = [one for one in cases if not one.request and one.edition == "screen"]
    assert len(wanted) > 80
    laid_out = {one.title: one.lay_out(tmp_path / str(number)) for number, one in enumerate(wanted)}
    roots = {title: root for title, root in laid_out.items() if (root / PUBLICATION).is_file()}

    async def look(editor: Editor) -> dict[str, dict[str, tuple[types.Diagnostic, ...]]]:
        found = {}
        for title, root in roots.items():
            file = root / PUBLICATION
            uri = editor.open(file, file.read_bytes().decode("utf-8", "replace"))
            await editor.times(uri, 2)  # at once, and when the whole is checked
            below = root.as_uri() + "/"
            found[title] = {
                address.removeprefix(below): told[-1]
                for address, told in editor.told.items()
                if address.startswith(below)
            }
        return found

    seen = session(look)
    for title, root in roots.items():
        expected = _by_check(root)
        reported = {path: _said(told) for path, told in seen[title].items() if told}
        assert reported == expected, title


def _by_check(root: Path) -> dict[str, list[str]]:
    """What the command `check` finds, in the protocol's terms."""
    from fascicle.cli.commands.check import _checked

    found, _ = _checked(Request(root), None)
    return {
        path: _said(tuple(_of(one, root, path) for one in told))
        for path, told in by_file(found.sorted()).items()
    }


def _of(found: Diagnostic, root: Path, path: str) -> types.Diagnostic:
    file = root / path
    data = file.read_bytes() if file.is_file() else b""
    text = data.decode("utf-8-sig", "replace") if _is_utf8(data) else ""
    return protocol_diagnostic(found, Positions(text.replace("\r\n", "\n").replace("\r", "\n")))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _said(told: tuple[types.Diagnostic, ...]) -> list[str]:
    return [json.dumps([str(one.range), one.severity, one.code, one.message]) for one in told]
