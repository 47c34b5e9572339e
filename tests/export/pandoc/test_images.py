"""Drawings made into pictures for Word and pages: how many dots they have."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter

from fascicle.export.pandoc.images import _rasterised


@pytest.mark.parametrize(("side", "dots"), [(72, 300), (2000, 4000)])
def test_a_drawing_the_size_of_a_poster_has_no_more_dots_than_a_page_shows(
    side: int, dots: int, tmp_path: Path
) -> None:
    writer = PdfWriter()
    writer.add_blank_page(side, 72)
    writer.write(tmp_path / "drawing.pdf")
    _rasterised(tmp_path / "drawing.pdf", tmp_path / "drawing.png", 300)
    with Image.open(tmp_path / "drawing.png") as made:
        assert abs(made.width - dots) <= 1
        assert abs(made.info["dpi"][0] * side / 72 - made.width) < made.width / 50
