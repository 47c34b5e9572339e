"""How long an editor waits for the language server on a text of 60 pages: after a keystroke, and for a completion."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from lsprotocol import types

from fascicle.lsp.open_project import OpenProject
from tests.bench.harness import ROUNDS, Figure, Table
from tests.support.editor import Editor, Session
from tests.support.large import write

NAME = "content/012-section.md"
KEYSTROKES = 4 * ROUNDS


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("pages"), sections=25, citations=150, figures=10, words=26_000)


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    begun = Session()
    yield begun
    begun.end()


def test_server_after_a_keystroke(session: Session, table: Table, pages: Path) -> None:
    answers, completions = session(lambda editor: _typing(editor, pages / NAME))
    completed = Figure("server, completion of a key, 60 pages", completions, "s", 0.05)
    told = Figure("server, keystroke to diagnostics, 60 pages", answers, "s", 0.1)
    for figure in (completed, told):
        table.add(figure)
    assert completed.kept
    assert told.kept


async def _typing(editor: Editor, file: Path) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Seconds from each keystroke to what is told of it, and of each completion after it."""
    uri = editor.open(file)
    await editor.times(uri, 2)
    text = file.read_text("utf-8") + "\nAs @w"
    answers, completions = [], []
    for number in range(KEYSTROKES):
        begun = time.perf_counter()
        seen = len(editor.told[uri])
        editor.type(uri, f"{text}{number}")
        await editor.until(uri, lambda _, seen=seen: len(editor.told[uri]) > seen)  # type: ignore[misc]
        answers.append(time.perf_counter() - begun)
        place = editor.at(uri, text, "As @w", len("As @w"))
        begun = time.perf_counter()
        assert await editor.client.text_document_completion_async(types.CompletionParams(**place))
        completions.append(time.perf_counter() - begun)
    return tuple(answers), tuple(completions)


def test_server_work_of_a_keystroke(table: Table, pages: Path) -> None:
    project = OpenProject(pages)
    text = (pages / NAME).read_text("utf-8")
    project.read()
    seconds = []
    for number in range(KEYSTROKES):
        project.texts[NAME] = f"{text}\nMore {number}.\n"
        begun = time.process_time()
        project.read()
        seconds.append(time.process_time() - begun)
    table.hold(Figure("server, processor time of a keystroke, 60 pages", tuple(seconds), "s", 0.1))
