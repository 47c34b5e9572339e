"""Units of length: TeX points (72.27 an inch), PostScript points (72 an inch), inches."""

from __future__ import annotations

from collections.abc import Mapping

TEX_POINTS: Mapping[str, float] = {
    "pt": 1.0, "bp": 72.27 / 72, "mm": 72.27 / 25.4, "cm": 72.27 / 2.54, "in": 72.27,
}  # fmt: skip
"""TeX points a unit."""
BIG_POINTS: Mapping[str, float] = {"pt": 72 / 72.27, "bp": 1.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0}
"""PostScript points a unit."""
INCHES: Mapping[str, float] = {
    "in": 1.0, "cm": 1 / 2.54, "mm": 1 / 25.4, "pt": 1 / 72.27, "bp": 1 / 72, "pc": 12 / 72.27,
}  # fmt: skip
"""Inches a unit."""
