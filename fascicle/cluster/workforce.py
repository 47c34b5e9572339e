"""The workers of a cluster: which are there, which run this version of the program, what each has."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from fascicle.cluster.address import ClusterError
from fascicle.cluster.identity import identity
from fascicle.cluster.worker import who

_SECONDS = 0.5
"""How often it is asked who is there."""
_CLOSED = "the scheduler of the cluster has ended"


class Workforce:
    """Workers by their addresses."""

    def __init__(self, client: Any, told: Callable[[str], None]) -> None:
        self._client, self._told = client, told
        self._looked = -_SECONDS
        self._refused: dict[str, str] = {}
        self.usable: dict[str, int] = {}
        """How many builds at once each worker does, of those that may be used."""
        self.contents: dict[str, set[str]] = defaultdict(set)
        """Digests of the contents that each worker has been sent."""

    def look(self) -> None:
        """See who has come and who has gone. ClusterError when nobody is there who runs this version."""
        now = time.monotonic()
        if now - self._looked < _SECONDS:
            return
        self._looked = now
        if self._client.status not in ("running", "connecting"):
            raise ClusterError(
                _CLOSED, "begin it again and type the same command: what is made is not built again"
            )
        there = {name: one["nthreads"] for name, one in self._client.scheduler_info()["workers"].items()}
        for gone in set(self.usable) - set(there):
            del self.usable[gone]
            self.contents.pop(gone, None)
        new = [name for name in there if name not in self.usable and name not in self._refused]
        if new:
            self._greet(new, there)
        if there and not self.usable and all(name in self._refused for name in there):
            first = self._refused[min(there)]
            message = f"no worker of the cluster runs this version of Fascicle: {first}"
            raise ClusterError(message, f"install this version on the workers: {identity()}")

    def _greet(self, new: list[str], there: dict[str, int]) -> None:
        """Ask new workers for their version."""
        answers = self._client.run(who, workers=new, on_error="return")
        for name in new:
            answer = answers.get(name)
            if isinstance(answer, dict) and answer.get("identity") == identity():
                self.usable[name] = there[name]
            elif answer is not None:
                is_one = (
                    f"it runs {answer['identity']}"
                    if isinstance(answer, dict)
                    else f"it cannot say: {answer}"
                )
                self._refused[name] = is_one
                self._told(f"the worker {name} is not used: {is_one}, and this is {identity()}")

    def room(self, busy: Iterable[str]) -> Iterator[tuple[str, int]]:
        """Workers that can take so many jobs more; those with most room first."""
        used = Counter(busy)
        free = {name: most - used[name] for name, most in self.usable.items()}
        yield from (
            (name, free[name]) for name in sorted(free, key=lambda name: (-free[name], name)) if free[name]
        )
