"""What pandoc's reader passes over in a Word document.

Hidden text taken out, other things counted and told.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET

from fascicle.core.pandoc_ast import Blocks
from fascicle.importers.report import Report
from fascicle.importers.tree.walk import elements
from fascicle.importers.word.package import Package, W

_VML = "{urn:schemas-microsoft-com:vml}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OFF = ("0", "false", "off")


def take_hidden(root: ET.Element, report: Report) -> None:
    """Take out hidden text, told with its first words; lift the words of old text boxes into the text."""
    parents = {child: parent for parent in root.iter() for child in parent}
    for run in list(root.iter(f"{W}r")):
        hidden = run.find(f"{W}rPr/{W}vanish")
        if hidden is not None and hidden.get(f"{W}val", "1") not in _OFF:
            words = "".join(part.text or "" for part in run.iter(f"{W}t")).strip()
            if words:
                report.left_out("hidden text", f"“{words[:60]}”")
            parents[run].remove(run)
    _lift_boxes(root, parents, report)


def _lift_boxes(root: ET.Element, parents: dict[ET.Element, ET.Element], report: Report) -> None:
    """Text boxes of the old kind (VML) stand after the paragraph that holds them."""
    for box in list(root.iter(f"{_VML}textbox")):
        content = box.find(f"{W}txbxContent")
        above: list[ET.Element] = [box]
        while above[-1] in parents:
            above.append(parents[above[-1]])
        holder = next((each for each in above if each.tag == f"{W}p"), None)
        if content is None or holder is None or any(each.tag == _FALLBACK for each in above):
            continue
        place = parents[holder]
        at = list(place).index(holder) + 1
        for number, paragraph in enumerate(list(content)):
            place.insert(at + number, paragraph)
        box.remove(content)
        words = "".join(
            part.text or "" for paragraph in place[at : at + 1] for part in paragraph.iter(f"{W}t")
        )
        report.changed("a text box stands after its paragraph", f"“{words[:60]}”")


def tell_lost(package: Package, main: str, blocks: Blocks, report: Report) -> None:
    """Tell of what no reader brings."""
    root = package.xml(main)
    if root is None:
        return
    charts = sum(1 for _ in root.iter(_CHART))
    if charts:
        report.left_out("a chart: save it as a picture and place it", times=charts)
    objects = sum(1 for each in root.iter(f"{_OFFICE}OLEObject") if "quation" in each.get("ProgID", ""))
    if objects:
        report.left_out("a formula of the old equation editor: type it again as LaTeX", times=objects)
    ruby = list(root.iter(f"{W}ruby"))
    if ruby:
        report.left_out("the small characters above a word (ruby)", times=len(ruby))
    heads = [
        name for name in package.entries if name.startswith("word/header") and b"<w:t" in package.read(name)
    ]
    if heads:
        report.left_out("running heads and feet, which the template prints")
    seen = sum(1 for each in elements(blocks) if each["t"] == "Note")
    notes = _notes(package, root)
    if notes > seen:
        report.verify(f"the document has {notes} notes, and {seen} stand here as notes or citations")


def _notes(package: Package, root: ET.Element) -> int:
    return sum(1 for name in ("footnoteReference", "endnoteReference") for _ in root.iter(f"{W}{name}"))
