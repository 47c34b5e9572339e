"""Runs the program with the arguments given and tells, as the last line of standard error, what its process has used."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path


def peak_memory() -> int:
    """The most that this process has held, in bytes.

    Linux carries ru_maxrss over from the parent that forked it; VmHWM begins anew with the program.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used if sys.platform == "darwin" else used * 1024


def largest_child() -> int:
    """The most that any one of its children has held, in bytes."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return used if sys.platform == "darwin" else used * 1024


def processor_time(who: int) -> float:
    """Seconds of processor time, by this process or by its children that have ended."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Run the program, then report."""
    from fascicle.entry import main as program

    try:
        program()
    finally:
        reported = {
            "cpu": processor_time(resource.RUSAGE_SELF),
            "children": processor_time(resource.RUSAGE_CHILDREN),
            "memory": peak_memory(),
            "engine": largest_child(),
        }
        print(json.dumps(reported), file=sys.stderr)


if __name__ == "__main__":
    main()
