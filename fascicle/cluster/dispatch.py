"""Jobs given to the workers of a cluster, each to one that has room, and again to another when a worker ends."""

from __future__ import annotations

import os
import queue
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

from fascicle.cluster.address import ClusterError
from fascicle.cluster.delivery import contents_at_hand, delivered
from fascicle.cluster.messages import event_in, faulty, request_out, result_in
from fascicle.cluster.parcel import Parcel, as_plain, parcel_of
from fascicle.cluster.worker import build_here, stop
from fascicle.cluster.workforce import Workforce
from fascicle.core.limits import VARIABLE
from fascicle.pipeline.build import BuildResult
from fascicle.pipeline.parallel import JobListener, PoolJob, takes_up

MOST_DEATHS = 3
"""So many workers may end while they build one edition; after that it is told, not tried again."""
_TICK = 0.2
_PATIENCE = 600.0
"""Seconds for which jobs wait for a first worker, as where a queue of batches has to begin it."""
_ENVIRONMENT = ("SOURCE_DATE_EPOCH", VARIABLE)
"""Variables that decide results, and so travel with each job."""


@dataclass
class _Task:
    """A job and how it fares."""

    number: int
    job: PoolJob
    deaths: int = 0
    future: Any = None
    worker: str = ""
    sent: frozenset[str] = frozenset()
    parcel: Parcel | None = None
    begun: float = 0.0


@dataclass
class Dispatcher:
    """Gives jobs out and takes results in."""

    client: Any
    """A client of the cluster."""
    listen: JobListener
    """Is told what goes on in which job."""
    tick: Callable[[], None] = lambda: None
    """Is called now and then."""
    told: Callable[[str], None] = lambda line: None
    """Is told of workers that are not used."""
    _ended: queue.SimpleQueue[_Task] = field(default_factory=queue.SimpleQueue)
    _events: queue.SimpleQueue[Any] = field(default_factory=queue.SimpleQueue)
    _running: dict[int, _Task] = field(default_factory=dict)
    _topic: str = field(default_factory=lambda: f"fascicle-{uuid4().hex}")

    def build(self, jobs: Sequence[PoolJob]) -> Iterator[tuple[PoolJob, BuildResult]]:
        """Make all `jobs`; each with its result, in the order of their ends. Whatever ends this ends them all."""
        waiting = deque(_Task(number, job) for number, job in enumerate(jobs))
        tasks = {task.number: task for task in waiting}
        force = Workforce(self.client, self.told)
        self.client.subscribe_topic(self._topic, self._events.put)
        begun = time.monotonic()
        try:
            while waiting or self._running:
                force.look()
                for lost in [task for task in self._running.values() if task.worker not in force.usable]:
                    yield from self._died(lost, waiting)
                self._give(waiting, force)
                self._tell(tasks)
                yield from self._take(waiting, force)
                if not force.usable and time.monotonic() - begun > _PATIENCE:
                    raise ClusterError("no worker has come to the cluster", "begin workers, then build again")
                self.tick()
        finally:
            self._end()

    def _give(self, waiting: deque[_Task], force: Workforce) -> None:
        """Each worker with room gets the next job."""
        for worker, room in force.room(task.worker for task in self._running.values()):
            for _ in range(room):
                if not waiting:
                    return
                self._submit(waiting.popleft(), worker, force)

    def _submit(self, task: _Task, worker: str, force: Workforce) -> None:
        """Send a job with those contents that the worker has not had yet."""
        request, edition = task.job.request, task.job.edition
        task.parcel = parcel_of(
            request.project,
            trusted=not request.no_trust,
            results=request.home if takes_up(edition) else None,
        )
        fresh = set(task.parcel.places) - force.contents[worker]
        contents = {digest: data for digest in fresh if (data := task.parcel.content(digest)) is not None}
        task.sent, task.worker, task.begun = frozenset(contents), worker, time.monotonic()
        sent = {
            "name": task.parcel.name,
            "files": as_plain(task.parcel),
            "request": request_out(request),
            "edition": edition,
            "environment": {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
            "have": contents_at_hand(request, edition),
            "topic": self._topic,
            "number": task.number,
        }
        force.contents[worker] |= task.sent
        task.future = self.client.submit(
            build_here, sent, contents, workers=[worker], allow_other_workers=False, pure=False, retries=0
        )
        self._running[task.number] = task
        task.future.add_done_callback(lambda _: self._ended.put(task))

    def _take(self, waiting: deque[_Task], force: Workforce) -> Iterator[tuple[PoolJob, BuildResult]]:
        """What has ended, waiting a moment for the first."""
        try:
            task = self._ended.get(timeout=_TICK)
        except queue.Empty:
            return
        if self._running.get(task.number) is not task or not task.future.done():
            return  # it has been given to another worker meanwhile
        try:
            answer = task.future.result(timeout=_PATIENCE)
        except Exception as error:
            yield from self._died(task, waiting, f"{type(error).__name__}: {error}")
            return
        if "missing" in answer:
            force.contents[task.worker] -= set(answer["missing"])
            self._back(task, waiting)
        elif "died" in answer:
            yield from self._died(task, waiting, f"the building process ended with status {answer['died']}")
        else:
            del self._running[task.number]
            task.future.release()
            yield task.job, self._delivered(task, answer)

    def _delivered(self, task: _Task, answer: dict[str, Any]) -> BuildResult:
        result = replace(result_in(answer["result"]), worker=task.worker)
        assert task.parcel is not None  # noqa: S101 - for the type checker; it was sent
        try:
            return delivered(
                task.job.request, task.parcel, result, answer, lambda event: self.listen(task.job, event)
            )
        except (OSError, ValueError) as error:
            return faulty(task.job.edition, f"the result could not be moved in: {error}", worker=task.worker)

    def _died(
        self, task: _Task, waiting: deque[_Task], why: str = ""
    ) -> Iterator[tuple[PoolJob, BuildResult]]:
        """A worker has ended while it built this: another one tries, but not for ever."""
        task.deaths += 1
        if task.deaths < MOST_DEATHS:
            self._back(task, waiting)
            return
        task.future.cancel()
        del self._running[task.number]
        message = f"{MOST_DEATHS} workers ended while they built it"
        hint = "the usual cause is that memory ran out; give the workers more, or build it by itself"
        result = faulty(task.job.edition, message + (f" ({why})" if why else ""), hint, worker=task.worker)
        yield task.job, replace(result, seconds=time.monotonic() - task.begun)

    def _back(self, task: _Task, waiting: deque[_Task]) -> None:
        """To the front of the queue."""
        task.future.cancel()
        del self._running[task.number]
        waiting.appendleft(task)

    def _tell(self, tasks: dict[int, _Task]) -> None:
        """What goes on, as it was sent."""
        while not self._events.empty():
            number, event = self._events.get()[1]
            if number in self._running:
                self.listen(tasks[number].job, event_in(event))

    def _end(self) -> None:
        """Leave nothing behind that goes on for nobody."""
        if not self._running or self.client.status != "running":
            return
        for task in self._running.values():
            task.future.cancel()
        self.client.run(
            stop, on_error="ignore", workers=sorted({task.worker for task in self._running.values()})
        )
