"""A cluster of dask.distributed on this machine: the same bytes as at home, also when a worker is killed."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from fascicle.cluster import worker
from fascicle.cluster.dispatch import Dispatcher
from fascicle.pipeline.build import BuildResult, build_edition
from fascicle.pipeline.parallel import PoolJob
from fascicle.pipeline.run import Request
from tests.support.command_line import fascicle
from tests.support.publications import SMALL, TINY, write

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.filterwarnings("default")  # Dask's own are not ours to mend


@contextmanager
def _cluster(*, processes: bool) -> Iterator[Any]:
    """Two workers, in threads of this process or in processes of their own."""
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=processes, host="127.0.0.1", dashboard_address="127.0.0.1:0", protocol="tcp",
            memory_limit=0, silence_logs=50,
        ) as cluster,
        distributed.Client(cluster, set_as_default=False) as client,
    ):  # fmt: skip
        try:
            yield client
        finally:
            worker.stop()


def _shelf(root: Path, *names: str) -> list[PoolJob]:
    return [PoolJob(Request(write(root / name, TINY), no_trust=True), "html") for name in names]


def _built(client: Any, jobs: list[PoolJob], listen: Any = lambda job, event: None) -> list[BuildResult]:
    results = [result for _, result in Dispatcher(client, listen).build(jobs)]
    assert len(results) == len(jobs)
    return results


def _files(project: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes() for path in sorted((project / "build/html").iterdir()) if path.is_file()
    }


def test_an_article_of_a_collection_says_the_same_and_is_made_in_its_place(tmp_path: Path) -> None:
    article, said = write(tmp_path / "a", TINY), {"journal": {"title": "Annals", "first-page": "7"}}
    places = [tmp_path / name for name in ("here", "there")]
    wanted = [Request(article, no_trust=True, imposed=said, place=place) for place in places]
    assert not build_edition(wanted[0], "html", lambda event: None).failed
    with _cluster(processes=False) as client:
        (result,) = _built(client, [PoolJob(wanted[1], "html")])
    assert not result.failed, result.diagnostics
    assert _files(places[1]) == _files(places[0])
    assert b'content="Annals"' in b"".join(_files(places[0]).values())
    assert not (article / "build").exists()


def test_the_same_bytes_as_at_home(tmp_path: Path) -> None:
    home = write(tmp_path / "home", TINY)
    assert not build_edition(Request(home, no_trust=True), "html", lambda event: None).failed
    heard: list[Any] = []
    with _cluster(processes=False) as client:
        jobs = _shelf(tmp_path / "away", "a", "b", "c")
        wrong = PoolJob(
            Request(write(tmp_path / "away/w", {**SMALL, "content/01-one.md": _WRONG}), no_trust=True), "html"
        )
        results = _built(client, [*jobs, wrong], lambda job, event: heard.append(event))
        if sys.platform == "linux":
            assert [_sockets(process.pid) for process in worker._builders] == [[]] * len(worker._builders)
    assert {result.worker != "" for result in results} == {True}
    for job in jobs:
        assert _files(job.request.project) == _files(home)
    (failed,) = [result for result in results if result.failed]
    (told,) = failed.diagnostics
    assert told.span is not None
    assert (told.span.file, told.span.line) == ("content/01-one.md", 5)
    assert not (tmp_path / "away/w/build/html").exists()
    assert heard


_WRONG = "---\ntitle: One\n---\n\nA work [@nobody].\n"


def _sockets(pid: int) -> list[str]:
    """Sockets that a process has: the walled child of a builder can have no others."""
    found = [str(path.readlink()) for path in Path(f"/proc/{pid}/fd").iterdir() if path.is_symlink()]
    return [name for name in found if name.startswith("socket:")]


@pytest.mark.stress
@pytest.mark.skipif(
    not os.environ.get("FASCICLE_STRESS"), reason="begins processes of Dask; `make stress` runs it"
)
def test_a_killed_worker_costs_nothing_but_its_build(tmp_path: Path) -> None:
    jobs = _shelf(tmp_path, *"abcdefgh")
    killed: list[int] = []
    with _cluster(processes=True) as client:

        def listen(job: PoolJob, event: Any) -> None:
            if not killed:
                pid = client.run(os.getpid)
                killed.append(pid[min(pid)])
                os.kill(killed[0], signal.SIGKILL)

        results = _built(client, jobs, listen)
    assert killed
    assert [result.diagnostics for result in results if result.failed] == []
    assert (
        len(
            {
                json.dumps({name: data.hex() for name, data in _files(job.request.project).items()})
                for job in jobs
            }
        )
        == 1
    )


@pytest.mark.stress
@pytest.mark.skipif(
    not os.environ.get("FASCICLE_STRESS"), reason="begins processes of Dask; `make stress` runs it"
)
def test_the_command_builds_reports_and_resumes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in "abc":
        write(tmp_path / "shelf" / name, TINY)
    command = [
        "build",
        "html",
        "--all-in",
        "shelf",
        "--cluster",
        "local",
        "--jobs",
        "2",
        "--report",
        "report.json",
    ]
    assert fascicle(monkeypatch, *command) == 0
    assert "3 publications: 3 made" in capsys.readouterr().out
    report = json.loads((tmp_path / "report.json").read_text())
    made = [one["editions"][0] for one in report["publications"]]
    assert {(one["state"], one["worker"].startswith("tcp://127.0.0.1:")) for one in made} == {("made", True)}
    assert fascicle(monkeypatch, *command) == 0
    assert "3 publications: 0 made, 3 up to date" in capsys.readouterr().out
