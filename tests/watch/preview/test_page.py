"""The page in a real browser, with pages posted by the test: keys, places, many pages, lost connections, axe."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Route

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Diagnostic, Severity, Span
from fascicle.watch.board import ViewBoard
from fascicle.watch.view import View
from tests.support.browser import PHONE, WIDE, WINDOWS, Watched, chromium, expect, window
from tests.support.paper import pdf, prose
from tests.support.publications import small
from tests.support.serving import free_port, served

ERRORS = tuple(
    Diagnostic(
        Code.UNDEFINED_CITATION, message, Span("content/01-one.md", 5, 3, 5, 12), severity, hints, causes
    )
    for message, severity, hints, causes in (
        ("no entry 'li2021' in bib/references.bib", Severity.ERROR, ("did you mean 'li2012'?",), ()),
        ("an overfull line", Severity.WARNING, (), ("TeX says so",)),
        ("permission is pending", Severity.NOTE, (), ()),
    )
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def board() -> ViewBoard:
    return ViewBoard()


@pytest.fixture
def url(board: ViewBoard, tmp_path: Path) -> Iterator[str]:
    with served(board, small(tmp_path)) as address:
        yield address


def many(count: int, lines: int = 22, shift: int = 0) -> list[list[str]]:
    """Pages whose last line is the page's number, as in a book; `shift` pages' worth of lines comes before."""
    return [[*prose(lines, (at - shift) * lines), f"{at + 1}"] for at in range(count)]


def scrolled(seen: Watched) -> float:
    return float(seen.page.locator("#pages").evaluate("room => room.scrollTop"))


def height_of(seen: Watched, words: str) -> float:
    """Where words stand in the window, in pixels from its upper edge."""
    line = seen.page.get_by_text(words, exact=True)
    expect(line).to_have_count(1)
    box = line.bounding_box()
    assert box
    return box["y"]


def test_before_the_first_pages(browser: Browser, board: ViewBoard, url: str) -> None:
    with window(browser, url) as seen:
        expect(seen.page.locator("#empty")).to_be_visible()
        board.post(View(working="typesetting"))
        expect(seen.page.locator("#state")).to_have_text("typesetting…")
        board.post(View(pdf=pdf([prose(4)], title="The First"), working="settling cross-references"))
        expect(seen.sheets).to_have_count(1)
        expect(seen.page.locator("#empty")).to_be_hidden()
        expect(seen.page.locator("#state")).to_have_text("settling cross-references…")
        expect(seen.page).to_have_title("The First – preview")
        board.post(View(settled=True))
        expect(seen.page.locator("#state")).to_have_text("settled")


def test_only_what_has_changed_is_sent_again(browser: Browser, board: ViewBoard, url: str) -> None:
    pages = many(3, lines=4)
    board.post(View(pdf=pdf(pages)))
    with window(browser, url, viewport={"width": 700, "height": 2000}) as seen:
        expect(seen.page.locator(".paper img")).to_have_count(3)
        seen.pictures_asked()
        pages[1][2] = "A line that was not there before"
        board.post(View(pdf=pdf(pages)))
        expect(seen.sheets.nth(1)).to_contain_text(pages[1][2])
        (lit,) = seen.lit()
        assert abs(lit["top"] - height_of(seen, pages[1][2])) < 4
        assert len(seen.pictures_asked()) == 1


def test_early_pages_come_over_the_older_ones(browser: Browser, board: ViewBoard, url: str) -> None:
    board.post(View(pdf=pdf([["Old one"], ["Old two"]])))
    with window(browser, url) as seen:
        expect(seen.sheets.nth(1)).to_contain_text("Old two")
        board.post(View(pdf=pdf([["New one"]]), early=True, working="typesetting"))
        expect(seen.sheets.nth(0)).to_contain_text("New one")
        expect(seen.sheets.nth(1)).to_contain_text("Old two")
        board.post(View(pdf=pdf([["New one"], ["New two"], ["New three"]])))
        expect(seen.sheets.nth(1)).to_contain_text("New two")
        expect(seen.sheets).to_have_count(3)


def shown_pages(seen: Watched) -> list[tuple[str, str]]:
    """Look of each page that has a picture, and that of the picture."""
    seen.page.wait_for_timeout(300)  # nothing tells that nothing more comes
    code = "sheets => sheets.map(({ sheet }) => [sheet.page.id, sheet.picture?.getAttribute('src').split('/')[1]])"
    return [(page, picture) for page, picture in seen.sheets.evaluate_all(code) if picture]


def test_a_picture_that_did_not_come_is_asked_for_again(browser: Browser, board: ViewBoard, url: str) -> None:
    board.post(View(pdf=pdf([["First page"]])))
    with window(browser, url) as seen:
        seen.picture()
        lost = "**/pages/*/*"
        seen.page.route(lost, lambda route: route.abort())
        board.post(View(pdf=pdf([["Another page"]])))
        seen.page.wait_for_event("requestfailed", lambda request: request.url.endswith("changes"))
        seen.page.unroute(lost)
        board.post(View(settled=True))
        expect(seen.sheets).to_contain_text("Another page")
        assert all(page == picture for page, picture in shown_pages(seen))


def test_a_page_that_is_as_it_was_before_its_new_picture_came_keeps_the_old_one(
    browser: Browser, board: ViewBoard, url: str
) -> None:
    board.post(View(pdf=pdf([["One"], ["Two"], ["Three"], ["Four"]])))
    with window(browser, url) as seen:
        expect(seen.sheets).to_have_count(4)
        for _ in range(6):
            seen.page.keyboard.press("-")
        expect(seen.page.locator(".paper img")).to_have_count(4)
        known = {picture for _, picture in shown_pages(seen)}
        held: list[Route] = []

        def hold_new(route: Route) -> None:
            if route.request.url.split("/")[-2] in known:
                route.continue_()
            else:
                held.append(route)

        seen.page.route("**/pages/*/*.png", hold_new)
        for last in ("Changed", "Four"):
            board.post(View(pdf=pdf([["One"], ["Two"], ["Three"], [last]])))
            seen.page.wait_for_timeout(300)
        assert len(held) == 1
        held[0].continue_()
        assert all(page == picture for page, picture in shown_pages(seen))


@pytest.mark.parametrize("size", WINDOWS)
def test_300_pages(browser: Browser, board: ViewBoard, url: str, size: str) -> None:
    pages = many(300)
    board.post(View(pdf=pdf(pages)))
    with window(browser, url, **WINDOWS[size]) as seen:
        expect(seen.sheets).to_have_count(300)
        expect(seen.page.locator(".paper img").first).to_be_visible()
        seen.page.keyboard.press("End")
        expect(seen.sheets.last).to_contain_text(prose(1, 299 * 22)[0])
        expect(seen.page.locator("#position")).to_have_text("300 / 300")
        assert len(seen.pictures_asked()) < 30
        assert seen.page.locator(".paper img").count() < 15
        seen.page.keyboard.press("k")
        expect(seen.page.locator("#position")).to_have_text("299 / 300")
        expect(seen.sheets.nth(298).locator("img")).to_be_visible()
        place = scrolled(seen)
        changed = [list(page) for page in pages]
        changed[3][5] = "Something far above"
        board.post(View(pdf=pdf(changed), settled=True))
        expect(seen.page.locator("#state")).to_have_text("settled")
        assert scrolled(seen) == place
        assert [url for url in seen.pictures_asked() if "299" in url] == []


@pytest.mark.parametrize("size", WINDOWS)
def test_the_place_is_kept_when_pages_come_before_it(
    browser: Browser, board: ViewBoard, url: str, size: str
) -> None:
    """All pages change, since their numbers do; the lines that were read stay at their height in the window."""
    board.post(View(pdf=pdf(many(12))))
    with window(browser, url, **WINDOWS[size]) as seen:
        expect(seen.sheets).to_have_count(12)
        for _ in range(5):
            seen.page.keyboard.press("j")
        read = prose(22, 5 * 22)[8]
        expect(seen.sheets.nth(5)).to_contain_text(read)
        before = height_of(seen, read)
        board.post(View(pdf=pdf(many(14, shift=2))))
        expect(seen.sheets).to_have_count(14)
        expect(seen.sheets.nth(7)).to_contain_text(read)
        assert abs(height_of(seen, read) - before) < 3
        expect(seen.page.locator("#position")).to_have_text("8 / 14")


def test_the_place_is_kept_in_a_reload(browser: Browser, board: ViewBoard, url: str) -> None:
    board.post(View(pdf=pdf(many(12))))
    with window(browser, url) as seen:
        expect(seen.sheets).to_have_count(12)
        for _ in range(7):
            seen.page.keyboard.press("j")
        before = scrolled(seen)
        seen.page.reload()
        expect(seen.page.locator("#position")).to_have_text("8 / 12")
        assert abs(scrolled(seen) - before) < 3


def test_keys(browser: Browser, board: ViewBoard, url: str) -> None:
    board.post(View(pdf=pdf(many(6)), settled=True))
    with window(browser, url) as seen:
        expect(seen.sheets).to_have_count(6)
        page, position = seen.page, seen.page.locator("#position")
        for key, where in (("j", 2), ("PageDown", 3), ("k", 2), ("End", 6), ("PageUp", 5), ("Home", 1)):
            page.keyboard.press(key)
            expect(position).to_have_text(f"{where} / 6")
        fit = page.locator("#fit")
        expect(fit).to_have_text("Width")
        wide = page.locator(".paper").first.bounding_box()
        page.keyboard.press("0")
        expect(fit).to_have_text("Page")
        page.keyboard.press("+")
        expect(fit).to_have_text(re.compile(r"\d+ %"))
        larger = page.locator(".paper").first.bounding_box()
        page.keyboard.press("-")
        smaller = page.locator(".paper").first.bounding_box()
        assert wide
        assert larger
        assert smaller
        assert smaller["width"] < larger["width"] < wide["width"]
        page.keyboard.press("d")
        expect(page.locator("#desk")).to_be_hidden()
        page.keyboard.press("d")
        expect(page.locator("#desk")).to_be_visible()
        page.keyboard.press("?")
        expect(page.locator("#help")).to_be_visible()
        page.keyboard.press("j")
        expect(position).to_have_text("1 / 6")  # keys belong to the help while it is open
        page.keyboard.press("Escape")
        expect(page.locator("#help")).to_be_hidden()


@pytest.mark.parametrize("size", WINDOWS)
def test_pictures_are_as_sharp_as_the_screen(browser: Browser, board: ViewBoard, url: str, size: str) -> None:
    board.post(View(pdf=pdf(many(2))))
    with window(browser, url, **WINDOWS[size]) as seen:
        for key in ("0", "+", "+"):
            seen.page.keyboard.press(key)
            paper = seen.page.locator(".paper").first
            wanted = float(paper.evaluate("one => parseFloat(one.style.width) * devicePixelRatio"))
            address = re.compile(rf"/{math.ceil(wanted - 0.01)}\.png$")
            expect(paper.locator("img")).to_have_attribute("src", address)
            natural = paper.locator("img").evaluate("picture => picture.naturalWidth")
            assert abs(natural - wanted) <= 1


def test_two_pages_side_by_side(browser: Browser, board: ViewBoard, url: str) -> None:
    board.post(View(pdf=pdf(many(5))))
    with window(browser, url) as seen:
        expect(seen.sheets).to_have_count(5)
        seen.page.keyboard.press("s")
        expect(seen.page.locator("#spread")).to_have_attribute("aria-pressed", "true")
        boxes = [seen.page.locator(".paper").nth(at).bounding_box() for at in range(3)]
        first, left, right = (box for box in boxes if box)
        assert left["y"] == right["y"] > first["y"]  # a first page stands alone, on the right
        assert left["x"] < right["x"] == first["x"]
        seen.page.keyboard.press("j")
        expect(seen.page.locator("#position")).to_have_text("2 / 5")
        seen.page.keyboard.press("j")
        expect(seen.page.locator("#position")).to_have_text("4 / 5")
        seen.page.reload()  # the wish is remembered
        expect(seen.page.locator("#spread")).to_have_attribute("aria-pressed", "true")


def test_without_an_editor_the_place_is_told_and_copied(browser: Browser, board: ViewBoard, url: str) -> None:
    board.post(View(pdf=pdf([prose(3)]), diagnostics=ERRORS))
    with window(browser, url, **WIDE, permissions=["clipboard-read", "clipboard-write"]) as seen:
        seen.page.get_by_role("button", name="content/01-one.md:5", exact=True).first.click()
        expect(seen.page.locator("#place-text")).to_have_text("content/01-one.md:5")
        expect(seen.page.locator("#place-open")).to_be_hidden()
        seen.page.locator("#place-copy").click()
        expect(seen.page.locator("#place-copy")).to_have_text("Copied")
        assert seen.page.evaluate("navigator.clipboard.readText()") == "content/01-one.md:5"
        seen.page.keyboard.press("Escape")
        expect(seen.page.locator("#place")).to_be_hidden()
        seen.page.locator(".paper").dblclick()  # there is no SyncTeX data here
        expect(seen.page.locator("#place-text")).to_contain_text("no line")


def test_a_lost_server_is_told_and_found_again(browser: Browser, board: ViewBoard, tmp_path: Path) -> None:
    root, port = small(tmp_path), free_port()
    board.post(View(pdf=pdf([["Before it went"]])))
    with served(board, root, port=port) as url:
        context = browser.new_context(**WIDE)
        seen = Watched(context.new_page())
        seen.page.goto(url)
        expect(seen.sheets.first).to_contain_text("Before it went")
    notice = seen.page.locator("#notice")
    expect(notice).to_contain_text("connection is lost")
    expect(seen.sheets.first).to_contain_text("Before it went")
    board.post(View(pdf=pdf([["After it came back"]])))
    with served(board, root, port=port):
        expect(notice).to_be_hidden()
        expect(seen.sheets.first).to_contain_text("After it came back")
    context.close()


def test_reduced_motion(browser: Browser, board: ViewBoard, url: str) -> None:
    board.post(View(pdf=pdf([prose(3)])))
    with window(browser, url, **WIDE, reduced_motion="reduce") as seen:
        expect(seen.sheets.first).to_contain_text(prose(1)[0])
        board.post(View(pdf=pdf([[*prose(3), "One more"]])))
        assert [lit["motion"] for lit in seen.lit()] == ["vanish"]
        expect(seen.page.locator(".lit")).to_have_count(0)


def test_forced_colours_leave_the_pages_as_they_are(browser: Browser, board: ViewBoard, url: str) -> None:
    board.post(View(pdf=pdf([prose(3)])))
    shots = []
    for colours in ("none", "active"):
        with window(browser, url, **WIDE, forced_colors=colours) as seen:
            line = seen.page.get_by_text(prose(1)[0])
            expect(line).to_be_visible()
            shots.append(line.screenshot())
            board.post(View(pdf=pdf([[*prose(3), f"One more, {colours}"]])))
            assert seen.lit()
            seen.page.locator(".lit").first.wait_for()
            shown = seen.page.locator(".lit").first.evaluate("lit => getComputedStyle(lit).backgroundColor")
            assert shown.startswith("rgba(")
            board.post(View(pdf=pdf([prose(3)])))
    assert shots[0] == shots[1]


def _serious(seen: Watched) -> list[str]:
    """What axe finds serious or critical, each with the elements that it is about."""
    found = Axe().run(seen.page).response["violations"]
    return [
        f"{rule['id']}: {node['html']} {node.get('failureSummary', '')}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


def _open_desk(seen: Watched) -> None:
    if seen.page.locator("#desk").is_hidden():
        seen.page.locator("#desk-button").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", WINDOWS)
def test_axe_finds_no_serious_fault(
    browser: Browser, board: ViewBoard, url: str, size: str, scheme: str
) -> None:
    options: dict[str, Any] = {**WINDOWS[size], "color_scheme": scheme}
    with window(browser, url, **options) as seen:
        expect(seen.page.locator("#empty")).to_be_visible()
        assert _serious(seen) == []
        board.post(View(pdf=pdf(many(3), title="A Trial"), settled=True))
        expect(seen.sheets.first).to_contain_text(prose(1)[0])
        assert _serious(seen) == []
        board.post(View(diagnostics=ERRORS))
        expect(seen.page.locator("#notice")).to_be_visible()
        _open_desk(seen)
        expect(seen.page.locator(".problem")).to_have_count(3)
        seen.page.locator(".problem button").first.click()
        assert _serious(seen) == []
        seen.page.locator("#help-button").click()
        expect(seen.page.locator("#help")).to_be_visible()
        assert _serious(seen) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_room_is_as_light_as_the_system(
    browser: Browser, board: ViewBoard, url: str, scheme: str
) -> None:
    with window(browser, url, **WIDE, color_scheme=scheme) as seen:
        shown = seen.page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (min(map(int, re.findall(r"\d+", shown))) > 127) == (scheme == "light")


def test_on_a_phone_an_error_stands_above_the_pages_and_goes(
    browser: Browser, board: ViewBoard, url: str
) -> None:
    board.post(View(pdf=pdf(many(2)), diagnostics=ERRORS[1:]))
    with window(browser, url, **PHONE) as seen:
        expect(seen.sheets).to_have_count(2)
        expect(seen.page.locator("#desk")).to_be_hidden()
        board.post(View(diagnostics=ERRORS))
        error, pages = seen.page.locator(".problem.error"), seen.page.locator("#pages")
        expect(error).to_be_in_viewport()
        above, below = error.bounding_box(), pages.bounding_box()
        assert above
        assert below
        assert above["y"] < below["y"]
        board.post(View(diagnostics=()))
        expect(seen.page.locator("#desk")).to_be_hidden()


def test_what_a_screen_reader_finds(browser: Browser, board: ViewBoard, url: str) -> None:
    board.post(View(pdf=pdf(many(2), title="A Trial"), diagnostics=ERRORS))
    with window(browser, url) as seen:
        page = seen.page
        expect(seen.sheets).to_have_count(2)
        expect(page.get_by_role("main")).to_have_count(1)
        expect(page.get_by_role("complementary", name="Problems and words")).to_have_count(1)
        expect(page.get_by_role("banner")).to_have_count(1)
        expect(page.get_by_role("heading", level=1)).to_have_text("A Trial")
        expect(page.get_by_role("heading", name="Page 2")).to_have_count(1)
        expect(page.get_by_role("heading", name="Problems")).to_have_count(1)
        expect(page.get_by_role("status")).to_have_count(1)
        expect(page.get_by_role("region", name="Page 1")).to_contain_text(prose(1)[0])
        expect(page.get_by_role("img", name=f"Picture of page 1: {prose(1)[0]}")).to_be_visible()
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the pages")).to_be_focused()


@pytest.mark.parametrize("width", [320, 390, 820])
def test_a_small_window_holds_everything(browser: Browser, board: ViewBoard, url: str, width: int) -> None:
    title = "A Title That Is Longer Than Any Phone Is Wide"
    board.post(View(pdf=pdf(many(120), title=title), diagnostics=ERRORS))
    board.post(View(working="settling cross-references"))
    with window(browser, url, **{**PHONE, "viewport": {"width": width, "height": 740}}) as seen:
        expect(seen.sheets).to_have_count(120)
        seen.page.keyboard.press("End")
        expect(seen.page.locator("#position")).to_have_text("120 / 120")
        _open_desk(seen)
        for element in ("html", "#bar", "#pages", "#desk"):
            wide, room = seen.page.locator(element).evaluate("box => [box.scrollWidth, box.clientWidth]")
            assert wide <= room, element
        boxes = [button.bounding_box() for button in seen.page.locator("#tools button").all()]
        edges = sorted((box["x"], box["x"] + box["width"]) for box in boxes if box)
        assert len(edges) == 8
        assert all(right <= left + 1 for (_, right), (left, _) in pairwise(edges))
        assert edges[-1][1] <= width
