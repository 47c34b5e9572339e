"""Results of a worker moved in: each file by atomic rename, the main one last, then what they were made from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from fascicle.cluster.parcel import Parcel
from fascicle.core.events import Listener
from fascicle.core.system.atomic_files import deliver_bytes, deliver_inside
from fascicle.pipeline.build import BuildResult, is_kept, settings_of
from fascicle.pipeline.run import BUILD, Request, Run
from fascicle.pipeline.tagging import HURRIED
from fascicle.pipeline.untrusted_build_folder import check_build_folder
from fascicle.project import manifest
from fascicle.project.manifest import FileEntry


def contents_at_hand(request: Request, edition: str) -> dict[str, str]:
    """Digests of the files that the last build delivered, by path: their contents need not travel back."""
    last = manifest.load(request.state, edition)
    found = {}
    for entry in last.outputs if last else ():
        path = request.home / entry.path
        if path.is_file() and not path.is_symlink():
            found[entry.path] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def delivered(
    request: Request, parcel: Parcel, result: BuildResult, made: Mapping[str, Any], listen: Listener
) -> BuildResult:
    """The result of a worker, its files in their places. A result without files only tells."""
    if result.failed:
        return replace(result, kept=is_kept(request, result.edition))
    run = Run(request, result.edition, listen)
    with run.locked("another build of this edition is running; waiting for its end"):
        if not check_build_folder(run):
            found = (*result.diagnostics, *run.problems.sorted())
            return replace(result, diagnostics=found, output="", kept=is_kept(request, result.edition))
        _move_in(run, made)
        _remember(run, parcel, result, made)
    return result


def _move_in(run: Run, made: Mapping[str, Any]) -> None:
    """Only files of this edition's folder, in the order in which the worker delivered them."""
    root, inside = run.request.home, f"{BUILD}/{run.edition}/"
    if run.request.place:
        root.mkdir(parents=True, exist_ok=True)
    for path, digest in made["files"]:
        if not path.startswith(inside) or ".." in Path(path).parts:
            raise ValueError(f"a worker has sent a file for {path}")
        content = made["contents"].get(digest)
        if content is None:
            continue  # it is there already, and the same
        if hashlib.sha256(content).hexdigest() != digest:
            raise ValueError(f"{path} has changed on its way")
        if run.request.no_trust:
            deliver_inside(content, root, path)
        else:
            deliver_bytes(content, root / path)


def _remember(run: Run, parcel: Parcel, result: BuildResult, made: Mapping[str, Any]) -> None:
    """The manifest: files have the times that they had here when they were sent, so that a later change is seen."""
    here = {one.path: one for one in parcel.files}
    reads = tuple(_read_here(FileEntry(**entry), here) for entry in made["reads"])
    paths = [path for path, _ in made["files"]]
    root = run.request.home
    former = manifest.load(run.build, run.edition)
    for entry in former.outputs if former else ():
        if entry.path not in paths:
            (root / entry.path).unlink(missing_ok=True)
    settings = replace(settings_of(run.request), hurried=result.untagged == HURRIED)
    outputs = tuple(manifest.entries(root, paths))
    whole = manifest.Manifest(settings, reads, outputs, str(made["summary"]), result.output)
    manifest.save(whole, run.build, run.edition)


def _read_here(entry: FileEntry, here: Mapping[str, Any]) -> FileEntry:
    """An entry with the time of the file here; listings are held to their names alone."""
    sent = here.get(entry.path)
    if sent is not None and sent.digest == entry.digest:
        return replace(entry, mtime_ns=sent.mtime_ns, size=sent.size)
    return replace(entry, mtime_ns=1 if "/*" in entry.path else 0)
