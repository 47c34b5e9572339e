"""Pictures of an anonymous edition: copies that tell nothing of who made them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from fascicle.pipeline.run import Run
from fascicle.project.figures.print_permission import Prepared


def nameless_pictures(prepared: Mapping[str, Prepared], run: Run) -> Mapping[str, Prepared]:
    """The same pictures, their files without what cameras and programs have written into them."""
    from fascicle.project.figures.metadata_removal import without_traces  # most editions name their authors

    folder = run.build / "pictures"
    return {
        path: replace(picture, file=without_traces(picture.file, folder)) if picture.file else picture
        for path, picture in prepared.items()
    }
