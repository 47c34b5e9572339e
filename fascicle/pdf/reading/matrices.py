"""Transformation matrices of graphics (ISO 32000-1, 8.3.3) and the sizes that they make."""

from __future__ import annotations

import math

from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

from fascicle.pdf.objects import entry, follow

Matrix = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f: a point x, y goes to ax + cy + e, bx + dy + f."""
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def plain_number(value: PdfObject) -> float:
    """A number as Python has it; 1 for what is none."""
    return float(value) if isinstance(value, int | float) else 1.0


def matrix_of_six(values: tuple[float, ...]) -> Matrix:
    """Exactly six numbers as a matrix; raises ValueError for others."""
    a, b, c, d, e, f = values
    return a, b, c, d, e, f


def matrix_of(value: PdfObject) -> Matrix:
    """An array of six numbers as a matrix; the identity for anything else."""
    if not isinstance(value, ArrayObject) or len(value) != 6:
        return IDENTITY
    return matrix_of_six(tuple(plain_number(follow(item)) for item in value))


def times(one: Matrix, two: Matrix) -> Matrix:
    """The matrix that does `one` and then `two`."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def unit_size(matrix: Matrix) -> tuple[float, float]:
    """Printed width and height of the unit square, which a picture fills."""
    a, b, c, d, _, _ = matrix
    return math.hypot(a, b), math.hypot(c, d)


def box_size(form: DictionaryObject) -> tuple[float, float]:
    """Width and height of a form's bounding box in points; 0 without one."""
    box = entry(form, "/BBox")
    if not isinstance(box, ArrayObject) or len(box) != 4:
        return 0.0, 0.0
    left, bottom, right, top = (plain_number(follow(side)) for side in box)
    return abs(right - left), abs(top - bottom)
