"""Formulas in English words, for those who hear them where MathML is not read."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from xml.etree.ElementTree import Element

_SIGNS: Mapping[str, str] = {
    "+": "plus", "−": "minus", "-": "minus", "±": "plus or minus", "×": "times", "⋅": "times", "·": "times",
    "*": "star", "/": "over", "÷": "divided by", "=": "equals", "≠": "is not equal to", "<": "is less than",
    ">": "is greater than", "≤": "is at most", "≥": "is at least", "≈": "is about", "≡": "is identical to",
    "∼": "is similar to", "∝": "is proportional to", "∈": "in", "∉": "not in", "⊂": "is a subset of",
    "⊆": "is a subset of or equal to", "∪": "union", "∩": "intersection", "∅": "the empty set", "∀": "for all",
    "∃": "there is", "¬": "not", "∧": "and", "∨": "or", "→": "to", "⇒": "implies", "⇔": "if and only if",
    "↦": "maps to", "∞": "infinity", "∂": "partial", "∇": "del", "…": "and so on", "⋯": "and so on", "!": "factorial",
    "|": "bar", "‖": "double bar", "(": "open parenthesis", ")": "close parenthesis", "[": "open bracket",
    "]": "close bracket", "{": "open brace", "}": "close brace", "⟨": "open angle", "⟩": "close angle", ",": ",",
    ";": ";", ":": ":", ".": "point", "∣": "given", "%": "percent", "∘": "composed with", "′": "prime", "″": "double prime",
    "\u2061": "of", "\u2062": "times", "\u2063": ",", "\u2064": "plus", "∑": "the sum", "∏": "the product",
    "∫": "the integral", "∮": "the contour integral", "⋃": "the union", "⋂": "the intersection", "ℓ": "ell",
}  # fmt: skip
_LARGE = frozenset({"∑", "∏", "∫", "∬", "∭", "∮", "⋃", "⋂", "⨁", "⨂", "lim", "max", "min", "sup", "inf"})
"""What takes its bounds below and above itself."""
_ACCENTS: Mapping[str, str] = {
    "^": "hat", "̂": "hat", "̃": "tilde", "~": "tilde", "¯": "bar", "‾": "bar", "̅": "bar", "̄": "bar", "_": "underlined",
    "̲": "underlined", "⃗": "vector", "→": "vector", "˙": "dot", "̇": "dot", "¨": "double dot", "̈": "double dot",
    "̌": "check", "̆": "breve", "̀": "grave", "́": "acute", "⏞": "with a brace above", "⏟": "with a brace below",
}  # fmt: skip
_POWERS: Mapping[str, str] = {
    "2": "squared",
    "3": "cubed",
    "′": "prime",
    "″": "double prime",
    "‴": "triple prime",
}
_VARIANTS: Mapping[str, str] = {
    "bold": "bold",
    "bold-italic": "bold",
    "script": "script",
    "fraktur": "fraktur",
}
_LETTERS: Mapping[str, str] = {"GREEK SMALL LETTER ": "", "GREEK CAPITAL LETTER ": "capital "}
_SIMPLE = frozenset({"mi", "mn", "mtext"})


def spoken(math: Element) -> str | None:
    """A formula's words; None when it holds what nobody here can say."""
    try:
        return " ".join(_said(math).replace(" ,", ",").replace(" ;", ";").replace(" :", ":").split())
    except (KeyError, ValueError, IndexError):
        return None


def _said(node: Element) -> str:
    return _KINDS[node.tag.rpartition("}")[2]](node)


def _children(node: Element) -> str:
    return _row(list(node))


def _row(nodes: Sequence[Element]) -> str:
    """Elements one after the other; a table or a binomial within brackets is one thing with them."""
    if len(nodes) == 3 and nodes[0].tag == nodes[2].tag == "mo":
        inner = _only(nodes[1])
        if inner.tag == "mtable":
            return _table(inner, "matrix")
        if inner.tag == "mfrac" and inner.get("linethickness") == "0":
            return _fraction(inner)
    if len(nodes) >= 2 and nodes[0].text == "{" and _only(nodes[1]).tag == "mtable":
        return _table(_only(nodes[1]), "cases")
    return " ".join(map(_said, nodes))


def _only(node: Element) -> Element:
    """What stands alone in an element that only groups."""
    while (
        node.tag in ("mrow", "mstyle", "semantics")
        and len(node)
        and (len(node) == 1 or node.tag == "semantics")
    ):
        node = node[0]
    return node


def _letters(node: Element) -> str:
    text = (node.text or "").strip()
    variant = _VARIANTS.get(node.get("mathvariant", ""), "")
    return f"{variant} {_sign(text) if len(text) == 1 else text}"


def _sign(text: str) -> str:
    """A sign by its name; a capital letter is told from a small one."""
    if text in _SIGNS:
        return _SIGNS[text]
    if text.isascii():
        return f"capital {text}" if text.isupper() else text
    name = unicodedata.name(text, "")
    for begins, said in _LETTERS.items():
        if name.startswith(begins):
            return said + name.removeprefix(begins).replace(" SYMBOL", "").lower()
    plain = unicodedata.normalize("NFKC", text)
    if plain.isalpha() and plain.isascii():
        kind = next(
            (one for one in ("double-struck", "script", "fraktur", "bold") if one.upper() in name), ""
        )
        return f"{kind} {_sign(plain)}" if len(plain) == 1 else plain
    if not name:
        raise KeyError(text)
    return name.lower()


def _operator(node: Element) -> str:
    text = (node.text or "").strip()
    return " ".join(_sign(one) for one in text) if len(text) < 3 and not text.isalpha() else text


def _grouped(node: Element, end: str) -> str:
    """What belongs together; where it is more than a letter or number, its end is told."""
    inner = _only(node)
    return _said(inner) if inner.tag in _SIMPLE else f"{_said(inner)}, end {end},"


def _fraction(node: Element) -> str:
    above, below = map(_only, node)
    if node.get("linethickness") == "0":
        return f"{_said(above)} choose {_said(below)}"
    if above.tag in _SIMPLE and below.tag in _SIMPLE:
        return f"{_said(above)} over {_said(below)}"
    return f"the fraction {_said(above)} over {_said(below)}, end fraction,"


def _root(node: Element) -> str:
    if node.tag.endswith("msqrt"):
        only = len(node) == 1 and _only(node[0]).tag in _SIMPLE
        return f"the square root of {_children(node)}" + ("" if only else ", end root,")
    index = _said(node[1]).strip()
    which = {"3": "cube root"}.get(index, f"root of index {index}")
    return f"the {which} of {_grouped(node[0], 'root')}"


def _scripts(node: Element) -> str:
    """A base with what stands below, above, or at its corners."""
    base, *marks = node
    kind = node.tag.rpartition("}")[2]
    low = marks[0] if "sub" in kind or "under" in kind else None
    high = marks[-1] if "sup" in kind or "over" in kind else None
    inner = _only(base)
    if (inner.text or "").strip() in _LARGE:
        bounds = (
            [f"from {_said(low)}" if high is not None else f"over {_said(low)}"] if low is not None else []
        )
        bounds += [f"to {_said(high)}"] if high is not None else []
        return f"{_said(inner)} {' '.join(bounds)} of"
    said = _said(base)
    if kind.startswith(("munder", "mover")):
        for mark, where in ((low, "below"), (high, "above")):
            if mark is not None:
                name = _ACCENTS.get((_only(mark).text or "").strip())
                said += f" {name}" if name else f" with {_said(mark)} {where}"
        return said
    if low is not None:
        said += f" sub {_grouped(low, 'sub')}"
    if high is not None:
        said += f" {_power(high)}"
    return said


def _power(node: Element) -> str:
    inner = _only(node)
    text = (inner.text or "").strip()
    if text in _POWERS:
        return _POWERS[text]
    if inner.tag == "mo":
        return f"super {_said(inner)}"
    return f"to the power {_grouped(node, 'power')}"


def _table(node: Element, kind: str = "lines") -> str:
    rows = [[_said(cell).strip() for cell in row] for row in node]
    if kind == "matrix":
        columns = max((len(row) for row in rows), default=0)
        said = "; ".join(f"row {number}: {', '.join(row)}" for number, row in enumerate(rows, 1))
        return f"the {len(rows)} by {columns} matrix; {said}; end matrix"
    name = "case" if kind == "cases" else "line"
    said = "; ".join(f"{name} {number}: {' '.join(row)}" for number, row in enumerate(rows, 1))
    return f"{said}; end {kind}" if len(rows) > 1 else " ".join(rows[0] if rows else [])


_KINDS: Mapping[str, Callable[[Element], str]] = {
    **dict.fromkeys(("math", "mrow", "mstyle", "mpadded", "merror", "mtd"), _children),
    **dict.fromkeys(("msub", "msup", "msubsup", "munder", "mover", "munderover"), _scripts),
    **dict.fromkeys(("msqrt", "mroot"), _root),
    **dict.fromkeys(("mspace", "mphantom"), lambda node: ""),
    "semantics": lambda node: _said(node[0]), "mi": _letters, "mn": lambda node: node.text or "", "mo": _operator,
    "mtext": lambda node: node.text or "", "mfrac": _fraction, "mtable": _table,
    "menclose": lambda node: f"crossed out {_children(node)}, end crossed out,",
}  # fmt: skip
"""How each element of MathML's presentation is said."""
