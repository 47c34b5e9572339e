"""The essay's drawn figures: what they say, that they are drawn alike each time, and that no labels collide."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from tests.conftest import ROOT

FIGURES = ROOT / "figures"
SVG = "{http://www.w3.org/2000/svg}"
NAMES = ("timeline", "migrants")


def run(name: str, target: Path) -> bytes:
    subprocess.run([sys.executable, "-B", f"{name}.py", str(target)], cwd=FIGURES, check=True, timeout=30)
    return target.read_bytes()


@pytest.fixture(scope="module")
def drawings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("drawn")
    for name in NAMES:
        run(name, folder / f"{name}.svg")
    return {name: folder / f"{name}.svg" for name in NAMES}


def words(path: Path) -> list[str]:
    root = ElementTree.fromstring(path.read_bytes())
    return ["".join(label.itertext()) for label in root.iter(f"{SVG}text")]


def plain(label: str) -> str:
    return label.replace("*", "")


def breadth(text: str) -> float:
    """Width in ems, a little more than a book face needs: capitals, digits, then narrow and other letters."""
    narrow = set("iljtfr.,:()' ")
    widths = (0.72 if c.isupper() else 0.5 if c.isdigit() else 0.31 if c in narrow else 0.51 for c in text)
    return sum(widths)


def box(label: ElementTree.Element) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a label in points."""
    size, x, y = (float(label.attrib[key]) for key in ("font-size", "x", "y"))
    width = size * breadth("".join(label.itertext()))
    left = x - width * {"start": 0, "middle": 0.5, "end": 1}[label.attrib["text-anchor"]]
    return left, y - 0.7 * size, left + width, y + 0.22 * size


def overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_the_timeline_shows_every_event_with_its_date(drawings: dict[str, Path]) -> None:
    data = yaml.safe_load((FIGURES / "timeline.yaml").read_text(encoding="utf-8"))
    shown = words(drawings["timeline"])
    events = [event for group in data["groups"] for event in group["events"]]
    assert events
    for event in events:
        assert plain(event["label"]) in shown
        assert event["when"] in shown


def test_the_timeline_bars_stand_at_their_years(drawings: dict[str, Path]) -> None:
    data = yaml.safe_load((FIGURES / "timeline.yaml").read_text(encoding="utf-8"))
    root = ElementTree.fromstring(drawings["timeline"].read_bytes())
    ticks = {
        int(label.text): float(label.attrib["x"])
        for label in root.iter(f"{SVG}text")
        if label.attrib["text-anchor"] == "middle" and label.text
    }
    year = (ticks[data["axis"]["to"]] - ticks[data["axis"]["from"]]) / (
        data["axis"]["to"] - data["axis"]["from"]
    )
    events = [event for group in data["groups"] for event in group["events"]]
    for event, bar in zip(events, root.iter(f"{SVG}rect"), strict=True):
        start = ticks[data["axis"]["from"]] + year * (event["from"] - data["axis"]["from"])
        assert float(bar.attrib["x"]) == pytest.approx(start, abs=0.02)
        assert float(bar.attrib["width"]) == pytest.approx(year * (event["to"] + 1 - event["from"]), abs=0.02)


def test_the_migrants_are_as_many_dots_as_millions(drawings: dict[str, Path]) -> None:
    data = yaml.safe_load((FIGURES / "migrants.yaml").read_text(encoding="utf-8"))
    dots = list(ElementTree.fromstring(drawings["migrants"].read_bytes()).iter(f"{SVG}circle"))
    assert len(dots) == data["whole"]["count"] == 225
    assert sum(dot.attrib["fill"] == dots[0].attrib["fill"] for dot in dots) == data["part"]["count"] == 140
    for label in (data["whole"]["label"], data["part"]["label"], data["source"]):
        assert label in words(drawings["migrants"])
    for count in ("whole", "part"):
        assert data[count]["label"].startswith(f"{data[count]['count']} million")


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_is_the_same_each_time(name: str, drawings: dict[str, Path], tmp_path: Path) -> None:
    assert run(name, tmp_path / "again.svg") == drawings[name].read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_labels_do_not_collide_and_stay_on_the_page(name: str, drawings: dict[str, Path]) -> None:
    root = ElementTree.fromstring(drawings[name].read_bytes())
    _, _, width, height = (float(value) for value in root.attrib["viewBox"].split())
    boxes = {"".join(label.itertext()): box(label) for label in root.iter(f"{SVG}text")}
    assert len(boxes) >= 3
    for (first, one), (second, other) in itertools.combinations(boxes.items(), 2):
        assert not overlap(one, other), f"'{first}' runs into '{second}'"
    for label, (left, top, right, bottom) in boxes.items():
        assert left >= 0, label
        assert top >= 0, label
        assert right <= width, label
        assert bottom <= height, label


@pytest.mark.parametrize("name", NAMES)
def test_labels_are_large_enough_in_print(name: str, drawings: dict[str, Path]) -> None:
    root = ElementTree.fromstring(drawings[name].read_bytes())
    assert re.fullmatch(r"[\d.]+pt", root.attrib["width"]), "the width must be a true size"
    assert min(float(label.attrib["font-size"]) for label in root.iter(f"{SVG}text")) >= 7


def test_the_ledger_names_what_is_drawn() -> None:
    ledger = yaml.safe_load((FIGURES / "figures.yaml").read_text(encoding="utf-8"))
    for entry in ledger.values():
        for named in (entry.get("script"), *entry.get("data", [])):
            assert named is None or (FIGURES / named).is_file()
        assert 25 <= len(entry["alt"].split()) <= 60
