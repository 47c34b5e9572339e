"""What Ghostscript leaves is read as a regular file alone: a link in its place leads nowhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfWriter

from fascicle.core.system.ghostscript import GhostscriptError
from fascicle.project.figures import intake, screen_colours, vector_inks
from fascicle.project.figures.raster_inks import ColourConversion


def page() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(72, 72)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("module", "convert"),
    [
        (intake, intake.embedded),
        (screen_colours, lambda data: screen_colours.screen_drawing(data, None)),
        (vector_inks, lambda data: vector_inks.to_inks(data, ColourConversion(Path("a.icc"), "x"), None)),
    ],
)
def test_a_link_in_the_place_of_the_result_is_not_followed(
    module: object, convert: Callable[[bytes], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret.pdf").write_bytes(page())

    def linked(arguments: Sequence[str], folder: Path, *more: object) -> None:
        (folder / "out.pdf").symlink_to(tmp_path / "secret.pdf")

    monkeypatch.setattr(module, "run_ghostscript", linked)
    monkeypatch.setattr(module, "is_installed", lambda: True, raising=False)
    with pytest.raises(GhostscriptError, match="wrote no file"):
        convert(page())
