"""A build runs TeX only when something that TeX reads has changed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fascicle import entry
from fascicle.core.events import Event, Progress
from fascicle.pipeline.build import build_edition
from fascicle.pipeline.run import Request
from tests.support.publications import SOUND, png, write

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
    for name in ("bib", "content", "figures", "templates"):
        shutil.rmtree(folder / name, ignore_errors=True)
    write(folder, SOUND)
    programs(folder)
    return folder


def programs(root: Path) -> list[str]:
    """What a build runs."""
    reported: list[Event] = []
    result = build_edition(Request(root), "screen", reported.append)
    assert result.output, [str(found) for found in result.diagnostics]
    return [event.text.split()[0] for event in reported if isinstance(event, Progress)]


def pdf(root: Path) -> bytes:
    return next((root / "build/screen").glob("a-*.pdf")).read_bytes()


JOURNAL = """\
title: A Journal of Small Things
"""
DRAW = """\
import sys
from PIL import Image

Image.new("L", (90, 60), 200).save(sys.argv[1], dpi=(300, 300))
"""


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
        lambda root: (root / "bib/more.bib").write_text(UNCITED),
        append("bib/works.bib", "@comment{nothing}\n"),
        replace(
            "bib/works.bib", "date = {2001},", "date =   {2001}, abstract = {What it says}, file = {a.pdf},"
        ),
        lambda root: write(root, {"templates/journals/mine.yaml": JOURNAL}),
        lambda root: write(root, {"templates/presets/mine.yaml": "title: Another printer\n"}),
        replace(
            "figures/figures.yaml", "A plate in even grey", "A plate,\n    grey & {even}, 50% \\\\ black"
        ),
        replace("content/01-one.md", "title: One", "title: One\nsummary: What it says\nstatus: final"),
        lambda root: rewrite(root),
        lambda root: shutil.rmtree(root / "build/screen"),
    ],
    ids=[
        "uncited work",
        "comment",
        "remark",
        "touched",
        "unplaced",
        "its entry",
        "holder",
        "uncited works of another file",
        "comment in the bibliography",
        "fields that nobody prints",
        "journal",
        "preset",
        "alternative text",
        "front matter for the author",
        "all written anew",
        "result gone",
    ],
)
def test_what_tex_does_not_read_starts_no_tex(built: Path, change: Callable[[Path], object]) -> None:
    before = pdf(built)
    change(built)
    assert programs(built) == []
    assert pdf(built) == before


def rewrite(root: Path) -> None:
    """Write every file as it is, as another branch of a repository and back does."""
    for name, content in SOUND.items():
        (root / name).unlink()
        write(root, {name: content})


def test_equal_files_are_no_change(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The front door says so, before the program proper is even loaded."""
    programs(built)
    monkeypatch.chdir(built)
    assert entry._nothing_to_do(["-q"])
    rewrite(built)
    assert entry._nothing_to_do(["-q"])
    replace("content/01-one.md", "little to say", "nothing to say")(built)
    assert not entry._nothing_to_do(["-q"])


@pytest.mark.parametrize("change", ["unplaced.png", "figures.yaml"])
def test_a_changed_picture_that_the_text_does_not_place_starts_no_tex(built: Path, change: str) -> None:
    write(built, {"figures/unplaced.png": png(30, 30)})
    append("figures/figures.yaml", "unplaced.png: {permission: own, alt: Other, credit: Drawn}\n")(built)
    assert programs(built) == []
    before = pdf(built)
    if change == "unplaced.png":
        write(built, {"figures/unplaced.png": png(60, 40)})
    else:
        replace("figures/figures.yaml", "alt: Other", "alt: Quite another")(built)
    assert programs(built) == []
    assert pdf(built) == before


def test_another_script_of_the_same_picture_starts_no_tex(built: Path) -> None:
    write(built, {"figures/draw.py": DRAW})
    append("content/publication.yaml", "trust: {scripts: true}\n")(built)
    append("content/01-one.md", "\n![Drawn.](figures/drawn.png)\n")(built)
    ledger = "drawn.png: {permission: own, alt: Drawn, credit: Drawn, script: draw.py}\n"
    append("figures/figures.yaml", ledger)(built)
    assert "lualatex" in programs(built)
    before = pdf(built)
    append("figures/draw.py", "# a remark\n")(built)
    assert programs(built) == []
    assert pdf(built) == before
    replace("figures/draw.py", "200", "90")(built)
    assert programs(built) == ["lualatex"]
    assert pdf(built) != before


def test_what_only_finishing_reads_starts_no_tex(built: Path) -> None:
    before = pdf(built)
    append("content/publication.yaml", "editions: {screen: {standard: none}}\n")(built)
    assert programs(built) == []
    assert pdf(built) != before


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
