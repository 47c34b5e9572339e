"""Trim, bleed and sheet: what goes together, what does not, and where everything then stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fascicle.core.builtin_templates import builtin_folder
from fascicle.core.diagnostics import Collector
from fascicle.core.model import EditionSettings
from fascicle.core.units import BIG_POINTS
from fascicle.project.editions import edition_of
from fascicle.project.page_geometry import TRIMS, Sheet, gutter_for, padded, sheet_of, size
from fascicle.project.presets import Preset, preset_names, preset_settings
from fascicle.project.publication import read_publication
from fascicle.project.sources import Sources
from fascicle.project.validation import validate
from fascicle.project.yaml_reader import read_yaml
from tests.support.diagnostics import in_full
from tests.support.publications import small

MM = BIG_POINTS["mm"]


def reported(folder: Path, stated: str, **given: str) -> tuple[Sheet | None, EditionSettings, list[str]]:
    """Sheet and settings of a print edition of which publication.yaml states `stated`, and what is told."""
    publication = f"title: A\nauthors: [{{literal: B}}]\neditions: {{print: {{{stated}}}}}\n"
    root = small(folder, **{"content/publication.yaml": publication})
    sources, problems = Sources(root), Collector()
    found = read_publication(sources, problems)
    assert found is not None
    edition = edition_of(found, "print", given, sources, problems)
    assert edition is not None
    sheet = sheet_of(edition, True, problems)
    return sheet, edition.settings, in_full(problems)


@pytest.mark.parametrize("name", TRIMS)
def test_sizes_by_name(name: str) -> None:
    assert size(name.upper()) == size(TRIMS[name])


@pytest.mark.parametrize(
    ("stated", "width", "height"),
    [
        ("a4", 210 * MM, 297 * MM),
        ("6x9in", 432, 648),
        ("5.5x8.5in", 396, 612),
        ("170x240mm", 170 * MM, 240 * MM),
        ("17 x 24 cm", 170 * MM, 240 * MM),
        ("150mm x 9in", 150 * MM, 648),
        ("150mm×225mm", 150 * MM, 225 * MM),
    ],
)
def test_sizes_by_measure(stated: str, width: float, height: float) -> None:
    assert size(stated) == pytest.approx((width, height), abs=1e-9)


@pytest.mark.parametrize("stated", ["", "a44", "6x9", "6 in", "x9in", "-6x9in", "6x9in extra"])
def test_what_is_no_size(stated: str) -> None:
    assert size(stated) is None


@given(
    width=st.floats(200, 2800),
    height=st.floats(200, 2800),
    bleed=st.floats(0, 5 * MM),
    index=st.integers(0, 3),
    at_bind=st.booleans(),
)
def test_boxes_stand_in_one_another(
    width: float, height: float, bleed: float, index: int, at_bind: bool
) -> None:
    from fascicle.project.page_geometry import Room

    room = Room(bleed if at_bind else 0.0, bleed, bleed)
    boxes = Sheet(width, height, bleed, at_bind, False, room).boxes(index)
    media, outer, trim = (boxes[f"/{name}Box"] for name in ("Media", "Bleed", "Trim"))
    for inside, around in ((trim, outer), (outer, media)):
        assert inside[0] >= around[0] - 1e-4
        assert inside[1] >= around[1] - 1e-4
        assert inside[2] <= around[2] + 1e-4
        assert inside[3] <= around[3] + 1e-4
    assert trim[2] - trim[0] == pytest.approx(width, abs=2e-4)
    bind = trim[0] - outer[0] if index % 2 == 0 else outer[2] - trim[2]
    assert bind == pytest.approx(bleed if at_bind else 0, abs=2e-4)


def test_defaults(tmp_path: Path) -> None:
    sheet, settings, messages = reported(tmp_path, "")
    assert messages == []
    assert sheet is not None
    assert sheet.bleed == pytest.approx(3 * MM)
    assert not sheet.marks
    assert (settings.standard, settings.profile, settings.max_ink) == ("x-4", "fogra39", 330)


def test_the_command_line_comes_before_the_publication_and_both_before_the_preset(tmp_path: Path) -> None:
    _, settings, messages = reported(tmp_path, "preset: kdp, bleed: 0, trim: a5", trim="6x9in")
    assert messages == []
    assert (settings.trim, settings.bleed, settings.standard) == ("6x9in", "0", "x-1a")


PLACE = "content/publication.yaml:3"


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("trim: b7", f"{PLACE}:26 impossible-page 'b7' is no page size for 'trim'"),
        ("trim: 10x10mm", f"{PLACE}:26 impossible-page a page of 10 × 10 mm cannot be printed: sides are between 70 mm and 1 m"),
        ("trim: 100x1001mm", f"{PLACE}:26 impossible-page a page of 100 × 1001 mm cannot be printed: sides are between 70 mm and 1 m"),
        ("bleed: 6mm", f"{PLACE}:27 impossible-page a bleed of 6mm is more than the 5 mm that printers can use"),
        ("bleed: 3", f"{PLACE}:27 wrong-value 'bleed' must be a length with its unit, such as 3mm or 0.125in"),
        (
            "trim: a4, media: a5",
            f"{PLACE}:37 impossible-page the trimmed page of 210 × 297 mm is larger than its sheet of 148 × 210 mm",
        ),
        (
            "trim: a4, media: a4",
            f"{PLACE}:37 impossible-page the sheet of 210 × 297 mm has no room for the bleed of a trimmed page of 210 × 297 mm",
        ),
        (
            "trim: a5, media: 160x222mm, marks: true",
            f"{PLACE}:37 impossible-page the sheet of 160 × 222 mm has no room for the bleed and marks of a trimmed page of 148 × 210 mm",
        ),
        ("preset: kpd", f"{PLACE}:28 unknown-preset there is no preset 'kpd'"),
        ("page-multiple: 0", f"{PLACE}:35 wrong-value 'page-multiple' input should be greater than or equal to 1"),
        (
            "gutter-by-pages: {24: wide}",
            f"{PLACE}:42 wrong-value 'gutter-by-pages' must give a length with its unit, such as 0.5in, for each number of pages",
        ),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_told_at_its_place(tmp_path: Path, stated: str, said: str) -> None:
    assert reported(tmp_path, stated)[2] == [said]


def test_a_stated_sheet_has_the_page_in_its_middle(tmp_path: Path) -> None:
    sheet, _, messages = reported(tmp_path, "trim: a5, media: a4, marks: true")
    assert messages == []
    assert sheet is not None
    assert sheet.boxes(0)["/TrimBox"] == pytest.approx((31 * MM, 43.5 * MM, 179 * MM, 253.5 * MM), abs=1e-3)


@pytest.mark.parametrize(("bleed", "offset"), [("0", 3), ("2mm", 3), ("3mm", 4), ("5mm", 6)])
def test_marks_keep_their_distance_from_page_and_bleed(tmp_path: Path, bleed: str, offset: int) -> None:
    """In millimetres, at least 3 outside the page and 1 outside the bleed; marks are 6 long, with 1 beyond them."""
    sheet, _, messages = reported(tmp_path, f"trim: a5, bleed: {bleed}, marks: true")
    assert messages == []
    assert sheet is not None
    assert sheet.room.outer == pytest.approx((offset + 7) * MM)


def test_inner_margin_by_number_of_pages() -> None:
    settings = EditionSettings(gutter_by_pages={24: "0.375in", 151: "0.5in", 301: "0.625in"})
    found = [gutter_for(settings, pages) / 72 for pages in (1, 24, 150, 151, 300, 301, 999)]
    assert found == [0.375, 0.375, 0.375, 0.5, 0.5, 0.625, 0.625]
    wide = settings.model_copy(update={"gutter": "0.6in"})
    assert [gutter_for(wide, pages) / 72 for pages in (1, 400)] == pytest.approx([0.6, 0.625])


@pytest.mark.parametrize(
    ("multiple", "blank", "counts"),
    [(None, None, [1, 7, 8]), (4, None, [4, 8, 8]), (2, True, [2, 8, 10]), (None, True, [2, 8, 9])],
)
def test_blank_pages_at_the_end(multiple: int | None, blank: bool | None, counts: list[int]) -> None:
    settings = EditionSettings(page_multiple=multiple, last_page_blank=blank)
    assert [padded(settings, pages) for pages in (1, 7, 8)] == counts


def test_every_rule_of_a_preset_has_a_dated_source(tmp_path: Path) -> None:
    sources, problems = Sources(tmp_path), Collector()
    names = preset_names(sources)
    assert {"generic-offset", "ingramspark", "kdp"} <= set(names)
    for name in names:
        text = (builtin_folder() / "presets" / f"{name}.yaml").read_text(encoding="utf-8")
        preset = validate(Preset, read_yaml(text, name, problems), name, problems)
        assert preset is not None
        assert preset_settings(name, None, sources, problems) is not None
        assert {rule.source for rule in preset.rules.values()} == set(preset.sources)
    assert list(problems) == []


def test_a_project_brings_its_own_preset(tmp_path: Path) -> None:
    own = "description: Ours\nsources: {us: {title: Us, date: 2024-02-29}}\nrules: {bleed: {value: 4mm, source: they}}\n"
    small(tmp_path, **{"templates/presets/ours.yaml": own})
    _, settings, messages = reported(tmp_path, "preset: ours")
    assert settings.bleed == "4mm"
    assert messages == [
        "templates/presets/ours.yaml:3:37 wrong-value the rule 'bleed' names an unknown source 'they'"
    ]
