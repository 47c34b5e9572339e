"""An editor for tests: the protocol's own client, with the server in a process beside it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.client import BaseLanguageClient

T = TypeVar("T")
PATIENCE = 60.0
"""Seconds until something that should have happened counts as failed."""


class Editor:
    """Opens files, types, and sees what the server says."""

    def __init__(self, client: BaseLanguageClient) -> None:
        self.client = client
        self.told: dict[str, list[tuple[types.Diagnostic, ...]]] = {}
        """What was published, by address, the newest last."""
        self._news = asyncio.Event()
        self._versions: dict[str, int] = {}

        @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: types.PublishDiagnosticsParams) -> None:
            self.told.setdefault(params.uri, []).append(tuple(params.diagnostics))
            self._news.set()

    def open(self, file: Path, text: str | None = None) -> str:
        """Open a file, with another text than the disk's where one is given; gives its address."""
        uri = file.as_uri()
        typed = file.read_bytes().decode("utf-8") if text is None else text
        item = types.TextDocumentItem(uri, "markdown", 1, typed)
        self._versions[uri] = 1
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def type(self, uri: str, text: str) -> None:
        """Put another text in the place of a file's whole text."""
        self._versions[uri] += 1
        document = types.VersionedTextDocumentIdentifier(self._versions[uri], uri)
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    async def until(
        self, uri: str, seen: Callable[[tuple[types.Diagnostic, ...]], bool]
    ) -> tuple[types.Diagnostic, ...]:
        """Wait until what is told of a file is such."""
        async with asyncio.timeout(PATIENCE):
            while not (self.told.get(uri) and seen(self.told[uri][-1])):
                self._news.clear()
                await self._news.wait()
        return self.told[uri][-1]

    async def times(self, uri: str, count: int) -> None:
        """Wait until so much has been published of a file."""
        async with asyncio.timeout(PATIENCE):
            while len(self.told.get(uri, ())) < count:
                self._news.clear()
                await self._news.wait()
        # What was published together with it has come when a request is answered.
        where = types.Position(0, 0)
        await self.client.text_document_hover_async(
            types.HoverParams(types.TextDocumentIdentifier(uri), where)
        )

    def at(self, uri: str, text: str, words: str, shift: int = 0) -> dict[str, Any]:
        """The place of `words` in a text, as requests want it."""
        before = text[: text.index(words) + shift]
        column = len(before) - (before.rfind("\n") + 1)
        place = types.Position(before.count("\n"), column)
        return {"text_document": types.TextDocumentIdentifier(uri), "position": place}


class Session:
    """An editor and a server that several tests use one after the other."""

    def __init__(self, main: str = "fascicle.entry") -> None:
        self._runner = asyncio.Runner()
        self._editor = self._runner.run(_begun(main))

    def __call__(self, work: Callable[[Editor], Awaitable[T]]) -> T:
        """Do some work with the editor."""

        async def done() -> T:
            return await work(self._editor)

        return self._runner.run(done())

    def end(self) -> None:
        """Tell the server to end, and wait for it."""
        self._runner.run(_ended(self._editor.client))
        self._runner.close()


async def _begun(main: str) -> Editor:
    client = BaseLanguageClient("tests", "1")
    await client.start_io(sys.executable, "-c", f"from {main} import main; main()", "lsp")
    await client.initialize_async(types.InitializeParams(types.ClientCapabilities()))
    client.initialized(types.InitializedParams())
    return Editor(client)


async def _ended(client: BaseLanguageClient) -> None:
    await client.shutdown_async(None)
    client.exit(None)
    await asyncio.wait_for(client.stop(), PATIENCE)
