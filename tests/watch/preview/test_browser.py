"""A real browser shows a real publication: words come and go on the page, errors too, and a click leads to the line."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.browser import WINDOWS, chromium, expect, window
from tests.support.publications import TINY, write

pytestmark = [pytest.mark.tex, pytest.mark.slow]

SECTION = "content/01-one.md"
TEXT = """\
---
title: One
words: {{target: 100, max: 120}}
---

A paragraph of {word}.

Another one, to be clicked.
"""
SECOND = "---\ntitle: Two\n---\n\n`\\newpage{}`{=latex}A second page that nobody edits.\n"


class Author:
    """Somebody who writes, with the preview running."""

    def __init__(self, root: Path, url: str) -> None:
        self.root, self.url = root, url

    def save(self, word: str) -> None:
        """Save the first section with this word in it, as editors do: a new file moved over the old one."""
        fresh = self.root / "content" / ".01-one.md.swp"
        fresh.write_text(TEXT.format(word=word), encoding="utf-8")
        fresh.replace(self.root / SECTION)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def author(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Author]:
    root = write(tmp_path_factory.mktemp("author"), {**TINY, "content/02-two.md": SECOND})
    write(root, {SECTION: TEXT.format(word="text")})
    command = [sys.executable, "-c", "from fascicle.entry import main; main()"]
    process = subprocess.Popen(
        [*command, "watch", "--port", "0", "--editor", "zed", "--project", str(root)],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert process.stdout
    first = process.stdout.readline()
    assert first.startswith("preview: http://127.0.0.1:")
    yield Author(root, first.removeprefix("preview: ").strip())
    process.send_signal(signal.SIGINT)
    process.communicate()
    assert process.returncode == 130


@pytest.mark.parametrize("size", WINDOWS)
def test_a_writers_hour(browser: Browser, author: Author, size: str) -> None:
    author.save("text")
    with window(browser, author.url, **WINDOWS[size]) as seen:
        page, first = seen.page, seen.sheets.first
        # The pages
        expect(first).to_contain_text("A paragraph of text.")
        expect(page.locator("#state")).to_have_text("settled")
        expect(seen.sheets).to_have_count(2)
        expect(first.get_by_role("img")).to_have_attribute("alt", "Picture of page 1: A paragraph of text.")
        expect(page.locator("#title")).to_have_text("A Tiny Thing")
        expect(page.locator("#notice")).to_be_hidden()
        before, other = seen.picture(0), seen.picture(1)
        seen.pictures_asked()
        # A new word
        author.save("novelty")
        expect(first).to_contain_text("A paragraph of novelty.")
        assert len(seen.lit()) == 1
        assert len(seen.pictures_asked()) == 1  # of the page that has changed, and of no other
        assert seen.picture(0) != before
        assert seen.picture(1) == other
        # An error comes
        author.save("@nobody2001")
        problem = page.locator(".problem")
        expect(problem).to_contain_text("nobody2001")
        expect(problem).to_be_visible()  # on a phone it comes before the pages by itself
        expect(problem.locator(".link.mono")).to_have_text(f"{SECTION}:6")
        expect(problem.locator(".quote")).to_have_text("A paragraph of @nobody2001.")
        expect(problem.locator(".quote mark")).to_have_text("@nobody2001")
        expect(page.locator("#state")).to_have_text("1 error")
        expect(page.locator("#notice")).to_contain_text("older than the text")
        expect(page.locator("#spoken")).to_contain_text("nobody2001")
        expect(first).to_contain_text("A paragraph of novelty.")  # the last good pages stay
        problem.locator(".link.mono").click()
        expect(page.locator("#place-text")).to_have_text(f"{SECTION}:6")
        # and goes
        author.save("text")
        expect(first).to_contain_text("A paragraph of text.")
        expect(problem).to_have_count(0)
        expect(page.locator("#notice")).to_be_hidden()
        assert seen.picture(0) == before


@pytest.mark.parametrize("size", WINDOWS)
def test_a_double_click_leads_to_the_line(browser: Browser, author: Author, size: str) -> None:
    author.save("text")
    with window(browser, author.url, **WINDOWS[size]) as seen:
        expect(seen.sheets.first).to_contain_text("A paragraph of text.")
        for words, place in (
            ("Another one, to be clicked.", f"{SECTION}:8"),
            ("A paragraph of text.", f"{SECTION}:6"),
            ("A second page that nobody edits.", "content/02-two.md:5"),
        ):
            seen.page.get_by_text(words).dblclick()
            expect(seen.page.locator("#place-text")).to_have_text(place)
            assert seen.opened()[-1] == f"zed://file{author.root / place}:1"
        seen.page.locator("#place-close").click()
        expect(seen.page.locator("#place")).to_be_hidden()


def test_words_against_their_target(browser: Browser, author: Author) -> None:
    author.save("text " * 130)
    with window(browser, author.url) as seen:
        row = seen.page.locator("#words tbody tr").first
        expect(row).to_contain_text("100")
        expect(row.locator("td.over")).to_contain_text("too long")
        expect(seen.page.locator("#words tbody tr")).to_have_count(2)
