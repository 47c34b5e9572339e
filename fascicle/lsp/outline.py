"""The outline of a file, and how long its text is."""

from __future__ import annotations

from lsprotocol import types

from fascicle.core.diagnostics import Span
from fascicle.document.document import ParsedSection
from fascicle.document.tree import Figure, Heading, Table, plain, walk
from fascicle.document.word_count import BODY, CountedPart, WordCount, word_count
from fascicle.lsp.open_project import OpenProject
from fascicle.lsp.positions import Positions
from fascicle.lsp.works import in_short

_TITLE = 0
_DEEPEST = 7


def outline(project: OpenProject, path: str, positions: Positions) -> list[types.DocumentSymbol]:
    """Headings, figures and tables of a section in their levels; the works of a bibliography."""
    if project.reading is None:
        return []
    for parsed in project.reading.document.sections:
        if parsed.section.path == path:
            return _section(parsed, positions)
    entries = project.reading.bibliography.entries.values()
    return [
        _symbol(entry.key, in_short(entry), types.SymbolKind.Constant, entry.span, positions)
        for entry in entries
        if entry.span.file == path
    ]


def _section(parsed: ParsedSection, positions: Positions) -> list[types.DocumentSymbol]:
    title = plain(parsed.title) or parsed.section.data.title
    top = _symbol(title, parsed.section.label, types.SymbolKind.Module, parsed.heading_span, positions)
    open_ones = [(_TITLE, top)]
    for node in walk(parsed.blocks):
        if isinstance(node, Heading):
            level, name, kind = node.level, plain(node.content), types.SymbolKind.String
        elif isinstance(node, (Figure, Table)) and node.attributes.id:
            level, name, kind = _DEEPEST, plain(node.caption), types.SymbolKind.Object
        else:
            continue
        symbol = _symbol(name or node.attributes.id, node.attributes.id, kind, node.span, positions)
        while open_ones[-1][0] >= level:
            open_ones.pop()
        above = open_ones[-1][1]
        above.children = [*(above.children or ()), symbol]
        if level < _DEEPEST:
            open_ones.append((level, symbol))
    _reach(top, types.Position(len(positions.lines) - 1, 0))
    return [top]


def _reach(symbol: types.DocumentSymbol, end: types.Position) -> None:
    """Let a heading hold all that stands below it, up to the next one."""
    symbol.range = types.Range(symbol.range.start, max(end, symbol.range.end, key=_key))
    children = list(symbol.children or ())
    for at, child in enumerate(children):
        following = children[at + 1].range.start if at + 1 < len(children) else symbol.range.end
        _reach(child, following)


def _key(place: types.Position) -> tuple[int, int]:
    return place.line, place.character


def _symbol(
    name: str, detail: str, kind: types.SymbolKind, span: Span, positions: Positions
) -> types.DocumentSymbol:
    where = positions.range_of(span)
    return types.DocumentSymbol(name or "–", kind, where, where, detail=detail or None)


def lenses(project: OpenProject, path: str) -> list[types.CodeLens]:
    """A section's words beside its target, above its first line."""
    start = types.Position(0, 0)
    for count in _count(project).sections:
        if count.section.section.path == path:
            said = _said(
                count.total(BODY), count.total((CountedPart.NOTES,)), count.section.section.data.words
            )
            return [types.CodeLens(types.Range(start, start), types.Command(said, ""))]
    return []


def _count(project: OpenProject) -> WordCount:
    """The words as the last whole check counts them, citations worded; before there is one, without these."""
    if project.checked.words:
        return project.checked.words
    return word_count(project.reading.document) if project.reading else WordCount((), {})


def _said(words: int, notes: int, goal: object) -> str:
    target, most = getattr(goal, "target", None), getattr(goal, "max", None)
    parts = [f"{words:,} word{'s'[: words != 1]}"]
    parts += [f"of {target:,}"] if target else []
    parts += [f"(at most {most:,})"] if most else []
    parts += [f"and {notes:,} in notes"] if notes else []
    return " ".join(parts)
