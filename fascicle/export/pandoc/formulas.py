"""Formulas in the commands that pandoc knows: what it lacks stands as what looks and reads the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from fascicle.project.math.commands import EVERY, SYMBOLS, TEXT_ARGUMENTS
from fascicle.project.math.tokens import MathToken, TokenKind, tokens
from fascicle.project.math.unicode_symbols import SAME, written_out

_MATH: Mapping[str, str] = {
    "And": r"\mathbin{\&}", "Arrowvert": r"\Vert", "arrowvert": r"\vert", "bracevert": r"\vert", "bigm": r"\big",
    "Bigm": r"\Big", "biggm": r"\bigg", "Biggm": r"\Bigg", "cfrac": r"\dfrac", "dbinom": r"\binom",
    "tbinom": r"\binom", "circledS": "{Ⓢ}", "smallint": "{∫}", "intop": r"\int", "ointop": r"\oint",
    "idotsint": r"\int\cdots\int", "ldotp": "{.}", "injlim": r"\operatorname*{inj lim}",
    "projlim": r"\operatorname*{proj lim}", "varliminf": r"\underline{\lim}", "varlimsup": r"\overline{\lim}",
    "varinjlim": r"\underrightarrow{\lim}", "varprojlim": r"\underleftarrow{\lim}", "ngeqq": r"\mathrel{≱}",
    "nleqq": r"\mathrel{≰}", "nsubseteqq": r"\mathrel{⊈}", "nsupseteqq": r"\mathrel{⊉}",
    "underleftrightarrow": r"\underset{\leftrightarrow}", "mathnormal": r"\mathit", "hphantom": r"\phantom",
    "negthinspace": r"\!", "negmedspace": r"\!", "negthickspace": r"\!", "thickspace": r"\;", "space": r"\ ",
    "nobreakspace": r"\ ", "emph": r"\textit", "textsl": r"\textit", "textsc": r"\text", "textmd": r"\text",
    "textnormal": r"\text", "textup": r"\text", "thinspace": r"\,", "P": "{¶}", "S": "{§}", "pounds": "{£}",
    "copyright": "{©}",
    **dict.fromkeys(("allowbreak", "nobreak", "relax", "mathstrut", "nonumber", "notag", "mathinner", "smash"), ""),
}  # fmt: skip
"""Commands that pandoc lacks, and what stands for them; what only moves or sizes stands for nothing."""
_TEXT: Mapping[str, str] = {
    "P": "¶", "S": "§", "copyright": "©", "dag": "†", "ddag": "‡", "pounds": "£", "enspace": "\u2002",
    "thinspace": "\u2009", "qquad": "\u2003\u2003", "dots": "…", "textellipsis": "…", "textgreater": ">",
    "textless": "<", "textquotedblleft": "“", "textquotedblright": "”", "textquoteleft": "‘",
    "textquoteright": "’", "i": "ı", "j": "ȷ", "textdegree": "°", "textbar": "|", "guillemotleft": "«",
    "guillemotright": "»", "textendash": "–", "textemdash": "—", "-": "", "/": "", "\n": " ",
}  # fmt: skip
"""Commands inside text that pandoc lacks there, as characters."""
_ACCENTS: Mapping[str, str] = {
    "H": "\u030b", "b": "\u0331", "d": "\u0323", "k": "\u0328", "t": "\u0361", "r": "\u030a"
}  # fmt: skip
"""Accents inside text that pandoc lacks, as combining characters."""

_UNKNOWN = frozenset({
    "gvertneqq", "lvertneqq", "nshortmid", "shortmid", "shortparallel", "thickapprox", "thicksim", "varsupsetneq"
})  # fmt: skip
"""Signs of amssymb that pandoc lacks; unicode-math has a sign that is the same."""


_BARS = ("|", r"\|", r"\vert", r"\Vert", r"\lvert", r"\rvert")
"""Delimiters that pandoc takes between others."""
_UNSTRETCHED = frozenset({
    "/", r"\backslash", r"\uparrow", r"\downarrow", r"\updownarrow", r"\Uparrow", r"\Downarrow", r"\Updownarrow",
    r"\lgroup", r"\rgroup", r"\lmoustache", r"\rmoustache",
})  # fmt: skip
"""Delimiters that pandoc knows as signs alone."""
_DELIMITED = {
    r"\left": r"\left.", r"\right": r"\right.", r"\middle": "",
    **{rf"\{size}{side}": "" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")},
}  # fmt: skip
"""Commands before a delimiter, and what stands for them where it does not stretch."""


def known_to_pandoc(tex: str) -> str:
    """A formula in commands that pandoc knows; its rare signs stand as characters."""
    if "\\" not in tex:
        return tex.strip()
    return "".join(_math(list(_with_known_delimiters(list(tokens(tex)))))).strip()


def _with_known_delimiters(some: Sequence[MathToken]) -> Iterator[MathToken]:
    """The tokens, delimiters that pandoc cannot stretch being the signs that they are."""
    closing: MathToken | None = None
    for at, token in enumerate(some):
        if closing is not None and token.kind is not TokenKind.SPACE:
            yield token
            yield closing
            closing = None
            continue
        following = _following(some, at) if token.text in _DELIMITED else ""
        known = following not in _UNSTRETCHED and (token.text != r"\middle" or following in _BARS)
        if token.text not in _DELIMITED or known:
            yield token
        elif token.text == r"\right":
            closing = replace(token, text=_DELIMITED[token.text])
        else:
            yield replace(token, text=_DELIMITED[token.text])


def _following(some: Sequence[MathToken], at: int) -> str:
    """The text of the first token behind `at` that is no space."""
    following = (
        some[number] for number in range(at + 1, len(some))
    )  # a slice would copy the rest for each delimiter
    return next((one.text for one in following if one.kind is not TokenKind.SPACE), "")


def _math(some: Sequence[MathToken]) -> Iterator[str]:
    """Tokens of a formula."""
    at = 0
    while at < len(some):
        token, at = some[at], at + 1
        name = token.text[1:] if token.kind is TokenKind.COMMAND else ""
        if name == "tag":
            content, at = _argument(some, at)
            yield rf"\qquad\text{{({''.join(_text(content))})}}"
        elif name in TEXT_ARGUMENTS:
            content, at = _argument(some, at)
            yield f"{_MATH.get(name, token.text)}{{{''.join(_text(content))}}}"
        elif name == "vphantom":
            _, at = _argument(some, at)
        elif name == "sideset":
            before, at = _argument(some, at)
            after, at = _argument(some, at)
            yield "{}" + "".join(_math(before))
            operator, at = some[at : at + 1], at + 1
            yield "".join(_math(operator)) + "".join(_math(after))
        elif token.text == "subarray":
            yield "array"
        else:
            yield _known(token.text, name)


def _text(some: Sequence[MathToken]) -> Iterator[str]:
    """Tokens of text inside a formula."""
    at = 0
    while at < len(some):
        token, at = some[at], at + 1
        name = token.text[1:] if token.kind is TokenKind.COMMAND else ""
        if token.kind is TokenKind.MATH:
            end = next((n for n in range(at, len(some)) if some[n].kind is TokenKind.MATH), len(some))
            yield f"${''.join(_math(some[at:end]))}$"
            at = end + 1
        elif name in _ACCENTS:
            content, at = _argument(some, at)
            letters = "".join(_text(content))
            yield unicodedata.normalize("NFC", letters[:1] + _ACCENTS[name] + letters[1:])
        elif name in _TEXT:
            yield _TEXT[name]
            if name.isalpha() and at < len(some) and some[at].kind is TokenKind.SPACE:
                at += 1
        else:
            yield _known(token.text, name)


def _argument(some: Sequence[MathToken], at: int) -> tuple[Sequence[MathToken], int]:
    """The tokens of the argument that begins there, without its braces, and where it ends."""
    while at < len(some) and some[at].kind is TokenKind.SPACE:
        at += 1
    if at >= len(some) or some[at].kind is not TokenKind.BEGIN:
        return some[at : at + 1], at + 1
    depth = 0
    for end in range(at, len(some)):
        depth += (some[end].kind is TokenKind.BEGIN) - (some[end].kind is TokenKind.END)
        if not depth:
            return some[at + 1 : end], end + 1
    return some[at + 1 :], len(some)


def _known(text: str, name: str) -> str:
    """A command that takes its arguments as they stand, or anything else."""
    if name in _MATH:
        return f"{_MATH[name]} " if _MATH[name][-1:].isalpha() else _MATH[name]
    if not name or name in SYMBOLS:
        return text
    if name in SAME and name in _UNKNOWN:
        return written_out(SAME[name]) or text
    return text if name in EVERY else written_out(name) or text
