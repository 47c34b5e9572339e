"""Many editions built on a cluster: the same results, told in the same way, as by the pool of this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from fascicle.cluster.connection import connected
from fascicle.cluster.dispatch import Dispatcher
from fascicle.pipeline.build import BuildResult
from fascicle.pipeline.parallel import JobListener, PoolJob, rounds


@contextmanager
def on_cluster(
    address: str, *, workers: int | None = None, told: Callable[[str], None] = lambda line: None
) -> Iterator[Callable[[Sequence[PoolJob], JobListener], Iterator[tuple[PoolJob, BuildResult]]]]:
    """What builds on the cluster at `address`, as often as it is asked; it is looked for when there is something to build.

    What it gives raises ClusterError as `build_on_cluster` does.
    """
    with ExitStack() as stack:
        clients: list[Any] = []

        def build(jobs: Sequence[PoolJob], listen: JobListener) -> Iterator[tuple[PoolJob, BuildResult]]:
            if jobs and not clients:
                clients.append(stack.enter_context(connected(address, workers)))
            for group in rounds(jobs):
                yield from Dispatcher(clients[0], listen, told=told).build(group)

        yield build


def build_on_cluster(
    jobs: Sequence[PoolJob],
    address: str,
    listen: JobListener,
    *,
    workers: int | None = None,
    tick: Callable[[], None] = lambda: None,
    told: Callable[[str], None] = lambda line: None,
) -> Iterator[tuple[PoolJob, BuildResult]]:
    """Make all `jobs` on the cluster at `address`; each with its result, in the order of their ends.

    Raises ClusterError when there is no such cluster, its scheduler ends, or none of its workers can be used.
    """
    if not jobs:
        return
    with connected(address, workers) as client:
        for group in rounds(jobs):
            yield from Dispatcher(client, listen, tick, told).build(group)
