"""What a publication brings in `build/` is not believed, and nothing is written through its links."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Severity
from fascicle.core.system.atomic_files import deliver_inside, read_regular
from fascicle.core.system.locks import lock_file
from fascicle.pipeline.build import build_edition, check_edition
from fascicle.pipeline.run import Request, Run
from fascicle.project import manifest
from tests.conftest import need
from tests.support.publications import SMALL, write

ENTRY = {"path": "", "digest": "", "mtime_ns": 0, "size": 0}
SETTINGS = {
    "no_trust": True,
    "allow_pending": False,
    "strict": False,
    "settings": "",
    "epoch": "",
    "program": "",
}


def brought(outputs: list[str], reads: list[str], result: str = "build/screen/a.pdf") -> str:
    state = {
        "format": manifest.FORMAT,
        "settings": SETTINGS,
        "reads": [{**ENTRY, "path": path} for path in reads],
        "outputs": [{**ENTRY, "path": path} for path in outputs],
        "summary": "",
        "result": result,
    }
    return json.dumps(state)


@pytest.mark.parametrize(
    ("outputs", "reads", "result"),
    [
        (["build/screen/../../../../victim"], [], "build/screen/a.pdf"),
        (["/etc/passwd"], [], "build/screen/a.pdf"),
        (["build/print/a.pdf"], [], "build/screen/a.pdf"),
        (["build/screen/a.pdf"], ["../../secret"], "build/screen/a.pdf"),
        (["build/screen/a.pdf"], ["/dev/zero"], "build/screen/a.pdf"),
        (["build/screen/a.pdf"], [], "../a.pdf"),
        (["build/screen//a.pdf"], [], "build/screen/a.pdf"),
    ],
)
def test_a_manifest_that_leads_elsewhere_is_none(
    tmp_path: Path, outputs: list[str], reads: list[str], result: str
) -> None:
    write(tmp_path, {"screen/manifest.json": brought(outputs, reads, result)})
    assert manifest.load(tmp_path, "screen") is None


def test_a_sound_manifest_is_read(tmp_path: Path) -> None:
    write(tmp_path, {"screen/manifest.json": brought(["build/screen/a.pdf"], ["content/*.md", "bib/a.bib"])})
    assert manifest.load(tmp_path, "screen")


def test_the_state_of_strangers_lies_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = write(tmp_path / "one", SMALL)
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    check_edition(Request(root, no_trust=True), "screen")
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before
    assert Run(Request(root, no_trust=True), "screen", lambda event: None).build.is_relative_to(
        tmp_path / "cache"
    )


@pytest.mark.parametrize("place", ["build", "build/screen"])
def test_a_linked_build_folder_is_told_and_left_alone(
    tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root, victim = write(tmp_path / "one", SMALL), tmp_path / "victim"
    victim.mkdir()
    (root / place).parent.mkdir(exist_ok=True)
    (root / place).symlink_to(victim)
    result = build_edition(Request(root, no_trust=True), "screen", lambda event: None)
    assert [found.code for found in result.diagnostics] == [Code.FOREIGN_BUILD]
    assert result.failed
    assert not list(victim.iterdir())


@pytest.mark.tex
def test_a_foreign_build_folder_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need("lualatex")
    root, victim = write(tmp_path / "one", SMALL), tmp_path / "victim"
    victim.write_text("mine")
    lua = f"\\directlua{{local f = io.open('{victim}', 'w') f:write('x') f:close()}}"
    write(
        root,
        {
            "build/run/screen/state.json": json.dumps(
                {"format": 3, "files": {"main.aux": ""}, "structure": ""}
            ),
            "build/run/screen/kept/main.aux": lua,
            "build/texts/a.tex": lua,
            "build/preview-token": "a" * 48,
            "build/screen/manifest.json": brought(["build/screen/../../../victim"], []),
        },
    )
    (root / "build/locks").mkdir()
    (root / "build/locks/screen").symlink_to(victim)
    result = build_edition(Request(root, no_trust=True), "screen", lambda event: None)
    assert [(found.code, found.severity) for found in result.diagnostics] == [
        (Code.FOREIGN_BUILD, Severity.NOTE)
    ]
    assert not result.failed
    assert victim.read_text() == "mine"


def test_a_lock_is_never_a_link(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("mine")
    (tmp_path / "lock").symlink_to(tmp_path / "victim")
    with pytest.raises(OSError, match="ymbolic"), lock_file(tmp_path / "lock"):
        pass
    assert (tmp_path / "victim").read_text() == "mine"


@pytest.mark.parametrize("place", ["a", "a/b"])
def test_results_follow_no_link(tmp_path: Path, place: str) -> None:
    victim = tmp_path / "victim"
    victim.mkdir()
    root = write(tmp_path / "root", {"keep": ""})
    (root / place).parent.mkdir(exist_ok=True)
    (root / place).symlink_to(victim)
    with pytest.raises(OSError, match="a"):
        deliver_inside(b"x", root, "a/b/c.pdf")
    assert not list(victim.iterdir())


def test_a_result_takes_the_place_of_a_link(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("mine")
    (tmp_path / "a.pdf").symlink_to(tmp_path / "victim")
    deliver_inside(b"x", tmp_path, "a.pdf")
    assert (tmp_path / "victim").read_text() == "mine"
    assert (tmp_path / "a.pdf").read_bytes() == b"x"


def test_only_regular_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "secret")
    for path in (tmp_path / "link", tmp_path, Path("/dev/null")):
        with pytest.raises(OSError):  # noqa: PT011 - each in its own words
            read_regular(path)
