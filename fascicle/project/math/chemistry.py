r"""Chemical formulas as mhchem's `\ce` writes them, turned into plain mathematics."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ARROWS = {
    "<=>>": r"\rightleftharpoons",
    "<<=>": r"\rightleftharpoons",
    "<-->": r"\leftrightarrow",
    "<=>": r"\rightleftharpoons",
    "<->": r"\leftrightarrow",
    "->": r"\rightarrow",
    "<-": r"\leftarrow",
}
_ARROW = re.compile(rf"({'|'.join(map(re.escape, _ARROWS))})((?:\[[^\[\]]*\]){{0,2}})")
_PIECE = re.compile(
    r"""(?P<math>\$[^$]*\$)
    | (?P<script>[\^_](?:\{(?P<braced>[^{}]*)\}|(?P<bare>[0-9]*[+\-]|[0-9n]+|[A-Za-z*'.•]|$)))
    | (?P<frac>(?<![A-Za-z\d)\]])\(?\d+/\d+\)?)
    | (?P<letters>[A-Za-z]+)
    | (?P<number>\d+(?:\.\d+)?|(?<=[A-Za-z)\]])n\b)
    | (?P<bond>[-=\#](?=[A-Za-z(\[{\\]))
    | (?P<charge>[+-])
    | (?P<dot>[*.•·])
    | (?P<open>[(\[]|\\\{) | (?P<close>[)\]]|\\\})
    | (?P<command>\\[A-Za-z]+(?:\{[^{}]*\})*)
    | (?P<space>\s+)
    | (?P<braces>\{[^{}]*\})
    | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_STATE = re.compile(r"\((?:s|l|g|aq|cr|am|solid|liquid|gas)\)")


def chemistry(source: str) -> str:
    r"""The mathematics that `\ce{source}` stands for. Raises ValueError."""
    pieces: list[str] = []
    at = 0
    for arrow in _ARROW.finditer(source):
        pieces += [_side(source[at : arrow.start()]), _arrow(arrow)]
        at = arrow.end()
    pieces.append(_side(source[at:]))
    return "{" + " ".join(piece for piece in pieces if piece) + "}"


def _arrow(found: re.Match[str]) -> str:
    """An arrow with the words above and below it."""
    above, below = [*(_words(text) for text in re.findall(r"\[([^\[\]]*)\]", found[2])), "", ""][:2]
    sign = _ARROWS[found[1]]
    if not above and not below:
        return rf"\mathrel{{{sign}}}"
    if sign == r"\rightarrow":
        return rf"\xrightarrow[{below}]{{{above}}}" if below else rf"\xrightarrow{{{above}}}"
    sign = rf"\overset{{{above}}}{{{sign}}}" if above else sign
    return rf"\mathrel{{\underset{{{below}}}{{{sign}}}}}" if below else rf"\mathrel{{{sign}}}"


def _words(text: str) -> str:
    text = text.strip()
    return text.strip("$") if text.startswith("$") else _side(text)


def _side(source: str) -> str:
    """One side of a reaction: terms with plus signs between them."""
    return (
        " + ".join(_term(term) for term in re.split(r"(?:^|\s)\+(?:\s|$)", source)) if source.strip() else ""
    )


def _term(source: str) -> str:
    source = source.strip()
    gas = source.endswith((" ^", " v")) or source in ("^", "v")
    mark = {"^": r"\uparrow", "v": r"\downarrow"}[source[-1]] if gas else ""
    made = "".join(_Term(source[:-1].rstrip() if gas else source).pieces())
    return rf"{made}\,{mark}" if gas else made


class _Term:
    """One term, read piece by piece; what stands before decides what a number is."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.atom = False
        """Whether an element or bracket stands right before."""

    def pieces(self) -> Iterator[str]:
        at = 0
        while at < len(self.source):
            if state := _STATE.match(self.source, at):
                yield rf"\,\mathrm{{{state[0]}}}"
                at = state.end()
                continue
            found = _PIECE.match(self.source, at)
            if found is None:
                break
            at = found.end()
            kind = str(found.lastgroup)
            yield self.piece("script" if kind in ("braced", "bare") else kind, found)

    def piece(self, kind: str, found: re.Match[str]) -> str:
        before, self.atom = (
            self.atom,
            kind in ("letters", "close", "script", "number", "braces") and (kind != "number" or self.atom),
        )
        text = found[0]
        match kind:
            case "math":
                return text[1:-1]
            case "script":
                inside = found["braced"] if found["braced"] is not None else found["bare"] or ""
                begins = "" if before else "{}"
                return f"{begins}{text[0]}{{{_script(inside)}}}"
            case "frac":
                return r"\tfrac{{{}}}{{{}}}\,".format(*text.strip("()").split("/"))
            case "letters":
                return rf"\mathrm{{{text}}}"
            case "number":
                return f"_{{{text}}}" if before else rf"{text}\,"
            case "bond":
                return {"-": r"{-}", "=": r"{=}", "#": r"{\equiv}"}[text]
            case "charge":
                return f"^{{{text}}}" if before else text
            case "dot":
                return r"{\cdot}"
            case "space":
                return r"\," if before else ""
            case "braces":
                return rf"\mathrm{{{text[1:-1]}}}"
            case "other" if text not in "'!/|,;:<>=~&?":
                raise ValueError(f"'{text}' has no meaning in a chemical formula")
        return text


def _script(text: str) -> str:
    return re.sub(
        r"[A-Za-z]+", lambda letters: rf"\mathrm{{{letters[0]}}}" if len(letters[0]) > 1 else letters[0], text
    )
