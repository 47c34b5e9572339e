"""Characters of the glyphs that formulas take from fonts older than Unicode.

AMS's symbols, and Computer Modern's.
"""

from __future__ import annotations

_GLYPHS = {
    # cmmi10: slanted capitals, the full stop as a sign
    "Gamma": "Γ",
    "Delta": "Δ",
    "Theta": "Θ",
    "Lambda": "Λ",
    "Xi": "Ξ",
    "Pi": "Π",
    "Sigma": "Σ",
    "Upsilon": "Υ",
    "Phi": "Φ",
    "Psi": "Ψ",
    "Omega": "Ω",
    "period": ".",
    # msam10
    "square": "□",
    "squaresolid": "■",
    "squaresmallsolid": "▪",
    "diamond": "◊",
    "diamondsolid": "⧫",
    "clockwise": "↻",
    "anticlockwise": "↺",
    "harpoonupright": "↾",
    "squiggleright": "⇝",
    "equalsdots": "≑",
    "axisshort": "‑",
    "arrowaxisright": "⇢",
    "arrowaxisleft": "⇠",
    "proportional": "∝",
    "smile": "⌣",
    "frown": "⌢",
    "circleR": "®",
    "circleS": "Ⓢ",
    # msbm10
    "lessornotequal": "≨",
    "greaterornotequal": "≩",
    "notlessorslnteql": "⩽̸",
    "notgreaterorslnteql": "⩾̸",
    "notprecedesoreql": "⪯̸",
    "notfollowsoreql": "⪰̸",
    "notlessdblequal": "≦̸",
    "notgreaterdblequal": "≧̸",
    "notsubsetoreql": "⊊",
    "notsupersetoreql": "⊋",
    "notsubsetordbleql": "⫅̸",
    "notsupersetordbleql": "⫆̸",
    "notshortbar": "∤",
    "nottriangleleft": "⋪",
    "nottriangleright": "⋫",
    "barshort": "∣",
    "parallelshort": "∥",
    "similar": "∼",
    "approxequal": "≈",
}
"""Glyphs of cmmi10, msam10 and msbm10 that unicode-math leaves to them, by their names in these fonts."""


def _row(name: str, characters: str) -> str:
    points = " ".join(f"{ord(each):04X}" for each in characters)
    return f"\\pdfextension glyphtounicode{{{name}}}{{{points}}}"


CHARACTERS = "\n".join(
    ["\\pdfvariable gentounicode=1 ", *(_row(name, characters) for name, characters in _GLYPHS.items())]
)
"""LuaTeX's orders to write these characters into the file, so that formulas can be searched and read aloud."""
