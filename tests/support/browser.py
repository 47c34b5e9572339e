"""A real Chromium for tests: started afresh, talking to nobody but the preview."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.conftest import need

FLAGS = (
    "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-extensions", "--no-default-browser-check",
)  # fmt: skip
PATIENCE = 60_000
"""Milliseconds until something that should have happened counts as failed; on a good day all of it takes a moment."""

WIDE: dict[str, Any] = {"viewport": {"width": 1500, "height": 950}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
WINDOWS = {"wide": WIDE, "phone": PHONE}


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser with an empty profile."""
    need("chromium")
    expect.set_options(timeout=PATIENCE)
    flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        try:
            yield browser
        finally:
            browser.close()


_PIXELS = """async (picture) => {
  await picture.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.naturalWidth, picture.naturalHeight];
  canvas.getContext("2d").drawImage(picture, 0, 0);
  return canvas.toDataURL();
}"""


# Before anything of the page runs: remember what is lit, which is gone after a moment, and open no editor, since the
# browser would ask whether it may, and take no more input until it is told.
_BEFORE = """window.opened = [];
window.lit = [];
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || link.protocol.startsWith("http")) return;
  event.preventDefault();
  window.opened.push(link.href);
});
new MutationObserver((changes) => {
  for (const node of changes.flatMap((change) => [...change.addedNodes])) {
    if (!node.classList?.contains("lit")) continue;
    const { top } = node.getBoundingClientRect();
    window.lit.push({ top, motion: getComputedStyle(node).animationName });
    document.documentElement.dataset.lit = "yes";
  }
}).observe(document, { childList: true, subtree: true });"""


class Watched:
    """A window with the preview in it; it remembers what the page asked for and what went wrong."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        self.faults: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._console)

    def _console(self, message: Any) -> None:
        # The browser itself tells of each address that it could not reach, as while the server is away.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.faults.append(message.text)

    @property
    def sheets(self) -> Locator:
        """The pages."""
        return self.page.locator(".sheet")

    def picture(self, number: int = 0) -> str:
        """The pixels of a page as it is shown now."""
        paper = self.page.locator(".paper").nth(number)
        paper.scroll_into_view_if_needed()
        expect(paper.locator("img")).to_be_visible()
        return str(paper.locator("img").evaluate(_PIXELS))

    def lit(self) -> list[dict[str, Any]]:
        """What has been lit so far, at least one place: how far down the window, and the name of its animation."""
        expect(self.page.locator("html")).to_have_attribute("data-lit", "yes")
        return list(self.page.evaluate("window.lit"))

    def opened(self) -> list[str]:
        """Addresses of editors that were opened."""
        return list(self.page.evaluate("window.opened"))

    def pictures_asked(self) -> list[str]:
        """Addresses of pictures that were asked for, and forget them."""
        found = [url for url in self.asked if url.endswith(".png")]
        self.asked.clear()
        return found


@contextmanager
def window(browser: Browser, url: str, **options: Any) -> Iterator[Watched]:
    """A window of its own that shows the preview; at its end nothing must have gone wrong in it."""
    context = browser.new_context(**(options or WIDE))
    try:
        context.add_init_script(_BEFORE)
        watched = Watched(context.new_page())
        watched.page.goto(url)
        yield watched
        assert watched.faults == []
        origin = url.split("/", 3)[2]
        assert [
            one for one in watched.asked if one.split("/", 3)[2] != origin and one.startswith("http")
        ] == []
    finally:
        context.close()


__all__ = ["PHONE", "WIDE", "WINDOWS", "Watched", "chromium", "expect", "window"]
