"""The browser's own delay: from the moment at which the watcher posts a changed page to that at which it is painted.

TeX goes on meanwhile, as it does for whoever writes.
"""

from __future__ import annotations

import time
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.bench.bench_watch import followed
from tests.bench.harness import ROUNDS, Figure, Table
from tests.support.browser import Watched, chromium, window
from tests.support.essay import copy_essay
from tests.support.following import Following
from tests.support.large import write
from tests.support.serving import served

pytestmark = [pytest.mark.tex, pytest.mark.slow]

_PAINTED = """() => {
  window.painted = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.painted.push((performance.timeOrigin + entry.renderTime) / 1000);
  }).observe({ type: "element" });
  new MutationObserver((changes) => {
    for (const node of changes.flatMap((change) => [...change.addedNodes])) {
      if (node.tagName === "IMG") node.setAttribute("elementtiming", "page");
    }
  }).observe(document.getElementById("sheets"), { childList: true, subtree: true });
}"""
"""Notes when each new picture of a page comes onto the screen, by the clock on the wall."""
_SHOW = """async (query) => {
  const { page } = await (await fetch(`spot?${query}`)).json();
  document.querySelectorAll(".sheet")[page].scrollIntoView();
}"""


def painted(seen: Watched, since: float) -> float:
    """Moment of the first painting after `since`, both by the clock on the wall."""
    first = "since => window.painted.filter((moment) => moment >= since)[0]"
    return float(seen.page.wait_for_function(first, arg=since).json_value())


def delays(following: Following, seen: Watched, path: Path) -> tuple[float, ...]:
    """Seconds from posting to painting of the first sight of each change."""
    found = []
    for number in range(ROUNDS + 1):
        begun, wall = time.monotonic(), time.time() - time.monotonic()
        followed(following, path, number)
        posted = next(one for one in following.board.views if one.moment >= begun and one.view.pdf)
        moment = posted.moment + wall
        found.append(painted(seen, moment) - moment)
    return tuple(found[1:])  # before the first change it is not known where the writer is


def measured(table: Table, name: str, project: Path, section: str) -> None:
    """Keep the figure of one publication, its reader being where the changes are."""
    path = project / "content" / section
    with Following(project) as following, served(following.board, project) as url, chromium() as browser:
        followed(following, path, 0)
        lines = path.read_text(encoding="utf-8").split("\n")
        line = next(number for number, text in enumerate(lines, start=1) if "again" in text)
        with window(browser, url) as seen:
            seen.page.locator(".paper img").first.wait_for()
            seen.page.evaluate(_SHOW, urlencode({"file": f"content/{section}", "line": line}))
            seen.page.evaluate(_PAINTED)
            seconds = delays(following, seen, path)
    table.add(Figure(f"preview, {name}: posted to painted", seconds, "s", None))


def test_essay(table: Table, tmp_path: Path) -> None:
    """The essay, a word added in its last third."""
    measured(table, "essay, 8 pages", copy_essay(tmp_path / "essay"), "10-two-ways-of-keeping-a-place.md")


def test_article(table: Table, tmp_path: Path) -> None:
    """A made-up article of 63 pages, a word added in its last third."""
    project = write(tmp_path / "article", sections=12, citations=120, figures=20, words=24_000)
    measured(table, "article, 63 pages", project, "010-section.md")
