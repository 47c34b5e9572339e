"""What runs on a worker of dask.distributed: the one function that builds, and those that look after it."""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from fascicle.cluster.builder import read_message, write_message
from fascicle.cluster.identity import identity
from fascicle.cluster.parcel import lay_out
from fascicle.project import manifest

_LEAST_MEMORY = 2_000_000_000
"""Address space that LuaLaTeX and Python need in any case; a worker with less memory is held by its system alone."""
_MOST_STORED = 4_000_000_000
"""Bytes of contents that a worker keeps; beyond them the oldest go, and are sent again when they are needed."""

_builders: list[subprocess.Popen[bytes]] = []
_idle: list[subprocess.Popen[bytes]] = []
_stores: dict[str, Path] = {}
_lock = threading.Lock()


async def who() -> dict[str, Any]:
    """The version of the program here; found in a thread, for the worker has to answer its scheduler meanwhile."""
    return {"identity": await asyncio.to_thread(identity), "python": sys.version.split()[0]}


def build_here(job: Mapping[str, Any], contents: Mapping[str, bytes]) -> dict[str, Any]:
    """Build one edition from contents that were sent, now or before.

    The answer has what came of it and the files made, whose contents stand in it but for those that the sender has;
    or `missing`, digests of contents that are not here; or `died`, when the process that builds has ended.
    """
    from distributed import get_worker

    worker = get_worker()
    base = _base(worker.local_directory)
    _store(base / "contents", contents)
    wanted = {str(one[1]) for one in job["files"] if one[1]}
    if missing := sorted(digest for digest in wanted if not (base / "contents" / digest).is_file()):
        return {"missing": missing}
    folder = Path(tempfile.mkdtemp(prefix="run-", dir=base))
    try:
        project = folder / job["name"]
        lay_out(job["files"], base / "contents", project)
        told = {
            "project": str(project),
            **{name: job[name] for name in ("request", "edition", "environment")},
        }
        memory = getattr(worker.memory_manager, "memory_limit", None) or 0

        def listen(event: list[Any]) -> None:
            worker.log_event(job["topic"], [job["number"], event])

        result = _built(told, memory, listen)
        if "died" in result:
            return result
        return {"result": result, **_made(project, job)}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def stop() -> None:
    """End all that is being built here: nobody wants it any more."""
    with _lock:
        for process in _builders:
            process.kill()


def _base(folder: str) -> Path:
    """The folder for what is ours, made once; it ends with the worker's own."""
    with _lock:
        if folder not in _stores or not _stores[folder].is_dir():
            _stores[folder] = Path(tempfile.mkdtemp(prefix="fascicle-", dir=folder))
            (_stores[folder] / "contents").mkdir()
        return _stores[folder]


def _store(folder: Path, contents: Mapping[str, bytes]) -> None:
    for digest, data in contents.items():
        if hashlib.sha256(data).hexdigest() != digest:
            raise ValueError("a content has changed on its way")
        fresh = folder / f"{digest}.{threading.get_ident()}"
        fresh.write_bytes(data)
        fresh.replace(folder / digest)
    if contents:
        _forget(folder)


def _forget(folder: Path) -> None:
    """Remove the oldest contents beyond what may be kept."""
    kept = sorted(
        ((file.stat().st_mtime_ns, file.stat().st_size, file) for file in folder.iterdir()), reverse=True
    )
    total = 0
    for _, size, file in kept:
        total += size
        if total > _MOST_STORED:
            file.unlink(missing_ok=True)


def _built(told: Mapping[str, Any], memory: int, listen: Callable[[list[Any]], None]) -> dict[str, Any]:
    """The result that the building process gives; `died` with its status when it has ended."""
    process = _builder(memory)
    try:
        assert process.stdin is not None  # noqa: S101 - for the type checker; both are pipes
        assert process.stdout is not None  # noqa: S101
        write_message(process.stdin, told)
        while (message := read_message(process.stdout)) is not None:
            if "result" in message:
                with _lock:
                    _idle.append(process)
                result: dict[str, Any] = message["result"]
                return result
            listen(message["event"])
    except OSError:
        pass
    process.kill()
    return {"died": process.wait()}


def _builder(memory: int) -> subprocess.Popen[bytes]:
    """A process that waits for work, or a new one. It inherits no socket."""
    with _lock:
        _builders[:] = [process for process in _builders if process.poll() is None]
        while _idle:
            process = _idle.pop()
            if process.poll() is None:
                return process
        most = max(memory, _LEAST_MEMORY) if memory else 0
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "fascicle.cluster.builder", str(most)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            close_fds=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )
        _builders.append(process)
        return process


def _made(project: Path, job: Mapping[str, Any]) -> dict[str, Any]:
    """The files made, in the order in which they are to be moved in, and what was read for them."""
    state = manifest.state_folder(project, untrusted=job["request"]["no_trust"])
    last = manifest.load(state, job["edition"])
    files: list[tuple[str, str]] = []
    contents: dict[str, bytes] = {}
    for entry in last.outputs if last else ():
        data = (project / entry.path).read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        files.append((entry.path, digest))
        if job["have"].get(entry.path) != digest:
            contents[digest] = data
    if job["request"]["no_trust"]:
        shutil.rmtree(state, ignore_errors=True)  # it lies beside those of other publications of this machine
    reads = [asdict(entry) for entry in last.reads] if last else []
    return {"files": files, "contents": contents, "reads": reads, "summary": last.summary if last else ""}
