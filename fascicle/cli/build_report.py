"""One report of many builds, in JSON: each publication and edition with its state, time, pages, worker, problems."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fascicle.core.system.atomic_files import deliver_bytes

if TYPE_CHECKING:
    from fascicle.cli.many_builds import BoardRow
    from fascicle.pipeline.build import BuildResult


def write_report(path: Path, rows: Sequence[BoardRow]) -> None:
    """Write the report, by atomic rename."""
    whole = {"format": 1, "publications": [_publication(row) for row in rows]}
    deliver_bytes((json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode(), path)


def _publication(row: BoardRow) -> dict[str, Any]:
    fresh = [{"edition": edition, "state": "up to date"} for edition in row.fresh]
    return {
        "publication": row.label,
        "state": "waiting" if row.left else row.outcome,
        "editions": [*fresh, *(_edition(result) for result in row.results)],
    }


def _edition(result: BuildResult) -> dict[str, Any]:
    return {
        "edition": result.edition,
        "state": "failed" if result.failed else "made",
        "output": result.output,
        "pages": result.pages,
        "seconds": round(result.seconds, 2),
        "worker": result.worker,
        "diagnostics": [asdict(one) for one in result.diagnostics],
    }
