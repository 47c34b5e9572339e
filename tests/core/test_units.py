"""The three tables of units say the same."""

from __future__ import annotations

import pytest

from fascicle.core.units import BIG_POINTS, INCHES, TEX_POINTS


@pytest.mark.parametrize("unit", sorted(TEX_POINTS.keys() | BIG_POINTS.keys()))
def test_a_unit_is_as_long_in_each(unit: str) -> None:
    assert TEX_POINTS[unit] / 72.27 == pytest.approx(INCHES[unit])
    assert BIG_POINTS[unit] / 72 == pytest.approx(INCHES[unit])
