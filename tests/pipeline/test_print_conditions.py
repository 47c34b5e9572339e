"""What a print edition holds its pictures to, before anything is typeset."""

from __future__ import annotations

from pathlib import Path

import pytest

from fascicle.core.diagnostic_codes import Code
from fascicle.core.diagnostics import Collector, Diagnostic, Severity
from fascicle.pipeline.print_conditions import held_to_ledger, inks_of
from fascicle.project.editions import Edition, edition_of
from fascicle.project.figures.icc_profiles import profile_of
from fascicle.project.publication import read_publication
from fascicle.project.sources import Sources
from tests.conftest import REQUIRE
from tests.support.publications import small

PENDING = Diagnostic(Code.PERMISSION_PENDING, "pending", severity=Severity.NOTE)
OTHER = Diagnostic(Code.HUGE_PICTURE, "huge", severity=Severity.WARNING)


def edition(root: Path, name: str = "print", **settings: object) -> Edition:
    sources, problems = Sources(small(root)), Collector()
    publication = read_publication(sources, problems)
    assert publication
    found = edition_of(publication, name, settings, sources, problems)
    assert list(problems) == []
    assert found
    return found


@pytest.mark.parametrize(
    ("name", "allow_pending", "severity"),
    [("print", False, Severity.ERROR), ("print", True, Severity.NOTE), ("screen", False, Severity.NOTE)],
)
def test_what_the_ledger_leaves_open_is_an_error_in_print(
    tmp_path: Path, name: str, allow_pending: bool, severity: Severity
) -> None:
    found = held_to_ledger([PENDING, OTHER], edition(tmp_path, name), allow_pending=allow_pending)
    assert [one.severity for one in found] == [severity, Severity.WARNING]


@pytest.mark.parametrize(
    ("standard", "colour", "codes", "keeps"),
    [
        ("x-1a", "cmyk", [], False),
        ("x-1a", "keep", [Code.COLOURS_NOT_ALLOWED], True),
        ("x-4", "keep", [], True),
        ("x-4", "cmyk", [], False),
    ],
)
def test_colours_stay_where_the_standard_has_room_for_them(
    tmp_path: Path, standard: str, colour: str, codes: list[Code], keeps: bool
) -> None:
    wanted, problems = edition(tmp_path, standard=standard, colour=colour), Collector()
    profile = profile_of(wanted, Sources(tmp_path), problems)
    if profile is None:
        assert not REQUIRE
        pytest.skip("no printing profile is installed")
    inks = inks_of(wanted, profile, problems)
    assert [found.code for found in problems] == codes
    assert inks
    assert inks.keep_rgb is keeps
