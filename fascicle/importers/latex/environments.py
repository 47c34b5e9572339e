r"""Environments that an author defines, under the names that are known: statements of `\newtheorem`, lists of `\newlist`."""

from __future__ import annotations

import re
from functools import cache

from fascicle.document.labels import STATEMENTS
from fascicle.document.locale.words import languages
from fascicle.document.locale.words import words as words_of

_THEOREM = re.compile(
    r"\\(?:newtheorem|declaretheorem)\*?\s*(?:\[[^\]]*name\s*=\s*(?P<named>[^,\]]+)[^\]]*\]\s*)?\{(?P<name>[A-Za-z]+)\}\s*"
    r"(?:\[[^\]]*\]\s*)?(?:\{(?P<title>[^{}]*)\})?"
)
_LIST = re.compile(r"\\newlist\s*\{(\w+)\}\s*\{(itemize|enumerate|description)\*?\}")
UNNUMBERED = "unnumbered"
"""What the name of a kind of statement ends in that is not counted; pandoc's reader counts all."""
_KINDS = (*STATEMENTS.values(), "proof")


def known_environments(text: str) -> str:
    """The text with the author's names of statements and lists replaced by those that everybody knows."""
    names: dict[str, str] = {}
    for found in _THEOREM.finditer(text):
        title = (found["title"] or found["named"] or "").strip(" .~\\{}").lower()
        kind = _statements().get(title)
        if kind and "*" in found[0].partition("{")[0]:
            kind += UNNUMBERED
        if kind and found["name"] != kind:
            names[found["name"]] = kind
    for name, kind in names.items():
        text = re.sub(
            rf"(\\(?:begin|end|newtheorem|declaretheorem)\*?\s*\{{){name}\}}", rf"\g<1>{kind}}}", text
        )
        text = re.sub(rf"(\\newtheorem\s*\{{\w+\}}\s*\[){name}\]", rf"\g<1>{kind}]", text)
    for name, kind in {found[1]: found[2] for found in _LIST.finditer(text)}.items():
        text = re.sub(rf"\\(begin|end)\s*\{{{name}\*?\}}", rf"\\\1{{{kind}}}", text)
    return re.sub(r"\\(begin|end)\s*\{(itemize|enumerate|description)\*\}", r"\\\1{\2}", text)


@cache
def _statements() -> dict[str, str]:
    """The kind of statement by its word in any language that the program prints."""
    found = {kind: kind for kind in _KINDS}
    for tag in sorted(languages()):
        statements = words_of(tag).statements
        for kind in _KINDS:
            found.setdefault(str(getattr(statements, kind)).lower(), kind)
    return found
