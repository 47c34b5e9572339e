"""What strangers write is read in time that grows with its length: nothing takes the square of it."""

from __future__ import annotations

import pytest

from tests.support.fuzzing import in_processor_time
from tests.support.growing_readers import READERS


@pytest.mark.parametrize("name", READERS)
def test_a_long_text_is_read(name: str) -> None:
    reader = READERS[name]
    with in_processor_time(10):
        reader.read(reader.text())
