"""What is told when the program itself fails: no traceback, but where one is kept."""

from __future__ import annotations

import sys
import tempfile
import traceback
from pathlib import Path

from fascicle.cli.exit_status import SURROUNDINGS_FAILED
from fascicle.core.text.visible_text import visible_lines


def tell(error: Exception) -> int:
    """Tell of what nobody has caught; returns the exit status."""
    if isinstance(error, OSError):
        return _tell_surroundings(error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"
    print(
        visible_lines(
            f"error[program-fault]: the program itself failed: {type(error).__name__}: {error} ({where})\n"
            f"  hint: this is no fault of your text; {_kept(error)}"
        ),
        file=sys.stderr,
    )
    return SURROUNDINGS_FAILED


def _kept(error: Exception) -> str:
    """What to do with the traceback, kept where it can be found."""
    trace = "".join(traceback.format_exception(error))
    try:
        with tempfile.NamedTemporaryFile(
            "w",
            prefix="fascicle-fault-",
            suffix=".txt",
            delete=False,
            encoding="utf-8",
            errors="backslashreplace",
        ) as file:
            file.write(trace)
    except OSError:
        return f"please report it, with this:\n{trace}"
    return f"please report it, with the file {file.name}"


def _tell_surroundings(error: OSError) -> int:
    """Say what failed outside of the publication; returns the exit status."""
    from fascicle.cli.reporter import Reporter
    from fascicle.core.diagnostic_formats import SourceView
    from fascicle.core.diagnostics import Collector
    from fascicle.pipeline.build import surroundings

    problems = Collector()
    surroundings(error, problems)
    Reporter().diagnostics(problems, SourceView(Path.cwd()))
    return SURROUNDINGS_FAILED
