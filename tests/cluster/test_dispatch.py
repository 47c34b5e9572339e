"""Who builds what, and what becomes of it when a worker ends: the rules, with workers that are played."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from fascicle.cluster.address import ClusterError
from fascicle.cluster.dispatch import Dispatcher
from fascicle.cluster.identity import identity
from fascicle.core.diagnostic_codes import Code
from fascicle.pipeline.build import BuildResult
from fascicle.pipeline.parallel import PoolJob
from fascicle.pipeline.run import Request
from fascicle.project import manifest
from tests.support.publications import TINY, write

Answer = Callable[[str, Mapping[str, Any], Mapping[str, bytes]], Any]


class _Future:
    """A future that has ended."""

    def __init__(self, answer: Any, lost: bool) -> None:
        self.answer, self.lost = answer, lost

    def done(self) -> bool:
        return not self.lost

    def result(self, timeout: float) -> Any:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def add_done_callback(self, call: Callable[[Any], None]) -> None:
        if not self.lost:
            call(self)

    def cancel(self) -> None: ...

    def release(self) -> None: ...


class _Cluster:
    """A client of workers that are played; `None` as an answer is a worker that ends without one."""

    status = "running"

    def __init__(
        self, answer: Answer, workers: Sequence[str] = ("one", "two"), versions: Mapping[str, Any] = {}
    ) -> None:
        self.answer, self.there, self.versions = answer, list(workers), versions
        self.sent: list[tuple[str, str, frozenset[str]]] = []

    def scheduler_info(self) -> dict[str, Any]:
        return {"workers": {name: {"nthreads": 1} for name in self.there}}

    def run(self, function: Any, workers: Sequence[str] = (), on_error: str = "") -> dict[str, Any]:
        return {name: self.versions.get(name, {"identity": identity()}) for name in workers}

    def subscribe_topic(self, topic: str, handler: Any) -> None: ...

    def submit(
        self, function: Any, job: Mapping[str, Any], contents: Mapping[str, bytes], **given: Any
    ) -> _Future:
        (worker,) = given["workers"]
        assert given["allow_other_workers"] is False
        self.sent.append((worker, str(job["name"]), frozenset(contents)))
        answer = self.answer(worker, job, contents)
        if answer is None:
            self.there.remove(worker)
            self.there.append(f"{worker}'")
        return _Future(answer, answer is None)


def _made(
    worker: str, job: Mapping[str, Any], contents: Mapping[str, bytes], text: bytes = b"pdf"
) -> dict[str, Any]:
    digest = hashlib.sha256(text).hexdigest()
    path = f"build/{job['edition']}/a.pdf"
    reads = [
        {"path": one[0], "digest": one[1], "mtime_ns": 5, "size": 5}
        for one in job["files"]
        if one[0].startswith("content/")
    ]
    result = {
        "edition": job["edition"], "diagnostics": [], "output": path, "pages": 3, "seconds": 1.5, "untagged": "",
        "kept": False, "worker": "",
    }  # fmt: skip
    return {
        "result": result,
        "files": [[path, digest]],
        "contents": {digest: text},
        "reads": reads,
        "summary": "",
    }


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fascicle.cluster.workforce._SECONDS", 0.0)
    monkeypatch.setattr("fascicle.cluster.dispatch._TICK", 0.01)


def _jobs(root: Path, *names: str) -> list[PoolJob]:
    return [PoolJob(Request(write(root / name, TINY)), "screen") for name in names]


def _built(
    cluster: _Cluster, jobs: Sequence[PoolJob], told: list[str] | None = None
) -> dict[str, BuildResult]:
    lines = told if told is not None else []
    results = list(Dispatcher(cluster, lambda job, event: None, told=lines.append).build(jobs))
    assert len(results) == len(jobs), "each once"
    return {job.request.project.name: result for job, result in results}


def test_results_are_moved_in_and_a_rerun_has_nothing_to_do(tmp_path: Path) -> None:
    jobs = _jobs(tmp_path, "a", "b", "c")
    results = _built(_Cluster(_made), jobs)
    assert {name: (result.pages, result.failed) for name, result in results.items()} == {
        "a": (3, False), "b": (3, False), "c": (3, False),
    }  # fmt: skip
    assert {result.worker for result in results.values()} == {"one", "two"}
    for job in jobs:
        assert (job.request.project / "build/screen/a.pdf").read_bytes() == b"pdf"
        last = manifest.load(job.request.state, "screen")
        assert last is not None
        assert manifest.is_fresh(last, job.request.project, last.settings)
        changed = job.request.project / "content/01-one.md"
        changed.write_text(changed.read_text() + "More.\n")
        assert not manifest.is_fresh(last, job.request.project, last.settings)


def test_a_content_travels_once_to_each_worker(tmp_path: Path) -> None:
    cluster = _Cluster(_made, ["one"])
    _built(cluster, _jobs(tmp_path, "a", "b"))
    first, second = (contents for _, _, contents in cluster.sent)
    assert len(first) == len(TINY)
    assert not second


def test_a_content_that_a_worker_has_lost_is_sent_again(tmp_path: Path) -> None:
    asked: list[int] = []

    def forgetful(worker: str, job: Mapping[str, Any], contents: Mapping[str, bytes]) -> dict[str, Any]:
        asked.append(len(contents))
        wanted = sorted(str(one[1]) for one in job["files"])
        return {"missing": wanted} if len(asked) == 2 else _made(worker, job, contents)

    assert not any(
        result.failed for result in _built(_Cluster(forgetful, ["one"]), _jobs(tmp_path, "a", "b")).values()
    )
    assert asked == [len(TINY), 0, len(TINY)]


@pytest.mark.parametrize("end", [None, {"died": -9}, RuntimeError("lost")])
def test_a_worker_that_ends_is_replaced_and_nothing_is_built_twice(end: Any, tmp_path: Path) -> None:
    deaths = iter([True])

    def once(worker: str, job: Mapping[str, Any], contents: Mapping[str, bytes]) -> Any:
        return end if job["name"] == "b" and next(deaths, False) else _made(worker, job, contents)

    cluster = _Cluster(once)
    assert not any(result.failed for result in _built(cluster, _jobs(tmp_path, "a", "b", "c")).values())
    assert sorted(name for _, name, _ in cluster.sent) == ["a", "b", "b", "c"]


@pytest.mark.parametrize("end", [None, {"died": -9}, RuntimeError("lost")])
def test_one_that_ends_three_workers_is_told_and_the_others_are_built(end: Any, tmp_path: Path) -> None:
    def deadly(worker: str, job: Mapping[str, Any], contents: Mapping[str, bytes]) -> Any:
        return end if job["name"] == "b" else _made(worker, job, contents)

    cluster = _Cluster(deadly)
    results = _built(cluster, _jobs(tmp_path, "a", "b", "c"))
    assert [name for _, name, _ in cluster.sent].count("b") == 3
    (told,) = results["b"].diagnostics
    assert told.code is Code.PROGRAM_FAULT
    assert told.message.startswith("3 workers ended while they built it")
    assert [name for name, result in results.items() if result.failed] == ["b"]


def test_a_worker_of_another_version_is_told_and_not_used(tmp_path: Path) -> None:
    told: list[str] = []
    cluster = _Cluster(_made, versions={"two": {"identity": "0.0.9 (abc)"}})
    _built(cluster, _jobs(tmp_path, "a", "b"), told)
    assert {worker for worker, _, _ in cluster.sent} == {"one"}
    (line,) = told
    assert "the worker two is not used: it runs 0.0.9 (abc)" in line


@pytest.mark.parametrize(
    "version", [{"identity": "0.0.9 (abc)"}, ModuleNotFoundError("No module named 'fascicle'")]
)
def test_a_cluster_of_other_versions_alone_cannot_be_used(version: Any, tmp_path: Path) -> None:
    cluster = _Cluster(_made, ["one"], {"one": version})
    with pytest.raises(ClusterError, match="no worker of the cluster runs this version"):
        _built(cluster, _jobs(tmp_path, "a"))
    assert not cluster.sent


def test_a_scheduler_that_ends_is_told(tmp_path: Path) -> None:
    cluster = _Cluster(_made)
    cluster.status = "closed"
    with pytest.raises(ClusterError, match="scheduler of the cluster has ended") as told:
        _built(cluster, _jobs(tmp_path, "a"))
    assert "is not built again" in told.value.hint


@pytest.mark.parametrize("path", ["content/01-one.md", "build/screen/../../x", "build/print/a.pdf"])
def test_a_file_elsewhere_is_not_taken_from_a_worker(path: str, tmp_path: Path) -> None:
    def elsewhere(worker: str, job: Mapping[str, Any], contents: Mapping[str, bytes]) -> dict[str, Any]:
        return {**_made(worker, job, contents), "files": [[path, hashlib.sha256(b"pdf").hexdigest()]]}

    (result,) = _built(_Cluster(elsewhere), _jobs(tmp_path, "a")).values()
    assert result.failed
    assert "could not be moved in" in result.diagnostics[0].message
    assert (tmp_path / "a/content/01-one.md").read_text() == TINY["content/01-one.md"]


def test_what_travels_is_plain(tmp_path: Path) -> None:
    """Nothing but what JSON can say, and contents; no object of ours."""

    def plain(worker: str, job: Mapping[str, Any], contents: Mapping[str, bytes]) -> dict[str, Any]:
        assert json.loads(json.dumps(job)) == job
        assert all(type(data) is bytes for data in contents.values())
        return _made(worker, job, contents)

    _built(_Cluster(plain), _jobs(tmp_path, "a"))
