"""An engine that loads the last build's preamble while Python still starts.

What is needed for that is kept beside the fonts, since a build folder may have been removed. For a text that was never
built the packages of another are loaded, for they are likely to be the same. Where they are not, or the preamble has
become another, the engine is ended unused. Nothing here may import what takes long.
"""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path

from fascicle.core.system.atomic_files import deliver_bytes
from fascicle.typeset.environment import font_cache
from fascicle.typeset.font_cache import FontCache
from fascicle.typeset.job import Job
from fascicle.typeset.pause_point import begin_line
from fascicle.typeset.preloaded_format import latest_head
from fascicle.typeset.run_folder import RunFolder, digest
from fascicle.typeset.warm.parked_engines import Parking, ParkingRequest

_FORMAT = 1
_REMEMBERED = 100
_DATE = re.compile(rb"^date: *['\"]?(\d{4}-\d\d-\d\d)\b", re.MULTILINE)
_PROBE = 1 << 16
_PROCESS = os.getpid()
_begun: dict[Path, Parking] = {}


def remember(job: Job) -> None:
    """Keep what a later build of the same run folder begins with. That it cannot be kept is no harm."""
    lines = job.tex.splitlines(keepends=True)[: begin_line(job.tex)]
    state = {
        "format": _FORMAT,
        "name": job.name,
        "epoch": job.epoch,
        "head": "".join(lines),
        "inputs": {name: str(path) for name, path in job.inputs.items() if path.exists()},
        "environment": dict(job.environment),
    }
    content = json.dumps(state).encode()
    path = _record(job.folder, job.cache)
    try:
        if not path.exists() or path.read_bytes() != content:
            deliver_bytes(content, path)
            _forget_oldest(path.parent)
    except OSError:
        return


def _forget_oldest(folder: Path) -> None:
    """Keep what the last builds of so many run folders have left: publications come and go."""
    records = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
    for path in records[:-_REMEMBERED]:
        path.unlink(missing_ok=True)


def begin(folder: Path, *, guess: bool = False) -> None:
    """Start the engine for a run folder, unless no build of it is remembered, or its fonts are not here.

    With `guess`, for a text that was never built, the packages of another are loaded.
    """
    end()
    cache = font_cache(folder.parent.parent)
    try:
        job, line = _remembered(folder, cache) or (_guessed(folder, cache) if guess else None) or (None, 0)
        if job:
            parking = Parking(folder, beside=True).__enter__()
            _begun[folder] = parking
            parking.refill(job, RunFolder(folder, job.name).kept().files, [ParkingRequest(line, False)])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        end()


def _remembered(folder: Path, cache: Path) -> tuple[Job, int] | None:
    """The preamble of this text's last build, and its last line."""
    path = _record(folder, cache)
    state = json.loads(path.read_bytes()) if path.exists() else {}
    if state.get("format") != _FORMAT:
        return None
    job = Job(
        folder=folder,
        tex=state["head"],
        cache=cache,
        name=state["name"],
        inputs={name: Path(path) for name, path in state["inputs"].items() if Path(path).exists()},
        reads=_project(folder),
        epoch=state["epoch"],
        environment=state["environment"],
    )
    return (job, begin_line(job.tex)) if FontCache(cache, job.tex).warm else None


def _guessed(folder: Path, cache: Path) -> tuple[Job, int] | None:
    """For a text that was never built: the packages of the text built last, whichever it was."""
    head = latest_head(cache)
    if not head:
        return None
    with (folder.parents[2] / "content" / "publication.yaml").open("rb") as stream:
        dated = _DATE.search(stream.read(_PROBE))
    epoch = int(datetime.fromisoformat(dated[1].decode()).replace(tzinfo=UTC).timestamp()) if dated else 0
    job = Job(folder=folder, tex=head, cache=cache, reads=_project(folder), epoch=epoch)
    return job, head.count("\n") + 1


def _project(folder: Path) -> tuple[Path, ...]:
    """The folder of a publication that is trusted, as no other is begun."""
    return (folder.parents[2],)


def waiting_for(folder: Path) -> Parking | None:
    """What `begin` has started for a run folder in this very process."""
    return _begun.get(folder) if os.getpid() == _PROCESS else None


def end() -> None:
    """End what was begun and not used."""
    while _begun:
        _begun.popitem()[1].__exit__()


def _record(folder: Path, cache: Path) -> Path:
    return cache / "heads" / f"{digest(str(folder.absolute()).encode())[:20]}.json"
