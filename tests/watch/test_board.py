"""The board and the state: what views add up to, without any browser."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Diagnostic, Severity, Span
from fascicle.core.model import Section
from fascicle.document.document import ParsedSection
from fascicle.document.word_count import CountedPart, SectionCount
from fascicle.watch.board import ViewBoard
from fascicle.watch.state import LAYERS, State
from fascicle.watch.view import View

ERROR = Diagnostic(Code.UNDEFINED_CITATION, "no entry 'li2021'", Span("content/01-one.md", 5, 3))
SECTION = ParsedSection(Section.model_construct(), (), ())
ONE, TWO = (SectionCount(SECTION, {CountedPart.TEXT: number}) for number in (1, 2))
NOTE = Diagnostic(Code.PERMISSION_PENDING, "pending", severity=Severity.NOTE)


def added(*views: View) -> State:
    state = State()
    for view in views:
        state = state.after(view)
    return state


def pdfs(state: State) -> list[bytes]:
    return [layer.pdf for layer in state.layers]


def test_the_last_good_pages_stay_while_an_error_is_shown() -> None:
    state = added(View(pdf=b"good", settled=True), View(diagnostics=(ERROR,)))
    assert pdfs(state) == [b"good"]
    assert state.old
    assert state.diagnostics == (ERROR,)
    assert not state.settled


def test_early_pages_of_a_text_that_turns_out_to_have_an_error_do_not_stay() -> None:
    early = added(View(pdf=b"good", settled=True), View(pdf=b"early", early=True, working="typesetting"))
    assert pdfs(early) == [b"early", b"good"]
    state = early.after(View(diagnostics=(ERROR,)))
    assert pdfs(state) == [b"good"]
    assert state.old


def test_without_pages_nothing_is_old() -> None:
    assert not added(View(diagnostics=(ERROR,))).old


def test_notes_make_nothing_old() -> None:
    state = added(View(pdf=b"good"), View(diagnostics=(NOTE,), settled=True))
    assert not state.old
    assert state.settled


def test_work_leaves_the_error_standing_until_there_is_more_to_say() -> None:
    broken = (View(pdf=b"good"), View(diagnostics=(ERROR,)))
    working = added(*broken, View(working="typesetting"))
    assert (working.diagnostics, working.old, working.working) == ((ERROR,), True, "typesetting")
    mended = working.after(View(pdf=b"mended", settled=True))
    assert (mended.diagnostics, mended.old, mended.working) == ((), False, "")
    undone = working.after(View(settled=True))
    assert (undone.diagnostics, undone.old, pdfs(undone)) == ((), False, [b"good"])


def test_a_warning_may_come_with_pages() -> None:
    state = added(View(pdf=b"good", diagnostics=(NOTE,), settled=True))
    assert state.settled
    assert state.diagnostics == (NOTE,)


def test_early_pages_lie_over_the_older_ones_until_the_whole_comes() -> None:
    state = added(View(pdf=b"whole"), View(pdf=b"first", early=True))
    assert pdfs(state) == [b"first", b"whole"]
    assert pdfs(state.after(View(pdf=b"again", early=True))) == [b"again", b"first", b"whole"]
    assert pdfs(state.after(View(pdf=b"new whole"))) == [b"new whole"]


def test_layers_do_not_pile_up_and_the_whole_stays_below() -> None:
    early = [View(pdf=b"%d" % number, early=True) for number in range(50)]
    held = pdfs(added(View(pdf=b"whole"), *early))
    assert len(held) == LAYERS
    assert held[0] == b"49"
    assert held[-1] == b"whole"


def test_synctex_and_words_stay_when_not_given() -> None:
    places = Path("a.synctex.gz")
    state = added(View(pdf=b"one", synctex=places), View(pdf=b"two"))
    assert state.layers[0].synctex == places
    assert added(View(pdf=b"one", synctex=places), View(pdf=b"x", early=True)).layers[0].synctex is None


def test_numbers_count_the_views() -> None:
    board = ViewBoard()
    assert board.latest().number == 0
    board.post(View())
    board.post(View(working="typesetting"))
    assert board.latest().number == 2
    assert board.wait(after=1, timeout=0).number == 2
    assert board.wait(after=2, timeout=0).number == 2  # nothing newer came: the state as it is


def test_waiting_ends_when_a_view_comes_from_another_thread() -> None:
    board = ViewBoard()
    poster = threading.Thread(target=board.post, args=(View(pdf=b"new"),))
    poster.start()
    assert pdfs(board.wait(after=0, timeout=30)) == [b"new"]
    poster.join()


def test_who_comes_late_misses_nothing() -> None:
    """Views that were never looked at count all the same."""
    board = ViewBoard()
    for view in (View(pdf=b"good"), View(working="typesetting"), View(diagnostics=(ERROR,))):
        board.post(view)
    assert pdfs(board.latest()) == [b"good"]
    assert board.latest().old


def test_an_event_loop_is_woken_from_another_thread_until_it_unsubscribes() -> None:
    board = ViewBoard()

    async def follow() -> int:
        changed, loop = asyncio.Event(), asyncio.get_running_loop()
        unsubscribe = board.subscribe(lambda: loop.call_soon_threadsafe(changed.set))
        poster = threading.Thread(target=board.post, args=(View(),))
        poster.start()
        await asyncio.wait_for(changed.wait(), 30)
        poster.join()
        unsubscribe()
        changed.clear()
        board.post(View())
        await asyncio.sleep(0)
        assert not changed.is_set()
        return board.latest().number

    assert asyncio.run(follow()) == 2


def test_words_stay_until_they_are_counted_anew() -> None:
    counted = added(View(pdf=b"good", words=(ONE,)), View(working="typesetting"))
    assert counted.words == (ONE,)
    assert counted.after(View(words=(TWO,))).words == (TWO,)
