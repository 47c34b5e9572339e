"""Draws the timeline: a row for each event of timeline.yaml, its years as a bar on one common axis."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml
from svg import ACCENT, GREY, PALE, Drawing

WIDTH = 340.0
LEFT = 146.0
RIGHT = WIDTH - 8
ROW = 15.0
HEAD = 15.0
GAP = 5.0
TOP = -4.0
BAR = 6.0


class Timeline:
    """The rows from top to bottom, and the axis under them."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.axis = data["axis"]
        rows = sum(HEAD + GAP + ROW * len(group["events"]) for group in data["groups"])
        self.bottom = TOP + rows
        self.page = Drawing(WIDTH, self.bottom + 16, data["title"])

    def x(self, year: float) -> float:
        """Where the year begins."""
        share: float = (year - self.axis["from"]) / (self.axis["to"] - self.axis["from"])
        return LEFT + share * (RIGHT - LEFT)

    def draw(self) -> Drawing:
        """The whole drawing."""
        self.draw_axis()
        y = TOP
        for group in self.data["groups"]:
            y += HEAD
            self.page.text(0, y - 4, group["name"], size=7.5, colour="#5a5a5a")
            self.page.line(0, y, RIGHT, y, PALE)
            for event in group["events"]:
                y += ROW
                self.draw_event(event, y - 4, ACCENT if group.get("accent") else GREY)
            y += GAP
        return self.page

    def draw_axis(self) -> None:
        """The base line, and a faint upright for each tick."""
        for year in range(self.axis["from"], self.axis["to"] + 1, self.axis["step"]):
            self.page.line(self.x(year), TOP + HEAD, self.x(year), self.bottom, PALE)
            self.page.line(self.x(year), self.bottom, self.x(year), self.bottom + 3)
            self.page.text(self.x(year), self.bottom + 11.5, str(year), size=7.5, anchor="middle")
        self.page.line(LEFT, self.bottom, RIGHT, self.bottom)

    def draw_event(self, event: dict[str, Any], baseline: float, colour: str) -> None:
        """One row: the label at the left, the bar on the axis, its date where there is room."""
        start, end = self.x(event["from"]), self.x(event["to"] + 1)
        self.page.text(0, baseline, event["label"])
        self.page.bar(start, baseline - BAR + 0.4, end - start, BAR, colour)
        if start > (LEFT + RIGHT) / 2:
            self.page.text(start - 4, baseline, event["when"], size=7.5, anchor="end")
        else:
            self.page.text(end + 4, baseline, event["when"], size=7.5)


if __name__ == "__main__":
    events = yaml.safe_load(Path("timeline.yaml").read_text(encoding="utf-8"))
    Timeline(events).draw().save(Path(sys.argv[1]))
