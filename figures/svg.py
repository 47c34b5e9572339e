"""A page to draw on: hairlines, marks and labels in printer's points, saved as SVG."""

from __future__ import annotations

import re
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

INK = "#1a1a1a"
GREY = "#a6a6a6"
PALE = "#dedede"
# Dark enough to stay apart from GREY when the page is printed in black alone.
ACCENT = "#8c2f1b"
# The text's own family first, so that labels and captions agree.
FAMILY = "'Linux Libertine O', 'Libertinus Serif', 'Linux Libertine', serif"
HAIRLINE = 0.4


def number(value: float) -> str:
    """The number with at most two decimals, so that the file is short and the same everywhere."""
    return f"{round(value, 2):.2f}".rstrip("0").rstrip(".")


class Drawing:
    """Shapes in the order in which they are drawn. Lengths are in points, y grows downwards."""

    def __init__(self, width: float, height: float, title: str) -> None:
        self.width = width
        self.height = height
        self.title = title
        self.shapes: list[str] = []

    def _add(self, name: str, content: str = "", **attributes: float | str) -> None:
        written = (
            f" {key.replace('_', '-')}={quoteattr(value if isinstance(value, str) else number(value))}"
            for key, value in attributes.items()
        )
        self.shapes.append(f"<{name}{''.join(written)}" + (f">{content}</{name}>" if content else "/>"))

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str = INK) -> None:
        """A hairline."""
        self._add("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_width=HAIRLINE)

    def bar(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle; x and y are its upper left corner."""
        self._add("rect", x=x, y=y, width=width, height=height, fill=colour)

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        """A filled circle."""
        self._add("circle", cx=x, cy=y, r=radius, fill=colour)

    def bracket(self, x1: float, x2: float, y: float, depth: float, colour: str = INK) -> None:
        """A hairline from x1 to x2 whose ends turn by `depth` (upwards when negative)."""
        path = f"M{number(x1)} {number(y + depth)}V{number(y)}H{number(x2)}V{number(y + depth)}"
        self._add("path", d=path, fill="none", stroke=colour, stroke_width=HAIRLINE)

    def text(
        self, x: float, y: float, words: str, size: float = 8.5, anchor: str = "start", colour: str = INK
    ) -> None:
        """A label on the baseline y, clear of the lines beneath it; words between asterisks are italic."""
        styled = re.sub(r"\*([^*]+)\*", r'<tspan font-style="italic">\1</tspan>', escape(words))
        place: dict[str, float | str] = {"x": x, "y": y, "font_size": size, "text_anchor": anchor}
        self._add("text", styled, **place, fill=colour, stroke="#fff", stroke_width=3, paint_order="stroke")

    def save(self, path: Path) -> None:
        """Write the file."""
        width, height = number(self.width), number(self.height)
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt" '
            f'viewBox="0 0 {width} {height}" font-family="{FAMILY}">'
        )
        lines = [head, f"<title>{escape(self.title)}</title>", *self.shapes, "</svg>", ""]
        path.write_text("\n".join(lines), encoding="utf-8")
