"""Turns what pypdf logs while it reads a damaged file into diagnostics."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector


class _Listener(logging.Handler):
    """Keeps one thread's messages, since editions may be finished side by side."""

    def __init__(self, problems: Collector, subject: str) -> None:
        super().__init__(logging.WARNING)
        self.problems, self.subject, self.thread_id = problems, subject, threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread_id:
            message = " ".join(record.getMessage().split()).rstrip(".")
            self.problems.add(Code.PDF_REPAIRED, f"{self.subject} breaks a rule of PDF: {message}")


@contextmanager
def warnings_told(problems: Collector, subject: str) -> Iterator[None]:
    """While this lasts, pypdf's warnings become diagnostics about `subject` and are not printed."""
    logger = logging.getLogger("pypdf")
    listener = _Listener(problems, subject)
    logger.addHandler(listener)
    try:
        yield
    finally:
        logger.removeHandler(listener)
