"""Work on a stranger's publication in a process of its own, with limits of time and memory, so that it stops no other."""

from __future__ import annotations

import multiprocessing
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import TypeVar

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Diagnostic
from fascicle.core.limits import VARIABLE, limits
from fascicle.core.system.signals import NAP
from fascicle.core.system.workers import end, end_with_parent, forks

T = TypeVar("T")


def limit_memory() -> None:
    """Let this process, and each program that it starts, take no more memory than a publication may."""
    import resource  # Windows has none, and no stranger's publication is read there

    most = limits()["memory"]
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    with suppress(ValueError, OSError):
        resource.setrlimit(
            resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard)
        )


@contextmanager
def within_memory() -> Iterator[None]:
    """The same for what this process does meanwhile, where a publication is not read in one of its own."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    limit_memory()
    try:
        yield
    finally:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, before)


def too_long() -> Diagnostic:
    """What is told of a publication that took too much time."""
    seconds = limits()["seconds"]
    hint = f"when it is meant, build with {VARIABLE}=seconds=…"
    return Diagnostic(
        Code.LIMIT_REACHED, f"the publication was stopped after {seconds} seconds", hints=(hint,)
    )


def too_large() -> Diagnostic:
    """What is told of a publication that took too much memory."""
    most = limits()["memory"] / 1e9
    hint = f"when it is meant, build with {VARIABLE}=memory=…G"
    message = f"the publication was stopped: it needs more than {most:g} GB of memory"
    return Diagnostic(Code.LIMIT_REACHED, message, hints=(hint,))


def confined(work: Callable[[], T]) -> T | Diagnostic:
    """What `work` gives, done in a process of its own; a diagnostic when it met a limit or failed."""
    if not forks():
        return _attempted(work)
    reader, writer = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_child, args=(work, writer), daemon=True)
    process.start()
    writer.close()
    try:
        for _ in range(int(limits()["seconds"] / NAP)):
            if reader.poll(NAP):
                break
        else:
            return too_long()
        found: T | Diagnostic = reader.recv()
    except (EOFError, OSError):
        process.join()
        found = (
            too_large() if process.exitcode == -9 else failed(f"its process ended with {process.exitcode}")
        )
    finally:
        if process.is_alive():
            process.join(NAP)
        end([process] if process.is_alive() else [])
        reader.close()
    return found


def _child(work: Callable[[], T], writer: Connection) -> None:
    end_with_parent()
    limit_memory()
    with suppress(KeyboardInterrupt):  # how it is ended, in which nobody wants to read where it was
        writer.send(_attempted(work))


def _attempted(work: Callable[[], T]) -> T | Diagnostic:
    """The result, or what went wrong: a fault of ours in one publication is none in the next."""
    try:
        return work()
    except MemoryError:
        return too_large()
    except Exception as error:
        return failed(traceback.format_exception_only(error)[-1].strip())


def failed(why: str) -> Diagnostic:
    """What is told of a fault of the program itself."""
    return Diagnostic(Code.PROGRAM_FAULT, f"the program itself failed: {why}", hints=("please report it",))
