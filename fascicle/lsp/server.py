"""The server: takes the editor's messages, keeps the open publications, answers from them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls import uris
from pygls.lsp.server import LanguageServer

from fascicle import __version__
from fascicle.core.diagnostics import Diagnostic
from fascicle.lsp.actions import actions
from fascicle.lsp.completion import TRIGGERS, complete
from fascicle.lsp.diagnostics import by_file, protocol_diagnostic
from fascicle.lsp.hover import hover
from fascicle.lsp.names import name_at
from fascicle.lsp.navigation import Place, definitions, references, rename
from fascicle.lsp.open_project import OpenProject
from fascicle.lsp.outline import lenses, outline
from fascicle.lsp.positions import Positions
from fascicle.project.publication import PUBLICATION

SETTLED = 0.4
"""Seconds without a keystroke after which the whole is checked."""
_SUFFIXES = (".md", ".yaml", ".yml", ".bib", ".json", ".ris", ".csv")


class FascicleServer(LanguageServer):
    """Keeps one `OpenProject` for each publication whose files are open."""

    def __init__(self, *, no_trust: bool = False) -> None:
        super().__init__("fascicle", __version__)
        self.no_trust = no_trust
        self.projects: dict[Path, OpenProject] = {}
        """Publications by their folders."""
        self._shown: dict[Path, set[str]] = {}
        self._waiting: dict[Path, asyncio.Task[None]] = {}
        self._checking = asyncio.Lock()

    # -- Files ---------------------------------------------------------------------------------------------

    def place_of(self, uri: str) -> tuple[OpenProject, str] | None:
        """The publication that a file belongs to, and its path there; None for a file of none."""
        name = uris.to_fs_path(uri)
        if name is None or not name.endswith(_SUFFIXES):
            return None
        path = Path(name).absolute()
        for root in (path.parent, *path.parents):
            known = root in self.projects
            if known or (root / PUBLICATION).is_file() or path == root / PUBLICATION:
                project = self.projects.setdefault(root, OpenProject(root, no_trust=self.no_trust))
                return project, path.relative_to(root).as_posix()
        return None

    def uri_of(self, project: OpenProject, path: str) -> str:
        """A file's address, as the editor wrote it where it has the file open."""
        wanted = (project.root / path).as_posix()
        for document in self.workspace.text_documents.values():
            if Path(document.path).absolute().as_posix() == wanted:
                return str(document.uri)
        return uris.from_fs_path(str(project.root / path)) or ""

    def positions(self, project: OpenProject, path: str) -> Positions:
        """A file's text with the editor's way to count columns."""
        return Positions(
            project.text(path), str(getattr(self.workspace.position_encoding, "value", "utf-16"))
        )

    # -- Diagnostics ---------------------------------------------------------------------------------------

    def changed(self, uri: str, *, at_once: bool = False) -> None:
        """Take in a file as it is now, tell what can be told at once, and check the whole when nobody types."""
        found = self.place_of(uri)
        if found is None:
            return
        project, path = found
        document = self.workspace.text_documents.get(uri)
        if document is None:
            project.texts.pop(path, None)
        else:
            project.texts[path] = document.source.replace("\r\n", "\n").replace("\r", "\n")
        self.show(project, project.read())
        if waiting := self._waiting.get(project.root):
            waiting.cancel()
        task = asyncio.get_running_loop().create_task(self._settle(project, 0 if at_once else SETTLED))
        self._waiting[project.root] = task

    async def _settle(self, project: OpenProject, wait: float) -> None:
        await asyncio.sleep(wait)
        async with self._checking:  # one at a time: a check takes the processor for itself
            request = project.request()
            checked = await asyncio.to_thread(project.check, request)
            if request.texts != project.texts:
                return  # somebody has typed meanwhile
            project.take(checked)
            self.show(project, checked.diagnostics)

    def show(self, project: OpenProject, found: Iterable[Diagnostic]) -> None:
        """Publish diagnostics, and empty lists for files that have none any more."""
        files = by_file(found)
        before = self._shown.get(project.root, set())
        for path in sorted(before | files.keys() | project.texts.keys()):
            positions = self.positions(project, path)
            told = [protocol_diagnostic(one, positions) for one in files.get(path, ())]
            uri = self.uri_of(project, path)
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, told))
        self._shown[project.root] = set(files)

    def locations(self, project: OpenProject, places: Iterable[Place]) -> list[types.Location]:
        """Places of ours as the protocol's."""
        return [
            types.Location(self.uri_of(project, path), self.positions(project, path).between(start, end))
            for path, start, end in places
        ]


def make_server(*, no_trust: bool = False) -> FascicleServer:
    """A server with everything that it answers."""
    server = FascicleServer(no_trust=no_trust)
    _files(server)
    _answers(server)
    _names(server)
    return server


def _files(server: FascicleServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.changed(params.text_document.uri, at_once=True)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def edited(params: types.DidChangeTextDocumentParams) -> None:
        server.changed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def saved(params: types.DidSaveTextDocumentParams) -> None:
        server.changed(params.text_document.uri, at_once=True)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.changed(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def watched(params: types.DidChangeWatchedFilesParams) -> None:
        for change in params.changes:
            server.changed(change.uri)


Answer = Callable[[OpenProject, str, Positions, Any], Any]


def _with(server: FascicleServer, answer: Answer) -> Callable[[Any], Awaitable[Any]]:
    """Hands a request's publication, path and text to what answers it; nothing for files of no publication."""

    async def handle(params: Any) -> Any:
        found = server.place_of(params.text_document.uri)
        if found is None:
            return None
        project, path = found
        return answer(project, path, server.positions(project, path), params)

    return handle


def _answers(server: FascicleServer) -> None:
    options = types.CompletionOptions(trigger_characters=list(TRIGGERS))
    server.feature(types.TEXT_DOCUMENT_COMPLETION, options)(
        _with(server, lambda project, path, text, asked: complete(project, path, text, asked.position))
    )
    server.feature(types.TEXT_DOCUMENT_HOVER)(
        _with(server, lambda project, path, text, asked: hover(project, path, text, asked.position))
    )
    server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)(
        _with(server, lambda project, path, text, asked: outline(project, path, text))
    )
    server.feature(types.TEXT_DOCUMENT_CODE_LENS)(
        _with(server, lambda project, path, text, asked: lenses(project, path))
    )
    fixes = types.CodeActionOptions([types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll])
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, fixes)(
        _with(
            server,
            lambda project, path, text, asked: list(
                actions(project, path, asked.text_document.uri, text, asked)
            ),
        )
    )


def _names(server: FascicleServer) -> None:
    def defined(project: OpenProject, path: str, text: Positions, asked: Any) -> list[types.Location]:
        return server.locations(project, definitions(project, path, text.text, text.offset(asked.position)))

    def used(project: OpenProject, path: str, text: Positions, asked: Any) -> list[types.Location]:
        offset, whole = text.offset(asked.position), asked.context.include_declaration
        found = references(project, path, text.text, offset, with_definitions=whole)
        return server.locations(project, found)

    def renamed(project: OpenProject, path: str, text: Positions, asked: Any) -> types.WorkspaceEdit:
        changes: dict[str, list[types.TextEdit]] = {}
        for (file, start, end), new in rename(
            project, path, text.text, text.offset(asked.position), asked.new_name
        ):
            where = server.positions(project, file).between(start, end)
            changes.setdefault(server.uri_of(project, file), []).append(types.TextEdit(where, new))
        return types.WorkspaceEdit(changes)

    server.feature(types.TEXT_DOCUMENT_DEFINITION)(_with(server, defined))
    server.feature(types.TEXT_DOCUMENT_REFERENCES)(_with(server, used))

    def called(
        project: OpenProject, path: str, text: Positions, asked: Any
    ) -> types.PrepareRenamePlaceholder | None:
        works = project.reading.bibliography.entries if project.reading else {}
        found = name_at(path, text.text, text.offset(asked.position), works)
        if found is None:
            return None
        return types.PrepareRenamePlaceholder(
            text.between(found.start, found.end), text.text[found.start : found.end]
        )

    options = types.RenameOptions(prepare_provider=True)
    server.feature(types.TEXT_DOCUMENT_RENAME, options)(_with(server, renamed))
    server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)(_with(server, called))
