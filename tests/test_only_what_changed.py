"""A build runs TeX only when something that TeX reads has changed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fascicle.events import Event, Progress
from fascicle.pipeline import build_edition
from fascicle.run import Request
from tests.publications import SOUND, png, write

pytestmark = pytest.mark.tex

UNCITED = """
@book{other1999,
  author = {Other, Bob},
  title = {Another Book},
  date = {1999},
  publisher = {Press},
  location = {Leeds},
}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for all tests: in another one every build is a first one."""
    return tmp_path_factory.mktemp("built")


@pytest.fixture
def built(folder: Path) -> Path:
    """A publication as it was at first, and built."""
    for name in ("bib", "content", "figures"):
        shutil.rmtree(folder / name, ignore_errors=True)
    write(folder, SOUND)
    programs(folder)
    return folder


def programs(root: Path) -> list[str]:
    """What a build runs."""
    told: list[Event] = []
    result = build_edition(Request(root), "screen", told.append)
    assert result.output, [str(found) for found in result.diagnostics]
    return [event.text.split()[0] for event in told if isinstance(event, Progress)]


def pdf(root: Path) -> bytes:
    return next((root / "build/screen").glob("a-*.pdf")).read_bytes()


def append(name: str, text: str) -> Callable[[Path], object]:
    return lambda root: (root / name).write_text((root / name).read_text() + text)


def replace(name: str, old: str, new: str) -> Callable[[Path], object]:
    return lambda root: (root / name).write_text((root / name).read_text().replace(old, new))


@pytest.mark.parametrize(
    "change",
    [
        append("bib/works.bib", UNCITED),
        replace("content/01-one.md", "A paragraph", "<!-- Not\nprinted. -->\n\nA paragraph"),
        append("content/publication.yaml", "# a remark\n"),
        lambda root: os.utime(root / "figures/plate.png", (1, 1)),
        lambda root: (root / "figures/unplaced.png").write_bytes(png(30, 30)),
        append(
            "figures/figures.yaml", "unplaced.png: {permission: own, alt: Another plate, credit: Drawn}\n"
        ),
        replace("figures/figures.yaml", "permission: own", "permission: own\n  holder: Ann Sound"),
        lambda root: shutil.rmtree(root / "build/screen"),
    ],
    ids=["uncited work", "comment", "remark", "touched", "unplaced", "its entry", "holder", "result gone"],
)
def test_what_tex_does_not_read_starts_no_tex(built: Path, change: Callable[[Path], object]) -> None:
    before = pdf(built)
    change(built)
    assert programs(built) == []
    assert pdf(built) == before


def test_another_name_of_the_result_starts_no_tex(built: Path) -> None:
    before = pdf(built)
    append("content/publication.yaml", "slug: sound\n")(built)
    assert programs(built) == []
    assert (built / "build/screen/sound.pdf").read_bytes() == before


def test_lines_that_moved_are_told_where_they_are_now(built: Path) -> None:
    """SyncTeX leads to the author's lines, which move even when TeX has nothing to do."""
    data = next((built / "build/screen").glob("a-*.synctex.gz"))
    before = data.read_bytes()
    replace("content/01-one.md", "A paragraph", "<!-- One\nmore. -->\n\nA paragraph")(built)
    assert programs(built) == []
    assert data.read_bytes() != before


@pytest.mark.parametrize(
    "change",
    [
        replace("content/01-one.md", "little to say", "much to say"),
        lambda root: (root / "figures/plate.png").write_bytes(png(90, 60)),
    ],
    ids=["word", "picture"],
)
def test_what_tex_reads_starts_one_pass(built: Path, change: Callable[[Path], object]) -> None:
    before = pdf(built)
    change(built)
    assert programs(built) == ["lualatex"]
    assert pdf(built) != before
    assert programs(built) == []
