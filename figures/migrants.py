"""Draws the two counts of migrants.yaml as dots, one for each million people, the part within the whole."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import Any

import yaml
from svg import ACCENT, GREY, Drawing

WIDTH = 340.0
TOP = 21.0
RADIUS = 2.45


def draw(data: dict[str, Any]) -> Drawing:
    """Columns of dots from left to right; brackets tell how far each count reaches."""
    whole, part, rows = data["whole"], data["part"], data["rows"]
    pitch = WIDTH / math.ceil(whole["count"] / rows)
    bottom = TOP + pitch * rows
    page = Drawing(WIDTH, bottom + 38, data["title"])
    for number in range(whole["count"]):
        column, row = divmod(number, rows)
        x, y = (column + 0.5) * pitch, TOP + (row + 0.5) * pitch
        page.dot(x, y, RADIUS, ACCENT if number < part["count"] else GREY)

    margin = pitch / 2 - RADIUS
    reach = math.ceil(part["count"] / rows) * pitch - margin
    page.text(margin, TOP - 12, whole["label"])
    page.bracket(margin, WIDTH - margin, TOP - 7, 4)
    page.bracket(margin, reach, bottom + 7, -4, ACCENT)
    page.text(margin, bottom + 17.5, part["label"], colour=ACCENT)
    page.text(margin, bottom + 34, data["source"], size=7)
    return page


if __name__ == "__main__":
    counts = yaml.safe_load(Path("migrants.yaml").read_text(encoding="utf-8"))
    draw(counts).save(Path(sys.argv[1]))
