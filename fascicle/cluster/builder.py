"""The process beside a worker that builds: it has no socket of the worker, so nothing that it starts reaches one.

It reads jobs from its standard input and writes what goes on to its standard output, each message a length and JSON.
It ends with its worker, and all that it has started ends with it.
"""

from __future__ import annotations

import json
import os
import queue
import struct
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from fascicle.cluster.messages import event_out, request_in, result_out
from fascicle.core.system.workers import INTERRUPTED
from fascicle.pipeline.parallel import PoolJob, build_jobs

_LENGTH = struct.Struct(">I")


def write_message(stream: IO[bytes], message: Mapping[str, Any]) -> None:
    """One message."""
    data = json.dumps(message).encode()
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def read_message(stream: IO[bytes]) -> dict[str, Any] | None:
    """The next message; None at the end."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    data = stream.read(_LENGTH.unpack(head)[0])
    found: dict[str, Any] = json.loads(data)
    return found


def main() -> None:
    """Build what is asked for, one job after the other, until the worker ends."""
    answers = os.fdopen(os.dup(1), "wb")
    # What a program prints by mistake must not stand between the messages.
    os.dup2(2, 1)
    jobs: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(os.fdopen(os.dup(0), "rb"), jobs), daemon=True).start()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    _limit_memory(int(sys.argv[1]))
    import_module("fascicle.pipeline.pdf_output")
    import_module("fascicle.pipeline.finishing").load_ahead()
    while True:
        _build(jobs.get(), answers)


def _listen(stream: IO[bytes], jobs: queue.SimpleQueue[dict[str, Any]]) -> None:
    while (message := read_message(stream)) is not None:
        jobs.put(message)
    os._exit(INTERRUPTED)


def _limit_memory(most: int) -> None:
    """Let no process that this one starts take more memory than the worker may; 0 is no limit."""
    import resource

    if most:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        with suppress(ValueError, OSError):
            resource.setrlimit(
                resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard)
            )


def _build(message: Mapping[str, Any], answers: IO[bytes]) -> None:
    os.environ.update(message["environment"])
    job = PoolJob(request_in(message["request"], Path(message["project"])), message["edition"])
    for _, result in build_jobs(
        [job], lambda _, event: write_message(answers, {"event": event_out(event)}), 1
    ):
        write_message(answers, {"result": result_out(result)})


if __name__ == "__main__":
    main()
