"""Remembers which outputs were found to agree, so that they are opened again only when one of them has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from fascicle.collection.outputs.agreement import Outputs
from fascicle.core.system.atomic_files import deliver_bytes

_FILE = "build/{}/agreed"


def state_of(root: Path, made: Outputs, wanted: Mapping[str, Mapping[str, str]], program: str) -> str:
    """What decides whether the outputs agree: their times and sizes, what each article must say, the program itself."""
    paths = (*made.pdf.values(), *made.jats.values(), *made.html.values(), made.whole, *made.records)
    files = []
    for path in filter(None, paths):
        stat = (root / path).stat()
        files.append((path, stat.st_mtime_ns, stat.st_size))
    said = json.dumps([program, files, {key: dict(one) for key, one in wanted.items()}], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def is_agreed(root: Path, edition: str, state: str) -> bool:
    """Whether these outputs were found to agree."""
    try:
        return (root / _FILE.format(edition)).read_text(encoding="utf-8") == state
    except (OSError, ValueError):
        return False


def keep_agreed(root: Path, edition: str, state: str) -> None:
    """Remember that they do."""
    deliver_bytes(state.encode(), root / _FILE.format(edition))
