"""Makes the pictures of docs/gallery.md from the essay, by the builds that they show: `python tools/make_gallery.py [NAME ...]`.

Each is the first two pages of a PDF, or the head of a web page, of the essay of this repository. What an author has to bring a class for, and what
is no page, has no picture; docs/gallery.md says which.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image

from fascicle.journals.journal_edition import SubmitOptions
from fascicle.journals.submission import submit
from fascicle.pipeline.build import build_edition
from fascicle.pipeline.run import Request

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "images" / "gallery"
WIDTH = 460
"""Width of one page in pixels."""

PICTURES: dict[str, tuple[str, dict[str, Any]]] = {
    "look-standard": ("screen", {"options": {"look": "standard"}}),
    "look-classical": ("screen", {"options": {"look": "classical"}}),
    "look-modern": ("screen", {"options": {"look": "modern"}}),
    "columns-2": ("screen", {"options": {"columns": 2, "font-size": 10}}),
    "edition-screen": ("screen", {}),
    "edition-print": ("print", {"marks": True, "bleed": "3mm"}),
    "edition-review": ("review", {}),
    "edition-html": ("html", {}),
}
"""The edition and the settings of each picture, by its name."""
JOURNALS = {
    "template-acmart": "acm",
    "template-apa7": "apa7",
    "template-elsarticle": "elsevier",
    "template-ieeetran": "ieee",
    "template-preprint": "arxiv",
}
"""Templates for journals' classes: a journal that takes each, whose package has the PDF."""


def _pages(pdf: Path) -> Image.Image:
    """The first two pages beside each other."""
    document = pypdfium2.PdfDocument(pdf)
    shown = [
        document[at].render(scale=3 * WIDTH / document[at].get_width()).to_pil()
        for at in range(min(2, len(document)))
    ]
    document.close()
    small = [
        page.resize((WIDTH, round(WIDTH * page.height / page.width)), Image.Resampling.LANCZOS)
        for page in shown
    ]
    sheet = Image.new("RGB", (sum(page.width + 12 for page in small) + 12, small[0].height + 24), "#8a8a8a")
    for at, page in enumerate(small):
        sheet.paste(page, (12 + at * (WIDTH + 12), 12))
    return sheet


def _screen(page: Path) -> Image.Image:
    """The head of a web page."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        shown = browser.new_page(viewport={"width": 1180, "height": 780})
        shown.goto(page.resolve().as_uri())
        shown.screenshot(path=f"{folder}/page.png")
        browser.close()
        with Image.open(f"{folder}/page.png") as image:
            return image.convert("RGB").resize((944, 624), Image.Resampling.LANCZOS)


def _built(project: Path, name: str) -> Path:
    """What the build makes."""
    edition, settings = PICTURES[name]
    request = Request(project, settings=settings, allow_pending=True)
    result = build_edition(request, edition, lambda event: None)
    if result.failed or not result.output:
        raise SystemExit(f"{name}: {[found.message for found in result.diagnostics]}")
    return project / result.output


def _submitted(project: Path, journal: str) -> Path:
    """The PDF beside a journal's package."""
    asked = SubmitOptions(journal, draft=True, form="latex")
    result = submit(Request(project, allow_pending=True), asked, lambda event: None)
    if result.failed:
        raise SystemExit(f"{journal}: {[found.message for found in result.diagnostics]}")
    made = (project / result.folder).glob("*.pdf")
    return max(made, key=lambda pdf: pdf.stat().st_size)  # beside it may lie a page of names


def make(name: str) -> None:
    """Build and keep one picture."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        for part in ("content", "bib", "figures"):
            shutil.copytree(ROOT / part, project / part)
        made = _submitted(project, JOURNALS[name]) if name in JOURNALS else _built(project, name)
        image = _screen(made) if made.suffix == ".html" else _pages(made)
    FOLDER.mkdir(parents=True, exist_ok=True)
    image.save(FOLDER / f"{name}.webp", quality=62, method=6)


if __name__ == "__main__":
    for wanted in sys.argv[1:] or (*PICTURES, *JOURNALS):
        make(wanted)
        print(wanted, flush=True)
