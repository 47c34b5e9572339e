"""Rendering again after a change: what is kept of the last time is what would be made now."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fascicle.latex import fragments
from fascicle.pipeline.manuscript import Manuscript, read_manuscript
from fascicle.pipeline.run import Request, Run
from tests.support.publications import write

SECTIONS = {
    "content/publication.yaml": "title: Title\nauthors: [{family: Duras, given: M.}]\ndate: 2026-11-25\nlanguage: en-GB\n",
    "content/01-one.md": "---\ntitle: One\n---\nFirst text. See @sec:two.\n",
    "content/02-two.md": "---\ntitle: Two\n---\nSecond text.\n",
}


def read(root: Path) -> Manuscript:
    run = Run(Request(root), "screen", lambda event: None)
    manuscript = read_manuscript(run)
    assert manuscript, [str(found) for found in run.problems.sorted()]
    assert manuscript.assembled, [str(found) for found in run.problems.sorted()]
    return manuscript


def made(root: Path) -> str:
    manuscript = read(root)
    assert manuscript.assembled
    return manuscript.assembled.tex


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Titles' first words of the sections that are rendered, not taken from the last time."""
    titles: list[str] = []
    original = fragments._rendered

    def spy(parsed, context):  # type: ignore[no-untyped-def]
        titles.append(parsed.section.data.title)
        return original(parsed, context)

    monkeypatch.setattr(fragments, "_rendered", spy)
    monkeypatch.setattr(fragments, "_kept", fragments._Kept())
    return titles


@pytest.mark.parametrize(
    ("file", "old", "new", "again"),
    [
        ("content/01-one.md", "First text", "Another text", ["One"]),
        ("content/02-two.md", "Second text.", "Second text.\n\nMore of it.", ["Two"]),
    ],
)
def test_a_section_that_is_the_same_is_not_rendered_again(
    tmp_path: Path, rendered: list[str], file: str, old: str, new: str, again: list[str]
) -> None:
    write(tmp_path, SECTIONS)
    made(tmp_path)
    assert rendered == ["One", "Two"]
    rendered.clear()
    (tmp_path / file).write_text(SECTIONS[file].replace(old, new))
    changed = made(tmp_path)
    assert rendered == again
    fragments._kept.context, fragments._kept.sections = None, {}
    assert changed == made(tmp_path)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("content/02-two.md", "title: Two", "title: Third"),
        ("content/publication.yaml", "language: en-GB", "language: de"),
        ("content/publication.yaml", "language: en-GB", "language: en-GB\ncitation-style: numeric"),
    ],
)
def test_what_it_depends_on_besides_its_text_counts(tmp_path: Path, file: str, old: str, new: str) -> None:
    write(tmp_path, SECTIONS)
    before = made(tmp_path)
    (tmp_path / file).write_text(SECTIONS[file].replace(old, new))
    changed = made(tmp_path)
    fragments._kept.context, fragments._kept.sections = None, {}
    assert changed == made(tmp_path)
    assert changed != before


def test_a_changed_title_is_rendered_though_the_text_is_the_same(tmp_path: Path) -> None:
    write(tmp_path, SECTIONS)
    manuscript = read(tmp_path)
    first, *_ = manuscript.document.sections
    other, *_ = read(tmp_path).document.sections
    assert first.blocks is other.blocks
    context = fragments.RenderContext()
    one = fragments._section(first, context)
    two = fragments._section(replace(first, title=()), context)
    assert one.latex != two.latex


def test_another_edition_renders_the_same_section_in_its_own_way(tmp_path: Path) -> None:
    link = {"content/01-one.md": "---\ntitle: One\n---\nA [link](https://example.org).\n"}
    write(tmp_path, {**SECTIONS, **link})
    first, *_ = read(tmp_path).document.sections
    linked = fragments._section(first, fragments.RenderContext(links=True))
    plain = fragments._section(first, fragments.RenderContext(links=False))
    assert "href" in linked.latex
    assert plain.latex != linked.latex
    assert fragments._section(first, fragments.RenderContext(links=True)) == linked
