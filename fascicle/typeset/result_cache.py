"""Whether a job would give the result that is there already."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from fascicle.core.system.atomic_files import deliver_bytes
from fascicle.typeset.job import Job, Program
from fascicle.typeset.run_folder import digest
from fascicle.typeset.unprinted_source import printed

_FORMAT = 2
_RESULTS = (".pdf", ".synctex.gz", ".log")
_PASSING = ("TMPDIR",)
"""Variables of the environment that differ from run to run and change nothing."""


@dataclass(frozen=True, slots=True)
class Last:
    """The last settled result, found to be that of the job at hand."""

    pdf: Path
    """The PDF in the run folder."""
    synctex: Path | None
    """The SyncTeX file; None when TeX wrote none."""
    log_path: Path
    """LaTeX's log of the pass that made the PDF."""


class Results:
    """The record of one run folder's last settled result.

    It holds digests of the result itself, so that a result that a failed or killed job has written over is not taken
    for the settled one.
    """

    def __init__(self, job: Job, environment: Mapping[str, str], programs: Mapping[Program, Path]) -> None:
        self._job = job
        self._surroundings = digest_of(
            *(f"{name}={value}" for name, value in sorted(environment.items()) if name not in _PASSING),
            *(f"{program}:{stamp(path)}" for program, path in sorted(programs.items())),
            str(job.folder.absolute()),  # SyncTeX names it
        )
        self._path = job.folder / "result.json"

    def last(self) -> Last | None:
        """The settled result of a job equal to this one; None when there is none, or when anything it read changed."""
        try:
            state = json.loads(self._path.read_text("utf-8"))
            if state["format"] != _FORMAT or state["surroundings"] != self._surroundings:
                return None
            inputs = _inputs(self._job.inputs, state["inputs"])
            if state["key"] != self._key(inputs) or state["system"] != stamps(state["read"]):
                return None
            files = {suffix: self._file(suffix) for suffix in _RESULTS}
            if any(_content(path) != state["results"][suffix] for suffix, path in files.items()):
                return None
            synctex = files[".synctex.gz"] if state["results"][".synctex.gz"] else None
            return Last(files[".pdf"], synctex, files[".log"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def keep(self, recorder: str) -> None:
        """Remember the result that lies in the run folder; `recorder` is the .fls of the pass that made it."""
        inputs = _inputs(self._job.inputs, {})
        read = sorted(read_outside(recorder, self._job.cache))
        state = {
            "format": _FORMAT,
            "surroundings": self._surroundings,
            "key": self._key(inputs),
            "inputs": inputs,
            "system": stamps(read),
            "read": read,
            "results": {suffix: _content(self._file(suffix)) for suffix in _RESULTS},
        }
        deliver_bytes(json.dumps(state, indent=0).encode(), self._path)

    def _file(self, suffix: str) -> Path:
        return self._job.folder / (self._job.name + suffix)

    def _key(self, inputs: Mapping[str, list[object]]) -> str:
        """Digest of what is printed of the main file and the contents of the inputs."""
        job = self._job
        contents = [f"{name}\0{entry[-1]}" for name, entry in sorted(inputs.items())]
        return digest_of(job.name, str(job.epoch), printed(job.tex), *contents)


def _inputs(inputs: Mapping[str, Path], known: Mapping[str, list[object]]) -> dict[str, list[object]]:
    """Path, time, size and digest of each input; one that lies untouched is not read again."""
    found = {}
    for name, path in inputs.items():
        status = path.stat()
        mark: list[object] = [str(path), status.st_mtime_ns, status.st_size]
        before = known.get(name)
        found[name] = before if before and before[:-1] == mark else [*mark, _content(path)]
    return found


def read_outside(recorder: str, cache: Path) -> Iterable[str]:
    """Files of the TeX system that a pass has read: packages, fonts. The font cache is made from them."""
    made = f"{cache.absolute()}/"
    return {
        path
        for kind, _, path in (line.partition(" ") for line in recorder.splitlines())
        if kind == "INPUT" and path.startswith("/") and not path.startswith(made)
    }


def stamps(paths: Iterable[str]) -> str:
    """Digest of the files' sizes and times: a package that was updated is another."""
    return digest_of(*(stamp(path) for path in paths))


def stamp(path: Path | str) -> str:
    """A file's path, size and time; the path alone when it is not there."""
    try:
        status = os.stat(path)  # noqa: PTH116 - hundreds of files, each time
    except OSError:
        return f"{path}:"
    return f"{path}:{status.st_size}:{status.st_mtime_ns}"


def _content(path: Path) -> str:
    """Digest of a file's bytes, empty when it is not there; read in pieces, for a picture may be huge."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def digest_of(*parts: str) -> str:
    """One digest of several texts."""
    return digest("\0\0".join(parts).encode())
