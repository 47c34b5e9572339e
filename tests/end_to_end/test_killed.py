"""Builds killed at random moments: the next build is right each time, and nothing of the killed one is left behind."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import STRESS
from tests.support.processes import left_behind
from tests.support.publications import SOUND, write

PROGRAM = Path(sys.executable).with_name("fascicle")
KILLS = 50 if STRESS else 10
SEED = 6

SCRIPT = """\
import sys
from PIL import Image

Image.new("L", (900, 600), 200).save(sys.argv[1], dpi=(300, 300))
"""
BOOK = (
    "@book{other1999, author = {Other, Bob}, title = {Another Book}, date = {1999}, publisher = {Press}, "
    "location = {Leeds}}\n"
)
FIRST = str(SOUND["content/01-one.md"])
BASE: Mapping[str, str | bytes] = {
    **SOUND,
    "content/publication.yaml": f"{SOUND['content/publication.yaml']}trust: {{scripts: true}}\n",
    "content/01-one.md": f"{FIRST}\n![Drawn.](figures/drawn.png){{#fig:drawn width=40%}}\n",
    "bib/works.bib": f"{SOUND['bib/works.bib']}{BOOK}",
    "figures/figures.yaml": f"{SOUND['figures/figures.yaml']}"
    "drawn.png: {permission: own, alt: Another plate, credit: Drawn for this test, script: draw.py}\n",
    "figures/draw.py": SCRIPT,
}
"""A publication that has one of everything: citations, cross-references, a picture and one drawn by a script."""


def changed(name: str, old: str, new: str) -> Mapping[str, str | bytes]:
    text = BASE[name]
    assert isinstance(text, str)
    assert old in text
    return {**BASE, name: text.replace(old, new)}


TEXTS: Mapping[str, Mapping[str, str | bytes]] = {
    "as it was": BASE,
    "word": changed("content/01-one.md", "little to say", "much to say"),
    "heading": changed("content/01-one.md", "## A part", "## Another part"),
    "citation": changed("content/01-one.md", "little to say", "little to say [@other1999]"),
    "picture": changed("figures/draw.py", "200", "90"),
}


@dataclass(frozen=True)
class Kill:
    """One build that does not come to its end."""

    number: int
    before: str
    """The text that was built before; empty when there is nothing but the text."""
    after: str
    """The text that the killed build was to make."""
    moment: float
    """When it is killed, as a part of the time that such a build takes."""
    group: bool
    """Whether its whole process group is killed, or it alone."""


def kills() -> list[Kill]:
    """The same ones each time; each goes on from the text that the last one was to make, or from nothing."""
    chance = random.Random(SEED)
    names = list(TEXTS)
    found: list[Kill] = []
    for number in range(KILLS):
        before = found[-1].after if number % 4 else ""
        after = chance.choice([name for name in names if name != before])
        found.append(Kill(number, before, after, chance.random(), chance.random() < 0.5))
    return found


class Clean:
    """What builds of each text give that nobody has disturbed, and how long they take."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pdfs: dict[str, bytes] = {}
        self.cold = self.warm = 0.0

    def pdf(self, text: str) -> bytes:
        """The PDF of a build from nothing."""
        if text not in self._pdfs:
            shutil.rmtree(self._folder, ignore_errors=True)
            write(self._folder, TEXTS[text])
            begun = time.monotonic()
            build(self._folder)
            self.cold = time.monotonic() - begun
            self._pdfs[text] = pdf(self._folder)
        return self._pdfs[text]

    def measure(self) -> None:
        """How long builds take here and now: one to prepare the fonts, one from nothing, one after an edit."""
        write(self._folder, TEXTS["word"])
        build(self._folder)
        self.pdf("as it was")
        write(self._folder, TEXTS["word"])
        begun = time.monotonic()
        build(self._folder)
        self.warm = time.monotonic() - begun
        assert pdf(self._folder) != self._pdfs["as it was"]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Clean:
    made = Clean(tmp_path_factory.mktemp("clean") / "publication")
    made.measure()
    return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all of them: what one kill leaves is there at the next."""
    return tmp_path_factory.mktemp("killed")


def build(root: Path) -> str:
    """Build, and what was said."""
    done = subprocess.run([PROGRAM], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def pdf(root: Path) -> bytes:
    return (root / "build/screen/a-sound-thing.pdf").read_bytes()


def kill(root: Path, seconds: float, group: bool) -> None:
    """Begin a build and end it after so many seconds, unless it has ended by itself."""
    process = subprocess.Popen(
        [PROGRAM], cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    if group:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


@pytest.mark.tex
@pytest.mark.slow
@pytest.mark.stress
@pytest.mark.parametrize(
    "one", kills(), ids=lambda one: f"{one.number} {one.before or 'cold'} to {one.after}"
)
def test_the_build_after_a_killed_one_is_right(one: Kill, clean: Clean, folder: Path) -> None:
    wanted = clean.pdf(one.after)
    allowed = [wanted]
    if one.before:
        allowed.append(clean.pdf(one.before))
        write(folder, TEXTS[one.before])
        build(folder)  # there is something to do only when this test is run by itself
        assert pdf(folder) == allowed[-1]
    else:
        shutil.rmtree(folder)
    write(folder, TEXTS[one.after])

    kill(folder, one.moment * (clean.warm if one.before else clean.cold), one.group)
    assert left_behind(folder) == []
    if one.before or (folder / "build/screen/a-sound-thing.pdf").exists():
        assert pdf(folder) in allowed, "half a result, or another one, lies in the place of the last good one"

    assert "waiting for its end" not in build(folder), "the killed build still holds a lock"
    assert pdf(folder) == wanted
    assert leftovers(folder) == []
    assert "up to date" in build(folder)


def leftovers(root: Path) -> list[str]:
    """Folders of passes, and files that wait to be moved to their places."""
    names = (path.relative_to(root).as_posix() for path in (root / "build").rglob("*"))
    return sorted(name for name in names if re.search(r"/pass-[^/]*$|\.tmp$|\.new$|/room$", name))
