"""Judges of pages and books: the Nu Html Checker, EPUBCheck and axe, each where it can be had."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.conftest import need, not_fetched

FOLDER = Path(sys.prefix, "checkers")
"""Where `make setup-tests` puts them."""
SECONDS = 900
"""Longest time of one run, which on a good day takes some seconds."""
_FACTORY = "-Djavax.xml.transform.TransformerFactory=net.sf.saxon.TransformerFactoryImpl"
"""Without it Java looks through every archive for each file of a book."""
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def faults_of_pages(*files: Path) -> list[str]:
    """What the Nu Html Checker says of pages."""
    need("java")
    jar = FOLDER / "vnu.jar"
    if not jar.is_file():
        not_fetched("Nu Html Checker")
    command = ["java", "-Xss2m", "-jar", str(jar), "--format", "gnu", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    return [
        line for line in done.stderr.splitlines() if ": info warning:" not in line or "trailing" not in line
    ]


def faults_of_book(file: Path) -> list[str]:
    """What EPUBCheck says of a book."""
    need("java")
    folder = FOLDER / "epubcheck"
    if not folder.is_dir():
        not_fetched("EPUBCheck")
    archives = ":".join(map(str, sorted(folder.glob("*.jar"))))
    command = ["java", _FACTORY, "-cp", archives, "com.adobe.epubcheck.tool.Checker", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    lines = (done.stdout + done.stderr).splitlines()
    assert any(line.startswith("EPUBCheck completed") for line in lines), lines
    return [line for line in lines if line.startswith(("FATAL", "ERROR", "WARNING"))]


def violations(page: Page) -> list[Mapping[str, Any]]:
    """What axe says of the page that is open."""
    spec = find_spec("axe_playwright_python")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    script = next(Path(spec.submodule_search_locations[0]).rglob("axe.min.js"))
    page.add_script_tag(path=str(script))
    rules = {"runOnly": {"type": "tag", "values": _RULES}}
    found = page.evaluate("rules => axe.run(document, rules)", rules)
    return [
        {"rule": one["id"], "at": [node["target"] for node in one["nodes"]]} for one in found["violations"]
    ]
