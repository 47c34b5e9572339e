"""Two processes that would make the same thing: the second waits, says so, and gives up in time."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from pathlib import Path

import pytest

from fascicle.core.events import Progress
from fascicle.journals.journal_edition import SubmitOptions
from fascicle.journals.submission import submit
from fascicle.pipeline.build import build_edition
from fascicle.pipeline.run import Request
from tests.support.publications import SMALL, write


@pytest.fixture(params=["screen", "submit-jcms"])
def busy(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The name of what another process is making."""
    lock = write(tmp_path, {**SMALL, f"build/locks/{request.param}": ""}) / "build/locks" / request.param
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield request.param


def test_the_second_says_that_it_waits_and_gives_up(busy: str, tmp_path: Path) -> None:
    request, events = Request(tmp_path, seconds=0.1), []
    if busy == "screen":
        result = build_edition(request, busy, events.append)
    else:
        result = submit(request, SubmitOptions("jcms"), events.append)
    assert result.failed
    assert [found.code.value for found in result.diagnostics] == ["build-locked"]
    assert [event.edition for event in events if isinstance(event, Progress)] == [busy]


def test_a_long_text_may_take_longer_but_what_is_stated_holds(tmp_path: Path) -> None:
    """A thesis meets no limit that an article does not."""
    assert Request(tmp_path).allowed(1_000_000) > 4 * Request(tmp_path).allowed(10_000)
    assert Request(tmp_path, seconds=30.0).allowed(1_000_000) == 30.0
