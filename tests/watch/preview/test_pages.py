"""Pages of several PDFs laid over one another, their pictures, their lines, what is new on them and where places go."""

from __future__ import annotations

import pytest

from fascicle.watch.preview.page_changes import changed_places
from fascicle.watch.preview.page_images import WIDEST, Pictures, draw
from fascicle.watch.preview.page_positions import follow
from fascicle.watch.preview.page_text import Texts, read_lines
from fascicle.watch.preview.pages import MOMENTS, Book, GoneError
from fascicle.watch.state import Layer
from tests.support.paper import LEADING, LEFT, TOP, WIDTH, pdf, prose


def book(*files: bytes) -> Book:
    """A book that has shown these PDFs one after the other."""
    held = Book()
    for file in files:
        held.take([Layer(file)])
    return held


def test_a_page_is_taken_from_the_first_pdf_that_has_it() -> None:
    early, whole = pdf([["new one"]]), pdf([["one"], ["two"], ["three"]])
    held = book(whole)
    pages = held.take([Layer(early), Layer(whole)]).pages
    assert [read_lines(page)[0].text for page in pages] == ["new one", "two", "three"]
    assert [page.label for page in pages] == ["1", "2", "3"]


def test_fewer_pages_than_before() -> None:
    held = book(pdf([["one"], ["two"]]), pdf([["one"]]))
    assert len(held.now.pages) == 1


def test_the_same_pdf_again_is_no_change() -> None:
    file = Layer(pdf([["one"]]))
    held = Book()
    shown = held.take([file])
    assert held.take([file]).pages == shown.pages
    assert held.before(shown.pages[0].fingerprint).pages == ()


def test_pages_of_the_last_moments_can_still_be_had_and_older_ones_are_let_go() -> None:
    held = book(pdf([["one"]]))
    first = held.now.pages[0]
    for number in range(MOMENTS - 1):
        held.take([Layer(pdf([[f"later {number}"]]))])
        assert held.find(first.fingerprint) is first
        draw(first, 100)
    held.take([Layer(pdf([["last"]]))])
    assert held.find(first.fingerprint) is None
    with pytest.raises(GoneError):
        draw(first, 100)


def test_equal_pages_of_a_new_file_are_no_new_moment() -> None:
    held = book(pdf([["one"]]), pdf([["two"]]))
    first = held.last_with(held.before(held.now.looks[0]).looks[0]).pages[0]
    for title in "abcdefgh":
        held.take([Layer(pdf([["two"]], title=title))])
    draw(first, 100)
    draw(held.now.pages[0], 100)
    assert held.now.pages[0].source.title == "h"


def test_what_was_new_is_still_told_when_the_rest_has_come() -> None:
    """Early pages first, the whole a moment later: the page that the author looks at was new in the first step."""
    held = book(pdf([["one"], ["two"]]))
    whole = held.now.pages[0].source.layer
    held.take([Layer(pdf([["one!"]])), whole])
    look = held.now.looks[0]
    held.take([Layer(pdf([["one!"], ["two?"]]))])
    assert len(changed_places(0, held.now, held.before(look), Texts())) == 1


@pytest.mark.parametrize("broken", [b"", b"%PDF-1.7", b"nothing of the kind"])
def test_what_is_no_pdf_is_refused_and_the_pages_stay(broken: bytes) -> None:
    held = book(pdf([["one"]]))
    with pytest.raises(ValueError, match="cannot be read"):
        held.take([Layer(broken)])
    assert len(held.now.pages) == 1


def test_pictures_have_the_width_that_is_asked_for_within_reason() -> None:
    page = book(pdf([["one"]])).now.pages[0]
    assert draw(page, 640).width == 640
    assert draw(page, 10**9).width <= WIDEST


def test_pictures_are_kept_within_their_room_the_last_used_ones_longest() -> None:
    pages = book(pdf([[f"page {number}"] for number in range(20)])).now.pages
    pictures = Pictures(room=30_000)
    first = pictures.png(pages[0], 300)
    for page in pages[1:]:
        pictures.png(page, 300)
        assert pictures.png(pages[0], 300) is first
        assert pictures.size <= 30_000 + len(first)


def test_lines_and_their_places() -> None:
    lines = Texts().lines(book(pdf([prose(3)])).now.pages[0])
    assert [line.text for line in lines] == prose(3)
    for number, line in enumerate(lines):
        assert line.left == pytest.approx(LEFT, abs=2)
        assert line.bottom == pytest.approx(TOP + number * LEADING, abs=3)


def changes(before: bytes, after: bytes, page: int = 0) -> list[tuple[float, float, float, float]]:
    held = book(before, after)
    found = changed_places(page, held.now, held.before(held.now.looks[page]), Texts())
    return [(box.left, box.top, box.right, box.bottom) for box in found]


def test_a_new_word_is_lit_and_not_the_words_before_it() -> None:
    old, new = prose(6), prose(6)
    new[2] = new[2].replace("no other", "none beside")
    ((left, top, right, bottom),) = changes(pdf([old]), pdf([new]))
    assert left > LEFT + 80
    assert right < WIDTH
    assert TOP + 2 * LEADING - 12 < top < bottom < TOP + 2 * LEADING + 5


def test_a_word_put_in_is_lit_alone_however_the_lines_break_then() -> None:
    before = [
        "The scalpers hold the tickets, and for five",
        "days the two of them wait to buy at an in-",
        "flated price.",
    ]
    after = [
        "The touts and scalpers hold the tickets, and",
        "for five days the two of them wait to buy",
        "at an inflated price.",
    ]
    ((left, top, right, bottom),) = changes(pdf([before]), pdf([after]))
    assert LEFT + 15 < left < right < LEFT + 75
    assert TOP - 12 < top < bottom < TOP + 5


def test_words_taken_away_light_the_lines_that_have_closed_up() -> None:
    before = ["One two three four", "five six seven", "eight"]
    assert len(changes(pdf([before]), pdf([["One three four five", "six seven eight"]]))) == 2


def test_a_pages_number_is_not_lit() -> None:
    assert changes(pdf([["Before"], [*prose(3), "2"]]), pdf([["Before"], ["A"], [*prose(3), "3"]]), 2) == []


def test_lines_that_have_only_moved_are_not_lit() -> None:
    old = prose(6)
    ((_, top, _, bottom),) = changes(pdf([old]), pdf([[*old[:2], "A line of its own", *old[2:]]]))
    assert TOP + 2 * LEADING - 12 < top < bottom < TOP + 2 * LEADING + 5


def test_lines_that_came_from_the_page_before_are_not_lit() -> None:
    lines = prose(20)
    before, after = (
        pdf([lines[:10], lines[10:]]),
        pdf([["New at the head", *lines[:9]], [lines[9], *lines[10:]]]),
    )
    assert len(changes(before, after, 0)) == 1
    assert changes(before, after, 1) == []


def test_a_drawing_that_has_changed_is_lit() -> None:
    gone, come = changes(pdf([prose(2)], square=200), pdf([prose(2)], square=210))
    assert gone == pytest.approx((150, 200, 190, 210), abs=2)
    assert come == pytest.approx((150, 240, 190, 250), abs=2)


def test_a_page_that_is_new_is_not_lit() -> None:
    assert changes(pdf([prose(2)]), pdf([prose(2), prose(2, 50)]), 1) == []


def test_a_page_after_new_pages_is_compared_with_what_it_was() -> None:
    pages = [prose(5, start) for start in (0, 10, 20)]
    assert changes(pdf(pages), pdf([prose(5, 90), *pages]), 3) == []


def where(before: list[list[str]], after: list[list[str]], page: int, line: int) -> tuple[int, float] | None:
    """Page and line number now of a line of before."""
    held = book(pdf(before))
    look, y = held.now.looks[page], TOP + line * LEADING
    held.take([Layer(pdf(after))])
    former = held.last_with(look, page)
    place = follow(former.nearest(look, page), y, held.now, former, Texts())
    return place and (place.page, (place.y - TOP) / LEADING)


def test_a_place_goes_with_its_line() -> None:
    lines = prose(30)
    before = [lines[:10], lines[10:20], lines[20:]]
    after = [["New", "and new", *lines[:8]], lines[8:18], lines[18:28], lines[28:]]
    assert where(before, after, 1, 5) == (1, pytest.approx(7, abs=0.1))
    assert where(before, after, 1, 9) == (2, pytest.approx(1, abs=0.1))


def test_the_line_itself_may_be_gone() -> None:
    lines = prose(20)
    before, after = [lines[:10], lines[10:]], [["Before", *lines[:9]], [*lines[9:14], *lines[15:]]]
    place = where(before, after, 1, 4)  # held by the line above it or the one below
    assert place
    assert place[0] == 1
    assert 3.9 < place[1] < 5.1


def test_an_unchanged_page_stays_as_it_is() -> None:
    pages = [prose(5, start) for start in (0, 10, 20)]
    assert where(pages, [prose(5, 90), *pages], 1, 3) == (2, pytest.approx(3, abs=0.1))


def test_a_place_on_a_page_of_nothing_known_keeps_its_page() -> None:
    before = [["short"], ["brief"], ["little"]]
    assert where(before, [["other"], ["words"], ["now"]], 2, 0) == (2, pytest.approx(0, abs=0.1))


def test_of_pages_that_look_alike_the_nearest_is_meant() -> None:
    blank: list[str] = []
    before = [["one"], blank, ["two"], blank, prose(9), blank]
    held = book(pdf(before))
    assert held.now.nearest(held.now.looks[1], 4) in (3, 5)
    assert held.now.nearest(held.now.looks[1], 0) == 1
    edited = [["one"], blank, ["two"], ["no longer blank"], prose(9), blank]
    assert where(before, edited, 3, 0) == (3, pytest.approx(0, abs=0.1))
    after = [["one"], blank, ["two"], blank, ["New", *prose(9)], blank]
    assert where(before, after, 4, 3) == (4, pytest.approx(4, abs=0.1))


def test_a_page_that_nobody_knows() -> None:
    held = book(pdf([["one"]]))
    unknown = held.last_with("unknown")
    assert follow(unknown.nearest("unknown", 0), 10, held.now, unknown, Texts()) is None
