"""One server for the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.editor import Session


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    begun = Session()
    yield begun
    begun.end()
