"""Numbers and quantities as siunitx writes them, turned into plain mathematics."""

from __future__ import annotations

import re
from collections.abc import Callable

_PREFIXES = {
    "yocto": "y", "zepto": "z", "atto": "a", "femto": "f", "pico": "p", "nano": "n", "micro": "µ", "milli": "m",
    "centi": "c", "deci": "d", "deca": "da", "deka": "da", "hecto": "h", "kilo": "k", "mega": "M", "giga": "G",
    "tera": "T", "peta": "P", "exa": "E", "zetta": "Z", "yotta": "Y", "kibi": "Ki", "mebi": "Mi", "gibi": "Gi",
    "tebi": "Ti",
}  # fmt: skip
_UNITS = {
    "metre": "m", "meter": "m", "gram": "g", "kilogram": "kg", "second": "s", "ampere": "A", "kelvin": "K", "mole": "mol",
    "candela": "cd", "becquerel": "Bq", "celsius": "°C", "degreeCelsius": "°C", "coulomb": "C", "farad": "F", "gray": "Gy",
    "hertz": "Hz", "henry": "H", "joule": "J", "katal": "kat", "lumen": "lm", "lux": "lx", "newton": "N", "ohm": "Ω",
    "pascal": "Pa", "radian": "rad", "siemens": "S", "sievert": "Sv", "steradian": "sr", "tesla": "T", "volt": "V",
    "watt": "W", "weber": "Wb", "astronomicalunit": "au", "bel": "B", "dalton": "Da", "day": "d", "decibel": "dB",
    "electronvolt": "eV", "hectare": "ha", "hour": "h", "litre": "L", "liter": "L", "minute": "min", "neper": "Np",
    "tonne": "t", "percent": "%", "degree": "°", "arcminute": "′", "arcsecond": "″", "angstrom": "Å", "bar": "bar",
    "bit": "bit", "byte": "B", "mmHg": "mmHg", "atm": "atm",
    "fg": "fg", "pg": "pg", "ng": "ng", "ug": "µg", "mg": "mg", "g": "g", "kg": "kg", "pm": "pm", "nm": "nm",
    "um": "µm", "mm": "mm", "cm": "cm", "dm": "dm", "m": "m", "km": "km", "as": "as", "fs": "fs", "ps": "ps",
    "ns": "ns", "us": "µs", "ms": "ms", "s": "s", "fmol": "fmol", "pmol": "pmol", "nmol": "nmol", "umol": "µmol",
    "mmol": "mmol", "mol": "mol", "kmol": "kmol", "pA": "pA", "nA": "nA", "uA": "µA", "mA": "mA", "A": "A", "kA": "kA",
    "ul": "µL", "ml": "mL", "l": "L", "hl": "hL", "uL": "µL", "mL": "mL", "L": "L", "mHz": "mHz", "Hz": "Hz",
    "kHz": "kHz", "MHz": "MHz", "GHz": "GHz", "THz": "THz", "mN": "mN", "N": "N", "kN": "kN", "MN": "MN", "Pa": "Pa",
    "kPa": "kPa", "MPa": "MPa", "GPa": "GPa", "mohm": "mΩ", "kohm": "kΩ", "Mohm": "MΩ", "pV": "pV", "nV": "nV",
    "uV": "µV", "mV": "mV", "V": "V", "kV": "kV", "uW": "µW", "mW": "mW", "W": "W", "kW": "kW", "MW": "MW", "GW": "GW",
    "J": "J", "uJ": "µJ", "mJ": "mJ", "kJ": "kJ", "eV": "eV", "meV": "meV", "keV": "keV", "MeV": "MeV", "GeV": "GeV",
    "TeV": "TeV", "kWh": "kWh", "F": "F", "fF": "fF", "pF": "pF", "nF": "nF", "uF": "µF", "K": "K", "dB": "dB",
    "kbit": "kbit", "Mbit": "Mbit", "kB": "kB", "MB": "MB", "GB": "GB",
}  # fmt: skip
_POWERS = {"square": 2, "squared": 2, "cubic": 3, "cubed": 3}
_NUMBER = re.compile(
    r"(?P<sign>[+-]|\\pm)?(?P<whole>\d*)(?:[.,](?P<part>\d+))?(?:\((?P<bracket>\d+)\))?"
    r"(?:(?:\+-|\\pm|±)(?P<uncertain>\d+(?:[.,]\d+)?))?(?:[eEdD](?P<power>[+-]?\d+))?"
)
_TOKEN = re.compile(
    r"\\([A-Za-z]+)(?:\{([^{}]*)\})?|([A-Za-zµμΩ°%Å/]+)|\^\{?([+-]?\d+)\}?|([.~*]|\\,)|(\s+)|(.)", re.DOTALL
)


def number(source: str) -> str:
    r"""`\num{1234.5e-3}`, its digits in threes. Raises ValueError."""
    text = re.sub(r"[\s{}]|\\,", "", source).replace("−", "-")
    if "x" in text or "\\times" in text:
        return r" \times ".join(number(one) for one in re.split(r"x|\\times", text))
    found = _NUMBER.fullmatch(text)
    if not found or not (found["whole"] or found["part"] or found["power"]):
        raise ValueError(f"'{source}' is not a number")
    made = {"\\pm": r"\pm "}.get(found["sign"] or "", found["sign"] or "")
    digits = _threes(found["whole"] or "") or ("0" if found["part"] else "")
    if found["part"]:
        digits += f".{_threes(found['part'], back=False)}"
    if found["bracket"]:
        digits += f"({found['bracket']})"
    if found["uncertain"]:
        digits = rf"{digits} \pm {found['uncertain']}"
        digits = f"({digits})" if found["power"] else digits
    if found["power"]:
        times = r" \times " if digits else ""
        digits += f"{times}10^{{{int(found['power'])}}}"
    return made + digits


def _threes(digits: str, *, back: bool = True) -> str:
    """Five digits and more in groups of three."""
    if len(digits) < 5:
        return digits
    first = len(digits) % 3 if back else 0
    groups = [digits[:first]] if first else []
    groups += [digits[at : at + 3] for at in range(first, len(digits), 3)]
    return r"\,".join(groups)


def unit(source: str) -> str:
    r"""`\unit{\kilo\gram\per\cubic\metre}`, or `\unit{kg.m^{-3}}`. Raises ValueError."""
    made: list[tuple[str, int]] = []
    reader = _Units(made)
    for token in _TOKEN.finditer(source):
        reader.read(token)
    reader.end()
    return r"\,".join(_power(name, exponent) for name, exponent in made)


def _power(name: str, exponent: int) -> str:
    shown = {"%": r"\%", "°": r"{^\circ}", "°C": r"{^\circ}\mathrm{C}", "′": "{'}", "″": "{''}"}.get(
        name, rf"\mathrm{{{name}}}"
    )
    return shown if exponent == 1 else f"{shown}^{{{exponent}}}"


class _Units:
    """Reads units one after another."""

    def __init__(self, made: list[tuple[str, int]]) -> None:
        self.made = made
        self.prefix, self.sign, self.power = "", 1, 1

    def read(self, token: re.Match[str]) -> None:
        command, argument, letters, exponent, joint, space, other = token.groups()
        if command:
            self.command(command, argument)
        elif letters:
            self.letters(letters)
        elif exponent and self.made:
            name, before = self.made[-1]
            self.made[-1] = (name, int(exponent) * (-1 if before < 0 else 1))
        elif not (joint or space):
            raise ValueError(f"'{other}' has no meaning in a unit")

    def letters(self, letters: str) -> None:
        for number, name in enumerate(letters.split("/")):
            self.sign = -1 if number else self.sign
            if name:
                self.add(name)

    def command(self, name: str, argument: str | None) -> None:
        if name == "per":
            self.sign = -1
        elif name in ("square", "cubic"):
            self.power = _POWERS[name]
        elif name in _POWERS or name in ("tothe", "raiseto"):
            if name == "raiseto":
                self.power = int(argument or 1)
            elif self.made:
                before, sign = self.made[-1]
                self.made[-1] = (before, (1 if sign > 0 else -1) * (_POWERS.get(name) or int(argument or 1)))
        elif name in _PREFIXES:
            self.prefix = _PREFIXES[name]
        elif name in _UNITS:
            self.add(_UNITS[name])
        elif name not in ("of", "cancel", "highlight"):
            raise ValueError(f"'\\{name}' is no unit that is known here")

    def add(self, name: str) -> None:
        self.made.append((f"{self.prefix}{name}", self.sign * self.power))
        self.prefix, self.sign, self.power = "", 1, 1

    def end(self) -> None:
        if self.prefix:
            raise ValueError(f"no unit follows the prefix '{self.prefix}'")


def quantity(value: str, of: str) -> str:
    r"""`\qty{5}{\metre}`."""
    measured = unit(of)
    close = measured.startswith("{") and not measured.startswith(r"{^\circ}\mathrm")
    shown = number(value)
    if r"\pm" in shown.lstrip(r"\pm ") and not shown.endswith(")"):
        shown = f"({shown})"
    gap = "" if close else r"\,"
    return f"{{{shown}{gap}{measured}}}"


def _range(first: str, last: str, of: str) -> str:
    return f"{{{number(first)}\\text{{–}}{number(last)}\\,{unit(of)}}}"


def _angle(source: str) -> str:
    signs = (r"{^\circ}", "{'}", "{''}")
    parts = zip(source.split(";"), signs, strict=False)
    return "".join(f"{number(part)}{sign}" for part, sign in parts if part.strip())


QUANTITIES: dict[str, tuple[int, Callable[..., str]]] = {
    "num": (1, lambda source: f"{{{number(source)}}}"),
    "unit": (1, lambda source: f"{{{unit(source)}}}"),
    "si": (1, lambda source: f"{{{unit(source)}}}"),
    "qty": (2, quantity),
    "SI": (2, quantity),
    "qtyrange": (3, _range),
    "SIrange": (3, _range),
    "numrange": (2, lambda first, last: f"{{{number(first)}\\text{{–}}{number(last)}}}"),
    "ang": (1, _angle),
}
"""Commands of siunitx: how many arguments they take, and what they stand for."""
