"""Bold signs in formulas: each letter by itself, as fonts with a bold alphabet have them."""

from __future__ import annotations

from collections.abc import Iterator

from fascicle.project.math.tokens import MathToken, TokenKind, tokens

_K = TokenKind
GREEK = frozenset(
    [
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "varepsilon",
        "zeta",
        "eta",
        "theta",
        "vartheta",
        "iota",
        "kappa",
        "varkappa",
        "lambda",
        "mu",
        "nu",
        "xi",
        "pi",
        "varpi",
        "rho",
        "varrho",
        "sigma",
        "varsigma",
        "tau",
        "upsilon",
        "phi",
        "varphi",
        "chi",
        "psi",
        "omega",
        "digamma",
        "partial",
    ]
)
"""Letters that slant in formulas."""
UPRIGHT = frozenset(
    ["Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega", "nabla"]
)
"""Letters that do not."""
_LEFT_ALONE = frozenset(
    [
        "text",
        "textrm",
        "textbf",
        "textit",
        "textsf",
        "texttt",
        "mathrm",
        "mathbf",
        "mathit",
        "mathsf",
        "mathtt",
        "mathcal",
        "mathbb",
        "mathfrak",
        "mathscr",
        "begin",
        "end",
        "operatorname",
    ]
)


def bold_letters(tex: str) -> str:
    r"""The formula with what `\boldsymbol` holds made bold letter by letter."""
    if r"\boldsymbol" not in tex:
        return tex
    return "".join(_written(list(tokens(tex))))


def _written(found: list[MathToken]) -> Iterator[str]:
    at = 0
    while at < len(found):
        token = found[at]
        at += 1
        if token.text != r"\boldsymbol":
            yield token.text
            continue
        while at < len(found) and found[at].kind is _K.SPACE:
            at += 1
        end = argument_end(found, at)
        inside = found[at:end]
        if inside and inside[0].kind is _K.TEXT and len(inside[0].text) > 1:
            # Without braces, one character is the argument and the rest goes on as it was.
            first = inside[0]
            yield (
                "{" + "".join(_bold([MathToken(_K.TEXT, first.text[0], first.offset)])) + "}" + first.text[1:]
            )
        else:
            braced = inside[:1] and inside[0].kind is _K.BEGIN
            made = "".join(_bold(inside))
            yield made if braced else f"{{{made}}}"
        at = end


def argument_end(found: list[MathToken], at: int) -> int:
    """Where the argument of a command ends that begins at `at`."""
    depth = 0
    while at < len(found):
        depth += {_K.BEGIN: 1, _K.END: -1}.get(found[at].kind, 0)
        at += 1
        if depth == 0:
            return at
    return at


def _bold(found: list[MathToken]) -> Iterator[str]:
    at = 0
    while at < len(found):
        token = found[at]
        at += 1
        name = token.text[1:] if token.kind is _K.COMMAND else ""
        if name in _LEFT_ALONE:
            end = argument_end(found, at)
            argument = "".join(one.text for one in found[at:end])
            yield (
                rf"\fascicleboldsign{{{token.text}{argument}}}"
                if name not in ("begin", "end")
                else token.text + argument
            )
            at = end
        elif name in GREEK:
            yield rf"{{\fascicleboldletter{{{token.text}}}}}"
        elif name in UPRIGHT:
            yield rf"{{\fascicleboldupright{{{token.text}}}}}"
        elif token.kind is _K.TEXT:
            yield from map(_character, token.text)
        elif name == "boldsymbol":
            continue
        else:
            yield token.text + (" " if name.isalpha() else "")


def _character(sign: str) -> str:
    if sign.isalpha():
        return rf"{{\fascicleboldletter{{{sign}}}}}"
    if sign.isdecimal():
        return rf"{{\fascicleboldupright{{{sign}}}}}"
    return rf"\fascicleboldsign{{{sign}}}" if sign in "+-=<>" else sign
