"""Quick fixes: what `check --fix` writes, and the word that a message believes was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lsprotocol import types

from fascicle.core.diagnostic_codes import Code
from fascicle.core.model import Section
from fascicle.document.other_syntax.find import find_other_syntax, mended
from fascicle.document.other_syntax.layout import Place
from fascicle.document.other_syntax.tell import known_to
from fascicle.lsp.open_project import OpenProject
from fascicle.lsp.positions import Positions

_MEANT = re.compile(r"^did you mean '([^']+)'(?: or '([^']+)')?\?")
_WRITE = re.compile(r"^write ([\w-]+: \S.*)$")


def actions(
    project: OpenProject, path: str, uri: str, positions: Positions, asked: types.CodeActionParams
) -> Iterator[types.CodeAction]:
    """The fixes for what is told at a place, and one for all that can be mended in the file."""
    section = _section(project, path, positions)
    for told in asked.context.diagnostics:
        yield from _meant(told, uri, positions)
        if section and told.code == Code.OTHER_SYNTAX.value:
            yield from _mended_here(project, section, told, uri, positions)
    if section:
        yield from _all(project, section, uri, positions)


def _section(project: OpenProject, path: str, positions: Positions) -> Section | None:
    """The section of a file, while what was read of it is what stands there now."""
    sections = project.reading.publication.sections if project.reading else ()
    found = next((one for one in sections if one.path == path), None)
    return found if found and found.text and positions.text.endswith(found.text) else None


def _meant(told: types.Diagnostic, uri: str, positions: Positions) -> Iterator[types.CodeAction]:
    start, end = positions.offset(told.range.start), positions.offset(told.range.end)
    old = positions.text[start:end]
    for hint in told.data.get("hints", ()) if isinstance(told.data, dict) else ():
        found = _MEANT.match(hint)
        for word in filter(None, found.groups() if found else ()):
            begins = old[0] if old[:1] in "@#." and old and word[0] not in "@#." else ""
            if "\n" not in old and old:
                yield _action(
                    f"Write '{word}'", uri, [types.TextEdit(told.range, begins + word)], told, preferred=True
                )


def _mended_here(
    project: OpenProject, section: Section, told: types.Diagnostic, uri: str, positions: Positions
) -> Iterator[types.CodeAction]:
    """All places of the kind that is told, for it is told once."""
    begins = len(positions.text) - len(section.text)
    start = positions.offset(told.range.start) - begins
    known = known_to(project.reading.publication) if project.reading else None
    for found in find_other_syntax(section.text, known) if known else ():
        if found.places[0].start == start and (edits := _edits(found.places, begins, positions)):
            yield _action(f"Mend {found.what}", uri, edits, told, preferred=True)


def _edits(places: tuple[Place, ...], begins: int, positions: Positions) -> list[types.TextEdit]:
    return [
        types.TextEdit(positions.between(begins + place.start, begins + place.end), place.instead)
        for place in places
        if place.instead is not None
    ]


def _all(
    project: OpenProject, section: Section, uri: str, positions: Positions
) -> Iterator[types.CodeAction]:
    """What `fascicle check --fix` would write."""
    if project.reading is None:
        return
    text, changed = mended(section.text, known_to(project.reading.publication))
    if changed:
        begins = len(positions.text) - len(section.text)
        whole = types.TextEdit(positions.between(begins, len(positions.text)), text)
        places = sum(len(found.places) for found in changed)
        title = f"Mend all markup of other programs in this file ({places} place{'s'[: places != 1]})"
        yield types.CodeAction(
            title, kind=types.CodeActionKind.SourceFixAll, edit=types.WorkspaceEdit({uri: [whole]})
        )


def _action(
    title: str, uri: str, edits: list[types.TextEdit], told: types.Diagnostic, *, preferred: bool
) -> types.CodeAction:
    return types.CodeAction(
        title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[told],
        is_preferred=preferred,
        edit=types.WorkspaceEdit({uri: edits}),
    )
