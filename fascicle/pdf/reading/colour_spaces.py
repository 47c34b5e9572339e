"""Colour spaces as a printer sees them.

Which family a space belongs to, and what its numbers mean.
"""

from __future__ import annotations

from dataclasses import dataclass

from pypdf.generic import ArrayObject, PdfObject

from fascicle.pdf.objects import dictionary, entry, follow, number

DEVICE = {
    "/DeviceGray": "gray", "/G": "gray", "/DeviceRGB": "rgb", "/RGB": "rgb", "/DeviceCMYK": "cmyk", "/CMYK": "cmyk",
    "/CalGray": "icc", "/CalRGB": "icc", "/Lab": "lab", "/ICCBased": "icc", "/Pattern": "pattern",
    "/Separation": "spot", "/DeviceN": "spot",
}  # fmt: skip
WORDS = {
    "gray": "DeviceGray", "rgb": "DeviceRGB", "cmyk": "DeviceCMYK", "icc": "a colour space with a profile",
    "lab": "Lab", "spot": "a spot colour", "pattern": "a pattern", "unknown": "an unknown colour space",
}  # fmt: skip
"""The families as messages name them."""


@dataclass(frozen=True, slots=True)
class Space:
    """A colour space."""

    family: str
    """One of `WORDS`."""
    channels: int = 1
    """How many numbers a colour has."""

    @property
    def first(self) -> tuple[float, ...]:
        """The colour that the space begins with (ISO 32000-1, 8.6.5.1): black; full ink for spot colours."""
        if self.family == "cmyk":
            return (0.0, 0.0, 0.0, 1.0)
        return (1.0 if self.family == "spot" else 0.0,) * self.channels


GRAY, RGB, CMYK = Space("gray"), Space("rgb", 3), Space("cmyk", 4)
OPERATORS = {"g": GRAY, "rg": RGB, "k": CMYK, "G": GRAY, "RG": RGB, "K": CMYK}
"""Operators that set space and colour in one."""


@dataclass(frozen=True, slots=True)
class PaintedColour:
    """A colour in its space."""

    space: Space
    """The space."""
    values: tuple[float, ...]
    """Its numbers, from 0 to 1 but for Lab; nothing for a pattern."""

    @property
    def black(self) -> bool:
        """True when it is meant to be black."""
        match self.space.family:
            case "gray" | "rgb":
                return max(self.values, default=1) <= 0.1
            case "icc":
                return self.space.channels != 4 and max(self.values, default=1) <= 0.1
            case "cmyk":
                return len(self.values) == 4 and (self.values[3] >= 0.9 or min(self.values[:3]) >= 0.9)
        return False

    @property
    def black_ink_alone(self) -> bool:
        """True when black ink alone prints it."""
        if self.space.family == "gray":
            return True
        return self.space.family == "cmyk" and max(self.values[:3], default=0) == 0

    @property
    def white(self) -> bool:
        """True when it leaves the paper white."""
        if self.space.family in ("cmyk", "spot"):
            return max(self.values, default=1) == 0
        return self.space.family in ("gray", "rgb") and min(self.values, default=0) == 1


def space_of(value: object, resources: PdfObject, depth: int = 0) -> Space:
    """The colour space that a name or array stands for; names are looked up in the resources."""
    held = value if isinstance(value, str) else follow(value)  # operands of a page are plain texts
    if isinstance(held, str):
        key = str(held)
        named = entry(dictionary(resources, "/ColorSpace"), key)
        if (
            key not in ("/DeviceGray", "/DeviceRGB", "/DeviceCMYK")
            and depth < 8
            and isinstance(named, str | ArrayObject)
        ):
            return space_of(named, resources, depth + 1)
        family = DEVICE.get(key, "unknown")
        return Space(family, {"rgb": 3, "cmyk": 4}.get(family, 1))
    if not isinstance(held, ArrayObject) or not held or depth > 8:
        return Space("unknown")
    return _of_array(str(follow(held[0])), held, resources, depth)


def _of_array(kind: str, held: ArrayObject, resources: PdfObject, depth: int) -> Space:
    family = DEVICE.get(kind, "unknown")
    if kind in ("/Indexed", "/I", "/Pattern") and len(held) > 1:
        return space_of(held[1], resources, depth + 1)
    if kind == "/ICCBased" and len(held) > 1:
        return Space("icc", number(held[1], "/N", 1))
    if kind == "/DeviceN" and len(held) > 1:
        colorants = follow(held[1])
        return Space("spot", len(colorants) if isinstance(colorants, ArrayObject) else 1)
    return Space(family, {"rgb": 3, "cmyk": 4, "lab": 3}.get(family, 3 if kind == "/CalRGB" else 1))
