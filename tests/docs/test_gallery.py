"""The gallery shows every look, edition and template that there is to see, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from fascicle.cli.choices import choices
from tests.conftest import ROOT

GALLERY = ROOT / "docs" / "gallery.md"
NO_PICTURE = {"article", "interact", "issue", "sagej", "sn-jnl", "title-page"}
"""Templates shown otherwise, or whose classes authors bring, or that are no publication of their own."""
NO_PAGE = {"epub", "jats", "word"}
"""Editions that are no page."""


def expected(tmp_path: Path) -> set[str]:
    """The names of the pictures that there must be."""
    templates = choices("templates", tmp_path)
    looks = {name.partition("look=")[2] for name in templates if "look=" in name}
    assert looks
    names = {name for name in templates if " " not in name}
    return (
        {f"look-{look}" for look in looks}
        | {f"template-{name}" for name in names - NO_PICTURE}
        | {f"edition-{name}" for name in set(choices("editions", tmp_path)) - NO_PAGE}
        | {"columns-2"}
    )


def test_each_has_its_picture_and_its_place_in_the_page(tmp_path: Path) -> None:
    names = expected(tmp_path)
    text = GALLERY.read_text("utf-8")
    assert set(re.findall(r"images/gallery/([\w-]+)\.webp", text)) == names
    assert {path.stem for path in (GALLERY.parent / "images" / "gallery").iterdir()} == names
    assert all(f"`{name}`" in text for name in NO_PAGE | (NO_PICTURE - {"article"}))
