"""Brings a finished file to its place in one step, so that nobody ever sees half of it."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path


def deliver(source: Path, target: Path) -> None:
    """Copy `source` to `target` by a temporary file beside it and an atomic rename. OSError leaves `target` as it was."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as reader, _beside(target) as temporary:
        with temporary.open("wb") as writer:
            shutil.copyfileobj(reader, writer, 1 << 20)
        temporary.replace(target)


def deliver_bytes(content: bytes, target: Path) -> None:
    """Write `content` to `target` by a temporary file beside it and an atomic rename."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with _beside(target) as temporary:
        temporary.write_bytes(content)
        temporary.replace(target)


@contextlib.contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """The path of a temporary file in the target's folder, removed at the end when it is still there."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)
