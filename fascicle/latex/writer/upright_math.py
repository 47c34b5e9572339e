r"""Greek and other signs inside `\mathrm` and its kin: each by its own alphabet, for text fonts do not have them all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fascicle.latex.writer.bold_math import GREEK, UPRIGHT, argument_end
from fascicle.project.math.tokens import MathToken, TokenKind, tokens

_ALPHABETS = {
    r"\mathrm": r"\fascicleupright",
    r"\mathbf": r"\fascicleboldupright",
    r"\mathit": r"\fascicleslanting",
}
"""What prints a Greek letter in each of the alphabets of text."""
_PLAIN = re.compile(r"[A-Za-z0-9À-ɏ]+|\s+|.", re.DOTALL)


def separate_letters(tex: str) -> str:
    r"""The formula with `\mathrm{\Delta H}` as an upright Delta and `\mathrm{H}`, as Word writes formulas."""
    if not any(alphabet in tex for alphabet in _ALPHABETS):
        return tex
    return "".join(_written(list(tokens(tex))))


def _written(found: list[MathToken]) -> Iterator[str]:
    at = 0
    while at < len(found):
        token = found[at]
        at += 1
        sign = _ALPHABETS.get(token.text)
        end = argument_end(found, at)
        inside = found[at:end]
        if (
            not sign
            or len(inside) < 3
            or inside[0].kind is not TokenKind.BEGIN
            or not any(map(_foreign, inside))
        ):
            yield token.text
            continue
        yield "{" + "".join(_letters(inside[1:-1], token.text, sign)) + "}"
        at = end


def _foreign(token: MathToken) -> bool:
    """Whether a letter is none of the Latin alphabet's."""
    if token.kind is TokenKind.COMMAND:
        return token.text[1:] in GREEK | UPRIGHT
    return token.kind is TokenKind.TEXT and any(sign.isalpha() and sign > "ɏ" for sign in token.text)


def _letters(found: list[MathToken], alphabet: str, sign: str) -> Iterator[str]:
    for token in found:
        if token.kind is TokenKind.COMMAND and token.text[1:] in GREEK | UPRIGHT:
            yield f"{{{sign}{{{token.text}}}}}"
        elif token.kind is TokenKind.TEXT:
            for part in _PLAIN.findall(token.text):
                if part.isspace() or not part[0].isalnum():
                    yield part
                else:
                    yield f"{alphabet}{{{part}}}" if part[0] <= "ɏ" else f"{{{sign}{{{part}}}}}"
        else:
            yield token.text + (" " if token.text[1:].isalpha() else "")


_IN_TEXT_FONT = re.compile(
    r"\\(?:text\w*|math(?:rm|bf|it|sf|tt)|operatorname|mbox|intertext|label|tag|begin|end)\*?"
)
_WORD = re.compile(r"[^\W\d_]+")


def worded(tex: str) -> str:
    r"""The formula with letters that no font of formulas has as `\text`: words in Cyrillic, Polish, Han."""
    if not any(map(_beyond, tex)):
        return tex
    found = list(tokens(tex))
    made: list[str] = []
    at = 0
    while at < len(found):
        token = found[at]
        at += 1
        if token.kind is TokenKind.COMMAND and _IN_TEXT_FONT.fullmatch(token.text):
            end = argument_end(found, at)
            made += [each.text for each in found[at - 1 : end]]
            at = end
        elif token.kind is TokenKind.TEXT:
            made.append(_WORD.sub(_as_text, token.text))
        else:
            made.append(token.text)
    return "".join(made)


_HAD = (("\u0370", "\u03ff"), ("\u2100", "\u214f"), ("\U0001d400", "\U0001d7ff"), ("\U0001ee00", "\U0001eeff"), ("ı", "ı"), ("ȷ", "ȷ"))  # fmt: skip
"""First and last letters of Greek and of the alphabets of formulas."""


def _beyond(sign: str) -> bool:
    """Whether a character is a letter, and none that fonts of formulas have."""
    return not sign.isascii() and sign.isalpha() and not any(first <= sign <= last for first, last in _HAD)


def _as_text(word: re.Match[str]) -> str:
    return f"{{\\text{{{word[0]}}}}}" if any(map(_beyond, word[0])) else word[0]
