"""Watching: the changed page first, then everything, then what a clean build gives; and nothing that stays behind."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pypdfium2
import pytest

from fascicle.typeset.warm.parked_engines import ENGINE_MEMORY
from tests.conftest import STRESS
from tests.support.following import Following, Posted
from tests.support.processes import left_behind
from tests.support.publications import SOUND, build, write

pytestmark = pytest.mark.tex

WORDS = "archive camera city crowd distance document duty factory family film frame gesture home image labour".split()  # noqa: SIM905
SEED = 11
SAVES = 300 if STRESS else 30


def paragraphs(number: int, count: int = 7) -> str:
    chance = random.Random(number)
    texts = (" ".join(chance.choice(WORDS) for _ in range(70)) for _ in range(count))
    return "\n\n".join(f"{text.capitalize()}." for text in texts)


PAGES: Mapping[str, str | bytes] = {
    **SOUND,
    "content/02-two.md": f"---\ntitle: Two\n---\n\n{paragraphs(2)}\n",
    "content/03-three.md": f"---\ntitle: Three\n---\n\n{paragraphs(3)}\n\nThe end of it all.^[See @sec:part.]\n",
}
"""A publication of three pages that has one of everything."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("watched") / "three pages", PAGES)


@pytest.fixture(scope="module")
def following(project: Path) -> Iterator[Following]:
    """One watcher for all tests that only edit: each of them may find what another has written."""
    with Following(project) as watched:
        yield watched
    assert left_behind(project) == []
    assert list(project.glob("build/run/*/parked-*")) == []


def edit(project: Path, name: str, old: str, new: str) -> float:
    """Save a change; gives the moment before it."""
    path = project / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    moment = time.monotonic()
    path.write_text(text.replace(old, new), encoding="utf-8")
    return moment


def text_of(pdf: bytes | None) -> str:
    assert pdf
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(page.get_textpage().get_text_bounded() for page in document)


def clean_build(project: Path, folder: Path) -> bytes:
    """What a build from nothing gives of the publication as it is now."""
    copy = folder / "clean"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(project, copy, ignore=shutil.ignore_patterns("build"))
    result = build(copy)
    assert result.output, result.diagnostics
    return (copy / result.output).read_bytes()


def delivered(project: Path) -> bytes:
    return (project / "build/screen/a-sound-thing.pdf").read_bytes()


def pages_since(following: Following, moment: float) -> list[Posted]:
    return [one for one in following.board.views if one.moment >= moment and one.view.pdf]


def test_the_changed_page_comes_first_then_all_then_the_settled_result(
    project: Path, following: Following, tmp_path: Path
) -> None:
    following.settled(
        edit(project, "content/02-two.md", "\n\n", "\n\nFirst. ")
    )  # now engines wait at section 2
    following.watcher.engines_wait()
    moment = edit(project, "content/02-two.md", "\n\n", "\n\nHere is something new. ")
    last = following.settled(moment)
    early, whole = pages_since(following, moment)[:2]
    assert early.view.early
    assert not whole.view.early
    assert not whole.view.settled
    assert "something new" in text_of(early.view.pdf)
    assert len(pypdfium2.PdfDocument(early.view.pdf)) < len(pypdfium2.PdfDocument(whole.view.pdf))
    assert "something new" in text_of(whole.view.pdf)
    assert last.view.pdf == delivered(project) == clean_build(project, tmp_path)
    assert [one.view.working for one in following.board.views if one.moment >= moment][:2] == [
        "reading",
        "typesetting",
    ]


def test_early_pages_are_those_of_the_whole(project: Path, following: Following) -> None:
    following.settled(edit(project, "content/03-three.md", "title: Three", "title: Three again"))
    following.watcher.engines_wait()
    moment = edit(project, "content/03-three.md", "The end of it all", "The very end of it all")
    following.settled(moment)
    early, whole = pages_since(following, moment)[:2]
    first, all_pages = pypdfium2.PdfDocument(early.view.pdf), pypdfium2.PdfDocument(whole.view.pdf)
    for one, other in zip(first, all_pages, strict=False):
        assert one.render().to_pil().tobytes() == other.render().to_pil().tobytes()


def test_references_citations_and_pictures_settle(
    project: Path, following: Following, tmp_path: Path
) -> None:
    more = (
        "\n@book{other1999, author = {Other, Bob}, title = {Another Book}, date = {1999}, "
        "publisher = {Press}, location = {Leeds}}\n"
    )
    bib = project / "bib/works.bib"
    bib.write_text(bib.read_text() + more)
    following.settled(edit(project, "content/02-two.md", "title: Two", "title: A Heading"))
    following.settled(
        edit(project, "content/03-three.md", "See @sec:part.", "See @sec:part and [@other1999].")
    )
    assert "Another Book" in text_of(delivered(project))
    assert delivered(project) == clean_build(project, tmp_path)
    following.settled(edit(project, "figures/figures.yaml", "own", "pending"))
    assert delivered(project) == clean_build(project, tmp_path)


def test_a_half_typed_text_shows_its_error_and_keeps_the_pages(
    project: Path, following: Following, tmp_path: Path
) -> None:
    before = delivered(project)
    reported = following.settled(edit(project, "content/01-one.md", "[@small2001", "[@smal2001"))
    assert [
        (str(one.span), one.code.value) for one in reported.view.diagnostics if one.severity == "error"
    ] == [("content/01-one.md:5:32", "undefined-citation")]
    assert reported.view.pdf is None
    assert following.board.latest().old
    assert delivered(project) == before
    mended = following.settled(edit(project, "content/01-one.md", "[@smal2001", "[@small2001"))
    assert mended.view.settled
    assert not following.board.latest().old
    assert delivered(project) == clean_build(project, tmp_path)


def test_ten_saves_in_a_second_and_a_switch_of_branches(
    project: Path, following: Following, tmp_path: Path
) -> None:
    moment = 0.0
    for number in range(10):
        moment = edit(project, "content/02-two.md", "\n\n", f"\n\nSave {number}. ")
        time.sleep(0.05)  # a hand that saves fast; nothing is waited for
    following.board.until(lambda one: one.view.settled and "Save 9. Save 8." in text_of(one.view.pdf), moment)
    assert "Save 9. Save 8." in text_of(delivered(project))
    assert delivered(project) == clean_build(project, tmp_path)
    moment = time.monotonic()
    for name in ("content/02-two.md", "content/03-three.md"):
        path = project / name
        path.rename(path.with_name(f"1{path.name}"))
    write(project, {"content/02-new.md": "---\ntitle: New\n---\n\nOn another branch.\n"})
    following.board.until(
        lambda one: one.view.settled and "On another branch" in text_of(one.view.pdf), moment
    )
    assert delivered(project) == clean_build(project, tmp_path)
    for name in ("02-two.md", "03-three.md"):
        (project / f"content/1{name}").rename(project / f"content/{name}")
    following.caught_up()


def test_a_file_that_is_only_touched_is_no_change(project: Path, following: Following) -> None:
    moment = time.monotonic()
    (project / "content/02-two.md").touch()
    (project / "content/.02-two.md.swp").write_text("of an editor")
    following.settled(edit(project, "content/01-one.md", "little", "much"))
    assert [one.view.working for one in following.board.views if one.moment >= moment].count("reading") == 1


def waiting_engines(project: Path) -> list[int]:
    """Process numbers of the engines that wait."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if "parked-" in str(place.readlink()) and place.readlink().is_relative_to(project):
                found.append(int(place.parent.name))
        except OSError:
            continue
    return found


proc = pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="looks into /proc")


@proc
def test_engines_that_somebody_kills_do_no_harm(project: Path, following: Following, tmp_path: Path) -> None:
    following.settled(edit(project, "content/03-three.md", "Three", "One, two, three"))
    following.watcher.engines_wait()
    engines = waiting_engines(project)
    assert len(engines) >= 3
    for number in engines[:-1]:
        os.kill(number, signal.SIGKILL)
    following.settled(edit(project, "content/03-three.md", "One, two", "Two, one"))
    assert delivered(project) == clean_build(project, tmp_path)


@proc
def test_engines_keep_to_the_memory_they_are_given(tmp_path: Path) -> None:
    project = write(tmp_path, PAGES)
    with Following(project, memory=2 * ENGINE_MEMORY) as following:
        following.settled(edit(project, "content/02-two.md", "Two", "Too"))
        following.watcher.engines_wait()
        assert len(waiting_engines(project)) == 2


@proc
def test_a_killed_watcher_leaves_nothing(tmp_path: Path) -> None:
    project = write(tmp_path, PAGES)
    command = [Path(sys.executable).with_name("fascicle"), "watch", "--no-preview"]
    with subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, text=True) as watcher:
        try:
            assert watcher.stdout
            assert any("settled" in line for line in watcher.stdout)
            deadline = time.monotonic() + 60
            while not waiting_engines(project) and time.monotonic() < deadline:
                time.sleep(0.05)
            assert waiting_engines(project)
        finally:
            watcher.kill()
    assert left_behind(project) == []
    deadline = time.monotonic() + 10
    while list(project.glob("build/run/*/parked-*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert list(project.glob("build/run/*/parked-*")) == []


class Hand:
    """Somebody who edits, breaks, mends and renames at random."""

    def __init__(self, project: Path, seed: int) -> None:
        self.project, self.chance = project, random.Random(seed)
        self.broken = False

    def save(self) -> None:
        files = sorted((self.project / "content").glob("0*.md"))
        path = self.chance.choice(files)
        if self.broken:
            self._mend()
        else:
            self.chance.choice((self._edit, self._edit, self._edit, self._break, self._rename))(path)

    def _edit(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        parts = text.split("\n\n")
        at = self.chance.randrange(1, len(parts))
        change = self.chance.randrange(4)
        wanted = any(mark in parts[at] for mark in ("@", "{#"))  # what others refer to
        if change == 0 and len(parts) > 4 and not wanted:
            del parts[at]
        elif change == 1:
            parts.insert(at, paragraphs(self.chance.randrange(1000), 1))
        elif change == 2 and not wanted:
            parts[at] = f"{self.chance.choice(WORDS).capitalize()}^[A note.] {parts[at]}"
        else:
            parts.insert(at, f"## {self.chance.choice(WORDS)} {{#h{self.chance.randrange(10**6)}}}")
        path.write_text("\n\n".join(parts), encoding="utf-8")

    def _break(self, path: Path) -> None:
        path.write_text(path.read_text(encoding="utf-8") + "\n[@nobody]\n", encoding="utf-8")
        self.broken = True

    def _mend(self) -> None:
        for path in (self.project / "content").glob("*.md"):
            text = path.read_text(encoding="utf-8")
            if "[@nobody]" in text:
                path.write_text(text.replace("\n[@nobody]\n", ""), encoding="utf-8")
        self.broken = False

    def _rename(self, path: Path) -> None:
        path.rename(path.with_name(f"0{self.chance.randrange(10)}-{self.chance.randrange(10**6)}.md"))


@pytest.mark.stress
@pytest.mark.slow
def test_any_saving_settles_to_what_a_clean_build_gives(tmp_path: Path) -> None:
    project = write(tmp_path / "watched", PAGES)
    with Following(project) as following:
        _save_at_random(project, following, tmp_path)
    assert left_behind(project) == []
    assert list(project.glob("build/run/*/parked-*")) == []


def _save_at_random(project: Path, following: Following, tmp_path: Path) -> None:
    hand = Hand(project, SEED)
    for burst in range(SAVES // 5):
        for _ in range(5):
            hand.save()
            time.sleep(
                hand.chance.choice((0.0, 0.02, 0.3, 0.8))
            )  # now in the middle of a build, now after it
        if hand.broken:
            hand.save()
        following.caught_up()
        assert delivered(project) == clean_build(project, tmp_path), f"burst {burst}"
